"""What `moves` claims of every week: where the area fits, who makes room, what it costs, that nobody can."""

from collections.abc import Iterator
from random import Random

from scheduler.explaining.ranked_weeks import Move, Moves, moves
from scheduler.values.problem import Problem
from tests.adversary.beside import is_together, leading, making_room, starting_in, there
from tests.adversary.model import Best
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


def ask(question: Question) -> Moves:
    """Where else could the area be?"""
    return moves(question.problem, known(question.plan), question.area)


def room(question: Question, answer: Moves, move: Move, others: int = 2) -> Best | None:
    """The fewest areas that make room for a week, and the cheapest such plan."""
    lead = next(activity for activity in question.problem.activities if activity.id == answer.activity)
    return making_room(
        question.problem, known(question.plan), question.area, starting_in(lead, move.week), others
    )


def the_leading_activity_is_right(question: Question, answer: Moves) -> Iterator[str]:
    """The first one with a team that can move, else that can move."""
    leads = leading(question.problem, question.area)
    if answer.activity not in leads:
        yield f"{answer.activity} leads, it should be {sorted(leads)}"


def every_week_is_told(question: Question, answer: Moves) -> Iterator[str]:
    """Each week of the window once, the cheapest first, what is impossible last; the present cost is right."""
    lead = next(activity for activity in question.problem.activities if activity.id == answer.activity)
    weeks = [move.week for move in answer.moves]
    if sorted(weeks) != list(lead.start_window.weeks()):
        yield f"told are {weeks}"
    costs = [move.cost for move in answer.moves if move.cost is not None]
    if costs != sorted(costs) or any(move.cost is not None for move in answer.moves[len(costs) :]):
        yield f"costs are {[move.cost for move in answer.moves]}"
    if answer.plan_cost != known(question.plan).costs.date_cost:
        yield f"the plan costs {known(question.plan).costs.date_cost}, not {answer.plan_cost}"
    for move in answer.moves:
        if move.cost is not None and move.rise != move.cost - answer.plan_cost:
            yield f"week {move.week}: rise {move.rise}"


def impossible_is_impossible(question: Question, answer: Moves) -> Iterator[str]:
    """A week that rules alone forbid is in none of the area's timetables; others are in one."""
    weeks = {
        timetable.starts[answer.activity][0] for timetable in timetables_of(question.problem, question.area)
    }
    for move in answer.moves:
        if (move.impossible is None) != (move.week in weeks):
            yield f"week {move.week}: {move.impossible}, timetables start in {sorted(weeks)}"


def nobody_can_make_room(question: Question, answer: Moves) -> Iterator[str]:
    """Where no one or two areas are said to make room, none do."""
    if is_covered(question):
        yield from _falsely_short(question, answer)


def nobody_can_make_room_beside_open_seats(question: Question, answer: Moves) -> Iterator[str]:
    """The same where the plan leaves places uncovered: no more of them than now."""
    if not is_covered(question):
        yield from _falsely_short(question, answer)


def _falsely_short(question: Question, answer: Moves) -> Iterator[str]:
    for move in answer.moves:
        best = room(question, answer, move) if move.is_short else None
        if best is not None:
            yield f"week {move.week} is called short, but {best.values[0]} areas make room, for {best.values[1]}"


def is_covered(question: Question) -> bool:
    """Whether the plan covers every place."""
    return question.plan is not None and question.plan.costs.uncovered_places == 0


def a_move_is_possible(question: Question, answer: Moves) -> Iterator[str]:
    """There is a plan with the area and those that make room where they are said to be, at the stated cost."""
    for move in answer.moves:
        if move.cost is None:
            continue
        moved = () if move.displacement is None else move.displacement.moved
        areas = frozenset(displaced.areas[0] for displaced in moved)
        suits = there(known(question.plan), move.dates)
        best = making_room(question.problem, known(question.plan), question.area, suits, areas)
        if best is None:
            yield f"week {move.week}: no plan has these dates and only {sorted(areas)} moved"
        elif move.cost < best.values[1]:
            yield f"week {move.week}: costs {best.values[1]} at least, not {move.cost}"


def fewest_areas_make_room(question: Question, answer: Moves) -> Iterator[str]:
    """As few areas as possible move, none where the area fits.

    Where the plan leaves places uncovered, areas that make room may be more than needed (docs/reasons.md).
    """
    for move in answer.moves:
        best = (
            room(question, answer, move, others=2 if is_covered(question) else 0)
            if move.cost is not None
            else None
        )
        number = 0 if move.displacement is None else len(move.displacement.moved)
        if best is not None and number > best.values[0]:
            yield f"week {move.week}: {number} areas make room, {best.values[0]} suffice"


def the_cheapest_is_told(question: Question, answer: Moves) -> Iterator[str]:
    """Of the moves with so few areas the cheapest is told; with uncovered places only where nobody makes room."""
    for move in answer.moves:
        best = (
            room(question, answer, move, others=2 if is_covered(question) else 0)
            if move.cost is not None
            else None
        )
        number = 0 if move.displacement is None else len(move.displacement.moved)
        if best is not None and number == best.values[0] and move.cost != best.values[1]:
            yield f"week {move.week}: with {number} areas moved it costs {best.values[1]}, not {move.cost}"


MOVES = Subject(
    "moves",
    draw,
    ask,
    (
        gets_an_answer,
        the_leading_activity_is_right,
        every_week_is_told,
        impossible_is_impossible,
        nobody_can_make_room,
        nobody_can_make_room_beside_open_seats,
        a_move_is_possible,
        fewest_areas_make_room,
        the_cheapest_is_told,
    ),
    share=16,
    suits=suits,
)
