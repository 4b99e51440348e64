"""A smallest set of facts that clash: taking any one of them away resolves it (QuickXplain, Junker 2004)."""

from collections.abc import Callable, Sequence

from scheduler.reasons.facts import MANY_FACTS, Fact, facts_of, single_facts, without
from scheduler.reasons.verdict import Judge
from scheduler.values.problem import Problem

Clashes = Callable[[Sequence[Fact]], bool]
"""Whether some facts clash on their own, all others taken away."""


def clash(problem: Problem, judge: Judge) -> tuple[Fact, ...]:
    """Facts of an impossible problem that clash, each of which is needed as far as time allows.

    Empty if stages, lags and the horizon alone leave no plan.
    """
    coarse = facts_of(problem)
    found = _smallest(coarse, _clashing(problem, coarse, judge))
    fine = tuple(part for fact in found for part in single_facts(fact))
    if len(fine) > len(found):
        # Facts that are not in the clash are gone for good; only its groups are taken apart.
        bare = without(problem, [fact for fact in coarse if fact not in found])
        parts = _smallest(fine, _clashing(bare, fine, judge))
        return tuple(_joined(found, parts))
    return found


def _clashing(problem: Problem, facts: Sequence[Fact], judge: Judge) -> Clashes:
    known: dict[frozenset[Fact], bool] = {}

    def clashes(active: Sequence[Fact]) -> bool:
        key = frozenset(active)
        if key not in known:
            known[key] = judge.is_impossible(without(problem, [own for own in facts if own not in key]))
        return known[key]

    return clashes


def _smallest(facts: Sequence[Fact], clashes: Clashes) -> tuple[Fact, ...]:
    if clashes(()):
        return ()
    needed = set(_needed((), False, tuple(facts), clashes))
    return tuple(fact for fact in facts if fact in needed)


def _needed(kept: Sequence[Fact], is_new: bool, facts: Sequence[Fact], clashes: Clashes) -> tuple[Fact, ...]:
    """Which of the facts are needed for a clash beside those that are kept."""
    if is_new and clashes(kept):
        return ()
    if len(facts) <= 1:
        return tuple(facts)
    half = len(facts) // 2
    second = _needed((*kept, *facts[:half]), True, facts[half:], clashes)
    first = _needed((*kept, *second), bool(second), facts[:half], clashes)
    return (*first, *second)


def _joined(groups: Sequence[Fact], parts: Sequence[Fact]) -> list[Fact]:
    """Single facts, or one fact for many activities of one kind."""
    joined = []
    for group in groups:
        own = [part for part in parts if part.kind == group.kind and part.owner == group.owner]
        if len(own) <= MANY_FACTS or group in own:
            joined += own
        else:
            names = tuple(name for part in own for name in part.activities)
            joined.append(group.model_copy(update={"activities": names}))
    return joined
