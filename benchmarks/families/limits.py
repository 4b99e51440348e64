"""What areas share beside people: numbers a term, a year, a quarter, and partners such as the police."""

from benchmarks import english_weeks as weeks
from benchmarks.families.areas import REGIONS
from benchmarks.families.family import Family
from scheduler.values.problem import Area, PartnerLimit, PeriodLimit
from scheduler.values.value import WeekSpan


def period_limits(family: Family) -> tuple[PeriodLimit, ...]:
    """A slow autumn 2005 and a maximum a year are hard (R014), evenness over quarters has a price."""
    limits = [
        PeriodLimit(
            id="autumn-2005",
            span=WeekSpan(first=0, end=15),
            kinds=("jar",),
            maximum=family.first_term_maximum,
        )
    ]
    for year in weeks.financial_years(family.num_weeks):
        limits += [
            PeriodLimit(id=f"{year.id}-{kind}", span=year.span, kinds=(kind,), maximum=family.yearly_maximum)
            for kind in ("jar", "ca")
        ]
    for quarter in weeks.quarters(family.num_weeks):
        if quarter.span.first >= 13 and quarter.span.end <= family.num_start_weeks:
            limits.append(
                PeriodLimit(
                    id=quarter.id,
                    span=quarter.span,
                    kinds=("jar",),
                    maximum=family.quarterly_maximum,
                    price=25,
                    max_excess=family.quarterly_maximum,
                )
            )
    return tuple(limits)


def partner_limits(areas: tuple[Area, ...]) -> tuple[PartnerLimit, ...]:
    """Police forces: one for the whole of London, elsewhere one for about three areas (R128)."""
    limits = []
    for region, *_ in REGIONS:
        ids = [area.id for area in areas if area.region == region]
        size = len(ids) if region == "London" else 3
        for number, begin in enumerate(range(0, len(ids), max(1, size))):
            group = tuple(ids[begin : begin + size])
            if len(group) > 1:
                limits.append(
                    PartnerLimit(
                        id=f"police-{region}-{number + 1}",
                        areas=group,
                        kinds=("jar",),
                        maximum=max(1, len(group) // 16),
                        price=20,
                        max_excess=len(group),
                    )
                )
    return tuple(limits)
