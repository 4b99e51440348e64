"""A problem of two areas that uses every feature, and a good plan for it."""

from collections.abc import Sequence
from typing import Any

from scheduler.cost import make_plan
from scheduler.values.plan import Plan
from scheduler.values.problem import (
    AnonymousPool,
    ApartLink,
    Capacity,
    LagLink,
    LagTable,
    NearLink,
    PartnerLimit,
    Period,
    PeriodLimit,
    Problem,
    Published,
    TeamPrices,
    WithinLink,
)
from scheduler.values.value import LEADER
from tests.builders import assessment, inspectors, members, ref, review, span, team, two_areas, visit


def complete(**changes: Any) -> Problem:
    """A problem of two areas that uses every feature; `complete_plan` keeps all its rules."""
    announced = Published(starts=(9, 12), move_price=10, move_price_per_week=2, members=("ann", "dan"))
    usual: dict[str, Any] = {
        "name": "complete",
        "pair": ("jar", "ca"),
        "num_weeks": 104,
        "activities": (
            review("north", team=team("safeguarding", "camhs"), published=announced),
            assessment("north"),
            visit("yot", "north", start_window=span(14, 15), pinned_starts=(14,)),
            review("south"),
            assessment("south"),
            visit("fostering", "south", start_window=span(29, 32), pinned_starts=(30,)),
        ),
        "links": (
            LagLink(
                before=ref("jar-north", "fieldwork"), after=ref("ca-north"), table="months", price_per_week=1
            ),
            NearLink(
                one=ref("jar-north", "fieldwork"), other=ref("yot-north"), cap_weeks=26, price_per_week=3
            ),
            WithinLink(inner=ref("ca-south"), outer=ref("jar-south", "fieldwork")),
            ApartLink(
                one=ref("jar-south", "fieldwork"),
                other=ref("fostering-south"),
                cap_weeks=8,
                price_per_week=4,
                term="burden",
            ),
        ),
        "lag_tables": (
            LagTable(
                id="months",
                first=tuple(min(104, week + 27) for week in range(104)),
                end=tuple(min(104, week + 40) for week in range(104)),
            ),
        ),
        "pools": (
            AnonymousPool(id="audit_commission", units=2, exceptions=(Capacity(span=span(20, 30), units=1),)),
        ),
        "inspectors": inspectors(),
        "periods": (
            Period(id="FY2005-06", kind="financial_year", span=span(0, 30)),
            Period(id="FY2006-07", kind="financial_year", span=span(30, 82)),
        ),
        "period_limits": (
            PeriodLimit(id="autumn", span=span(0, 15), kinds=("jar",), maximum=1),
            PeriodLimit(id="south", span=span(0, 30), kinds=("jar",), areas=("south",), maximum=1, minimum=1),
            PeriodLimit(
                id="winter",
                span=span(15, 40),
                kinds=("jar", "ca"),
                minimum=3,
                maximum=3,
                price=7,
                max_excess=1,
            ),
        ),
        "partner_limits": (
            PartnerLimit(
                id="police", areas=("north", "south"), kinds=("jar", "ca"), maximum=1, price=6, max_excess=1
            ),
        ),
        "team_prices": TeamPrices(per_km=1, per_review_over_share=50, fair_share=1, per_person_changed=30),
    }
    return two_areas(**usual | changes)


COMPLETE_STARTS: dict[str, tuple[int, ...]] = {
    "jar-north": (8, 11),
    "ca-north": (40,),
    "yot-north": (14,),
    "jar-south": (20, 24),
    "ca-south": (24,),
    "fostering-south": (30,),
}

COMPLETE_TEAMS: dict[str, dict[str, str]] = {
    "jar-north": {LEADER: "ann", "safeguarding": "bob", "camhs": "cat"},
    "jar-south": {LEADER: "dan", "safeguarding": "eve", "education": "ann"},
}


def complete_plan(
    problem: Problem | None = None,
    starts: dict[str, Sequence[int]] | None = None,
    teams: dict[str, dict[str, str]] | None = None,
) -> Plan:
    """The good plan for `complete`, with some dates and teams replaced, at its right costs."""
    return make_plan(
        problem or complete(),
        {name: tuple(own) for name, own in (COMPLETE_STARTS | (starts or {})).items()},
        members(COMPLETE_TEAMS | (teams or {})),
    )
