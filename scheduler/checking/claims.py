"""What a plan says of itself: its uncovered places and every term of its cost, recomputed by other ways."""

from collections.abc import Iterator, Mapping
from math import atan2, cos, hypot, radians, sin
from typing import get_args

from scheduler.checking.facts import Facts
from scheduler.checking.limits import on_site_by_week, starts_in_period
from scheduler.checking.teams import open_seats
from scheduler.values.problem import ApartLink, LagLink, Location, NearLink, Term
from scheduler.values.violations import Violation


def claims_uncovered_places(facts: Facts) -> Iterator[Violation]:
    """A plan says how many demanded seats nobody fills (R028)."""
    count = sum(open_seats(facts, activity) for activity in facts.problem.activities)
    claimed = facts.plan.costs.uncovered_places
    if claimed != count:
        yield Violation(
            "wrong_uncovered_places",
            "plan",
            f"claims {claimed} uncovered places, but there are {count}.",
            "R028",
        )


def claims_date_terms(facts: Facts) -> Iterator[Violation]:
    """Every term of the cost of dates is right; only complete plans have one (R028)."""
    if len(facts.starts) == len(facts.problem.activities):
        yield from _compare("date", facts.plan.costs.date_terms, date_terms(facts))


def claims_team_terms(facts: Facts) -> Iterator[Violation]:
    """Every term of the cost of people is right; unknown people have none (R028)."""
    known = all(
        m.inspector in facts.inspectors and m.activity in facts.activities for m in facts.plan.members
    )
    if known and len(facts.starts) == len(facts.problem.activities):
        yield from _compare("team", facts.plan.costs.team_terms, team_terms(facts))


def _compare(what: str, claimed: Mapping[str, int], real: Mapping[str, int]) -> Iterator[Violation]:
    for term in [*real, *(name for name in claimed if name not in real)]:
        if term not in real:
            yield Violation(
                "wrong_cost", "plan", f"claims a {what} term '{term}', which does not exist.", "R028"
            )
        elif term not in claimed:
            yield Violation(
                "wrong_cost", "plan", f"does not claim the {what} term '{term}' ({real[term]}).", "R028"
            )
        elif claimed[term] != real[term]:
            yield Violation(
                "wrong_cost",
                "plan",
                f"claims {claimed[term]} for the {what} term '{term}'; it is {real[term]}.",
                "R028",
            )


def date_terms(facts: Facts) -> dict[str, int]:
    """All terms of the cost of dates, recomputed."""
    terms = dict.fromkeys(get_args(Term), 0)
    for term, amount in (
        *_activity_amounts(facts),
        *_link_amounts(facts),
        *_period_amounts(facts),
        *_partner_amounts(facts),
    ):
        terms[term] += amount
    return terms


def _activity_amounts(facts: Facts) -> Iterator[tuple[str, int]]:
    """Urgency, stretched lags and moves of single activities (R027, R049)."""
    for activity, starts in facts.dated():
        yield "urgency", starts[0] * activity.urgency_price
        for number, stage in enumerate(activity.stages):
            if number > 0:
                clear = starts[number] - starts[number - 1] - activity.stages[number - 1].duration_weeks
                yield "stretch", max(0, clear - stage.lag_min_weeks) * stage.stretch_price
            if activity.published and activity.published.starts[number] != starts[number]:
                weeks = abs(activity.published.starts[number] - starts[number])
                yield "stability", activity.published.move_price
                yield "stability", activity.published.move_price_per_week * weeks


def _link_amounts(facts: Facts) -> Iterator[tuple[str, int]]:
    """Weeks after the first allowed one, and distances short of or beyond what is wished (R036, R097)."""
    first = {table.id: table.first for table in facts.problem.lag_tables}
    for link in facts.problem.links:
        if isinstance(link, LagLink):
            before, after = facts.run_of(link.before), facts.run_of(link.after)
            if before and after and 0 < before[1] <= len(first[link.table]):
                late = after[0] - first[link.table][before[1] - 1]
                yield link.term, late * link.price_per_week if late > 0 else 0
        elif isinstance(link, ApartLink | NearLink):
            run, other = facts.run_of(link.one), facts.run_of(link.other)
            if run and other:
                early, late_run = sorted((run, other))
                clear = sum(1 for _ in zip(range(early[1], late_run[0]), range(link.cap_weeks), strict=False))
                weeks = clear if isinstance(link, NearLink) else link.cap_weeks - clear
                yield link.term, weeks * link.price_per_week


def _period_amounts(facts: Facts) -> Iterator[tuple[str, int]]:
    """Starts outside priced bounds of a period (R014)."""
    for limit in facts.problem.period_limits:
        if limit.price is None:
            continue
        count = starts_in_period(facts, limit)
        if limit.maximum is not None and count > limit.maximum:
            yield limit.term, (count - limit.maximum) * limit.price
        if limit.minimum is not None and count < limit.minimum:
            yield limit.term, (limit.minimum - count) * limit.price


def _partner_amounts(facts: Facts) -> Iterator[tuple[str, int]]:
    """On-site stages above a partner's maximum, a week (R128)."""
    for limit in facts.problem.partner_limits:
        for count in on_site_by_week(facts, limit).values():
            if count > limit.maximum:
                yield limit.term, (count - limit.maximum) * limit.price


def team_terms(facts: Facts) -> dict[str, int]:
    """All terms of the cost of people, recomputed."""
    prices = facts.problem.team_prices
    return {
        "travel": sum(_kilometres(facts)) * prices.per_km,
        "fairness": sum(_excesses(facts)) * prices.per_review_over_share,
        "change": sum(_leavers(facts)) * prices.per_person_changed,
    }


def _kilometres(facts: Facts) -> Iterator[int]:
    for member in facts.plan.members:
        area = facts.areas[facts.activities[member.activity].area]
        yield kilometres(facts.inspectors[member.inspector].home, area.location)


def _excesses(facts: Facts) -> Iterator[int]:
    """Reviews of a person above what past ones leave of the fair share of a period."""
    prices = facts.problem.team_prices
    for name in facts.reviews_of:
        for period in facts.problem.periods:
            if period.kind == prices.fair_period:
                planned, past = facts.begun_in(period, name)
                yield max(0, planned + min(0, past - prices.fair_share))


def _leavers(facts: Facts) -> Iterator[int]:
    """Announced members who are no longer in the team."""
    for activity in facts.problem.activities:
        if activity.team and activity.published:
            now = [member.inspector for member in facts.members_of.get(activity.id, [])]
            yield sum(name not in now for name in set(activity.published.members))


def kilometres(a: Location, b: Location) -> int:
    """Distance along a sphere of radius 6,371 km, from the angle between two unit vectors."""
    x1, y1, z1 = _vector(a)
    x2, y2, z2 = _vector(b)
    cross = hypot(y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2)
    return round(6371.0 * atan2(cross, x1 * x2 + y1 * y2 + z1 * z2))


def _vector(point: Location) -> tuple[float, float, float]:
    lat, lon = radians(point.lat), radians(point.lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
