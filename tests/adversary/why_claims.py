"""What `why_infeasible` claims: that there is no plan, which facts clash, what mends it."""

from collections.abc import Iterator, Sequence
from random import Random

from scheduler.explaining.facts import Fact, facts_of, without
from scheduler.explaining.impossibility import Conflict, why_infeasible
from scheduler.explaining.remedies import Remedy, remedied
from scheduler.validating.validation import validate
from scheduler.values.problem import Problem
from tests.adversary.holder_claims import wrong_holders
from tests.adversary.model import Model
from tests.adversary.plans import some_plan
from tests.adversary.problems import Size, tiny
from tests.adversary.question import Question, Subject, gets_an_answer

SMALL = Size(areas=3, activities=2, window=3, people=4)


def draw(seed: str) -> Question:
    """A problem; in five of six not every place can be covered. In half of them a plan is shown, if there is one."""
    by = Random(seed)
    is_any = by.randrange(6) == 0
    problem = tiny(seed, SMALL, lambda problem: is_any or not is_possible(problem))
    return Question(problem, some_plan(problem, by) if by.randrange(2) else None)


def ask(question: Question) -> Conflict:
    """Why is there no plan?"""
    return why_infeasible(question.problem, question.plan, seconds=30.0)


def is_possible(problem: Problem) -> bool:
    """Whether a plan covers every place."""
    return Model(problem).limit("uncovered", 0).best(("uncovered",)) is not None


def impossible_is_impossible(question: Question, answer: Conflict) -> Iterator[str]:
    """What is called impossible has no plan that covers every place."""
    if answer.kind == "impossible" and is_possible(question.problem):
        yield f"called impossible by {answer.source}, but there is a plan"


def possible_is_possible(question: Question, answer: Conflict) -> Iterator[str]:
    """Where nothing is said to be wrong, a plan covers every place; where a plan is shown, this one."""
    if answer.kind == "possible" and not is_possible(question.problem):
        yield "called possible, but no plan covers every place"
    if answer.kind == "possible" and question.plan is not None and question.plan.costs.uncovered_places:
        yield "called possible, but the plan leaves places uncovered"


def open_seats_are_told(question: Question, answer: Conflict) -> Iterator[str]:
    """Each uncovered place of the plan, and who could fill it but for something."""
    if answer.kind == "uncovered" and question.plan is not None:
        starts, members = question.plan.starts(), question.plan.members
        if len(answer.seats) != question.plan.costs.uncovered_places:
            yield f"{len(answer.seats)} of {question.plan.costs.uncovered_places} uncovered places are told"
        yield from wrong_holders(question.problem, starts, members, answer.seats)


def facts_clash(question: Question, answer: Conflict) -> Iterator[str]:
    """The facts that are told leave no plan even if the problem said nothing else of the kind."""
    if answer.facts and is_possible(_only(question.problem, answer.facts)):
        yield f"{_told(answer.facts)} leave a plan if nothing else is said"


def smallest_is_smallest(question: Question, answer: Conflict) -> Iterator[str]:
    """Without any one fact of a smallest set the others do not clash."""
    if answer.kind == "impossible" and answer.is_smallest:
        for fact in answer.facts:
            rest = [other for other in answer.facts if other != fact]
            if not is_possible(_only(question.problem, rest)):
                yield f"{_told(answer.facts)} is called smallest, but {_told(rest)} clash as well"


def _only(problem: Problem, facts: Sequence[Fact]) -> Problem:
    """The problem as if it said no facts but some."""
    told = {(fact.kind, name) for fact in facts for name in fact.activities or (fact.owner,)}
    others = []
    for fact in facts_of(problem):
        names = [name for name in fact.activities or (fact.owner,) if (fact.kind, name) not in told]
        if names:
            others.append(fact.model_copy(update={"activities": tuple(names) if fact.activities else ()}))
    return without(problem, others)


def _told(facts: Sequence[Fact]) -> list[str]:
    return [f"{fact.kind} {fact.owner} {' '.join(fact.activities)}" for fact in facts]


def what_mends_mends(question: Question, answer: Conflict) -> Iterator[str]:
    """Each remedy that is said to mend it leaves a plan that covers every place."""
    for remedy in answer.remedies:
        if remedy.mends and not is_possible(remedied(question.problem, [remedy])):
            yield f"{_words(remedy)} is said to mend it, but does not"


def what_fails_fails(question: Question, answer: Conflict) -> Iterator[str]:
    """A remedy of which it is known that it does not mend leaves no such plan."""
    for remedy in answer.remedies:
        if remedy.is_known and not remedy.mends and is_possible(remedied(question.problem, [remedy])):
            yield f"{_words(remedy)} is said not to mend it, but does"


def the_smallest_change_is_told(question: Question, answer: Conflict) -> Iterator[str]:
    """A remedy that mends does not do so in a smaller size."""
    for remedy in answer.remedies:
        if remedy.mends and remedy.by > 1 and remedy.kind != "widen_window":
            smaller = remedy.model_copy(update={"by": remedy.by - 1})
            if is_possible(remedied(question.problem, [smaller])):
                yield f"{_words(remedy)}, but {smaller.by} suffices"


def together_they_mend(question: Question, answer: Conflict) -> Iterator[str]:
    """Changes that are said to mend it together do, and leave a problem that makes sense."""
    if answer.together and answer.mends_together:
        changed = remedied(question.problem, answer.together)
        if not is_possible(changed):
            yield f"{[_words(remedy) for remedy in answer.together]} are said to mend it together, but do not"
        if findings := validate(changed):
            yield f"{[_words(remedy) for remedy in answer.together]} make no sense: {findings[0].message}"


def _words(remedy: Remedy) -> str:
    return f"{remedy.kind} {remedy.target} by {remedy.by} {remedy.span or ''}"


WHY = Subject(
    "why",
    draw,
    ask,
    (
        gets_an_answer,
        impossible_is_impossible,
        possible_is_possible,
        open_seats_are_told,
        facts_clash,
        smallest_is_smallest,
        what_mends_mends,
        what_fails_fails,
        the_smallest_change_is_told,
        together_they_mend,
    ),
    share=16,
)
