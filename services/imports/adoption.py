"""Adopting a programme half-way: past reviews become a published plan version, steps on their days, and teams.

That is done once, before anything else was published; afterwards jarcycle itself knows how the reviews go on.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, PlanVersion, TeamPlace
from scheduler.cost import make_plan
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status
from services import audit
from services.imports.adopted_before import ADOPTED, carry_steps, is_known, seat_rows, stage_rows
from services.imports.facts import Change
from services.imports.past import past_activities
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch
from services.plans import plan_store
from services.problem.build import build_problem


def adopt(
    session: Session, batch: Batch, known: Mapping[str, Framework], who: str, at: datetime
) -> tuple[Change, ...]:
    """Store what the batch says of the past as a published plan version; nothing if it is there already.

    Raises
    ------
    ImportRefused
        If the files say anything else than what was adopted before, or if something is published already.
    """
    past = past_activities(batch.past_reviews, batch.programme, batch.inspections_due, known)
    if not past or is_known(session, past, batch):
        return ()
    plan_store.mark_stale(session, ADOPTED, who, at)
    version = _version(session, batch, who, at)
    stages, seats = stage_rows(past, version), seat_rows(past, batch, version)
    session.add_all([*stages, *seats])
    session.flush()
    rows = session.exec(select(Activity).where(col(Activity.code).in_([activity.code for activity in past])))
    by_code = {row.code: row for row in rows}
    for activity in past:
        row = by_code[activity.code]
        row.plan_version, row.precision = version, activity.precision
        carry_steps(session, row, activity, batch.programme.planned_on)
    session.flush()
    fill_documents(session, version)
    states = {activity.code: by_code[activity.code].state for activity in past}
    audit.record(session, who, at, "adopt", f"plan {version}", after=states, why=ADOPTED)
    return (
        Change("PlanVersion", added=1),
        Change("PlannedStage", added=len(stages)),
        Change("TeamPlace", added=len(seats)),
    )


def _version(session: Session, batch: Batch, who: str, at: datetime) -> int:
    """A published version whose documents are written once its rows are there."""
    row = PlanVersion(
        option=str(batch.programme.default_option),
        status="published",
        problem_hash="",
        problem_json="",
        plan_json="",
        result_json="",
        uncovered_places=0,
        date_cost=0,
        team_cost=0,
        created_by=who,
        created_at=at,
        published_by=who,
        published_at=at,
        reason=ADOPTED,
    )
    session.add(row)
    session.flush()
    assert row.version is not None
    return row.version


def fill_documents(session: Session, version: int) -> None:
    """Write problem, plan and result of a version whose rows are there.

    What ended before the horizon is in its rows alone, and no seat of a team that is done is demanded.

    Raises
    ------
    ImportRefused
        If the facts make no sense as weeks.
    """
    problem = _announced_part(_problem(session))
    plan = _plan(session, problem, version)
    row = session.get_one(PlanVersion, version)
    row.problem_hash, row.problem_json = problem.hash, problem.model_dump_json()
    row.plan_json, row.result_json = plan.model_dump_json(), _result(problem, plan).model_dump_json()
    row.uncovered_places = plan.costs.uncovered_places
    row.date_cost, row.team_cost = plan.costs.date_cost, plan.costs.team_cost
    session.flush()


def _problem(session: Session) -> Problem:
    try:
        return build_problem(session, "mixed")
    except InvalidProblem as fault:
        raise ImportRefused(
            ImportProblem(
                "past_reviews.csv", None, "", "", f"{finding.place}: {finding.message}", finding.advice
            )
            for finding in fault.findings
        ) from None


def _announced_part(problem: Problem) -> Problem:
    """The problem of the activities that have dates, and nothing else."""
    activities = tuple(activity for activity in problem.activities if activity.published is not None)
    names = {activity.id for activity in activities}
    links = tuple(link for link in problem.links if {end.activity for end in link.ends} <= names)
    return problem.model_copy(update={"activities": activities, "links": links})


def _plan(session: Session, problem: Problem, version: int) -> Plan:
    starts = {
        activity.id: activity.published.starts
        for activity in problem.activities
        if activity.published is not None
    }
    with_team = {activity.id for activity in problem.activities if activity.team is not None}
    seats = session.exec(select(TeamPlace).where(TeamPlace.plan_version == version))
    members = [
        TeamMember(activity=seat.activity_code, skill=seat.skill, inspector=seat.inspector_code)
        for seat in seats
        if seat.activity_code in with_team and seat.inspector_code is not None
    ]
    return make_plan(problem, starts, members)


def _result(problem: Problem, plan: Plan) -> Result:
    """What is known of a plan that nobody solved: its costs, and no bound."""
    figures = PhaseFigures(
        status=Status.FEASIBLE, cost=plan.costs.date_cost, bound=None, gap=None, seconds=0.0
    )
    return Result(
        status=Status.FEASIBLE,
        plan=None,
        dates=figures,
        teams=None,
        uncovered_places=plan.costs.uncovered_places,
        uncovered_bound=None,
        problem_hash=problem.hash,
        params=SolveParams(),
    )
