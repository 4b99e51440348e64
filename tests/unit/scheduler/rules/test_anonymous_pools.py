"""Bodies that staff themselves (R015, R028)."""

from scheduler.checking.checker import check
from scheduler.values.problem import AnonymousPool, Capacity
from tests.builders import (
    assessment,
    span,
    two_areas,
)
from tests.rule_cases.plans import assessed, plan_of_visits, rules_of_visits
from tests.rule_cases.solving import solved_starts


def test_an_anonymous_pool_has_only_so_many_teams_at_a_time_r015():
    one_team = assessed(pools=(AnonymousPool(id="audit_commission", units=1),))
    assert rules_of_visits(one_team, 3, 4) == {"pool"}
    assert rules_of_visits(one_team, 3, 5) == set()
    assert rules_of_visits(assessed(), 3, 4) == set()


def test_of_two_exceptions_of_a_pool_the_last_one_counts():
    exceptions = (Capacity(span=span(3, 5), units=1), Capacity(span=span(4, 5), units=2))
    problem = assessed(pools=(AnonymousPool(id="audit_commission", units=2, exceptions=exceptions),))
    found = check(problem, plan_of_visits(problem, 3, 3))
    assert [(v.rule, v.message) for v in found] == [
        ("pool", "2 units are in use in the week of 26 September 2005 (week 3), but there are only 1.")
    ]
    assert rules_of_visits(problem, 4, 4) == set()


def test_an_anonymous_pool_serves_so_many_at_a_time():
    def weeks(*exceptions: Capacity) -> set[tuple[int, ...]]:
        window = {"start_window": span(5, 9), "urgency_price": 1}
        pool = AnonymousPool(id="audit_commission", units=1, exceptions=exceptions)
        activities = (assessment("north", **window), assessment("south", **window))
        return set(solved_starts(two_areas(activities=activities, pools=(pool,))).values())

    assert weeks() == {(5,), (7,)}
    assert weeks(Capacity(span=span(5, 7), units=2)) == {(5,)}
