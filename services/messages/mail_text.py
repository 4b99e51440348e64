"""What a mail says: for each step what, when, why, and who acts, in plain words. Pure: values in, text out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports.words import date_in_words
from services.days.working_days import working_days_between

SECTIONS = ("Late", "Today", "Coming up", "Dates that changed", "Done")
LATE, TODAY, AHEAD, CHANGED, DONE = SECTIONS


@dataclass(frozen=True)
class Item:
    """One step in a mail.

    `rule` is the reminder's rule and `due_on` the day it speaks of. A stage has `start_on` and `end_on` (not
    included). `why` says how the date is counted, `who` acts and `signs` signs off, in words; `precision` says
    how firm the dates are, `remark` what is special about them.
    """

    area: str
    activity: str
    step: str
    rule: str
    due_on: date
    why: str = ""
    who: str = ""
    signs: str = ""
    precision: str = ""
    remark: str = ""
    start_on: date | None = None
    end_on: date | None = None


def subject(items: Sequence[Item], as_of: date) -> str:
    """The finding first: '1 late, 2 today, 3 coming up - reviews, 9 January 2006'."""
    counts = {name: sum(_section(item, as_of) == name for item in items) for name in SECTIONS}
    parts = [f"{count} {name.lower()}" for name, count in counts.items() if count]
    return f"{', '.join(parts)} - reviews, {date_in_words(as_of)}"


def body(items: Iterable[Item], as_of: date, address: str = "") -> str:
    """The whole text; late first. `address` is where the reader finds the rest, if there is such a place."""
    by_section: dict[str, list[Item]] = {name: [] for name in SECTIONS}
    for item in sorted(items, key=lambda item: (item.due_on, item.area, item.step)):
        by_section[_section(item, as_of)].append(item)
    blocks = []
    for name, found in by_section.items():
        if found:
            blocks.append("\n\n".join([f"{name.upper()}", *(_text(item, as_of) for item in found)]))
    closing = f"What is due, and where to sign off: {address}" if address else ""
    sent = "You are receiving this because you are listed as a contact for these steps. Each reminder is sent once."
    return "\n\n\n".join([*blocks, "\n".join(line for line in (closing, sent) if line)]) + "\n"


def _section(item: Item, as_of: date) -> str:
    if item.rule == "done":
        return DONE
    if item.rule in ("moved", "undone", "cancelled"):
        return CHANGED
    if item.due_on < as_of:
        return LATE
    return TODAY if item.due_on == as_of else AHEAD


def _text(item: Item, as_of: date) -> str:
    lines = [f"{item.area}, {item.activity.lower()}: {item.step}", _when(item, as_of)]
    if item.rule not in ("done", "cancelled") and item.why:
        lines.append(f"Reason for the date: {item.why}.")
    if item.rule not in ("done", "cancelled") and item.who:
        signs = f" Signed off by: {item.signs}." if item.signs else ""
        lines.append(f"Who acts: {item.who}.{signs}")
    if item.remark:
        lines.append(f"Note: {item.remark}.")
    if item.precision and item.precision != "final" and item.rule not in ("done", "cancelled"):
        lines.append(f"The dates of this review are {item.precision}.")
    return "\n  ".join(lines)


def _when(item: Item, as_of: date) -> str:
    if item.rule == "done":
        return f"Done on {date_in_words(item.due_on)}."
    if item.rule == "cancelled":
        return f"Called off: it does not begin on {date_in_words(item.due_on)}, nor does anything that was to follow."
    if item.rule == "undone":
        return "Not done after all: the record that it was done has been withdrawn."
    if item.start_on is None or item.end_on is None:
        verb = "Was due" if item.due_on < as_of else "Due"
        return f"{verb} {date_in_words(item.due_on)}{_distance(item.due_on, as_of)}."
    span = f"{date_in_words(item.start_on)} to {date_in_words(item.end_on - timedelta(days=1))}"
    if item.rule == "moved":
        return f"New dates: {span}."
    if item.due_on != item.start_on:
        return f"Ended ({span}); to be signed off by {date_in_words(item.due_on)}{_distance(item.due_on, as_of)}."
    verb = "Was to begin" if item.start_on < as_of else "Begins"
    last = date_in_words(item.end_on - timedelta(days=1))
    return f"{verb} {date_in_words(item.start_on)}{_distance(item.start_on, as_of)}, until {last}."


def _distance(day: date, as_of: date) -> str:
    if day == as_of:
        return ", today"
    count = abs(working_days_between(as_of, day))
    days = f"{count} working day{'' if count == 1 else 's'}"
    return f" (in {days})" if day > as_of else f" ({days} ago)"
