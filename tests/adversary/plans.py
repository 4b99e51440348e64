"""Random plans of tiny problems: sound ones, but not always good ones."""

from random import Random
from zlib import crc32

from scheduler.values.plan import Plan
from scheduler.values.problem import Absence, Activity, Problem, Seated
from scheduler.values.value import WeekSpan
from tests.adversary.draw import chance
from tests.adversary.model import BEST, Aim, Model, plan_of
from tests.adversary.seats import num_seats
from tests.adversary.timetables import Timetable


def some_plan(problem: Problem, draw: Random) -> Plan | None:
    """The best plan, one with dates by chance and as few uncovered places as these allow, or one in between.

    None if no plan keeps the rules.
    """
    salt = draw.random()

    def whim(timetable: Timetable) -> int:
        return crc32(f"{salt} {sorted(timetable.starts.items())}".encode()) % 20

    aims: tuple[tuple[Aim, ...], ...] = (BEST, ("uncovered", whim), (whim, "uncovered"))
    best = Model(problem).best(draw.choice(aims))
    return None if best is None else plan_of(problem, best)


def with_people_at_work(problem: Problem, draw: Random) -> Problem:
    """The problem in which the people whom a plan has in pinned reviews are at work; somebody may fall ill.

    One more review is pinned where the plan has it.
    """
    plan = some_plan(problem, draw)
    reviews = [activity.id for activity in problem.activities if activity.team is not None]
    if plan is None or not reviews:
        return problem
    begun, starts = draw.choice(reviews), plan.starts()
    problem = problem.with_activity(
        begun, lambda activity: activity.model_copy(update={"pinned_starts": starts[begun]})
    )
    seats = [Seated(skill=member.skill, inspector=member.inspector) for member in plan.members]
    activities = [member.activity for member in plan.members]

    def at_work(activity: Activity) -> Activity:
        here = tuple(seat for seat, name in zip(seats, activities, strict=True) if name == activity.id)
        if activity.team is None or activity.pinned_starts is None:
            return activity
        return activity.model_copy(update={"team": activity.team.model_copy(update={"at_work": here})})

    ill = draw.choice(problem.inspectors).id if chance(draw, 0.5) else ""
    away = Absence(span=WeekSpan(first=0, end=problem.num_weeks))
    people = tuple(
        person.model_copy(update={"absences": (*person.absences, away)}) if person.id == ill else person
        for person in problem.inspectors
    )
    return problem.with_activities(at_work).model_copy(update={"inspectors": people})


def with_reserved_seats(problem: Problem, draw: Random) -> Problem:
    """The problem in which some seats of reviews that have not begun are kept for somebody, fit for it or not."""

    def kept(activity: Activity) -> Activity:
        if activity.team is None or activity.team.at_work is not None or chance(draw, 0.4):
            return activity
        seats = num_seats(activity)
        names = draw.sample([person.id for person in problem.inspectors], min(2, len(problem.inspectors)))
        wanted = draw.sample(sorted(seats), min(len(seats), len(names)))
        reserved = tuple(
            Seated(skill=skill, inspector=name) for skill, name in zip(wanted, names, strict=False)
        )
        return activity.model_copy(update={"team": activity.team.model_copy(update={"reserved": reserved})})

    return problem.with_activities(kept)
