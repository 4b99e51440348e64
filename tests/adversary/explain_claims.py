"""What `explain` claims: which dates would be cheaper, by how much, and exactly what is missing for them."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.reasons.added_capacity import with_added_capacity
from scheduler.reasons.explain import Alternative, Explanation, explain
from scheduler.reasons.shortfall import Shortfall
from tests.adversary.beside import cost_beside, making_room, there
from tests.adversary.holder_claims import has_skill
from tests.adversary.model import Best, Model
from tests.adversary.moves_claims import draw, suits
from tests.adversary.prices import date_terms
from tests.adversary.question import Question, Subject, gets_an_answer
from tests.adversary.timetables import timetables_of
from tests.adversary.weeks import ends, team_weeks


def ask(question: Question) -> Explanation:
    """Why is the area where it is?"""
    assert question.plan is not None
    return explain(question.problem, question.plan, question.area)


def fitting(question: Question, own: Alternative, others: frozenset[str] = frozenset()) -> Best | None:
    """A plan with the area at an alternative, some others perhaps moved, no worse covered than now."""
    assert question.plan is not None
    suits = there(question.plan, own.dates)
    return making_room(question.problem, question.plan, question.area, suits, others)


def the_cheaper_weeks_are_told(question: Question, answer: Explanation) -> Iterator[str]:
    """For each week of the first stage in which the area would be cheaper its cheapest timetable, fitting or not."""
    assert question.plan is not None
    now, best = question.plan.costs.date_cost, dict[int, int]()
    own = list(timetables_of(question.problem, question.area))
    for timetable in own:
        week, cost = (
            timetable.starts[answer.activity][0],
            cost_beside(question.problem, question.plan, timetable),
        )
        if cost < min(now, best.get(week, now)):
            best[week] = cost
    told = {own.first_week: own.cost for own in answer.alternatives}
    if told != best:
        yield f"told are {told}, cheaper are {best}"
    if answer.plan_cost != now or any(own.saving != now - own.cost for own in answer.alternatives):
        yield "the present cost or a saving is wrong"
    if answer.earliest_week != min(timetable.starts[answer.activity][0] for timetable in own):
        yield f"the earliest week is not {answer.earliest_week}"


def what_lacks_nothing_fits(question: Question, answer: Explanation) -> Iterator[str]:
    """An alternative without shortfall is possible with all other areas where they are."""
    for own in answer.alternatives:
        if own.shortfall.is_empty and fitting(question, own) is None:
            yield f"week {own.first_week} lacks nothing, but does not fit"


def what_is_missing_suffices(question: Question, answer: Explanation) -> Iterator[str]:
    """With the shortfall added the alternative is possible, at no more than the stated cost."""
    for own in answer.alternatives:
        best = fitting(_wider(question, own.shortfall), own)
        if best is None or best.values[1] > own.cost:
            yield f"week {own.first_week}: with {own.shortfall} it is {best and best.values}"


def nothing_less_suffices(question: Question, answer: Explanation) -> Iterator[str]:
    """With a unit less the alternative is impossible where the others are, if that is said to be proven."""
    for own in answer.alternatives:
        for less in own.shortfall.without_one_unit():
            if own.shortfall.is_proven and fitting(_wider(question, less), own) is not None:
                yield f"week {own.first_week}: {own.shortfall} is said to be needed, {less} suffices"


def _wider(question: Question, shortfall: Shortfall) -> Question:
    return replace(question, problem=with_added_capacity(question.problem, shortfall))


def displacements_are_possible(question: Question, answer: Explanation) -> Iterator[str]:
    """The areas that are said to make room do, at the stated price."""
    for own in answer.alternatives:
        if own.displacement is not None:
            areas = frozenset(one.areas[0] for one in own.displacement.moved)
            best = fitting(question, own, areas)
            if best is None or best.values[1] != own.cost + own.displacement.price:
                told = (sorted(areas), own.cost + own.displacement.price)
                yield f"week {own.first_week}: {told} are told, it is {best and best.values}"


def displacements_are_smallest(question: Question, answer: Explanation) -> Iterator[str]:
    """No fewer areas make room; of the smallest sets it is the cheapest; none is told only where no two make room.

    Where the plan leaves places uncovered, areas that make room may be more than needed (docs/reasons.md).
    """
    assert question.plan is not None
    for own in answer.alternatives:
        if own.shortfall.is_empty or question.plan.costs.uncovered_places:
            continue
        best = making_room(question.problem, question.plan, question.area, there(question.plan, own.dates))
        told = own.displacement and (len(own.displacement.moved), own.cost + own.displacement.price)
        if told != (best and best.values):
            yield f"week {own.first_week}: {told} areas and cost are told, it is {best and best.values}"


def terms_are_right(question: Question, answer: Explanation) -> Iterator[str]:
    """What the area adds to each term of the cost of dates, the others being there."""
    assert question.plan is not None
    names, starts = set(answer.activities), question.plan.starts()
    links = [own for own in question.problem.links if not names & {end.activity for end in ends(own)}]
    others = [own for own in question.problem.activities if own.id not in names]
    rest = question.problem.model_copy(update={"activities": tuple(others), "links": tuple(links)})
    with_it, without = date_terms(question.problem, starts), date_terms(rest, starts)
    added = {term: cost - without[term] for term, cost in with_it.items()}
    if added != answer.terms:
        yield f"{answer.terms} are told, it is {added}"


def counts_prove(question: Question, answer: Explanation) -> Iterator[str]:
    """Each count of people shows that so many places stay uncovered at least, where the others are."""
    assert question.plan is not None
    for own in answer.alternatives:
        suits = there(question.plan, own.dates)
        fewest = Model(question.problem, suits).best(("uncovered",))
        for pool in own.pools:
            if fewest is not None and fewest.values[0] < pool.lack:
                yield f"week {own.first_week}: {pool}, but {fewest.values[0]} uncovered places are possible"


def holders_are_right(question: Question, answer: Explanation) -> Iterator[str]:
    """Everybody with a missing skill is told, and what stands in the way, with the teams of the plan or others."""
    assert question.plan is not None
    for own in answer.alternatives:
        starts = question.plan.starts() | {one.activity: one.starts for one in own.dates}
        for seat in own.seats:
            people = [one.id for one in question.problem.inspectors if has_skill(one, seat.seat.skill)]
            if [one.inspector for one in seat.holders] != people:
                yield f"week {own.first_week}: {[one.inspector for one in seat.holders]} are told, not {people}"
            review = next(one for one in question.problem.activities if one.id == seat.seat.activity)
            if seat.seat.weeks != team_weeks(review, starts[review.id]):
                yield f"week {own.first_week}: the weeks are not {seat.seat.weeks}"


EXPLAIN = Subject(
    "explain",
    draw,
    ask,
    (
        gets_an_answer,
        the_cheaper_weeks_are_told,
        what_lacks_nothing_fits,
        what_is_missing_suffices,
        nothing_less_suffices,
        displacements_are_possible,
        displacements_are_smallest,
        terms_are_right,
        counts_prove,
        holders_are_right,
    ),
    share=16,
    suits=suits,
)
