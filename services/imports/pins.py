"""The planner's pins in `pins.csv`: weeks, people in places, people kept off areas; without the file they stay."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from functools import partial

from sqlmodel import Session, col, select

from config.findings import nearest
from config.framework import Framework
from config.policy import load_policy, policies
from models import Activity as ActivityRow
from models import Conflict, Inspector, PlacePin
from scheduler.values.problem import Activity, Seated
from services.days.weeks import monday_of
from services.imports.checks import Sheets
from services.imports.past import activity_of
from services.imports.problems import ImportProblem, ImportRefused, no_such_activity
from services.imports.reading import Batch, rows_of
from services.imports.rows import PinRow, ProgrammeRow
from services.imports.table_writing import Change
from services.plans.pinned_places import why_not_pinned
from services.plans.pinning import KEPT_OFF, movable, problem_of_pins

FILE = "pins.csv"
WANTED = ("week_of", "person", "off")
"""Columns of which a row has one."""


def check_pins(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Rows that pin nothing or several things at once, kinds that are not known, weeks outside the programme."""
    kinds = {framework.kind for framework in known.values()}
    for row in rows_of(sheets[FILE], PinRow):
        wanted = [column for column in WANTED if getattr(row, column) is not None]
        if (row.place is None) != (row.person is None):
            message = "a place and the person who has it belong together."
            yield ImportProblem(
                FILE, row.row, "place", _text(row, "place"), message, "Fill in both or neither."
            )
        elif len(wanted) != 1:
            column = wanted[1] if wanted else "week_of" if row.kind else "kind"
            message = "a row pins one thing: a week, a person in a place, or a person kept off the area."
            yield ImportProblem(
                FILE, row.row, column, _text(row, column), message, f"Fill in one of {', '.join(WANTED)}."
            )
        elif (row.off is None) != (row.kind is not None):
            message = f"{'no kind goes' if row.off else 'the kind of an activity goes'} with {wanted[0]}."
            advice = "Clear the cell." if row.off else "Fill it in."
            yield ImportProblem(FILE, row.row, "kind", _text(row, "kind"), message, advice)
        elif row.kind is not None and row.kind not in kinds:
            message = "no framework is of this kind."
            yield ImportProblem(FILE, row.row, "kind", row.kind, message, nearest(row.kind, kinds))
        yield from _outside(row, programme)


def _text(row: PinRow, column: str) -> str:
    value = getattr(row, column)
    return "" if value is None else str(value)


def _outside(row: PinRow, programme: ProgrammeRow) -> Iterator[ImportProblem]:
    if row.week_of is None or programme.policy not in policies():
        return
    tail = timedelta(weeks=load_policy(programme.policy).programme.tail_weeks)
    first, last = monday_of(programme.first_start_on), programme.last_start_on + tail
    if not first <= row.week_of <= last:
        message = f"the programme has weeks from {first} to {last}."
        text = row.week_of.isoformat()
        yield ImportProblem(FILE, row.row, "week_of", text, message, "Check the year.")


def kept_off(session: Session, batch: Batch) -> list[tuple[str, str]]:
    """(inspector, area) of the people who are kept off an area: those of the file, else those that are known."""
    if FILE in batch.absent:
        query = select(Conflict).where(Conflict.kind == KEPT_OFF)
        return [(row.inspector_code, row.area_code) for row in session.exec(query)]
    return [(row.off, row.area) for row in batch.pins if row.off is not None]


def pin_weeks(
    session: Session, batch: Batch, known: Mapping[str, Framework], wanted: Collection[str]
) -> None:
    """Pin exactly the weeks of the file; what has begun stays where it is, whatever it says.

    Raises
    ------
    ImportRefused
        If an area has no activity of which the week or a place is pinned.
    """
    if FILE in batch.absent:
        return
    weeks, problems = {}, []
    for row in batch.pins:
        if meant := activity_of(row, batch.programme, known):
            code, _framework = meant
            if code not in wanted:
                problems.append(no_such_activity(FILE, row.row, row.kind, code))
            elif row.week_of is not None:
                weeks[code] = monday_of(row.week_of)
    if problems:
        raise ImportRefused(problems)
    for activity in session.exec(select(ActivityRow).where(col(ActivityRow.code).in_(movable(session)))):
        activity.pinned_on = weeks.get(activity.code)
    session.flush()


def pin_people(session: Session, batch: Batch, known: Mapping[str, Framework]) -> Change:
    """Keep exactly the places of the file for people; what has begun keeps its team, whatever it says.

    Raises
    ------
    ImportRefused
        With every reason why somebody can't have a place that was not theirs before.
    """
    if FILE in batch.absent:
        return Change(PlacePin.__name__)
    open_ones, wanted, removed = movable(session), {}, 0
    for row in batch.pins:
        meant = activity_of(row, batch.programme, known)
        if meant and row.place is not None and row.person is not None and meant[0] in open_ones:
            wanted[meant[0], row.place, row.person] = row
    for pin in session.exec(select(PlacePin).where(col(PlacePin.activity_code).in_(open_ones))):
        if wanted.pop((pin.activity_code, pin.skill, pin.inspector_code), None) is None:
            session.delete(pin)
            removed += 1
    session.flush()
    if problems := list(_impossible(session, wanted)):
        raise ImportRefused(problems)
    session.add_all(
        PlacePin(activity_code=code, skill=skill, inspector_code=person) for code, skill, person in wanted
    )
    session.flush()
    return Change(PlacePin.__name__, added=len(wanted), removed=removed)


def _impossible(session: Session, wanted: Mapping[tuple[str, str, str], PinRow]) -> Iterator[ImportProblem]:
    """Rows of which somebody can't have the place, beside the places that are pinned and those of earlier rows."""
    if not wanted:
        return
    problem = problem_of_pins(session)
    for (code, skill, person), row in wanted.items():
        found = why_not_pinned(problem, code, [(skill, session.get_one(Inspector, person))])
        for objection in found:
            advice = "Correct or delete the row."
            yield ImportProblem(FILE, row.row, "person", person, objection.message, advice)
        if not found:
            seated = Seated(skill=skill, inspector=person)
            problem = problem.with_activity(code, partial(_also_reserving, seated))


def _also_reserving(seated: Seated, activity: Activity) -> Activity:
    held = activity.team.reserved if activity.team is not None else ()
    return activity.reserving((*held, seated))
