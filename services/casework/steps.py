"""The steps of an activity as rows: put on their dates from the plan and from what really happened.

Whenever dates change, everything that hung on the old ones changes in the same transaction: the activity's
revision rises, unsent reminders are superseded, and open evidence requests move along.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Election, PlannedStage, Reminder, SchoolHoliday, Step
from services.casework.dated_steps import Step as DatedStep
from services.casework.evidence.due_days import follow
from services.casework.review_timetable import timetable
from services.casework.seen_steps import AnyStep
from services.casework.set_aside import SetAside
from services.days.step_dates import Span
from services.days.weeks import day_after, day_before
from services.days.working_days import next_working_day

LIVING = ("planned", "under_way")
"""States of an activity that is driven."""

EVERY_TYPE = "all"
"""Type of area of a poll that is held everywhere."""


@dataclass(frozen=True)
class MovedStep:
    """A step whose date changed: its first day (a stage) or its due day, before and after; None: it is new."""

    step_id: str
    name: str
    before: date | None
    after: date


LEFT_OUT = ("superseded", "left_out")
"""States of a step that never happens: its framework has it no more, or evidence asked for elsewhere serves (R120)."""

FINISHED = ("done", *LEFT_OUT)
"""States of a step about which nothing is left to do."""


def steps_of(session: Session, activity: Activity) -> list[Step]:
    """The rows of an activity's steps in the framework's order, without those that its framework has no more."""
    return [row for row in _rows(session, activity) if row.state != "superseded"]


def date_steps(
    session: Session, activity: Activity, framework: Framework, as_of: date, word_about: str | None = None
) -> tuple[MovedStep, ...]:
    """Put every step of an activity on its date; returns the steps that moved.

    A contradiction between two steps that are done or have begun was accepted before, under whatever rules held
    then, and does not count, unless one of them is the step that a person says something about (`word_about`).

    The dates of a step that is done stay as they were when it was done; one that the framework has no more is
    superseded. The activity's revision rises by one if any date changed, or if a step came again or went, which
    calendars have to take back, and only then; a moved step takes the new revision.

    Raises
    ------
    services.casework.review_timetable.InvalidTimetable
        If the plan's dates contradict what really happened.
    """
    assert activity.id is not None
    rows = {row.step_id: row for row in _rows(session, activity)}
    settled = {name for name, row in rows.items() if _is_settled(row)} - {word_about}
    set_aside = SetAside(session, activity)
    found = [set_aside.told(dated) for dated in _timetable(session, activity, framework, rows, settled)]
    gone = _gone(rows)
    _supersede(session, framework, [rows[name] for name in rows.keys() - {dated.id for dated in found}])
    moved: list[tuple[Step, MovedStep]] = []
    for position, dated in enumerate(found):
        row = rows.get(dated.id) or Step(
            activity_id=activity.id, step_id=dated.id, position=position, kind=dated.kind, name=dated.name
        )
        before = None if row.id is None else first_day(row)
        if row.state == "superseded":  # the framework has it again
            row.state = "done" if row.actual_on else "planned"
        if row.state != "done" and _set_dates(row, dated):
            moved.append((row, MovedStep(row.step_id, row.name, before, first_day(row))))
        _describe(row, dated, position)
        if (reason := set_aside.reason(dated)) is not None:
            row.waiver_code, row.waiver_reason = reason.code, reason.why
        session.add(row)
    if moved or _gone(rows) != gone:
        activity.revision += 1
    if moved:
        _follow(session, activity, [row for row, _step in moved], as_of)
        follow(session, activity, {row.step_id: first_day(row) for row in steps_of(session, activity)})
    return tuple(step for _row, step in moved)


def _rows(session: Session, activity: Activity) -> list[Step]:
    query = select(Step).where(Step.activity_id == activity.id).order_by(col(Step.position))
    return list(session.exec(query))


def _gone(rows: Mapping[str, Step]) -> set[str]:
    """Steps that the framework has no more."""
    return {name for name, row in rows.items() if row.state == "superseded"}


def _supersede(session: Session, framework: Framework, rows: list[Step]) -> None:
    """What the framework has no more, or repeats less often, unless that is done."""
    rows = [row for row in rows if row.state != "done" or not framework.has_step(row.step_id)]
    for row in rows:
        row.state = "superseded"
    if rows:
        session.flush()
        supersede_reminders(session, [row.id for row in rows if row.id is not None])


def first_day(row: AnyStep) -> date:
    """The day a step begins: a stage's first day, else its due day."""
    day = row.start_on or row.due_on
    assert day is not None  # every row has one of the two
    return day


def last_day(row: AnyStep) -> date:
    """The day on which a step should be done: a stage's last day (included), else its due day."""
    day = day_before(row.end_on) if row.end_on else row.due_on
    assert day is not None  # every row has one of the two
    return day


def sign_off_due(row: AnyStep) -> date:
    """The day by which a step should be signed off: its due day; of a stage, the first working day after it."""
    return next_working_day(row.end_on) if row.end_on else first_day(row)


def last_punctual_day(row: AnyStep) -> date:
    """The last day on which its sign-off is not late: no day before it had its dates, since nobody could know them."""
    return max(sign_off_due(row), row.dated_on or sign_off_due(row))


def blocked_publication(session: Session, area_code: str) -> list[Span]:
    """Pre-election periods of an area: polling day is the last day on which nothing is published."""
    area = session.get_one(Area, area_code)
    polls = session.exec(
        select(Election).where(
            col(Election.area_type).in_([area.type, EVERY_TYPE]),
            or_(col(Election.area_code).is_(None), col(Election.area_code) == area_code),
        )
    )
    return [(poll.pre_election_start_on, day_after(poll.polling_on)) for poll in polls]


def school_holidays(session: Session, area_code: str) -> list[Span]:
    """School holidays of an area, from a first day up to, not including, an end."""
    area = session.get_one(Area, area_code)
    query = select(SchoolHoliday).where(SchoolHoliday.calendar == area.holiday_calendar)
    return [(row.start_on, row.end_on) for row in session.exec(query.order_by(col(SchoolHoliday.start_on)))]


def planned_mondays(session: Session, version: int, activity_code: str) -> dict[str, date]:
    """The Mondays on which the planned stages of an activity start in a plan."""
    query = select(PlannedStage).where(
        PlannedStage.plan_version == version, PlannedStage.activity_code == activity_code
    )
    return {stage.stage: stage.start_on for stage in session.exec(query)}


def _timetable(
    session: Session,
    activity: Activity,
    framework: Framework,
    rows: dict[str, Step],
    settled: Collection[str],
) -> tuple[DatedStep, ...]:
    assert activity.plan_version is not None
    mondays = planned_mondays(session, activity.plan_version, activity.code)
    known = [row for row in rows.values() if framework.has_step(row.step_id)]
    return timetable(
        framework,
        mondays[framework.stages[0].id],
        starts=mondays,
        actuals={row.step_id: row.actual_on for row in known if row.actual_on},
        blocked_publication=blocked_publication(session, activity.area_code),
        overrides={row.step_id: row.agreed_on for row in known if row.agreed_on},
        school_holidays=(
            school_holidays(session, activity.area_code) if framework.counts_school_holidays() else ()
        ),
        settled=settled,
    )


def _is_settled(row: Step) -> bool:
    """Whether a step is done, or a stage that has begun."""
    return row.state == "done" or row.has_begun


def _set_dates(row: Step, dated: DatedStep) -> bool:
    new = (dated.start, dated.end_exclusive, dated.due)
    if new == (row.start_on, row.end_on, row.due_on):
        return False
    row.start_on, row.end_on, row.due_on = new
    return True


def _describe(row: Step, dated: DatedStep, position: int) -> None:
    if row.state != "done" and row.broken_rules not in (None, dated.broken_rules):
        row.waiver_code = row.waiver_reason = ""  # they were given for other rules
    row.position, row.name, row.kind = position, dated.name, dated.kind
    row.is_hard, row.needs_sign_off = dated.binding == "hard", dated.sign_off is not None
    row.sign_off = dated.sign_off or ""
    row.counted_from, row.counted_on, row.rule = dated.counted_from or "", dated.counted_on, dated.rule
    row.who, row.told, row.copied = " ".join(dated.who), " ".join(dated.told), " ".join(dated.copied)
    row.waiver_needed, row.broken_rules = dated.waiver_needed, dated.broken_rules
    if row.state != "left_out":  # it says why
        row.notes = "; ".join(dated.notes)


def _follow(session: Session, activity: Activity, moved: list[Step], as_of: date) -> None:
    """What hung on the old dates of moved steps follows them."""
    for row in moved:
        row.revision, row.dated_on, row.state = activity.revision, as_of, _state_again(row, as_of)
        row.edition += 1
    session.flush()
    supersede_reminders(session, [row.id for row in moved if row.id is not None])


def supersede_reminders(session: Session, step_ids: list[int]) -> None:
    """Take back every reminder of these steps that has not gone out."""
    session.exec(
        update(Reminder)
        .where(col(Reminder.step_id).in_(step_ids), col(Reminder.state) == "planned")
        .values(state="superseded")
    )


def _state_again(row: Step, as_of: date) -> str:
    """A moved step begins again as its new dates say; the next tick does the rest. What is left out stays so."""
    if row.state in LEFT_OUT:
        return row.state
    has_begun = row.state != "planned"
    return "open" if row.kind == "stage" and has_begun and first_day(row) <= as_of else "planned"
