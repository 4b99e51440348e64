"""A false claim is seen: true answers with one thing altered are told to be wrong, by the claim that it is about."""

from collections.abc import Callable
from typing import Any

import pytest

from scheduler.candidates.explanation import Explanation
from scheduler.candidates.values import WeekCandidates
from scheduler.explaining.impossibility import Conflict
from scheduler.explaining.impossible_weeks import ImpossibleWeek
from scheduler.replanning.result import ReplanResult
from scheduler.values.result import Result, Status
from tests.adversary.question import Claim, Crash, Refused, Subject, asked, wrong
from tests.adversary.subjects import CANDIDATES, EXPLAIN, REPLAN, SOLVE, WHY

Damage = Callable[[Any], Any]
"""An answer with something false in it; None if this one has nothing to alter."""


def bound_of_dates_above(result: Result) -> Result | None:
    if result.status is not Status.OPTIMAL or result.dates.bound is None:
        return None
    return _with(result, dates=_with(result.dates, bound=result.dates.bound + 1))


def called_impossible(result: Result) -> Result | None:
    return None if result.plan is None else _with(result, status=Status.INFEASIBLE, plan=None)


def cheaper_than_it_is(result: Result) -> Result | None:
    if result.plan is None or result.plan.costs.date_terms["urgency"] == 0:
        return None
    terms = result.plan.costs.date_terms | {"urgency": 0}
    return _with(result, plan=_with(result.plan, costs=_with(result.plan.costs, date_terms=terms)))


def somebody_twice(result: Result) -> Result | None:
    plan = result.plan
    return (
        None
        if plan is None or not plan.members
        else _with(result, plan=_with(plan, members=plan.members * 2))
    )


def bound_of_moves_above(result: ReplanResult) -> ReplanResult | None:
    if not result.is_proven_fewest or result.moved_bound is None:
        return None
    return _with(result, moved_bound=result.moved_bound + 1)


def fewer_moved_than_are(result: ReplanResult) -> ReplanResult | None:
    if result.main is None or result.main.moved == 0:
        return None
    return _with(result, choices=(_with(result.main, moved=0), *result.choices[1:]))


def called_impossible_alone(answer: WeekCandidates) -> WeekCandidates | None:
    first = answer.weeks[0]
    if first.alone is None:
        return None
    told = ImpossibleWeek(week=first.week, why="window")
    return _with(answer, weeks=(_with(first, alone=None, swap=None, impossible=told), *answer.weeks[1:]))


def cheaper_week(answer: WeekCandidates) -> WeekCandidates | None:
    first = answer.weeks[0]
    if first.alone is None or not first.alone.fits:
        return None
    alone = _with(first.alone, rise=first.alone.rise - 1)
    return _with(answer, weeks=(_with(first, alone=alone), *answer.weeks[1:]))


def bound_of_a_week_above(answer: WeekCandidates) -> WeekCandidates | None:
    first = answer.weeks[0]
    if first.alone is None or not first.alone.fits:
        return None
    return _with(answer, weeks=(_with(first, least_rise=first.alone.rise + 1), *answer.weeks[1:]))


def larger_saving(answer: Explanation) -> Explanation | None:
    if not answer.alternatives:
        return None
    first = answer.alternatives[0]
    return _with(answer, alternatives=(_with(first, saving=first.saving + 1), *answer.alternatives[1:]))


def nothing_wrong(answer: Conflict) -> Conflict | None:
    return None if answer.kind != "impossible" else _with(answer, kind="possible")


def a_fact_too_few(answer: Conflict) -> Conflict | None:
    return None if len(answer.facts) < 2 else _with(answer, facts=answer.facts[1:])


def a_remedy_that_fails(answer: Conflict) -> Conflict | None:
    failing = [remedy for remedy in answer.remedies if not remedy.mends and remedy.is_known]
    return None if not failing else _with(answer, remedies=(_with(failing[0], mends=True),))


def _with(value: Any, **changes: Any) -> Any:
    return value.model_copy(update=changes)


@pytest.mark.parametrize(
    ("subject", "claim", "damage"),
    [
        (SOLVE, "bounds_are_bounds", bound_of_dates_above),
        (SOLVE, "impossible_is_impossible", called_impossible),
        (SOLVE, "costs_are_right", cheaper_than_it_is),
        (SOLVE, "a_plan_keeps_the_rules", somebody_twice),
        (REPLAN, "bounds_are_bounds", bound_of_moves_above),
        (REPLAN, "choices_keep_the_rules", fewer_moved_than_are),
        (CANDIDATES, "impossible_is_impossible", called_impossible_alone),
        (CANDIDATES, "what_can_be_had_is_possible", cheaper_week),
        (CANDIDATES, "nothing_alone_is_cheaper_than_told", bound_of_a_week_above),
        (EXPLAIN, "the_cheaper_weeks_are_told", larger_saving),
        (WHY, "possible_is_possible", nothing_wrong),
        (WHY, "facts_clash", a_fact_too_few),
        (WHY, "what_mends_mends", a_remedy_that_fails),
    ],
)
def test_a_false_claim_is_seen(subject: Subject, claim: str, damage: Damage) -> None:
    """In the first answer that has something to alter and is right in this respect."""
    judge = next(check for check in subject.claims if check.__name__ == claim)
    assert any(_is_seen(subject, judge, damage, seed) for seed in range(60))


def _is_seen(subject: Subject, judge: Claim, damage: Damage, seed: int) -> bool:
    question, answer = asked(subject, seed)
    if isinstance(answer, Crash | Refused) or wrong(judge, question, answer):
        return False
    damaged = damage(answer)
    return damaged is not None and bool(wrong(judge, question, damaged))
