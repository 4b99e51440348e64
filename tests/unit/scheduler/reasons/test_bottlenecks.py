"""Shadow prices: a unit more lowers the proven bound by its price, and what has no price lowers nothing."""

import pytest

from benchmarks.instances import small
from scheduler import Problem, SolveParams, bottlenecks
from scheduler.dates.search import solve_dates
from scheduler.explaining.added_capacity import with_added_capacity
from scheduler.explaining.bottleneck_prices import Bottleneck
from scheduler.explaining.remedies import Remedy, remedied
from scheduler.explaining.row_names import parse
from scheduler.explaining.shortfall import MissingUnits, Shortfall, WiderLimit
from scheduler.values.problem import Period
from scheduler.values.proof import Certificate
from scheduler.values.value import WeekSpan
from tests.known import known
from tests.prices import proven_value

Priced = tuple[Problem, Certificate, tuple[Bottleneck, ...]]


@pytest.fixture(scope="module")
def priced() -> Priced:
    problem = small(3, 12, 15)
    answer = solve_dates(problem, SolveParams(dates_seconds=5), whole_teams=True)
    certificate = next(own for own in answer.certificates if own.kind == "dates")
    return problem, certificate, bottlenecks(problem, certificate)


def value(problem: Problem, certificate: Certificate) -> int:
    """What the certificate's prices prove for a problem, multiplied by the scale."""
    return known(proven_value(problem, certificate))


def wider(problem: Problem, own: Bottleneck) -> Problem:
    """The problem with one more of what the bottleneck is about."""
    if own.kind == "anonymous":
        missing = MissingUnits(pool=own.owner, span=own.span, units=1)
        return with_added_capacity(problem, Shortfall(units=(missing,)))
    if own.kind == "person":
        return remedied(problem, [Remedy(kind="add_people", target=own.skills[0], span=own.span)])
    limits = [
        item.model_copy(update={"maximum": (item.maximum or 0) + 1}) if item.id == own.owner else item
        for item in problem.period_limits
    ]
    return problem.model_copy(update={"period_limits": tuple(limits)})


def test_the_prices_are_those_of_the_certificate_and_the_dearest_come_first(priced: Priced) -> None:
    _, certificate, found = priced
    assert [own.price for own in found] == sorted((own.price for own in found), reverse=True)
    assert {name for own in found for name in own.rows} == {
        name for name, dual in certificate.duals.items() if dual
    }
    assert all(own.price == sum(own.by_week) for own in found)


def test_a_unit_more_lowers_what_the_prices_prove_by_the_price(priced: Priced) -> None:
    problem, certificate, found = priced
    before = value(problem, certificate)
    kinds = {own.kind: own for own in reversed(found) if own.kind in ("anonymous", "period_maximum")}
    assert kinds
    for own in kinds.values():
        assert value(wider(problem, own), certificate) == before - own.price


def test_a_person_more_lowers_what_the_prices_prove_by_the_price_or_more_where_new_weeks_open(
    priced: Priced,
) -> None:
    problem, certificate, found = priced
    before = value(problem, certificate)
    people = [own for own in found if own.kind == "person"][:4]
    assert people
    assert all(before - value(wider(problem, own), certificate) >= own.price for own in people)


def test_a_pool_without_a_price_lowers_nothing_in_the_bound(priced: Priced) -> None:
    problem, certificate, _ = priced
    named = {parse(name).week for name in certificate.duals if name.startswith("anonymous:")}
    free = next(week for week in range(problem.num_weeks) if week not in named)
    missing = MissingUnits(pool=problem.pools[0].id, span=WeekSpan(first=free, end=free + 1), units=3)
    more = with_added_capacity(problem, Shortfall(units=(missing,)))
    assert value(more, certificate) == value(problem, certificate)
    unpriced = [own.id for own in problem.period_limits if f"period:{own.id}:max" not in certificate.duals]
    hard = next(own.id for own in problem.period_limits if own.id in unpriced and own.price is None)
    raised = with_added_capacity(
        problem, Shortfall(limits=(WiderLimit(limit=hard, kind="period_maximum", by=2),))
    )
    assert value(raised, certificate) == value(problem, certificate)


def test_a_certificate_of_another_problem_or_kind_is_refused(priced: Priced) -> None:
    problem, certificate, _ = priced
    other = problem.model_copy(update={"periods": (Period(id="x", kind="y", span=WeekSpan(first=0, end=3)),)})
    with pytest.raises(ValueError, match="another problem"):
        bottlenecks(other, certificate)
    with pytest.raises(ValueError, match="kind 'impossible'"):
        bottlenecks(problem, certificate.model_copy(update={"kind": "impossible"}))
    with pytest.raises(ValueError, match="no row"):
        bottlenecks(problem, certificate.model_copy(update={"duals": {"anonymous:nobody:week:3": 5}}))
