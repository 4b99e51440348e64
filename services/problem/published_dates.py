"""What was announced for an activity, what it costs to move it, and whether it may move at all."""

from collections.abc import Mapping

from config.policy import Policy
from config.prices import MovePrice
from models import Activity as ActivityRow
from scheduler.values.problem import Activity, Calendar, Published, Stage
from scheduler.values.value import Week
from services.problem.facts import BEGUN, Facts
from services.problem.history import has_dates
from services.problem.planning_horizon import Horizon
from services.problem.standing import Standing, standing_of

LEVELS = ("indicative", "confirmed", "final", "never")
"""Precision of dates, rising (R018)."""


def announced_starts(row: ActivityRow, facts: Facts, horizon: Horizon) -> tuple[Week, ...] | None:
    """Announced start weeks of all stages; None if there are none, or they lie before the horizon."""
    if not has_dates(row, facts):
        return None
    stages = facts.followed[row.code].stages
    weeks = tuple(horizon.week(facts.announced[row.code].starts[stage.id]) for stage in stages)
    return weeks if all(0 <= week < horizon.num_weeks for week in weeks) else None


def published(row: ActivityRow, starts: tuple[Week, ...] | None, facts: Facts) -> Published | None:
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


def with_frozen_dates(
    activity: Activity, row: ActivityRow, closed: Mapping[str, Calendar], facts: Facts
) -> Activity:
    """The activity with its dates frozen if they are confirmed (R016, R017), or the area has had its notice (R019).

    Dates that a closure, a pin or the window forbids since then cannot be kept: they stay announced at their
    price, and move.
    """
    if activity.published is None or activity.pinned_starts is not None or row.precision is None:
        return activity
    steps = facts.steps.get(row.code, {}).values()
    is_told = standing_of(row, steps, facts.followed[row.code]) is Standing.NOTIFIED
    if not (is_told or is_firm(row.precision, facts.policy)) or not _can_stay(activity, closed):
        return activity
    return activity.model_copy(
        update={"published": activity.published.model_copy(update={"is_frozen": True})}
    )


def is_firm(precision: str | None, policy: Policy) -> bool:
    """Whether dates of this precision stay where they are (R016, R017)."""
    level = policy.confirmation.frozen_from
    return precision is not None and LEVELS.index(precision) >= LEVELS.index(level)


def staying_put(activity: Activity, row: ActivityRow, closed: Mapping[str, Calendar]) -> Activity:
    """An activity that has begun without the calendars that have closed its weeks since: it stays (R019, R043)."""
    if row.state not in BEGUN or activity.pinned_starts is None:
        return activity
    stages = tuple(
        stage.model_copy(
            update={"calendars": tuple(c for c in stage.calendars if not _closes(closed[c], stage, start))}
        )
        for stage, start in zip(activity.stages, activity.pinned_starts, strict=True)
    )
    return activity.model_copy(update={"stages": stages})


def _closes(calendar: Calendar, stage: Stage, start: Week) -> bool:
    """Whether a calendar closes a week of a stage that starts in a week."""
    end = start + stage.duration_weeks
    return any(closure.span.first < end and start < closure.span.end for closure in calendar.closures)


def _can_stay(activity: Activity, closed: Mapping[str, Calendar]) -> bool:
    """Whether window, lags and calendars still allow the announced weeks."""
    assert activity.published is not None
    starts, end = activity.published.starts, None
    if starts[0] not in activity.start_window:
        return False
    for stage, start in zip(activity.stages, starts, strict=True):
        if end is not None and not stage.lag_min_weeks <= start - end <= stage.lag_max_weeks:
            return False
        end = start + stage.duration_weeks
        if any(_closes(closed[name], stage, start) for name in stage.calendars):
            return False
    return True
