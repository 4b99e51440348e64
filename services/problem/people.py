"""Inspectors: skills, training, when they are there, how much they may do, where they may not go."""

from collections.abc import Sequence
from datetime import timedelta

from config.team_rule import DEPUTY
from models import Absence as AbsenceRow
from models import Inspector as InspectorRow
from models import Leave
from scheduler.values.problem import Absence, Inspector, Location
from scheduler.values.value import Week
from services.days.absent_weeks import DaysAway, weeks_away
from services.problem.facts import Facts
from services.problem.planning_horizon import Horizon

FINANCIAL_YEAR, CALENDAR_YEAR = "financial_year", "calendar_year"


def inspectors(facts: Facts, horizon: Horizon) -> tuple[Inspector, ...]:
    """All inspectors who have a skill or lead; where a team has a deputy, whoever leads could be it (R057)."""
    teams = (framework.team for framework in facts.followed.values())
    has_deputies = any(team is not None and team.deputy_role is not None for team in teams)
    return tuple(
        _inspector(row, facts, horizon, row.is_leader and has_deputies)
        for row in facts.inspectors
        if row.is_leader or facts.skills[row.code]
    )


def _inspector(row: InspectorRow, facts: Facts, horizon: Horizon, is_deputy: bool) -> Inspector:
    conflicts = facts.conflicts.get(row.code, ())
    return Inspector(
        id=row.code,
        body=row.body_code,
        skills=_skills(facts.skills[row.code], is_deputy),
        is_leader=row.is_leader,
        home=Location(lat=row.home_lat, lon=row.home_lon),
        trained_from=_trained_from(row, horizon),
        percent=row.percent,
        absences=absences(
            [*facts.absences.get(row.code, ()), *facts.leave.get(row.code, ())], row.percent, horizon
        ),
        rest_weeks=row.rest_weeks,
        max_reviews=_max_reviews(row),
        conflicts=tuple(
            sorted({conflict.area_code for conflict in conflicts if conflict.kind != "previous"})
        ),
        previous_areas=tuple(
            sorted({conflict.area_code for conflict in conflicts if conflict.kind == "previous"})
        ),
    )


def _skills(skills: Sequence[str], is_deputy: bool) -> tuple[str, ...]:
    known = [skill for skill in skills if skill != DEPUTY]
    return (*known, DEPUTY) if is_deputy else tuple(known)


def _trained_from(row: InspectorRow, horizon: Horizon) -> Week:
    """The first week that lies wholly after the training (R062)."""
    return 0 if row.trained_from is None else max(0, horizon.week(row.trained_from + timedelta(days=6)))


def _max_reviews(row: InspectorRow) -> dict[str, int]:
    """Maxima by kind of year."""
    found = {FINANCIAL_YEAR: pro_rata(row.max_reviews_per_year, row.percent)}
    if row.max_reviews_per_calendar_year is not None:
        found[CALENDAR_YEAR] = pro_rata(row.max_reviews_per_calendar_year, row.percent)
    return found


def pro_rata(maximum: int, percent: int) -> int:
    """The yearly maximum of someone who works part of the week, rounded down, at least one (decision)."""
    return max(1, maximum * percent // 100)


def absences(rows: Sequence[AbsenceRow | Leave], percent: int, horizon: Horizon) -> tuple[Absence, ...]:
    """Absences and leave as weeks of the horizon (see `services.days.absent_weeks`)."""
    spans = (DaysAway(row.start_on, row.end_on, row.percent_available) for row in rows)
    return weeks_away(spans, percent, horizon.first_monday, horizon.num_weeks)
