"""Two days between which a table is shown, typed as people type days."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from config.day_forms import parse_day
from config.findings import InvalidText
from console.frames import Field, Frame, Tag
from console.listing import Asked
from reports.words import capitalised, date_in_words

FIRST, LAST = "from", "to"
KEYS = (FIRST, LAST)


@dataclass(frozen=True)
class Between:
    """Two days, both included; None is no limit. `fields` are those of the form, with what was wrong in them."""

    first: date | None
    last: date | None
    fields: tuple[Field, ...]


def between(asked: Asked) -> Between:
    """The days that an address names; what is no day is said in its field and counts as not said."""
    first, of_first = _day(asked, FIRST, "From, such as 8 May 2006")
    last, of_last = _day(asked, LAST, "To")
    if first is not None and last is not None and last < first:
        message = f"{capitalised(date_in_words(last))} is earlier than {date_in_words(first)}. Swap the two."
        return Between(first, None, (of_first, replace(of_last, error=message)))
    return Between(first, last, (of_first, of_last))


def with_days(frame: Frame, days: Between) -> Frame:
    """The view with the fields for its days, and a tag for each that is set."""
    return replace(frame, fields=(*frame.fields, *days.fields), tags=(*frame.tags, *_tags(frame, days)))


def _day(asked: Asked, key: str, label: str) -> tuple[date | None, Field]:
    text = asked.answers.get(key, "")
    try:
        day, error = (parse_day(text) if text else None), ""
    except InvalidText as fault:
        day, error = None, capitalised(str(fault))
    return day, Field(key, label, text, error=error)


def _tags(frame: Frame, days: Between) -> Iterable[Tag]:
    for key, label, day in ((FIRST, "From", days.first), (LAST, "To", days.last)):
        if day is not None:
            yield Tag(label, date_in_words(day), f"{frame.listing.path}{frame.asked.query(**{key: ''})}")
