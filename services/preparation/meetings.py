"""Meetings of the group: about every six weeks until the first day of the inspection (R166)."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models import Activity, PreparationGroup, PreparationMeeting
from reports.words import date_in_words
from services.audit import Word
from services.casework.announcement import announced
from services.casework.steps import first_day, steps_of
from services.days.working_days import next_working_day, subtract_working_days
from services.errors import AlreadySo, Objection, Refused
from services.preparation.space_log import note
from services.preparation.spaces import group_of
from services.programme import rules_of

EVERY = timedelta(weeks=6)
SHOWN_AHEAD = timedelta(weeks=26)
"""While nobody knows when the inspection is, meetings are shown so far ahead."""
REMIND_BEFORE = 5
"""Working days before a meeting on which its members are reminded."""


def meeting_days(started_on: date, until: date) -> tuple[date, ...]:
    """Every meeting from the first on, up to, not including, a day.

    One on a day on which nobody works is held on the next working day; those after it keep the rhythm of the first.
    """
    return tuple(_days(started_on, until))


def _days(started_on: date, until: date) -> Iterator[date]:
    planned_on = started_on
    while (held_on := next_working_day(planned_on)) < until:
        yield held_on
        planned_on += EVERY


def remind_on(held_on: date) -> date:
    """The day on which the members are reminded of a meeting."""
    return subtract_working_days(held_on, REMIND_BEFORE)


def inspection_begins(session: Session, group: PreparationGroup) -> date | None:
    """The first day of the inspection for which a group prepares; None before notice of it came (R064, R068).

    One that had begun before the group started is not meant.
    """
    query = select(Activity).where(
        Activity.area_code == group.area_code,
        Activity.framework_id == group.framework_id,
        Activity.state != "cancelled",
        col(Activity.precision).is_not(None),
    )
    rows = list(session.exec(query))
    known = announced(session, {row.code for row in rows})
    days = [_first_day(session, row) for row in rows if row.code in known]
    return min((day for day in days if day is not None and day > group.started_on), default=None)


def _first_day(session: Session, activity: Activity) -> date | None:
    """The first day of its stages; None while the step by which notice is given is not done."""
    framework, steps = rules_of(session).of(activity), steps_of(session, activity)
    if any(framework.opens_to_authority(step.step_id) and step.state != "done" for step in steps):
        return None
    stages = {stage.id for stage in framework.stages}
    return min((first_day(step) for step in steps if step.step_id in stages), default=None)


def meetings_of(session: Session, group: PreparationGroup, as_of: date) -> tuple[date, ...]:
    """The meetings of a group: until the inspection, or while that is not known, half a year ahead."""
    begins = inspection_begins(session, group)
    until = begins or max(as_of, group.started_on) + SHOWN_AHEAD
    return meeting_days(group.started_on, until)


def held_of(session: Session, area: str) -> dict[date, PreparationMeeting]:
    """The meetings that were held, by day."""
    query = select(PreparationMeeting).where(PreparationMeeting.area_code == area)
    return {row.held_on: row for row in session.exec(query.order_by(col(PreparationMeeting.held_on)))}


def record_meeting(
    session: Session, area: str, held_on: date, decided: str, word: Word
) -> PreparationMeeting:
    """Record what a meeting decided.

    Raises
    ------
    Refused
        With every reason: a day to come or without a meeting, nothing decided.
    AlreadySo
        If it is recorded.
    """
    group, day = group_of(session, area), date_in_words(held_on)
    if held_on in held_of(session, area):
        raise AlreadySo.because("meeting", f"the meeting of {day} is recorded.")
    objections = []
    if held_on not in meetings_of(session, group, word.as_of):
        message = f"there is no meeting on {day}."
        objections.append(Objection("meeting", message, "Choose one of its days.", "R166", "held_on"))
    if held_on > word.as_of:
        objections.append(
            Objection("meeting", f"{day} is still to come.", "Record it afterwards.", field="held_on")
        )
    if not decided.strip():
        objections.append(
            Objection("meeting", "nothing is decided.", "Say what it decided.", field="decided")
        )
    if objections:
        raise Refused(objections)
    row = PreparationMeeting(area_code=area, held_on=held_on, decided=decided.strip())
    session.add(row)
    note(session, area, word, "record meeting", day, after={"decided": row.decided})
    session.flush()
    return row
