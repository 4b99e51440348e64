"""Weeks in which an activity may start: the programme's or its own, with the notice that its framework demands."""

from collections.abc import Callable
from datetime import date, timedelta

from config.framework import Framework
from config.links import LinkRule
from models import Activity as ActivityRow
from scheduler.values.value import WeekSpan
from services.days.planned_days import begins_on
from services.days.recurrence import year_span
from services.days.weeks import add_months, day_after
from services.problem.facts import Facts
from services.problem.history import has_dates, is_over, runs
from services.problem.notice import first_with_notice
from services.problem.planning_horizon import Horizon
from services.problem.sequencing import link_rules

NO_WINDOW = (None, None)


def start_window(
    row: ActivityRow, option: int, facts: Facts, horizon: Horizon, has_room: Callable[[WeekSpan], bool]
) -> WeekSpan:
    """Weeks in which the first stage may start: the second of the pair may follow after the last first one (R030).

    Nothing begins so early that its notice would have been due before the present day, that of planning if the
    programme does not run yet (R094): unless no other week of its window is open; then it stays possible at short
    notice. What was announced may stay where it is.

    Parameters
    ----------
    has_room
        Whether closed weeks leave the stages room if the first one starts in one of some weeks.
    """
    framework = facts.followed[row.code]
    if row.pinned_on is not None:
        week = horizon.week(row.pinned_on)
        return WeekSpan(first=week, end=week + 1)
    pair = facts.policy.programme.pair
    is_to_the_end = framework.window == "imported" or (pair is not None and row.kind == pair.second)
    end = horizon.num_weeks if is_to_the_end else horizon.start_span.end
    today = max(horizon.first_start, horizon.week_from(facts.today))
    window = WeekSpan(first=today, end=max(today, end))
    limits = own_window(row, framework)
    if limits != NO_WINDOW:
        window = _cut(window, limits, framework, horizon)
    window = _with_notice(row, window, facts, horizon, has_room)
    return window if framework.window == "imported" else _after_past(row, option, window, facts, horizon)


def own_window(row: ActivityRow, framework: Framework) -> tuple[date | None, date | None]:
    """From which day up to, not including, which it may begin: by its row, or by the year for which it is due."""
    if (row.window_start_on, row.window_end_on) == NO_WINDOW and framework.yearly is not None:
        return year_span(framework.yearly, row.round)
    return row.window_start_on, row.window_end_on


def _cut(
    usual: WeekSpan, limits: tuple[date | None, date | None], framework: Framework, horizon: Horizon
) -> WeekSpan:
    """The weeks of the usual window in which its first day lies in its own."""
    monday = horizon.first_monday
    usual_on, usual_end_on = monday + timedelta(weeks=usual.first), monday + timedelta(weeks=usual.end)
    since_monday = _since_monday(framework, usual_on)
    start_on = max((limits[0] or usual_on) - since_monday, usual_on)
    end_on = min((limits[1] or usual_end_on) - since_monday, usual_end_on)
    return horizon.span(start_on, max(start_on, end_on))


def _since_monday(framework: Framework, monday: date) -> timedelta:
    """How long after the Monday of its week the first stage begins: windows are about its first day."""
    return begins_on(framework.stages[0], monday) - monday


def _with_notice(
    row: ActivityRow, window: WeekSpan, facts: Facts, horizon: Horizon, has_room: Callable[[WeekSpan], bool]
) -> WeekSpan:
    """The weeks of a window that leave the notice; all of them if none of those is open."""
    framework, holidays = facts.followed[row.code], facts.holidays_of(row.area_code)
    first = first_with_notice(framework, horizon.first_monday, window.weeks(), facts.today, holidays)
    if has_dates(row, facts):
        announced = horizon.week(facts.announced[row.code].starts[framework.stages[0].id])
        first = announced if first is None else min(first, announced)
    if first is None:
        return window
    left = WeekSpan(first=max(first, window.first), end=max(first, window.end))
    return left if has_room(left) else window


def _after_past(row: ActivityRow, option: int, window: WeekSpan, facts: Facts, horizon: Horizon) -> WeekSpan:
    """Weeks that options 1 and 2, and other rules of order, leave after what ended before the horizon (R030, R032).

    Where they leave none any more, the window stays as it is: sequencing cannot be chosen in hindsight.
    """
    rules = link_rules(option, facts.policy)
    for rule in [rule for rule in rules if rule.kind == "before" and rule.second == row.kind]:
        for other in facts.activities:
            if (other.area_code, other.kind) != (row.area_code, rule.first) or not has_dates(other, facts):
                continue
            if is_over(other, facts, horizon):
                last_on = horizon.first_monday + timedelta(weeks=runs(other, facts, horizon)[-1].end, days=-3)
                left = _lag_span(rule, last_on, horizon)
                first, end = max(window.first, left.first), min(window.end, left.end)
                window = WeekSpan(first=first, end=end) if first < end else window
    return window


def _lag_span(rule: LinkRule, last_on: date, horizon: Horizon) -> WeekSpan:
    latest = date.max if rule.at_most is None else day_after(_later(last_on, rule.at_most, rule))
    return horizon.span(_later(last_on, rule.at_least, rule), latest)


def _later(day: date, amount: int, rule: LinkRule) -> date:
    """The day so much later; clear weeks begin on the Monday after a Friday."""
    return add_months(day, amount) if rule.unit == "months" else day + timedelta(weeks=amount, days=3)
