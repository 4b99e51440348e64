"""Prices so high that sums could no longer be exact."""

from collections.abc import Iterator

from scheduler.errors import Finding
from scheduler.problem import ApartLink, LagLink, NearLink
from scheduler.validation.index import Index, ends, finding, seats_of

MAX_COST = 2**53
"""Sums below this are exact even as floating-point numbers, which linear programming needs."""

LONGEST_DISTANCE_KM = 20_040


def worst_costs(index: Index) -> Iterator[tuple[str, int]]:
    """For each price its place in words and the most that it can add to a plan's cost."""
    yield from _worst_of_activities(index)
    yield from _worst_of_links(index)
    yield from _worst_of_limits(index)
    yield from _worst_of_people(index)


def sums_stay_exact(index: Index) -> Iterator[Finding]:
    """All prices together stay below 2^53 in the worst plan; the highest are named."""
    worst = sorted(worst_costs(index), key=lambda item: -item[1])
    total = sum(amount for _, amount in worst)
    if total < MAX_COST:
        return
    rest = total
    for place, amount in worst:
        yield finding(
            place,
            f"can cost up to {amount}; all costs together could reach {total}, but must stay below "
            f"{MAX_COST} to be exact.",
            "Maybe divide all prices by the same number.",
        )
        rest -= amount
        if rest < MAX_COST:
            return


def _worst_of_activities(index: Index) -> Iterator[tuple[str, int]]:
    num_weeks = index.problem.num_weeks
    for activity in index.problem.activities:
        place = f"activity {activity.id}"
        yield f"{place}, urgency_price", activity.urgency_price * max(0, activity.start_window.end - 1)
        for stage in activity.stages:
            lag = min(num_weeks, max(0, stage.lag_max_weeks - stage.lag_min_weeks))
            yield f"{place}, stage {stage.id}, stretch_price", stage.stretch_price * lag
        if activity.published is not None:
            prices, stages = activity.published, len(activity.stages)
            far = max((abs(week) + num_weeks for week in prices.starts), default=0)
            yield f"{place}, published, move_price", prices.move_price * stages
            yield f"{place}, published, move_price_per_week", prices.move_price_per_week * stages * far


def _worst_of_links(index: Index) -> Iterator[tuple[str, int]]:
    for link in index.problem.links:
        place = f"{link.kind} link of {ends(link)[0].activity}, price_per_week"
        if isinstance(link, ApartLink | NearLink):
            yield place, link.price_per_week * link.cap_weeks
        elif isinstance(link, LagLink):
            yield place, link.price_per_week * index.problem.num_weeks


def _worst_of_limits(index: Index) -> Iterator[tuple[str, int]]:
    num_weeks = index.problem.num_weeks
    for period in index.problem.period_limits:
        yield f"period limit {period.id}, price", (period.price or 0) * period.max_excess
    for partner in index.problem.partner_limits:
        yield f"partner limit {partner.id}, price", partner.price * partner.max_excess * num_weeks


def _worst_of_people(index: Index) -> Iterator[tuple[str, int]]:
    prices = index.problem.team_prices
    seats = sum(sum(seats_of(activity).values()) for activity in index.problem.activities)
    announced = sum(len(a.published.members) for a in index.problem.activities if a.published)
    yield "team prices, per_km", prices.per_km * LONGEST_DISTANCE_KM * seats
    overlaps = max(1, sum(period.kind == prices.fair_period for period in index.problem.periods))
    yield "team prices, per_review_over_share", prices.per_review_over_share * seats * overlaps
    yield "team prices, per_person_changed", prices.per_person_changed * announced
