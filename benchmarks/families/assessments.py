"""What other bodies do in an area: corporate assessments, and inspections whose week is fixed."""

from random import Random

from benchmarks import english_weeks as weeks
from benchmarks.families.family import Family
from scheduler.values.problem import Activity, AnonymousPool, Area, Capacity, Stage
from scheduler.values.value import WeekSpan


def assessment(area: Area, family: Family) -> Activity:
    """A corporate assessment: two weeks of a team of the Audit Commission."""
    stage = Stage(
        id="on_site",
        duration_weeks=2,
        calendars=("office",),
        on_site=True,
        pool_demand={"audit_commission": 1},
    )
    window = WeekSpan(first=0, end=family.num_weeks - 1)
    return Activity(id=f"ca-{area.id}", area=area.id, kind="ca", stages=(stage,), start_window=window)


def audit_teams(family: Family) -> AnonymousPool:
    """Teams for corporate assessments; from July to September some of them audit accounts."""
    spans = weeks.weeks_of_months((7, 8, 9), family.num_weeks)
    units = max(1, family.num_audit_teams * 5 // 7)
    exceptions = tuple(Capacity(span=span, units=units) for span in spans)
    return AnonymousPool(id="audit_commission", units=family.num_audit_teams, exceptions=exceptions)


def draw_inspection(kind: str, area: Area, family: Family, draw: Random) -> Activity:
    """An inspection whose week another body has fixed: of a youth offending team, of fostering."""
    closed = set(weeks.bank_holiday_weeks())
    last = min(family.num_start_weeks, 150)
    week = draw.choice([w for w in range(8, last) if w not in closed])
    stage = Stage(id="on_site", duration_weeks=1, calendars=("office",), on_site=True)
    return Activity(
        id=f"{kind}-{area.id}",
        area=area.id,
        kind=kind,
        stages=(stage,),
        start_window=WeekSpan(first=week, end=week + 1),
        pinned_starts=(week,),
    )
