"""What `replan` claims: plans to choose, the fewest moves, bounds, status."""

from collections.abc import Iterator
from random import Random

from scheduler.events.stability import StabilityRule
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import Status
from tests.adversary.draw import chance
from tests.adversary.event_claims import (
    people_at_work_stay,
    the_event_is_in_force,
    the_past_stays,
    what_has_begun_stays,
)
from tests.adversary.events import some_event, some_settled
from tests.adversary.model import Best, Model, costs_of, keeps_rules
from tests.adversary.plans import some_plan, with_reserved_seats
from tests.adversary.problems import tiny
from tests.adversary.proofs import wrong_proofs
from tests.adversary.question import Question, Subject, gets_an_answer
from tests.adversary.timetables import Timetable
from tests.known import known


def suits(problem: Problem) -> bool:
    """At least two teams in two areas: else nothing makes room for anything."""
    return len({activity.area for activity in problem.activities if activity.team is not None}) > 1


def draw(seed: str) -> Question:
    """A problem with a plan, and an event in one of its first weeks."""
    by = Random(seed)
    for number in range(1000):
        problem = tiny(f"{seed} {number}", suits=suits)
        problem = with_reserved_seats(problem, by) if chance(by, 0.3) else problem
        plan = some_plan(problem, by)
        if plan is not None:
            now = by.choice((0, 0, 1, 3))
            settled = some_settled(problem, by)
            event = some_event(problem, plan, settled.first_open(now), by)
            frozen = by.choice((0, 0, 1, 3))
            return Question(problem, plan, event, now_week=now, frozen_weeks=frozen, settled=settled)
    raise AssertionError("no problem has a plan")


def ask(question: Question) -> ReplanResult:
    """Replan after the event."""
    rule = StabilityRule(frozen_weeks=question.frozen_weeks)
    params = ReplanParams(
        now_week=question.now_week, settled=question.settled, stability=rule, seconds=20.0, num_workers=1
    )
    return replan(question.problem, known(question.plan), known(question.event), params)


def after(result: ReplanResult) -> Model:
    """All plans after an event: the problem itself says who is at work and stays."""
    return Model(result.problem)


def moves_from(plan: Plan, timetable: Timetable) -> int:
    """How many activities of a published plan a timetable moves; a new one is none of them."""
    before = plan.starts()
    return sum(before.get(name, weeks) != weeks for name, weeks in timetable.starts.items())


def fewest(question: Question, result: ReplanResult) -> Best | None:
    """A plan with the fewest uncovered places, then the fewest moves."""
    plan = question.plan
    return after(result).best(("uncovered", lambda timetable: moves_from(known(plan), timetable)))


def fewest_moves(question: Question, result: ReplanResult, uncovered: int) -> int | None:
    """The fewest moves of plans with no more uncovered places."""
    plan, model = question.plan, after(result).limit("uncovered", uncovered)
    best = model.best((lambda timetable: moves_from(known(plan), timetable),))
    return None if best is None else best.values[0]


def impossible_is_impossible(question: Question, result: ReplanResult) -> Iterator[str]:
    """INFEASIBLE is said where no plan keeps the rules after the event."""
    if result.status is Status.INFEASIBLE and (best := fewest(question, result)) is not None:
        yield f"there is a plan with {best.values} uncovered places and moves"


def a_plan_is_found(question: Question, result: ReplanResult) -> Iterator[str]:
    """A tiny problem that has a plan after the event gets one."""
    if not result.choices and (best := fewest(question, result)) is not None:
        yield f"{result.status}, but there is a plan with {best.values} uncovered places and moves; {result.remarks}"


def choices_keep_the_rules(question: Question, result: ReplanResult) -> Iterator[str]:
    """Every plan that is offered keeps every rule, and all its numbers are right."""
    before = question.plan
    for choice in result.choices:
        costs = costs_of(result.problem, choice.plan.starts(), choice.plan.members)
        moved = sum(choice.plan.starts()[name] != weeks for name, weeks in known(before).starts().items())
        left = len(_people(known(before)) - _people(choice.plan))
        if not keeps_rules(result.problem, choice.plan):
            yield f"{choice.names} breaks a rule"
        if costs != choice.plan.costs:
            yield f"{choice.names} costs {costs}, not {choice.plan.costs}"
        numbers = (moved, left, costs.uncovered_places, costs.date_cost + costs.team_cost)
        if numbers != (choice.moved, choice.people_changed, choice.uncovered, choice.cost):
            yield f"{choice.names} has {numbers} moves, people, uncovered places and cost; said are others"


def _people(plan: Plan) -> set[tuple[str, str]]:
    return {(member.activity, member.inspector) for member in plan.members}


def few_enough(question: Question, result: ReplanResult) -> int | None:
    """As many places as must stay uncovered, or as were before the event: to fill these nothing is moved."""
    best = fewest(question, result)
    return None if best is None else max(best.values[0], known(question.plan).costs.uncovered_places)


def names_are_right(question: Question, result: ReplanResult) -> Iterator[str]:
    """Of the choices that are offered, each is best at what it is named for.

    The lowest cost is so among those with the fewest uncovered places, fewest moves among those with few enough, fewest
    weeks and people among those with no more than the first one.
    """
    few = few_enough(question, result)
    if few is None or result.main is None:
        return
    most = result.main.uncovered
    by_moves = [(max(few, choice.uncovered), choice.moved) for choice in result.choices]
    by_weeks = [(max(most, choice.uncovered), choice.weeks_moved) for choice in result.choices]
    by_people = [(max(most, choice.uncovered), choice.people_changed) for choice in result.choices]
    by_cost = [(choice.uncovered, choice.cost) for choice in result.choices]
    for number, choice in enumerate(result.choices):
        for name, ranks in (
            ("fewest_moves", by_moves),
            ("fewest_weeks", by_weeks),
            ("fewest_people", by_people),
            ("lowest_cost", by_cost),
        ):
            if name in choice.names and ranks[number] > min(ranks):
                yield f"{name} has {ranks[number]}, but another choice has {min(ranks)}"


def no_plan_moves_fewer(question: Question, result: ReplanResult) -> Iterator[str]:
    """The first choice leaves few enough places uncovered, and moves as few activities as a plan with so many must."""
    few, main = few_enough(question, result), result.main
    if main is not None and few is not None:
        best = fewest_moves(question, result, main.uncovered)
        if main.uncovered > few or main.moved != best:
            yield f"{main.uncovered, main.moved} is found, {best} moves and {few} are possible; {result.status}"


def optimal_is_optimal(question: Question, result: ReplanResult) -> Iterator[str]:
    """What is called optimal leaves no more places uncovered than need be, and moves no more than such a plan must."""
    if result.status is Status.OPTIMAL and result.main is not None:
        best, found = fewest(question, result), (result.main.uncovered, result.main.moved)
        if best is not None and found != best.values:
            yield f"{found} is called optimal, {best.values} is possible"


def fewest_is_fewest(question: Question, result: ReplanResult) -> Iterator[str]:
    """What is proven to move the fewest does, among plans with no more uncovered places than it has."""
    if result.is_proven_fewest and result.main is not None:
        best = fewest_moves(question, result, result.main.uncovered)
        if best is not None and result.main.moved > best:
            yield f"{result.main.moved} moves are called fewest, {best} are possible"


def bounds_are_bounds(question: Question, result: ReplanResult) -> Iterator[str]:
    """No bound is above what it bounds; that of moves speaks of plans no worse covered than the first choice."""
    best = fewest(question, result)
    if best is None:
        return
    if result.uncovered_bound is not None and result.uncovered_bound > best.values[0]:
        yield f"at least {result.uncovered_bound} uncovered places are claimed, {best.values[0]} are possible"
    if result.main is not None and result.moved_bound is not None:
        moves = fewest_moves(question, result, result.main.uncovered)
        if moves is not None and result.moved_bound > moves:
            yield f"at least {result.moved_bound} moves are claimed, {moves} are possible"


def weeks_from(plan: Plan, timetable: Timetable) -> int:
    """By how many weeks the activities of a published plan move, each as far as its stage that moves furthest."""
    before = plan.starts()
    pairs = ((before.get(name, weeks), weeks) for name, weeks in timetable.starts.items())
    return sum(max(abs(new - old) for old, new in zip(*pair, strict=True)) for pair in pairs)


def fewest_weeks(question: Question, result: ReplanResult, uncovered: int) -> int | None:
    """The fewest weeks moved in all of plans with no more uncovered places."""
    model, plan = after(result).limit("uncovered", uncovered), known(question.plan)
    return model.least(model.choice.total(lambda timetable: weeks_from(plan, timetable)))


def fewest_people(question: Question, result: ReplanResult, uncovered: int) -> int | None:
    """The fewest announced people who leave their team, of plans with no more uncovered places."""
    model, announced = after(result).limit("uncovered", uncovered), _people(known(question.plan))
    names = [person.id for person in result.problem.inspectors]
    kept = [
        sits
        for (review, _skill, number), sits in model.people.sits.items()
        if (review, names[number]) in announced
    ]
    return model.least(len(announced) - sum(kept))


def least_cost(question: Question, result: ReplanResult) -> tuple[int, int] | None:
    """The fewest uncovered places, and the least cost of plans with so many."""
    best = after(result).best(("uncovered",))
    if best is None:
        return None
    model = after(result).limit("uncovered", best.values[0])
    return best.values[0], known(model.least(model.cost))


def alternatives_are_best(question: Question, result: ReplanResult) -> Iterator[str]:
    """What is proven of a choice is true by the exact model, and no bound is above what it bounds."""
    if result.main is None:
        return
    uncovered = result.main.uncovered
    for name, find in (("fewest_weeks", fewest_weeks), ("fewest_people", fewest_people)):
        best, bound = find(question, result, uncovered), result.bounds.get(name)
        if best is not None and bound is not None and bound > best:
            yield f"at least {bound} are claimed for {name}, {best} are possible"
        for choice in result.choices:
            value = choice.weeks_moved if name == "fewest_weeks" else choice.people_changed
            if name in choice.proven and value != best:
                yield f"{value} is called proven for {name}, {best} are possible"
    cheapest = least_cost(question, result)
    for choice in result.choices:
        if "lowest_cost" in choice.proven and (choice.uncovered, choice.cost) != cheapest:
            yield f"{choice.uncovered, choice.cost} is called the least cost, {cheapest} is possible"


def kept_dates_are_kept(question: Question, result: ReplanResult) -> Iterator[str]:
    """Where no date moves and the open places are proven to be the fewest, no teams for these dates leave fewer."""
    before = known(question.plan).starts()
    for choice in result.choices:
        if "dates_kept" not in choice.proven or choice.moved:
            continue

        def stays(timetable: Timetable) -> bool:
            return all(before.get(name, weeks) == weeks for name, weeks in timetable.starts.items())

        best = known(Model(result.problem, stays).best(("uncovered",)))
        if choice.uncovered != best.values[0]:
            yield f"{choice.uncovered} open places are called proven with all dates kept, not {best.values[0]}"


def open_places_are_named(question: Question, result: ReplanResult) -> Iterator[str]:
    """Every uncovered place is named, and whoever is free is named before those who are not."""
    for choice in result.choices:
        if sum(place.count for place in choice.open_places) != choice.uncovered:
            yield f"{choice.uncovered} places are open, named are {choice.open_places}"
        for place in choice.open_places:
            hindered = [person.hindrance is not None for person in place.stand_ins]
            if hindered != sorted(hindered):
                yield f"{place} names the hindered before the free"


def certificates_prove(question: Question, result: ReplanResult) -> Iterator[str]:
    """What the certificates of a plan claim is true after the event."""
    for choice in result.choices:
        yield from wrong_proofs(result.problem, choice.plan, choice.plan.certificates)


REPLAN = Subject(
    "replan",
    draw,
    ask,
    (
        gets_an_answer,
        impossible_is_impossible,
        a_plan_is_found,
        choices_keep_the_rules,
        names_are_right,
        no_plan_moves_fewer,
        optimal_is_optimal,
        fewest_is_fewest,
        bounds_are_bounds,
        alternatives_are_best,
        kept_dates_are_kept,
        open_places_are_named,
        certificates_prove,
        the_event_is_in_force,
        the_past_stays,
        what_has_begun_stays,
        people_at_work_stay,
    ),
    share=26,
    suits=suits,
)
