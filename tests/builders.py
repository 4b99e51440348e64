"""Small problems and plans for tests. Every builder returns something sound; tests change one thing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from scheduler.checking.checker import check
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.problem import (
    Absence,
    Activity,
    Area,
    Calendar,
    Closure,
    Inspector,
    Location,
    Place,
    Problem,
    Stage,
    StageRef,
    Team,
)
from scheduler.values.value import WeekSpan

FIRST_MONDAY = date(2005, 9, 5)
LEEDS = Location(lat=53.80, lon=-1.55)
LONDON = Location(lat=51.50, lon=-0.12)


def span(first: int, end: int) -> WeekSpan:
    """Weeks from `first` up to, but not including, `end`."""
    return WeekSpan(first=first, end=end)


def area(name: str, location: Location = LEEDS, **changes: Any) -> Area:
    """An area whose id is its name in small letters."""
    return Area(**{"id": name.lower(), "name": name, "location": location} | changes)


def team(*skills: str, **changes: Any) -> Team:
    """A leader and one place for each skill."""
    return Team(**{"places": tuple(Place(skill=skill) for skill in skills)} | changes)


def analysis(**changes: Any) -> Stage:
    """The week in which the whole team reads."""
    return Stage(
        **{"id": "analysis", "duration_weeks": 1, "uses_team": True, "calendars": ("office",)} | changes
    )


def fieldwork(**changes: Any) -> Stage:
    """Two weeks on site, two or three clear weeks after the analysis."""
    usual: dict[str, Any] = {
        "id": "fieldwork",
        "duration_weeks": 2,
        "lag_min_weeks": 2,
        "lag_max_weeks": 3,
        "stretch_price": 5,
        "calendars": ("office", "school"),
        "on_site": True,
        "uses_team": True,
    }
    return Stage(**usual | changes)


def review(area: str, **changes: Any) -> Activity:
    """A joint area review: analysis and fieldwork by a team of three."""
    usual: dict[str, Any] = {
        "id": f"jar-{area}",
        "area": area,
        "kind": "jar",
        "stages": (analysis(), fieldwork()),
        "start_window": span(0, 40),
        "urgency_price": 3,
        "team": team("safeguarding", "education"),
    }
    return Activity(**usual | changes)


def visit(kind: str, area: str, duration: int = 1, **changes: Any) -> Activity:
    """An activity of a single stage on site, without a team."""
    usual: dict[str, Any] = {
        "id": f"{kind}-{area}",
        "area": area,
        "kind": kind,
        "stages": (Stage(id="on_site", duration_weeks=duration, calendars=("office",), on_site=True),),
        "start_window": span(0, 70),
    }
    return Activity(**usual | changes)


def assessment(area: str, **changes: Any) -> Activity:
    """A corporate assessment: two weeks on site by one Audit Commission team."""
    stage = Stage(
        id="on_site",
        duration_weeks=2,
        calendars=("office",),
        on_site=True,
        pool_demand={"audit_commission": 1},
    )
    return visit("ca", area, **{"stages": (stage,)} | changes)


def inspector(name: str, body: str, *skills: str, **changes: Any) -> Inspector:
    """An inspector from Leeds."""
    return Inspector(**{"id": name, "body": body, "skills": skills, "home": LEEDS} | changes)


def calendars() -> tuple[Calendar, ...]:
    """Half-term in week 7, Christmas holiday from week 15 to 17; offices closed in weeks 16 and 17."""
    return (
        Calendar(id="office", closures=(Closure(span=span(16, 18), reason="Christmas closure"),)),
        Calendar(
            id="school",
            closures=(
                Closure(span=span(7, 8), reason="October half-term"),
                Closure(span=span(15, 18), reason="Christmas holiday"),
            ),
        ),
    )


def inspectors() -> tuple[Inspector, ...]:
    """Five people of four bodies, two of them leaders."""
    return (
        inspector(
            "ann",
            "Ofsted",
            "education",
            is_leader=True,
            rest_weeks=1,
            max_reviews={"financial_year": 2},
            absences=(Absence(span=span(30, 33)),),
        ),
        inspector("bob", "CSCI", "safeguarding", home=LONDON, conflicts=("south",)),
        inspector("cat", "Healthcare Commission", "camhs", "looked_after", previous_areas=("south",)),
        inspector("dan", "HMIC", "safeguarding", "education", is_leader=True, home=LONDON),
        inspector(
            "eve",
            "CSCI",
            "safeguarding",
            percent=80,
            trained_from=18,
            absences=(Absence(span=span(40, 42), percent_available=50),),
        ),
    )


def one_area(**changes: Any) -> Problem:
    """One review in one area."""
    usual: dict[str, Any] = {
        "name": "one area",
        "first_monday": FIRST_MONDAY,
        "num_weeks": 52,
        "areas": (area("North"),),
        "activities": (review("north"),),
        "calendars": calendars(),
        "inspectors": tuple(i.model_copy(update=_INDEPENDENT) for i in inspectors()),
    }
    return Problem(**usual | changes)


_INDEPENDENT: dict[str, Any] = {"conflicts": (), "previous_areas": (), "max_reviews": {}}


def two_areas(**changes: Any) -> Problem:
    """One review in each of two areas, without links."""
    areas = (area("North"), area("South", LONDON))
    return one_area(**{"areas": areas, "activities": (review("north"), review("south"))} | changes)


def ref(activity: str, stage: str = "on_site") -> StageRef:
    """A stage as the end of a link."""
    return StageRef(activity=activity, stage=stage)


def members(teams: dict[str, dict[str, str]]) -> tuple[TeamMember, ...]:
    """Filled seats from skill and person by activity."""
    return tuple(
        TeamMember(activity=activity, skill=skill, inspector=person)
        for activity, seats in teams.items()
        for skill, person in seats.items()
    )


def changed(problem: Problem, kind: str, name: str, **changes: Any) -> Problem:
    """A problem with one of its parts replaced: `changed(p, "inspectors", "ann", rest_weeks=2)`."""
    parts = [
        type(part)(**{**dict(part), **changes}) if part.id == name else part
        for part in getattr(problem, kind)
    ]
    return Problem(**{**dict(problem), kind: tuple(parts)})


def broken_rules(problem: Problem, plan: Plan) -> set[str]:
    """Names of the rules that a plan breaks."""
    return {found.rule for found in check(problem, plan)}


def messages(findings: Iterable[object]) -> str:
    """All findings or violations as one text."""
    return "\n".join(str(found) for found in findings)
