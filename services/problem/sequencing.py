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
    so on; any other joins all of both.

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
            for ends in _ends(rule, first, second, frameworks):
                yield _link(rule, *ends)


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


def _ends(
    rule: LinkRule, first: Activity, second: Activity, frameworks: Mapping[str, Framework]
) -> Iterator[tuple[StageRef, StageRef]]:
    """The stages that a rule joins: one of each, but for a `clear` every stage on site."""
    one, other = (frameworks[activity.id].stages for activity in (first, second))
    if rule.kind == "clear":
        ones, others = _on_site(one), _on_site(other)
    elif rule.kind == "within":
        ones, others = [one[0].id], [other[-1].id]
    else:
        ones, others = [one[-1].id], [other[0].id]
    ones = [rule.first_stage] if rule.first_stage else ones
    others = [rule.second_stage] if rule.second_stage else others
    for stage, its in product(ones, others):
        yield StageRef(activity=first.id, stage=stage), StageRef(activity=second.id, stage=its)


def _on_site(stages: Sequence[PlannedStage]) -> list[str]:
    return [stage.id for stage in stages if stage.on_site] or [stage.id for stage in stages]


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
