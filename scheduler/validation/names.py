"""Names given twice, and references to what does not exist."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from scheduler.validation.index import Index, Named, ends, finding, link_place
from scheduler.values.errors import Finding


def names_are_unique(index: Index) -> Iterator[Finding]:
    """Every name is given once, an area is there once."""
    problem = index.problem
    groups: tuple[tuple[str, Iterable[Named]], ...] = (
        ("area", problem.areas),
        ("activity", problem.activities),
        ("calendar", problem.calendars),
        ("lag table", problem.lag_tables),
        ("pool", problem.pools),
        ("inspector", problem.inspectors),
        ("period", problem.periods),
        ("period limit", problem.period_limits),
        ("partner limit", problem.partner_limits),
        *((f"activity {activity.id}, stage", activity.stages) for activity in problem.activities),
    )
    for what, items in groups:
        for name, count in Counter(item.id for item in items).items():
            if count > 1:
                yield finding(
                    f"{what} {name}",
                    f"is there {count} times.",
                    "Maybe remove or rename all but one of them.",
                )


def references_exist(index: Index) -> Iterator[Finding]:
    """Whatever is referred to exists: areas, calendars, pools, stages, tables, kinds of periods."""
    problem = index.problem
    for activity in problem.activities:
        yield from _unknown(f"activity {activity.id}", "area", [activity.area], index.areas)
    for place, _, stage in index.stages():
        yield from _unknown(place, "calendar", stage.calendars, index.calendars)
        yield from _unknown(place, "pool", stage.pool_demand, index.pools)
    for inspector in problem.inspectors:
        place = f"inspector {inspector.id}"
        areas = dict.fromkeys((*inspector.conflicts, *inspector.previous_areas))
        yield from _unknown(place, "area", areas, index.areas)
        yield from _unknown(place, "kind of period", inspector.max_reviews, index.period_kinds)
    for limit in problem.period_limits:
        yield from _unknown(f"period limit {limit.id}", "area", limit.areas or (), index.areas)
    for partner in problem.partner_limits:
        yield from _unknown(f"partner limit {partner.id}", "area", partner.areas, index.areas)
    prices = problem.team_prices
    if prices.per_review_over_share:
        yield from _unknown("team prices", "kind of period", [prices.fair_period], index.period_kinds)


def link_references_exist(index: Index) -> Iterator[Finding]:
    """Links refer to stages and tables that exist."""
    for number, link in enumerate(index.problem.links):
        place = link_place(number, link)
        for ref in ends(link):
            if ref.activity not in index.activities:
                yield from _unknown(place, "activity", [ref.activity], index.activities)
            elif index.stage(ref) is None:
                stages = [stage.id for stage in index.activities[ref.activity].stages]
                yield from _unknown(place, f"stage of {ref.activity}", [ref.stage], stages)
        if link.kind == "lag":
            yield from _unknown(place, "lag table", [link.table], index.tables)


def _unknown(place: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Finding]:
    known = sorted(known)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            advice = f"Maybe '{near[0]}' is meant." if near else "Maybe add it, or correct the name."
            yield finding(place, f"refers to the {what} '{name}', which does not exist.", advice)
