"""The audit log for people: who did what to which area and activity, in words, a page at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models import Activity, Area, AuditEntry, Step
from reports.words import capitalised
from services import audit
from services.programme import rules_of
from services.shown.log_words import in_short

MOST_LETTERS = 160
"""Of a value in a line; the log on the command line has all."""


@dataclass(frozen=True)
class HistoryLine:
    """An entry of the log: `at` in UTC; `what` was done, to what it was done in words, and what it was before.

    `area_code` is that of the area that it is about, `plan` the number of the plan; empty and None for neither.
    """

    number: int
    at: datetime
    who: str
    what: str
    about: str
    area_code: str
    plan: int | None
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class HistoryPage:
    """Some lines of the `total` that there are, the newest first."""

    lines: tuple[HistoryLine, ...]
    total: int


@dataclass(frozen=True)
class HistoryAnswers:
    """What the log can be asked for: people, actions, and areas by code and name."""

    people: tuple[str, ...]
    actions: tuple[str, ...]
    areas: tuple[tuple[str, str], ...]


def history_page(
    session: Session, _as_of: date, wanted: audit.LogFilter, most: int | None, after: int
) -> HistoryPage:
    """At most `most` lines after `after` newer ones (None: all); NotFound if nobody of that name is in the log."""
    entries, total = audit.log(session, wanted, most, after), audit.length(session, wanted)
    return HistoryPage(in_lines(session, entries), total)


def in_lines(session: Session, entries: Sequence[AuditEntry]) -> tuple[HistoryLine, ...]:
    """Entries in words."""
    subjects = _Subjects(session, [entry.subject for entry in entries])
    return tuple(_line(entry, subjects) for entry in entries)


def history_answers(session: Session, _as_of: date) -> HistoryAnswers:
    """Everybody and everything of which the log tells, and all areas."""
    areas = session.exec(select(Area.code, Area.name).order_by(Area.name))
    return HistoryAnswers(
        people=tuple(audit.people_in_log(session)),
        actions=tuple(audit.actions_in_log(session)),
        areas=tuple((code, name) for code, name in areas),
    )


class _Subjects:
    """What subjects mean whose first word is the code of an area or an activity; read in three queries."""

    def __init__(self, session: Session, subjects: Iterable[str]) -> None:
        words = [subject.split() for subject in subjects]
        codes = {word[0] for word in words if word}
        query = (
            select(Activity, Area)
            .join(Area, col(Area.code) == col(Activity.area_code))
            .where(col(Activity.code).in_(codes))
        )
        rules = rules_of(session)
        found = list(session.exec(query))
        self._activities = {
            activity.code: (area.code, area.name, rules.whole(activity).name) for activity, area in found
        }
        areas = session.exec(select(Area.code, Area.name).where(col(Area.code).in_(codes)))
        self._areas = dict(areas.all())
        steps = select(Step.activity_id, Step.step_id, Step.name).where(
            col(Step.activity_id).in_([activity.id for activity, _area in found]),
            col(Step.step_id).in_({word[1] for word in words if len(word) > 1}),
        )
        code_of = {activity.id: activity.code for activity, _area in found}
        self._steps = {(code_of[number], step): name for number, step, name in session.exec(steps)}

    def in_words(self, subject: str) -> tuple[str, str]:
        """'Sheffield: Joint area review, Set-up meeting' and the area's code, empty where it is about none."""
        first, _, rest = subject.partition(" ")
        if first in self._activities:
            code, area, name = self._activities[first]
            step, _, more = rest.partition(" ")
            named = self._steps.get((first, step), step.replace("_", " "))
            return ", ".join(filter(None, (f"{area}: {name}", named, more.replace("_", " ")))), code
        if first in self._areas:
            return ", ".join(filter(None, (self._areas[first], rest))), first
        return capitalised(subject), ""


def _line(entry: AuditEntry, subjects: _Subjects) -> HistoryLine:
    about, area = subjects.in_words(entry.subject)
    first, _, number = entry.subject.partition(" ")
    return HistoryLine(
        number=entry.id or 0,
        at=entry.at,
        who=entry.who,
        what=capitalised(entry.action),
        about=about,
        area_code=area,
        plan=int(number) if first == "plan" and number.isdigit() else None,
        before=in_short(entry.before, MOST_LETTERS),
        after=in_short(entry.after, MOST_LETTERS),
        why=entry.why,
    )
