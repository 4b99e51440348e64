"""The planner's pins in `pins.csv`: weeks of activities, and people kept off areas; without the file they stay."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from sqlmodel import Session, col, select

from config.findings import nearest
from config.framework import Framework
from config.policy import load_policy, policies
from models import Activity, Conflict
from services.days.weeks import monday_of
from services.imports.checks import Sheets
from services.imports.numbers import activity_code, usual_number
from services.imports.past import framework_of_kind
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch, rows_of
from services.imports.rows import PinRow, ProgrammeRow
from services.plans.pinning import KEPT_OFF, movable

FILE = "pins.csv"


def check_pins(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Rows that pin nothing or two things at once, kinds that are not known, weeks outside the programme."""
    kinds = {framework.kind for framework in known.values()}
    for row in rows_of(sheets[FILE], PinRow):
        if (row.kind is None) == (row.off is None):
            message = "a row pins the week of an activity of a kind, or keeps a person off the area."
            yield ImportProblem(FILE, row.row, "kind", row.kind or "", message, "Fill in kind or off.")
        elif row.kind is not None and row.kind not in kinds:
            message = "no framework is of this kind."
            yield ImportProblem(FILE, row.row, "kind", row.kind, message, nearest(row.kind, kinds))
        elif (row.kind is None) != (row.week_of is None):
            message, advice = (
                "a week and the kind of an activity belong together.",
                "Fill in both or neither.",
            )
            yield ImportProblem(FILE, row.row, "week_of", "", message, advice)
        yield from _outside(row, programme)


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
        If an area has no such activity.
    """
    if FILE in batch.absent:
        return
    weeks, problems = {}, []
    for row in batch.pins:
        framework = framework_of_kind(row.kind, batch.programme, known) if row.kind else None
        if framework is not None and row.week_of is not None:
            number = row.round or usual_number(framework, batch.programme)
            code = activity_code(row.area, framework.kind, number)
            weeks[code] = monday_of(row.week_of)
            if code not in wanted:
                message = f"the area has no such activity ({code})."
                advice = "Check kind and round, or delete the row."
                problems.append(ImportProblem(FILE, row.row, "kind", row.kind or "", message, advice))
    if problems:
        raise ImportRefused(problems)
    for activity in session.exec(select(Activity).where(col(Activity.code).in_(movable(session)))):
        activity.pinned_on = weeks.get(activity.code)
    session.flush()
