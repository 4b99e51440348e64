"""Links between the activities of an area: what the option makes of the pair, and what the policy says besides."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from config.framework import Framework
from config.links import LinkRule
from config.policy import Policy
from config.steps import PlannedStage
from scheduler.values.problem import (
    Activity,
    ApartLink,
    ClearLink,
    LagLink,
    LagTable,
    Link,
    NearLink,
    StageRef,
    WithinLink,
)
from services.days.weeks import lag_table
from services.problem.planning_horizon import Horizon

LAG_TABLE = "lag-after-review-or-assessment"
OPTION = "option"
"""Identifier of the rule that an option stands for."""


def option_rule(option: int, policy: Policy) -> LinkRule | None:
    """What one of the four options says of the pair, as a rule like any other (R030-R037); None without a pair."""
    pair, rules, prices = policy.programme.pair, policy.programme, policy.prices
    if pair is None:
        return None
    if option in (1, 2):
        first, second = (pair.first, pair.second) if option == 1 else (pair.second, pair.first)
        return LinkRule(
            id=OPTION,
            kind="before",
            first=first,
            second=second,
            at_least=rules.lag_min_months,
            at_most=rules.lag_max_months,
            unit="months",
            price_per_week=prices.lag,
        )
    if option == 3:
        return LinkRule(id=OPTION, kind="within", first=pair.second, second=pair.first)
    return LinkRule(
        id=OPTION,
        kind="apart",
        first=pair.first,
        second=pair.second,
        price_per_week=prices.apart.price_per_week,
        cap_weeks=prices.apart.cap_weeks,
    )


def link_rules(option: int, policy: Policy) -> Iterator[LinkRule]:
    """Everything that holds between the kinds of an area whose option is `option`."""
    rule = option_rule(option, policy)
    if rule is not None:
        yield rule
    yield from policy.links


def lag_tables(policy: Policy, horizon: Horizon) -> tuple[LagTable, ...]:
    """Start weeks of the later activity for each week in which the earlier one ends, of the options and each rule.

    Both options have the same: six to nine calendar months (R030, R032).
    """
    rules = [rule for rule in link_rules(1, policy) if rule.kind == "before"]
    return tuple(_lag_table(rule, horizon) for rule in rules)


def links(
    activities: Mapping[str, Sequence[Activity]],
    option: int,
    frameworks: Mapping[str, Framework],
    policy: Policy,
) -> Iterator[Link]:
    """Links between the activities of one area.

    A `before` and a `within` join the first of one kind with the first of the other, the second with the second, and
    so on; any other joins all that can come so close that it matters.

    Parameters
    ----------
    activities
        By kind, in their order.
    option
        1 to 4: first of the pair first, second first, concurrent, apart.
    frameworks
        By activity.
    """
    for rule in link_rules(option, policy):
        one, other = activities.get(rule.first, ()), activities.get(rule.second, ())
        pairs = zip(one, other, strict=False) if rule.kind in ("before", "within") else product(one, other)
        for first, second in pairs:
            if _can_matter(rule, first, second):
                yield _link(rule, *_ends(rule, first, second, frameworks))


def table_id(rule: LinkRule) -> str:
    """Identifier of the lag table of a rule."""
    return LAG_TABLE if rule.id == OPTION else f"lag-{rule.id}"


def _lag_table(rule: LinkRule, horizon: Horizon) -> LagTable:
    num = horizon.num_weeks
    if rule.unit == "months":
        least = rule.at_least
        first, end = lag_table(horizon.first_monday, num, least, rule.at_most or least)
    else:
        first = tuple(min(week + 1 + rule.at_least, num) for week in range(num))
        end = tuple(min(week + 2 + (rule.at_most or 0), num) for week in range(num))
    if rule.at_most is None:
        end = (num,) * num
    return LagTable(id=table_id(rule), first=first, end=end)


def _can_matter(rule: LinkRule, first: Activity, second: Activity) -> bool:
    """Whether the weeks that both can take are near enough for a rule that speaks of weeks in common or between."""
    if rule.kind in ("before", "within"):
        return True
    gap = rule.cap_weeks or rule.at_least
    one, other = _reach(first), _reach(second)
    return (one[0] < other[1] + gap and other[0] < one[1] + gap) or rule.kind == "apart"


def _reach(activity: Activity) -> tuple[int, int]:
    """From the first week that an activity can take up to, not including, the end of the last."""
    weeks = sum(stage.duration_weeks + stage.lag_max_weeks for stage in activity.stages)
    return activity.start_window.first, activity.start_window.end + weeks


def _ends(
    rule: LinkRule, first: Activity, second: Activity, frameworks: Mapping[str, Framework]
) -> tuple[StageRef, StageRef]:
    one, other = (frameworks[activity.id].stages for activity in (first, second))
    if rule.kind == "within":
        stages = one[0].id, other[-1].id
    elif rule.kind == "clear":
        stages = _last_on_site(one), _last_on_site(other)
    else:
        stages = one[-1].id, other[0].id
    return (
        StageRef(activity=first.id, stage=rule.first_stage or stages[0]),
        StageRef(activity=second.id, stage=rule.second_stage or stages[1]),
    )


def _last_on_site(stages: Sequence[PlannedStage]) -> str:
    return next((stage.id for stage in reversed(stages) if stage.on_site), stages[-1].id)


def _link(rule: LinkRule, first: StageRef, second: StageRef) -> Link:
    price, cap = rule.price_per_week or 0, rule.cap_weeks or 1
    term = "sequencing" if rule.id == OPTION else "co_ordination"
    if rule.kind == "before":
        return LagLink(before=first, after=second, table=table_id(rule), price_per_week=price, term=term)
    if rule.kind == "within":
        return WithinLink(inner=first, outer=second)
    if rule.kind == "clear":
        return ClearLink(one=first, other=second, clear_weeks=rule.at_least)
    if rule.kind == "near":
        return NearLink(one=first, other=second, cap_weeks=cap, price_per_week=price, term=term)
    return ApartLink(one=first, other=second, cap_weeks=cap, price_per_week=price, term=term)
