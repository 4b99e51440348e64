"""Activities: stages and teams from their framework, windows, urgency, and what was announced."""

from datetime import timedelta

from config.framework import Framework
from config.policy import MovePrice, Policy
from models import Activity as ActivityRow
from models import Area
from scheduler.problem import Activity, Place, Published, Stage, Team
from scheduler.value import Week, WeekSpan
from services.problem.calendars import calendars_of
from services.problem.facts import Facts
from services.problem.focus import focus_of
from services.problem.horizon import Horizon
from services.problem.sequencing import ASSESSMENT, REVIEW


def activity(row: ActivityRow, area: Area, option: int, facts: Facts, horizon: Horizon) -> Activity:
    """One activity of an area whose sequencing option is `option`.

    One that has begun or is done stays where it is; `pinned_on` fixes the first week of another, later stages keep
    the room that their lags leave.
    """
    framework = facts.frameworks[row.framework_id]
    starts = _announced_starts(row, framework, facts, horizon)
    return Activity(
        id=row.code,
        area=area.code,
        kind=row.kind,
        stages=_stages(framework, area, facts),
        start_window=_window(row, framework, horizon),
        urgency_price=_urgency_price(row.kind, framework, area, facts.policy),
        team=_team(row, framework, area, option, facts),
        pinned_starts=starts if row.state in ("under_way", "done") else None,
        published=_published(row, starts, facts),
    )


def _stages(framework: Framework, area: Area, facts: Facts) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            id=stage.id,
            duration_weeks=stage.duration_weeks,
            lag_min_weeks=stage.min_clear_weeks,
            lag_max_weeks=stage.max_clear_weeks,
            stretch_price=facts.policy.prices.stretch if stage.stretch_price else 0,
            calendars=calendars_of(stage.avoids, area, facts),
            on_site=stage.on_site,
            uses_team=stage.uses_team,
            pool_demand=stage.pool_demand,
        )
        for stage in framework.stages
    )


def _window(row: ActivityRow, framework: Framework, horizon: Horizon) -> WeekSpan:
    """Weeks in which the first stage may start: assessments may follow after the last review (R030)."""
    if row.pinned_on is not None:
        week = horizon.week(row.pinned_on)
        return WeekSpan(first=week, end=week + 1)
    is_to_the_end = row.kind == ASSESSMENT or framework.window == "imported"
    end = horizon.num_weeks if is_to_the_end else horizon.num_start_weeks
    if row.window_start_on is None and row.window_end_on is None:
        return WeekSpan(first=0, end=end)
    horizon_end = horizon.first_monday + timedelta(weeks=end)
    start_on = max(row.window_start_on or horizon.first_monday, horizon.first_monday)
    return horizon.span(start_on, max(start_on, min(row.window_end_on or horizon_end, horizon_end)))


def _urgency_price(kind: str, framework: Framework, area: Area, policy: Policy) -> int:
    """Price of a week of delay; who is inspected in an imported window has no claim to be early (R027)."""
    if framework.window == "imported":
        return 0
    return policy.prices.ca_urgency if kind == ASSESSMENT else policy.prices.urgency_price(area.urgency)


def _team(row: ActivityRow, framework: Framework, area: Area, option: int, facts: Facts) -> Team | None:
    """Seats for the extent and the focus of the area (R055-R060), fewer after a corporate assessment (R033)."""
    if framework.team is None:
        return None
    after = ASSESSMENT if option == 2 and row.kind == REVIEW else None
    focus = focus_of(facts.ratings.get(area.code, ()), framework, facts.programme.planned_on)
    places = framework.places(row.extent, focus, after)
    return Team(
        places=tuple(Place(skill=skill, count=count) for skill, count in places.items()),
        needs_leader=framework.team.needs_leader,
        min_bodies=framework.team.min_bodies,
        min_members=framework.team.min_members,
        max_members=framework.team.max_members,
    )


def _announced_starts(
    row: ActivityRow, framework: Framework, facts: Facts, horizon: Horizon
) -> tuple[Week, ...] | None:
    """Announced start weeks of all stages; None if there are none, or they lie before the horizon."""
    announced = facts.announced.get(row.code)
    if announced is None or any(stage.id not in announced.starts for stage in framework.stages):
        return None
    weeks = tuple(horizon.week(announced.starts[stage.id]) for stage in framework.stages)
    return weeks if all(0 <= week < horizon.num_weeks for week in weeks) else None


def _published(row: ActivityRow, starts: tuple[Week, ...] | None, facts: Facts) -> Published | None:
    """What was announced, and what it costs to move it: the more precise, the dearer (R018)."""
    if starts is None or row.precision is None:
        return None
    stability = facts.policy.prices.stability
    prices: dict[str, MovePrice] = {
        "indicative": stability.indicative,
        "confirmed": stability.confirmed,
        "final": stability.final,
    }
    price = prices[row.precision]
    return Published(
        starts=starts,
        move_price=price.move,
        move_price_per_week=price.per_week,
        members=facts.announced[row.code].members,
    )
