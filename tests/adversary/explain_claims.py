"""What `explain` claims: which dates would be cheaper, by how much, and exactly what is missing for them."""

from collections.abc import Iterator
from dataclasses import replace

from scheduler.candidates.explanation import Alternative, Explanation, explain
from scheduler.explaining.added_capacity import with_added_capacity
from scheduler.explaining.shortfall import Shortfall
from tests.adversary.beside import cost_beside, making_room, there
from tests.adversary.candidate_claims import draw, suits
from tests.adversary.holder_claims import wrong_lists
from tests.adversary.model import Best, Model
from tests.adversary.prices import date_terms
from tests.adversary.question import Question, Subject, gets_an_answer
from tests.adversary.timetables import timetables_of
from tests.adversary.weeks import ends
from tests.known import known
from tests.shortfalls import without_one_unit


def ask(question: Question) -> Explanation:
    """Why is the area where it is?"""
    return explain(question.problem, known(question.plan), question.area)


def fitting(
    question: Question, alternative: Alternative, others: frozenset[str] = frozenset()
) -> Best | None:
    """A plan with the area at an alternative, some others perhaps moved, no worse covered than now."""
    suits = there(known(question.plan), alternative.dates)
    return making_room(question.problem, known(question.plan), question.area, suits, others)


def the_cheaper_weeks_are_told(question: Question, answer: Explanation) -> Iterator[str]:
    """For each week of the first stage in which the area would be cheaper its cheapest timetable, fitting or not."""
    now, best = known(question.plan).costs.date_cost, dict[int, int]()
    timetables = list(timetables_of(question.problem, question.area))
    for timetable in timetables:
        week, cost = (
            timetable.starts[answer.activity][0],
            cost_beside(question.problem, known(question.plan), timetable),
        )
        if cost < min(now, best.get(week, now)):
            best[week] = cost
    told = {alternative.first_week: alternative.cost for alternative in answer.alternatives}
    if told != best:
        yield f"told are {told}, cheaper are {best}"
    if answer.plan_cost != now or any(
        alternative.saving != now - alternative.cost for alternative in answer.alternatives
    ):
        yield "the present cost or a saving is wrong"
    if answer.earliest_week != min(timetable.starts[answer.activity][0] for timetable in timetables):
        yield f"the earliest week is not {answer.earliest_week}"


def what_lacks_nothing_fits(question: Question, answer: Explanation) -> Iterator[str]:
    """An alternative without shortfall is possible with all other areas where they are."""
    for alternative in answer.alternatives:
        if alternative.shortfall.is_empty and fitting(question, alternative) is None:
            yield f"week {alternative.first_week} lacks nothing, but does not fit"


def what_is_missing_suffices(question: Question, answer: Explanation) -> Iterator[str]:
    """With the shortfall added the alternative is possible, at no more than the stated cost."""
    for alternative in answer.alternatives:
        best = fitting(_wider(question, alternative.shortfall), alternative)
        if best is None or best.values[1] > alternative.cost:
            yield f"week {alternative.first_week}: with {alternative.shortfall} it is {best and best.values}"


def nothing_less_suffices(question: Question, answer: Explanation) -> Iterator[str]:
    """With a unit less the alternative is impossible where the others are, if that is said to be proven."""
    for alternative in answer.alternatives:
        for less in without_one_unit(alternative.shortfall):
            if alternative.shortfall.is_proven and fitting(_wider(question, less), alternative) is not None:
                yield f"week {alternative.first_week}: {alternative.shortfall} is said to be needed, {less} suffices"


def _wider(question: Question, shortfall: Shortfall) -> Question:
    return replace(question, problem=with_added_capacity(question.problem, shortfall))


def displacements_are_possible(question: Question, answer: Explanation) -> Iterator[str]:
    """The areas that are said to make room do, at the stated price."""
    for alternative in answer.alternatives:
        if alternative.displacement is not None:
            areas = frozenset(displaced.areas[0] for displaced in alternative.displacement.moved)
            best = fitting(question, alternative, areas)
            if best is None or best.values[1] != alternative.cost + alternative.displacement.price:
                told = (sorted(areas), alternative.cost + alternative.displacement.price)
                yield f"week {alternative.first_week}: {told} are told, it is {best and best.values}"


def displacements_are_smallest(question: Question, answer: Explanation) -> Iterator[str]:
    """No fewer areas make room; of the smallest sets it is the cheapest; none is told only where no two make room.

    Where the plan leaves places uncovered, areas that make room may be more than needed (docs/reasons.md).
    """
    for alternative in answer.alternatives:
        if alternative.shortfall.is_empty or known(question.plan).costs.uncovered_places:
            continue
        best = making_room(
            question.problem,
            known(question.plan),
            question.area,
            there(known(question.plan), alternative.dates),
        )
        told = alternative.displacement and (
            len(alternative.displacement.moved),
            alternative.cost + alternative.displacement.price,
        )
        if told != (best and best.values):
            yield f"week {alternative.first_week}: {told} areas and cost are told, it is {best and best.values}"


def terms_are_right(question: Question, answer: Explanation) -> Iterator[str]:
    """What the area adds to each term of the cost of dates, the others being there."""
    names, starts = set(answer.activities), known(question.plan).starts()
    links = [link for link in question.problem.links if not names & {end.activity for end in ends(link)}]
    others = [activity for activity in question.problem.activities if activity.id not in names]
    rest = question.problem.model_copy(update={"activities": tuple(others), "links": tuple(links)})
    with_it, without = date_terms(question.problem, starts), date_terms(rest, starts)
    added = {term: cost - without[term] for term, cost in with_it.items()}
    if added != answer.terms:
        yield f"{answer.terms} are told, it is {added}"


def counts_prove(question: Question, answer: Explanation) -> Iterator[str]:
    """Each count of people shows that so many places stay uncovered at least, where the others are."""
    for alternative in answer.alternatives:
        suits = there(known(question.plan), alternative.dates)
        fewest = Model(question.problem, suits).best(("uncovered",))
        for pool in alternative.pools:
            if fewest is not None and fewest.values[0] < pool.lack:
                yield f"week {alternative.first_week}: {pool}, but {fewest.values[0]} uncovered places are possible"


def everybody_with_the_skill_is_told(question: Question, answer: Explanation) -> Iterator[str]:
    """Each missing seat with its weeks, and everybody who has its skill."""
    for alternative in answer.alternatives:
        starts = known(question.plan).starts() | {item.activity: item.starts for item in alternative.dates}
        yield from wrong_lists(question.problem, starts, alternative.seats)


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
        everybody_with_the_skill_is_told,
    ),
    share=16,
    suits=suits,
)
