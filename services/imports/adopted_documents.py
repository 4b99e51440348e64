"""Problem, plan and result of the plan version that an import adopts, written from its rows."""

from collections.abc import Collection

from sqlmodel import Session, select

from models import PlanVersion, TeamPlace
from scheduler.cost import make_plan
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Activity, Place, Problem
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status
from services.imports.problems import ImportProblem, ImportRefused
from services.problem.build import build_problem


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
    """The problem of the activities that have dates, and nothing else: half of what belongs together may be known."""
    dated = [activity for activity in problem.activities if activity.published is not None]
    names = {activity.id for activity in dated}
    activities = tuple(_standing_alone(activity, names) for activity in dated)
    links = tuple(link for link in problem.links if {end.activity for end in link.ends} <= names)
    return problem.model_copy(update={"activities": activities, "links": links})


def _standing_alone(activity: Activity, names: Collection[str]) -> Activity:
    """The activity with seats of its own for those that activities without dates would fill or save (R033, R034)."""
    team = activity.team
    if team is None:
        return activity
    joint = tuple(place for place in team.joint if place.beside.activity in names)
    saved = tuple(place for place in team.saved if place.after.activity in names)
    counts = {place.skill: place.count for place in team.places}
    for lost in ({*team.joint} - {*joint}) | ({*team.saved} - {*saved}):
        counts[lost.skill] = counts.get(lost.skill, 0) + lost.count
    places = tuple(Place(skill=skill, count=count) for skill, count in counts.items())
    return activity.model_copy(
        update={"team": team.model_copy(update={"places": places, "joint": joint, "saved": saved})}
    )


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
