"""Draws a problem from the sizes of its family."""

from random import Random

from benchmarks import english_weeks as weeks
from benchmarks.families.areas import draw_areas, draw_blackouts
from benchmarks.families.assessments import assessment, audit_teams, draw_inspection
from benchmarks.families.family import Family, Option
from benchmarks.families.limits import partner_limits, period_limits
from benchmarks.families.reviews import draw_review
from benchmarks.families.sequencing import area_links
from benchmarks.people import inspectors
from scheduler.values.problem import Problem, TeamPrices


def build(family: Family, seed: int, name: str) -> Problem:
    """Draw the problem of a family. People and areas are the same for every option."""
    draw = Random(seed)
    areas = draw_areas(family, draw)
    blackouts = draw_blackouts(areas, family, draw)
    reviews = [draw_review(area, blackouts, family, draw) for area in areas]
    assessments = [assessment(area, family) for area in areas]
    inspections = [draw_inspection("yot", area, family, draw) for area in areas[::3]]
    inspections += [draw_inspection("fostering", area, family, draw) for area in areas[1::3]]
    options: list[Option] = [
        family.option if family.option != "mixed" else draw.choice((1, 2, 3, 3, 4)) for _ in areas
    ]
    rounds = tuple(r for r in weeks.rounds(family.num_weeks) if r.analysis < family.num_start_weeks)
    regions = sorted({area.region for area in areas})
    return Problem(
        name=name,
        first_monday=weeks.FIRST_MONDAY,
        num_weeks=family.num_weeks,
        areas=areas,
        activities=(*reviews, *assessments, *inspections),
        links=tuple(area_links(areas, options)),
        lag_tables=(weeks.six_to_nine_months(family.num_weeks),),
        calendars=(
            weeks.office_calendar(family.num_weeks),
            *(weeks.school_calendar(region, family.num_weeks) for region in regions),
            *blackouts.values(),
        ),
        pools=(audit_teams(family),),
        inspectors=inspectors(family.num_inspectors, areas, rounds, family.num_weeks, family.release, draw),
        periods=(*weeks.financial_years(family.num_weeks), *weeks.quarters(family.num_weeks)),
        period_limits=period_limits(family),
        partner_limits=partner_limits(areas),
        team_prices=TeamPrices(per_km=1, per_review_over_share=100, fair_share=2, per_person_changed=200),
    )
