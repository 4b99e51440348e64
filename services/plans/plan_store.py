"""Plans as numbered versions: stored as drafts, never changed, and marked when the facts have moved on."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Inspector, PlannedStage, PlanVersion, TeamPlace
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Result
from services import audit
from services.days.weeks import week_monday
from services.errors import NotFound, Objection, Refused
from services.plans.carried_seats import carried_places, past_seats
from services.problem.rule_files import rules_text

MARKED_STALE = "mark stale"
"""What the audit log calls it when facts change under a version."""


class StoredPlan(NamedTuple):
    """What is kept of one version: the problem it solves, the plan, and the result without the plan."""

    problem: Problem
    plan: Plan
    result: Result


class Origin(NamedTuple):
    """Where a plan comes from.

    Attributes
    ----------
    rules
        The text of the policy and the frameworks that its problem follows; None: that of now.
    made_from
        The version of which it is a changed copy, None if it was found anew.
    why
        What it was made for, in a sentence; it is kept as the reason of a changed copy.
    """

    rules: str | None = None
    made_from: int | None = None
    why: str = "solved"


FOUND = Origin()


def store_plan(
    session: Session,
    problem: Problem,
    result: Result,
    option: str,
    who: str,
    at: datetime,
    as_of: date | None = None,
    origin: Origin = FOUND,
) -> int:
    """Store a result's plan as a new draft version; returns its number.

    Parameters
    ----------
    option
        Sequencing option in the words of the command line: '1' to '4' or 'mixed'.
    as_of
        The day of the programme on which it was asked for: who leaves a team at work has worked until then.
    origin
        Under which rules it was made, and from which version.

    Raises
    ------
    Refused
        If there is no plan, if the plan belongs to another problem, or if it names an activity or an
        inspector that this database does not know.
    """
    plan = result.plan
    if plan is None:
        raise Refused.because("result", "it has no plan.", "Allow the solver more time.")
    _must_fit(session, problem, plan)
    row = _version_row(problem, plan, result, option, who, at)
    row.rules = rules_text(session) if origin.rules is None else origin.rules
    row.made_from, row.reason = origin.made_from, "" if origin.made_from is None else origin.why
    session.add(row)
    session.flush()
    assert row.version is not None
    session.add_all(planned_stages(problem, plan, row.version))
    session.add_all(team_places(problem, plan, row.version))
    session.add_all(list(carried_places(session, problem, row.version)))
    session.add_all(list(past_seats(session, problem, plan, row.version, as_of or at.date())))
    session.flush()
    audit.record(session, who, at, "store plan", f"plan {row.version}", after=_summary(row), why=origin.why)
    return row.version


def load_plan(session: Session, version: int) -> StoredPlan:
    """The problem, the plan and the result (without the plan) of a version; NotFound if there is none."""
    row = find_version(session, version)
    return StoredPlan(
        Problem.model_validate_json(row.problem_json),
        Plan.model_validate_json(row.plan_json),
        Result.model_validate_json(row.result_json),
    )


def find_version(session: Session, version: int) -> PlanVersion:
    """The row of a version; NotFound if there is none."""
    row = session.get(PlanVersion, version)
    if row is None:
        known = session.exec(select(PlanVersion.version).order_by(col(PlanVersion.version).desc())).first()
        advice = "Solve first." if known is None else f"The newest is {known}."
        raise NotFound(f"plan {version}", "there is no such version.", advice)
    return row


def published_version(session: Session) -> PlanVersion | None:
    """The one published plan, None before the first publication."""
    return session.exec(select(PlanVersion).where(PlanVersion.status == "published")).one_or_none()


def published_before(session: Session) -> int | None:
    """The number of the plan that was published last before the one that is now; None if there was none."""
    query = select(PlanVersion.version).where(PlanVersion.status == "superseded")
    return session.exec(query.order_by(col(PlanVersion.published_at).desc())).first()


def versions(session: Session) -> list[PlanVersion]:
    """All versions, the newest first."""
    return list(session.exec(select(PlanVersion).order_by(col(PlanVersion.version).desc())))


def figures(session: Session, numbers: Collection[int] | None = None) -> list[PlanVersion]:
    """All versions or some without their documents, which are long, the newest first."""
    query = select(PlanVersion).order_by(col(PlanVersion.version).desc())
    if numbers is not None:
        query = query.where(col(PlanVersion.version).in_(numbers))
    documents = (PlanVersion.problem_json, PlanVersion.plan_json, PlanVersion.result_json)
    return list(
        session.exec(
            query.options(*(defer(cast("QueryableAttribute[str]", document)) for document in documents))
        )
    )


def mondays_by_activity(session: Session, version: int) -> dict[str, dict[str, date]]:
    """The Mondays on which the stages of each activity start in a version, by activity and stage."""
    found: dict[str, dict[str, date]] = {}
    query = select(PlannedStage).where(PlannedStage.plan_version == version)
    for stage in session.exec(query.order_by(col(PlannedStage.start_on))):
        found.setdefault(stage.activity_code, {})[stage.stage] = stage.start_on
    return found


def first_mondays(plan: Plan) -> dict[str, date]:
    """The Monday of the week in which each activity of a plan begins, by its code."""
    return {code: week_monday(plan.first_monday, weeks[0]) for code, weeks in plan.starts().items()}


def mark_stale(session: Session, why: str, who: str, at: datetime) -> list[int]:
    """Mark every version as made from facts that have changed; returns those newly marked.

    Superseded ones, too: with a waiver a planner may publish them again.
    """
    query = select(PlanVersion).where(col(PlanVersion.is_stale).is_(False))
    rows = list(session.exec(query.order_by(col(PlanVersion.version))))
    for row in rows:
        record_stale(session, row, why, who, at)
    return [row.version for row in rows if row.version is not None]


def record_stale(session: Session, row: PlanVersion, why: str, who: str, at: datetime) -> None:
    """Mark a version as made from facts that have changed, and say so in the audit log."""
    row.is_stale = True
    audit.record(session, who, at, MARKED_STALE, f"plan {row.version}", before=False, after=True, why=why)


def why_stale(session: Session, row: PlanVersion) -> str:
    """Which facts have changed since a version was made, in a sentence; empty if none have or nobody wrote it down."""
    query = select(AuditEntry.why).where(
        AuditEntry.subject == f"plan {row.version}", AuditEntry.action == MARKED_STALE
    )
    why = session.exec(query.order_by(col(AuditEntry.id).desc())).first() if row.is_stale else None
    return why or ""


def stage_dates(problem: Problem, plan: Plan) -> dict[str, dict[str, tuple[date, date]]]:
    """First day and end (not included) of each stage, by activity and stage.

    A stage that starts in a week runs from its Monday to the Saturday after its last week's Friday, so that
    the day before the end is its last working day at most.
    """
    starts = plan.starts()
    return {
        activity.id: {
            stage.id: _span(problem.first_monday, week, stage.duration_weeks)
            for stage, week in zip(activity.stages, starts[activity.id], strict=True)
        }
        for activity in problem.activities
        if activity.id in starts
    }


def planned_stages(problem: Problem, plan: Plan, version: int) -> Iterator[PlannedStage]:
    """The rows of all stages of a plan."""
    for code, stages in stage_dates(problem, plan).items():
        for stage, (start, end) in stages.items():
            yield PlannedStage(
                plan_version=version, activity_code=code, stage=stage, start_on=start, end_on=end
            )


def team_places(problem: Problem, plan: Plan, version: int) -> Iterator[TeamPlace]:
    """A row for every demanded seat; one without an inspector is an uncovered place."""
    filled: dict[tuple[str, str], list[str]] = {}
    for member in plan.members:
        filled.setdefault((member.activity, member.skill), []).append(member.inspector)
    for activity in problem.activities:
        if activity.team is None:
            continue
        for skill, count in activity.team.seats_by_skill().items():
            people: list[str | None] = [*filled.get((activity.id, skill), [])]
            for person in people + [None] * (count - len(people)):
                yield TeamPlace(
                    plan_version=version, activity_code=activity.id, skill=skill, inspector_code=person
                )


def _span(first_monday: date, week: int, weeks: int) -> tuple[date, date]:
    monday = week_monday(first_monday, week)
    return monday, monday + timedelta(weeks=weeks)


def _must_fit(session: Session, problem: Problem, plan: Plan) -> None:
    objections = []
    if plan.problem_hash != problem.hash:
        message = f"it is a plan for problem {plan.problem_hash[:12]}, not for {problem.hash[:12]}."
        objections.append(Objection("plan", message, "Give the problem and the plan of the same solve."))
    known = set(session.exec(select(Activity.code)))
    for code in sorted({item.activity for item in plan.dates} - known):
        advice = "Use a plan of this database."
        objections.append(Objection(f"activity {code}", "it is not known here.", advice))
    people = set(session.exec(select(Inspector.code)))
    for code in sorted({member.inspector for member in plan.members} - people):
        advice = "Solve again; the inspector may have been removed since the solve began."
        objections.append(Objection(f"inspector {code}", "nobody of that code is known here.", advice))
    if objections:
        raise Refused(objections)


def _version_row(
    problem: Problem, plan: Plan, result: Result, option: str, who: str, at: datetime
) -> PlanVersion:
    return PlanVersion(
        option=option,
        problem_hash=problem.hash,
        problem_json=problem.model_dump_json(),
        plan_json=plan.model_dump_json(),
        result_json=result.model_copy(update={"plan": None}).model_dump_json(),
        seed=result.params.seed,
        uncovered_places=plan.costs.uncovered_places,
        date_cost=plan.costs.date_cost,
        date_bound=result.dates.bound,
        team_cost=plan.costs.team_cost,
        team_bound=result.teams.bound if result.teams else None,
        created_by=who,
        created_at=at,
    )


def _summary(row: PlanVersion) -> dict[str, object]:
    return {
        "option": row.option,
        "problem": row.problem_hash,
        "uncovered_places": row.uncovered_places,
        "date_cost": row.date_cost,
        "date_bound": row.date_bound,
        "team_cost": row.team_cost,
        "team_bound": row.team_bound,
        **({} if row.made_from is None else {"made from": row.made_from}),
    }
