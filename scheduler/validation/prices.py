"""Prices so high that sums could no longer be exact."""

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.validation.index import Index, ends, finding, seats_of
from scheduler.values.errors import Finding
from scheduler.values.problem import ApartLink, LagLink, NearLink

MAX_COST = 2**46
"""Sums below this fit into 64 bits with all that is added to them, and are exact as floating-point numbers, too."""

LONGEST_DISTANCE_KM = 20_040


class Worst(NamedTuple):
    """A price, its place in words, and how often a plan can pay it at most."""

    place: str
    price: int
    units: int

    @property
    def amount(self) -> int:
        """The most that it can add to a plan's cost; one that no plan can pay is counted once."""
        return self.price * max(1, self.units)


def worst_costs(index: Index) -> Iterator[Worst]:
    """Every price with the most that it can cost."""
    yield from _worst_of_activities(index)
    yield from _worst_of_links(index)
    yield from _worst_of_limits(index)
    yield from _worst_of_people(index)


def sums_stay_exact(index: Index) -> Iterator[Finding]:
    """All prices together stay below 2^46 in the worst plan; the highest are named, with the largest allowed."""
    worst = sorted(worst_costs(index), key=lambda own: -own.amount)
    total = rest = sum(own.amount for own in worst)
    if total < MAX_COST:
        return
    named: list[Worst] = []
    while rest >= MAX_COST:
        named.append(worst[len(named)])
        rest -= named[-1].amount
    for own in named:
        largest = (MAX_COST - 1 - rest) // (len(named) * max(1, own.units))
        others = " if all prices named here are lowered" if len(named) > 1 else ""
        yield finding(
            own.place,
            f"{own.price} is too high: in the worst plan all costs together could reach {total}, but must stay "
            f"below {MAX_COST} to be exact.",
            f"Maybe {largest}, which is the highest allowed{others}; or divide all prices by the same number.",
        )


def _worst_of_activities(index: Index) -> Iterator[Worst]:
    num_weeks = index.problem.num_weeks
    for activity in index.problem.activities:
        place = f"activity {activity.id}"
        yield Worst(f"{place}, urgency_price", activity.urgency_price, max(0, activity.start_window.end - 1))
        for stage in activity.stages:
            lag = min(num_weeks, max(0, stage.lag_max_weeks - stage.lag_min_weeks))
            yield Worst(f"{place}, stage {stage.id}, stretch_price", stage.stretch_price, lag)
        if activity.published is not None:
            prices, stages = activity.published, len(activity.stages)
            far = max((abs(week) + num_weeks for week in prices.starts), default=0)
            yield Worst(f"{place}, published, move_price", prices.move_price, stages)
            yield Worst(f"{place}, published, move_price_per_week", prices.move_price_per_week, stages * far)


def _worst_of_links(index: Index) -> Iterator[Worst]:
    for link in index.problem.links:
        place = f"{link.kind} link of {ends(link)[0].activity}, price_per_week"
        if isinstance(link, ApartLink | NearLink):
            yield Worst(place, link.price_per_week, link.cap_weeks)
        elif isinstance(link, LagLink):
            yield Worst(place, link.price_per_week, index.problem.num_weeks)


def _worst_of_limits(index: Index) -> Iterator[Worst]:
    num_weeks = index.problem.num_weeks
    for period in index.problem.period_limits:
        yield Worst(f"period limit {period.id}, price", period.price or 0, period.max_excess)
    for partner in index.problem.partner_limits:
        yield Worst(f"partner limit {partner.id}, price", partner.price, partner.max_excess * num_weeks)


def _worst_of_people(index: Index) -> Iterator[Worst]:
    prices = index.problem.team_prices
    seats = sum(sum(seats_of(activity).values()) for activity in index.problem.activities)
    announced = sum(len(a.published.members) for a in index.problem.activities if a.published)
    yield Worst("team prices, per_km", prices.per_km, LONGEST_DISTANCE_KM * seats)
    overlaps = max(1, sum(period.kind == prices.fair_period for period in index.problem.periods))
    yield Worst("team prices, per_review_over_share", prices.per_review_over_share, seats * overlaps)
    yield Worst("team prices, per_person_changed", prices.per_person_changed, announced)
