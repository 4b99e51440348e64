"""Mistakes in limits, links and prices: bounds that exclude each other, numbers beyond exact sums."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scheduler.validating.index import Index, ends, link_place, listed, seats_of
from scheduler.values.errors import Finding
from scheduler.values.problem import ApartLink, LagLink, NearLink


def period_limits_are_sound(index: Index) -> Iterator[Finding]:
    """Bounds have weeks, do not exclude each other and can be reached (R014)."""
    for limit in index.problem.period_limits:
        place = f"period limit {limit.id}"
        if limit.span.first == limit.span.end:
            yield Finding(place, "has no week.", "Raise its end or remove it.")
        if limit.minimum is None and limit.maximum is None:
            yield Finding(place, "has neither minimum nor maximum.", "Give one of them or remove it.")
        if limit.minimum is not None and limit.maximum is not None and limit.minimum > limit.maximum:
            yield Finding(
                place,
                f"has a minimum of {limit.minimum} above its maximum of {limit.maximum}.",
                "Check whether the two were swapped.",
            )
        if limit.price is None and limit.max_excess:
            yield Finding(place, f"allows an excess of {limit.max_excess} without a price.", "Give a price.")
        count = sum(
            activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)
            for activity in index.problem.activities
        )
        least = (limit.minimum or 0) - (limit.max_excess if limit.price is not None else 0)
        if least > count:
            yield Finding(
                place,
                f"demands at least {least} starts, but only {count} activities count for it.",
                "Lower the minimum, or correct the kinds and areas.",
            )


def pools_suffice(index: Index) -> Iterator[Finding]:
    """No single stage needs more of an anonymous pool than it ever has."""
    for pool in index.problem.pools:
        most = max(pool.units, *(exception.units for exception in pool.exceptions), 0)
        above = [place for place, _, stage in index.stages() if stage.pool_demand.get(pool.id, 0) > most]
        if above:
            yield Finding(
                f"pool {pool.id}",
                f"has at most {most} units, but more are demanded by {listed(above)}.",
                "Raise the units or lower the demand.",
            )


def links_stay_in_an_area(index: Index) -> Iterator[Finding]:
    """A link joins two activities of one area."""
    for number, link in enumerate(index.problem.links):
        first, other = (index.activities.get(ref.activity) for ref in ends(link))
        if first is not None and other is not None and first.area != other.area:
            yield Finding(
                link_place(number, link),
                f"joins activities of two areas, {first.area} and {other.area}.",
                "Join activities of one area.",
            )


def lag_tables_are_complete(index: Index) -> Iterator[Finding]:
    """A lag table has a first and an end for every week of the horizon (R030, R032)."""
    needed = index.problem.num_weeks
    for table in index.problem.lag_tables:
        place = f"lag table {table.id}"
        if min(len(table.first), len(table.end)) < needed or len(table.first) != len(table.end):
            yield Finding(
                place,
                f"has {len(table.first)} first and {len(table.end)} end weeks for a horizon of {needed} weeks.",
                "Make it for this horizon.",
            )
        rows = enumerate(zip(table.first, table.end, strict=False))
        reversed_rows = [week for week, (first, end) in rows if end < first]
        if reversed_rows:
            yield Finding(
                place,
                f"allows less than nothing after week {reversed_rows[0]} ({len(reversed_rows)} weeks in all).",
                "Check whether first and end were swapped.",
            )


def links_join_two_stages(index: Index) -> Iterator[Finding]:
    """No link joins a stage with itself."""
    for number, link in enumerate(index.problem.links):
        first, other = ends(link)
        if first == other:
            yield Finding(link_place(number, link), "joins a stage with itself.", "Name another stage.")


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
    worst = sorted(worst_costs(index), key=lambda term: -term.amount)
    total = rest = sum(term.amount for term in worst)
    if total < MAX_COST:
        return
    named: list[Worst] = []
    while rest >= MAX_COST:
        named.append(worst[len(named)])
        rest -= named[-1].amount
    for term in named:
        largest = (MAX_COST - 1 - rest) // (len(named) * max(1, term.units))
        others = " if all prices named here are lowered" if len(named) > 1 else ""
        yield Finding(
            term.place,
            f"{term.price} is too high: in the worst plan all costs together could reach {total}, but must stay "
            f"below {MAX_COST} to be exact.",
            f"Give at most {largest}, which is the highest allowed{others}; or divide all prices by the same number.",
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


MOST_WEEKS = 100_000
"""Two thousand years either way: enough for whoever writes 'for ever'."""

MOST = 1_000_000
"""Of anything that is counted."""

WEEKS = frozenset({"first", "end", "starts", "trained_from", "frozen_until", "drafting_end"})
"""Names of fields that hold weeks, beside those that end on 'weeks' or 'starts'."""


def numbers_are_sensible(index: Index) -> Iterator[Finding]:
    """No number is so large that it can only be a slip, or that a solver could not count with it."""
    for place, field, value in _numbers(index.problem.model_dump(), "", ""):
        if "price" in field or field.startswith("per_"):
            continue
        if field in WEEKS or field.endswith(("weeks", "starts")):
            most, what = MOST_WEEKS, "weeks, two thousand years"
        else:
            most, what = MOST, "of anything that is counted"
        if abs(value) > most:
            yield Finding(
                place, f"{value} is too large: at most {most} ({what}).", "Check the number of digits."
            )


def _numbers(value: Any, place: str, field: str) -> Iterator[tuple[str, str, int]]:
    """All whole numbers of a document with their places and the fields that they belong to."""
    if isinstance(value, dict):
        for key, part in value.items():
            # Keys of a count by name (`max_reviews`) are no fields of their own.
            inner = field if field in ("max_reviews", "pool_demand") else key
            yield from _numbers(part, f"{place}.{key}" if place else key, inner)
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            name = f" ({part['id']})" if isinstance(part, dict) and "id" in part else ""
            yield from _numbers(part, f"{place}[{number}]{name}", field)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, field, value
