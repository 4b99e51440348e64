"""A plan with people as they are known today: leave, absences, conflicts and newcomers since it was made."""

from dataclasses import replace

from sqlmodel import Session

from scheduler.cost import make_plan
from scheduler.values.people import Absence, Inspector
from scheduler.values.problem import Problem
from scheduler.values.value import WeekSpan
from services.problem.facts import read_facts
from services.problem.people import inspectors
from services.problem.planning_horizon import Horizon
from services.problem.present import Present


def with_people_of_today(session: Session, present: Present) -> Present:
    """The same plan for a problem with the people of today.

    Whoever is an inspector no longer is away from now on. A team of the plan may have somebody who is not free now.
    """
    problem = present.problem
    now = people_of_today(session, problem)
    gone = WeekSpan(first=min(present.first_open, problem.num_weeks), end=problem.num_weeks)
    people = [now.get(person.id) or _away(person, gone) for person in problem.inspectors]
    newcomers = [now[code] for code in sorted(now.keys() - {person.id for person in people})]
    today = problem.model_copy(update={"inspectors": (*people, *newcomers)})
    plan = make_plan(today, present.plan.starts(), present.plan.members)
    return replace(present, problem=today, plan=plan)


def people_of_today(session: Session, problem: Problem) -> dict[str, Inspector]:
    """Every inspector there is today, in the weeks of a problem, by code."""
    horizon = Horizon(problem.first_monday, problem.num_weeks, problem.num_weeks)
    return {person.id: person for person in inspectors(read_facts(session), horizon)}


def _away(person: Inspector, weeks: WeekSpan) -> Inspector:
    return person.model_copy(update={"absences": (*person.absences, Absence(span=weeks))})
