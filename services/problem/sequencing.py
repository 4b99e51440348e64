"""How a review is sequenced against the corporate assessment and other inspections of its area."""

from collections.abc import Iterator, Mapping

from config.framework import Framework
from config.policy import Policy
from models import Activity
from scheduler.values.problem import ApartLink, LagLink, LagTable, Link, NearLink, StageRef, WithinLink
from services.days.weeks import lag_table
from services.problem.facts import ASSESSMENT, REVIEW
from services.problem.planning_horizon import Horizon

LAG_TABLE = "lag-after-review-or-assessment"


def lag_tables(policy: Policy, horizon: Horizon) -> tuple[LagTable, ...]:
    """Six to nine calendar months as start weeks for each week in which the first activity ends (R030, R032)."""
    rules = policy.programme
    first, end = lag_table(
        horizon.first_monday, horizon.num_weeks, rules.lag_min_months, rules.lag_max_months
    )
    return (LagTable(id=LAG_TABLE, first=first, end=end),)


def links(
    activities: Mapping[str, Activity], option: int, frameworks: Mapping[str, Framework], policy: Policy
) -> Iterator[Link]:
    """Links between the activities of one area.

    Parameters
    ----------
    activities
        By kind.
    option
        1 to 4: review first, assessment first, concurrent, apart.
    """
    review = activities.get(REVIEW)
    if review is None:
        return
    stages = frameworks[review.framework_id].stages
    first, last = (StageRef(activity=review.code, stage=stage.id) for stage in (stages[0], stages[-1]))
    assessment = activities.get(ASSESSMENT)
    if assessment is not None:
        assessed = frameworks[assessment.framework_id].stages
        begin, end = (
            StageRef(activity=assessment.code, stage=stage.id) for stage in (assessed[0], assessed[-1])
        )
        yield _sequencing(option, (first, last), (begin, end), policy)
    for kind, price in policy.prices.near.items():
        if other := activities.get(kind):
            visit = StageRef(activity=other.code, stage=frameworks[other.framework_id].stages[0].id)
            yield NearLink(
                one=last, other=visit, cap_weeks=price.cap_weeks, price_per_week=price.price_per_week
            )


def _sequencing(
    option: int, review: tuple[StageRef, StageRef], assessment: tuple[StageRef, StageRef], policy: Policy
) -> Link:
    """The link of one of the four options; each pair is (first stage, last stage)."""
    prices = policy.prices
    if option == 1:
        return LagLink(before=review[1], after=assessment[0], table=LAG_TABLE, price_per_week=prices.lag)
    if option == 2:
        return LagLink(before=assessment[1], after=review[0], table=LAG_TABLE, price_per_week=prices.lag)
    if option == 3:
        return WithinLink(inner=assessment[0], outer=review[1])
    return ApartLink(
        one=review[1],
        other=assessment[0],
        cap_weeks=prices.apart.cap_weeks,
        price_per_week=prices.apart.price_per_week,
    )
