"""Joint area reviews: how long, how urgent, and whom they need."""

from random import Random

from benchmarks.families.family import Family
from scheduler.values.problem import Activity, Area, Calendar, Place, Stage, Team
from scheduler.values.value import WeekSpan

URGENCY_PRICES = (2, 3, 5, 8, 13)
MEMBERS = ((3, 15), (4, 25), (5, 25), (6, 18), (7, 12), (8, 5))
EXTRA_SKILLS: dict[str, float] = {
    "education": 5.0,
    "looked_after": 3.5,
    "youth_justice": 3.0,
    "camhs": 2.5,
    "social_care": 2.0,
    "child_health": 2.0,
    "early_years": 1.2,
    "further_education": 1.0,
    "police_protection": 1.0,
    "governance": 1.0,
    "court_services": 0.7,
}
"""How often a skill is demanded beside safeguarding, which every review looks at (R080)."""


def draw_review(area: Area, blackouts: dict[str, Calendar], family: Family, draw: Random) -> Activity:
    """A week of analysis, two or three clear weeks, two weeks on site (R049)."""
    risk = draw.choices(range(5), (20, 30, 25, 15, 10))[0]
    local = (blackouts[area.id].id,) if area.id in blackouts else ()
    analysis = Stage(id="analysis", duration_weeks=1, calendars=("office",), uses_team=True)
    fieldwork = Stage(
        id="fieldwork",
        duration_weeks=2,
        lag_min_weeks=2,
        lag_max_weeks=3,
        stretch_price=6,
        calendars=("office", f"school-{area.region}", *local),
        on_site=True,
        uses_team=True,
    )
    return Activity(
        id=f"jar-{area.id}",
        area=area.id,
        kind="jar",
        stages=(analysis, fieldwork),
        start_window=WeekSpan(first=0, end=family.num_start_weeks),
        urgency_price=URGENCY_PRICES[risk],
        team=_team(risk, draw),
    )


def _team(risk: int, draw: Random) -> Team:
    """A leader, safeguarding (R080) and one to six further skills, more where the risk is higher (R055)."""
    sizes, shares = zip(*MEMBERS, strict=True)
    size = max(draw.choices(sizes, shares)[0] for _ in range(2 if risk >= 3 else 1))
    left = dict(EXTRA_SKILLS)
    chosen = ["safeguarding"]
    while len(chosen) < size - 1:
        skill = draw.choices(list(left), list(left.values()))[0]
        del left[skill]
        chosen.append(skill)
    return Team(places=tuple(Place(skill=skill) for skill in chosen))
