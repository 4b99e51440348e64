"""Activities: stages from their framework, windows, urgency, and what was announced; their teams come afterwards."""

from config.framework import Framework
from models import Activity as ActivityRow
from models import Area
from scheduler.values.problem import Activity, Stage
from scheduler.values.value import WeekSpan
from services.problem.closure_calendars import calendars_of
from services.problem.concern import wish_on
from services.problem.facts import BEGUN, Facts
from services.problem.history import previous_team, settled_stages
from services.problem.open_weeks import ClosedWeeks, open_starts
from services.problem.planning_horizon import Horizon
from services.problem.published_dates import announced_starts, published
from services.problem.windows import start_window


def activity(
    row: ActivityRow,
    area: Area,
    option: int,
    facts: Facts,
    horizon: Horizon,
    closed: ClosedWeeks,
    at_short_notice: bool = False,
) -> Activity:
    """One activity of an area whose sequencing option is `option`, without its team.

    One that has begun or is done stays where it is; `pinned_on` fixes the first week of another, later stages keep
    the room that their lags leave.

    Parameters
    ----------
    at_short_notice
        Whether no other weeks are left than those without notice: then none of the window is taken away (R094).
    """
    framework = facts.followed[row.code]
    starts, stages = announced_starts(row, facts, horizon), _stages(framework, area, facts)

    def has_room(span: WeekSpan) -> bool:
        starts = open_starts(stages, closed, span.weeks(), horizon.num_weeks)
        return not at_short_notice and next(starts, None) is not None

    built = Activity(
        id=row.code,
        area=area.code,
        kind=row.kind,
        stages=stages,
        start_window=start_window(row, option, facts, horizon, has_room),
        urgency_price=_urgency_price(row.kind, framework, area, facts),
        published=published(row, starts, facts),
        previous_team=_unwanted(row, facts) if framework.team is not None else (),
    )
    if row.state not in BEGUN or starts is None:
        return built
    settled = settled_stages(row, stages, facts, horizon)
    window = WeekSpan(first=starts[0], end=starts[0] + 1)
    return built.model_copy(update={"stages": settled, "start_window": window, "pinned_starts": starts})


def _unwanted(row: ActivityRow, facts: Facts) -> tuple[str, ...]:
    """Who is not in the team: who did the last review (R062), and who declined a place before it began."""
    answers = facts.answers.get(row.code, ()) if row.state not in BEGUN else ()
    declined = (answer.inspector_code for answer in answers if answer.state == "declined")
    return tuple(sorted({*previous_team(row, facts), *declined}))


def _stages(framework: Framework, area: Area, facts: Facts) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            id=stage.id,
            duration_weeks=stage.occupied_weeks(),
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


def _urgency_price(kind: str, framework: Framework, area: Area, facts: Facts) -> int:
    """Price of a week of delay; what has a window of its own has no claim to be early in it (R026, R027).

    What is due once, by a day that is the same everywhere, has one (R143).
    """
    rule = framework.recurrence
    if framework.window == "imported" or (rule is not None and rule.by is None):
        return 0
    prices = facts.policy.prices
    fixed = prices.delay.get(kind)
    if fixed is not None:
        return fixed
    return prices.urgency_price(wish_on(area.urgency, _num_due(area, facts), facts.policy.concern))


def _num_due(area: Area, facts: Facts) -> int:
    """How many other inspections are still due in an area."""
    return sum(
        row.area_code == area.code
        and row.state not in BEGUN
        and facts.followed[row.code].window == "imported"
        for row in facts.activities
    )
