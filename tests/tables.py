"""A small database: up to six areas, a team for each, and a plan of reviews with assessments in the same weeks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

import models
from models import Activity, Area, Contact, Inspector, InspectorSkill, session
from scheduler.cost import make_plan
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status
from scheduler.values.value import LEADER
from services.audit import Word
from services.plans.plan_store import store_plan
from services.plans.publication import publish
from services.problem.build import build_problem
from tests.kept import kept

PLANNED_ON = date(2005, 8, 1)
AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
WHO = "planner"
SKILLS = ("safeguarding", "looked_after", "special_needs")

MONDAYS: Mapping[str, date] = {
    "sheffield": date(2006, 1, 9),
    "cheshire": date(2006, 3, 6),
    "wigan": date(2006, 5, 15),
    "torbay": date(2006, 6, 19),
    "barnet": date(2006, 9, 4),
    "luton": date(2006, 10, 9),
}
"""The Monday of each area's analysis week; fieldwork follows after two clear weeks."""

TYPES = ("metropolitan district", "county", "metropolitan district", "unitary", "london borough", "unitary")
CODES = tuple(MONDAYS)
FIELDWORK_AFTER_WEEKS = 3
"""Weeks from the Monday of the analysis week to that of fieldwork: two clear weeks lie between them (R049)."""


def fill(opened: Session, num_areas: int = 3) -> None:
    """Everything that is known before a plan: areas, people, contacts, activities."""
    opened.add(
        models.Programme(
            name="Joint area reviews",
            planned_on=PLANNED_ON,
            first_start_on=date(2005, 9, 5),
            last_start_on=date(2006, 12, 31),
            default_option=3,
        )
    )
    opened.add_all(models.Body(code=code, name=code.title()) for code in ("ofsted", "csci", "audit"))
    opened.add_all(models.Skill(code=code, name=code.replace("_", " ").title()) for code in SKILLS)
    opened.add(models.AnonymousPool(code="ca_teams", name="Assessment teams", units=2))
    opened.add(
        models.SchoolHoliday(
            calendar="england", name="Easter holiday", start_on=date(2006, 4, 10), end_on=date(2006, 4, 22)
        )
    )
    opened.flush()
    for number, code in enumerate(CODES[:num_areas]):
        _area(opened, number, code)
    opened.add(Contact(role="lead_inspectorate", name="Lead Office", email="lead@ofsted.example"))
    opened.add(Contact(role="operations", name="Operations", email="operations@ofsted.example"))
    opened.flush()


def plan_for(problem: Problem, mondays: Mapping[str, date] = MONDAYS) -> Plan:
    """A plan that keeps every rule: each area has its own team, each assessment runs in the fieldwork weeks."""
    starts: dict[str, tuple[int, ...]] = {}
    members: list[TeamMember] = []
    for activity in problem.activities:
        week = (mondays[activity.area] - problem.first_monday).days // 7
        fieldwork = week + FIELDWORK_AFTER_WEEKS
        starts[activity.id] = (week, fieldwork) if activity.kind == "jar" else (fieldwork,)
        if activity.kind == "jar":
            seats = [LEADER, *SKILLS]
            members += [
                TeamMember(activity=activity.id, skill=skill, inspector=f"{activity.area}-{seat}")
                for seat, skill in enumerate(seats)
            ]
    return make_plan(problem, starts, members)


def result_of(problem: Problem, plan: Plan | None) -> Result:
    """A solver's answer with that plan."""
    cost = plan.costs.date_cost if plan else None
    figures = PhaseFigures(status=Status.OPTIMAL, cost=cost, bound=cost, gap=0.0, seconds=0.1)
    return Result(
        status=Status.OPTIMAL if plan else Status.UNKNOWN,
        plan=plan,
        dates=figures,
        teams=None,
        uncovered_places=plan.costs.uncovered_places if plan else None,
        uncovered_bound=None,
        problem_hash=problem.hash,
        params=SolveParams(seed=7),
    )


def store(opened: Session, changes: Mapping[str, date] | None = None) -> int:
    """A draft version of that plan, with other Mondays for some areas: a planner may move confirmed dates (R019)."""
    problem = thawed(build_problem(opened, 3))
    plan = plan_for(problem, {**MONDAYS, **(changes or {})})
    return store_plan(opened, problem, result_of(problem, plan), "3", WHO, AT)


def thawed(problem: Problem) -> Problem:
    """The problem without frozen dates."""
    loose = [
        own.published.model_copy(update={"is_frozen": False}) if own.published else None
        for own in problem.activities
    ]
    activities = tuple(
        own.model_copy(update={"published": published})
        for own, published in zip(problem.activities, loose, strict=True)
    )
    return problem.model_copy(update={"activities": activities})


@kept
def published(engine: Engine, num_areas: int = 3, as_of: date = PLANNED_ON, precision: str = "final") -> int:
    """Make an empty database one with a published plan of version 1, and return the version."""
    with session(engine) as opened:
        fill(opened, num_areas)
        publish(opened, store(opened), precision, Word(WHO, AT, as_of))
    return 1


def at(day: date) -> datetime:
    """Nine o'clock on a day, in UTC."""
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)


def _area(opened: Session, number: int, code: str) -> None:
    opened.add(
        Area(
            code=code,
            gss_code=f"E0800000{number}",
            name=code.title(),
            type=TYPES[number],
            region="North West" if number % 2 else "Yorkshire and the Humber",
            lat=53.0 + number / 10,
            lon=-1.5,
            population_0_19=40_000,
            urgency=3,
            urgency_source="the last inspections",
            extent="light",
            holiday_calendar="england",
        )
    )
    opened.flush()
    _team(opened, number, code)
    _contacts(opened, number, code)
    for kind, framework in (("jar", "jar-2005"), ("ca", "corporate-assessment-2002")):
        opened.add(
            Activity(code=f"{code}-{kind}", area_code=code, kind=kind, framework_id=framework, extent="light")
        )


def _team(opened: Session, number: int, code: str) -> None:
    for seat, body in enumerate(("ofsted", "ofsted", "csci", "csci")):
        person = f"{code}-{seat}"
        opened.add(
            Inspector(
                code=person,
                name=f"Inspector {number}.{seat}",
                email=f"{person}@inspectors.example",
                body_code=body,
                is_leader=seat == 0,
                home_lat=53.0,
                home_lon=-1.5,
                max_reviews_per_year=4,
            )
        )
        opened.flush()
        opened.add_all(InspectorSkill(inspector_code=person, skill_code=skill) for skill in SKILLS)


def _contacts(opened: Session, number: int, code: str) -> None:
    """R064: the second area has no director yet, only an officer whom its chief executive named."""
    roles = ("nominated_officer" if number == 1 else "director", "chief_executive")
    opened.add_all(
        Contact(area_code=code, role=role, name=f"{role} of {code}", email=f"{role}@{code}.example")
        for role in roles
    )
