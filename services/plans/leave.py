"""Leave that inspectors enter themselves, by day: a fact under the plans, which an import leaves as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models import Activity, Inspector, Leave, PlannedStage, TeamPlace
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.steps import LIVING
from services.days.weeks import day_after, day_before
from services.doors import LEAVE
from services.errors import AlreadySo, NotFound, Objection, Refused
from services.naming.people import find_inspector
from services.plans.staleness import facts_may_change
from services.programme import rules_of

LONGEST = timedelta(days=366)
"""Who is away for longer has left: the planner takes them out of the files."""


@dataclass(frozen=True)
class LeaveLine:
    """Leave of a person, its first and last day included, and published reviews whose team weeks it touches."""

    inspector: str
    name: str
    first_day: date
    last_day: date
    percent_available: int
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entered:
    """Leave that was entered or withdrawn, published reviews whose team weeks it touches, and plans stale by it."""

    leave: LeaveLine
    reviews: tuple[str, ...]
    stale: tuple[int, ...]


def leave_of(session: Session, text: str | None, as_of: date) -> list[LeaveLine]:
    """Leave that is not over, of a person or of everybody, by person and day."""
    query = select(Leave, Inspector).join(Inspector, col(Inspector.code) == col(Leave.inspector_code))
    query = query.where(col(Leave.end_on) > as_of).order_by(col(Inspector.name), col(Leave.start_on))
    if text is not None:
        query = query.where(Leave.inspector_code == find_inspector(session, text).code)
    return [
        replace(_line(row, person), reviews=tuple(_touched(session, person, row)))
        for row, person in session.exec(query).all()
    ]


def enter_leave(
    session: Session, text: str, first_day: date, last_day: date, percent_available: int, word: Word
) -> Entered:
    """Write down that somebody is away on some days, both included; their plans become stale where that matters.

    Raises
    ------
    AlreadySo
        If exactly this leave is known.
    Refused
        If the days are in the wrong order, over, too many, or known already.
    """
    person = find_inspector(session, text)
    found = list(_impossible(person, first_day, last_day, word.as_of))
    for row in _rows(session, person):
        if (row.start_on, row.end_on, row.percent_available) == (
            first_day,
            day_after(last_day),
            percent_available,
        ):
            raise AlreadySo.because(person.name, f"leave from {date_in_words(first_day)} is known.")
        if row.start_on <= last_day and first_day < row.end_on:
            known = f"{date_in_words(row.start_on)} to {date_in_words(day_before(row.end_on))}"
            advice = "Withdraw that first."
            found.append(Objection(person.name, f"leave from {known} is known already.", advice))
    if found:
        raise Refused(found)
    row = Leave(
        inspector_code=person.code,
        start_on=first_day,
        end_on=day_after(last_day),
        percent_available=percent_available,
        said_by=word.who,
        said_on=word.as_of,
    )
    with facts_may_change(session, "Somebody entered leave.", word.who, word.at, word.as_of) as stale:
        session.add(row)
    return _audited(session, person, row, "enter leave", word, stale)


def withdraw_leave(session: Session, text: str, first_day: date, word: Word) -> Entered:
    """Take back the leave of somebody that begins on a day; NotFound if there is none."""
    person = find_inspector(session, text)
    row = next((row for row in _rows(session, person) if row.start_on == first_day), None)
    if row is None:
        message = f"no leave of theirs begins on {date_in_words(first_day)}."
        raise NotFound(person.name, message, LEAVE.advise("See what is known"))
    with facts_may_change(session, "Somebody withdrew leave.", word.who, word.at, word.as_of) as stale:
        session.delete(row)
    return _audited(session, person, row, "withdraw leave", word, stale)


def _audited(
    session: Session, person: Inspector, row: Leave, action: str, word: Word, stale: Sequence[int]
) -> Entered:
    line = _line(row, person)
    days = [line.first_day, line.last_day]
    audit.record_word(session, word, action, person.code, after=days)
    return Entered(line, tuple(_touched(session, person, row)), tuple(stale))


def _impossible(person: Inspector, first_day: date, last_day: date, as_of: date) -> Sequence[Objection]:
    if last_day < first_day:
        return [Objection(person.name, "the last day is earlier than the first.", "Swap the two.")]
    if last_day < as_of:
        message = f"{date_in_words(last_day)} is earlier than today, {date_in_words(as_of)}."
        return [Objection(person.name, message, "Check the year.")]
    if last_day - first_day > LONGEST:
        message = "leave of more than a year is none."
        advice = "Check the year; who has left is taken out of the files by the planner."
        return [Objection(person.name, message, advice)]
    return []


def _rows(session: Session, person: Inspector) -> list[Leave]:
    query = select(Leave).where(Leave.inspector_code == person.code).order_by(col(Leave.start_on))
    return list(session.exec(query))


def _touched(session: Session, person: Inspector, row: Leave) -> list[str]:
    """Published reviews in which somebody has a place in weeks with a day of the leave."""
    rules = rules_of(session)
    query = (
        select(Activity, PlannedStage)
        .join(TeamPlace, col(TeamPlace.activity_code) == col(Activity.code))
        .join(PlannedStage, col(PlannedStage.activity_code) == col(Activity.code))
        .where(TeamPlace.inspector_code == person.code, col(Activity.state).in_(LIVING))
        .where(TeamPlace.plan_version == Activity.plan_version)
        .where(PlannedStage.plan_version == Activity.plan_version)
        .where(col(PlannedStage.start_on) < row.end_on, col(PlannedStage.end_on) > row.start_on)
        .order_by(col(PlannedStage.start_on))
    )
    found = [
        activity.code
        for activity, stage in session.exec(query)
        if any(planned.id == stage.stage and planned.uses_team for planned in rules.of(activity).stages)
    ]
    return list(dict.fromkeys(found))


def _line(row: Leave, person: Inspector) -> LeaveLine:
    return LeaveLine(person.code, person.name, row.start_on, day_before(row.end_on), row.percent_available)
