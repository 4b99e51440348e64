"""What `candidates` claims of every week: where an activity fits alone, who makes room, and what it costs."""

from collections.abc import Iterator
from random import Random

from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.values import WeekCandidates
from scheduler.candidates.weeks import week_candidates
from scheduler.values.problem import Problem
from tests.adversary.beside import is_together, leading, making_room, starting_in, there
from tests.adversary.plans import some_plan
from tests.adversary.problems import tiny
from tests.adversary.question import Question, Subject, gets_an_answer
from tests.adversary.timetables import timetables_of
from tests.known import known


def suits(problem: Problem) -> bool:
    """Areas in which everything that can move is planned together: then an area moves as a whole."""
    areas = {activity.area for activity in problem.activities}
    return len(areas) > 1 and all(is_together(problem, area) for area in areas)


def draw(seed: str) -> Question:
    """A problem with a plan, and one of its areas."""
    by = Random(seed)
    for number in range(1000):
        problem = tiny(f"{seed} {number}", suits=suits)
        plan = some_plan(problem, by)
        if plan is not None:
            return Question(problem, plan, area=by.choice(problem.activities).area)
    raise AssertionError("no problem has a plan")


def ask(question: Question) -> WeekCandidates:
    """Where else could the activity that leads the area be?"""
    lead = min(leading(question.problem, question.area))
    return week_candidates(PlanState(question.problem, known(question.plan)), lead)


def every_week_is_told(question: Question, answer: WeekCandidates) -> Iterator[str]:
    """Each week of the window once, the cheapest first, what is impossible last; the present costs are right."""
    lead = next(activity for activity in question.problem.activities if activity.id == answer.activity)
    weeks = [candidate.week for candidate in answer.weeks]
    if sorted(weeks) != list(lead.start_window.weeks()):
        yield f"told are {weeks}"
    rises = [candidate.best.rise for candidate in answer.weeks if candidate.best is not None]
    if rises != sorted(rises) or any(candidate.best for candidate in answer.weeks[len(rises) :]):
        yield f"rises are {rises}"
    costs = known(question.plan).costs
    if (answer.date_cost, answer.people_cost) != (costs.date_cost, costs.team_cost):
        yield f"the plan costs {costs}, not {answer.date_cost} and {answer.people_cost}"


def impossible_is_impossible(question: Question, answer: WeekCandidates) -> Iterator[str]:
    """A week that rules alone forbid is in none of the area's timetables; others are in one."""
    weeks = {
        timetable.starts[answer.activity][0] for timetable in timetables_of(question.problem, question.area)
    }
    for candidate in answer.weeks:
        if (candidate.impossible is None) != (candidate.week in weeks):
            yield f"week {candidate.week}: {candidate.impossible}, timetables start in {sorted(weeks)}"


def what_can_be_had_is_possible(question: Question, answer: WeekCandidates) -> Iterator[str]:
    """There is a plan with all that moves where it is said to be, at the stated cost, no worse covered than now."""
    for candidate in answer.weeks:
        if candidate.best is None:
            continue
        moved = () if candidate.swap is None else candidate.swap.moved.areas
        suits = there(known(question.plan), candidate.best.dates)
        best = making_room(question.problem, known(question.plan), question.area, suits, frozenset({*moved}))
        if best is None:
            yield f"week {candidate.week}: no plan has these dates and only {sorted(moved)} moved"
        elif answer.date_cost + candidate.best.rise < best.values[1]:
            yield f"week {candidate.week}: rises to {best.values[1]} at least, not by {candidate.best.rise}"


def nothing_alone_is_cheaper_than_told(question: Question, answer: WeekCandidates) -> Iterator[str]:
    """What is said of the cheapest dates of a week is a bound on all changes in which nobody else moves."""
    lead = next(activity for activity in question.problem.activities if activity.id == answer.activity)
    for candidate in answer.weeks:
        if candidate.least_rise is None:
            continue
        suits = starting_in(lead, candidate.week)
        best = making_room(question.problem, known(question.plan), question.area, suits, 0)
        if best is not None and best.values[1] < answer.date_cost + candidate.least_rise:
            yield f"week {candidate.week}: {best.values[1]} is possible, at least {candidate.least_rise} more is told"


CANDIDATES = Subject(
    "candidates",
    draw,
    ask,
    (
        gets_an_answer,
        every_week_is_told,
        impossible_is_impossible,
        what_can_be_had_is_possible,
        nothing_alone_is_cheaper_than_told,
    ),
    share=16,
    suits=suits,
)
