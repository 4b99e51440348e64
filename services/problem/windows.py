"""Weeks in which an activity may start: the programme's or its own, with the notice that its framework demands."""

from datetime import date, timedelta

from config.framework import Framework
from models import Activity as ActivityRow
from scheduler.values.value import Week, WeekSpan
from services.days.weeks import add_months
from services.problem.facts import ASSESSMENT, REVIEW, Facts
from services.problem.history import has_dates, is_over, runs
from services.problem.planning_horizon import Horizon


def start_window(row: ActivityRow, option: int, facts: Facts, horizon: Horizon) -> WeekSpan:
    """Weeks in which the first stage may start: assessments may follow after the last review (R030).

    A window of its own holds from the present day on, at short notice if need be (R094): a late notification is a
    waiver when the plan is published. Everything else keeps its notice once the programme runs. What was announced
    may stay where it is.
    """
    framework = facts.followed[row.code]
    if row.pinned_on is not None:
        week = horizon.week(row.pinned_on)
        return WeekSpan(first=week, end=week + 1)
    is_to_the_end = row.kind == ASSESSMENT or framework.window == "imported"
    end = horizon.num_weeks if is_to_the_end else horizon.start_span.end
    today = max(horizon.first_start, horizon.week_from(facts.today))
    if row.window_start_on is None and row.window_end_on is None:
        first = _with_notice(row, framework, today, facts, horizon)
        return _after_past(row, option, WeekSpan(first=first, end=max(first, end)), facts, horizon)
    horizon_end = horizon.first_monday + timedelta(weeks=end)
    first_on = horizon.first_monday + timedelta(weeks=today)
    start_on = max(row.window_start_on or first_on, first_on)
    return horizon.span(start_on, max(start_on, min(row.window_end_on or horizon_end, horizon_end)))


def _with_notice(row: ActivityRow, framework: Framework, today: Week, facts: Facts, horizon: Horizon) -> Week:
    """The first week that leaves the notice; before the programme runs, its first days are known to all (R014)."""
    if today == horizon.first_start:
        return today
    first = today + notice_weeks(framework)
    if has_dates(row, facts):
        announced = horizon.week(facts.announced[row.code].starts[framework.stages[0].id])
        first = min(first, max(today, announced))
    return first


def notice_weeks(framework: Framework) -> int:
    """Weeks between the notification and the first stage (R094)."""
    first = framework.stages[0].id
    counts = [step.due for step in framework.steps if step.waiver_when_late and step.due is not None]
    weeks = [c.in_weeks() for c in counts if (c.counted_from, c.direction) == (first, "before")]
    return max(weeks, default=0)


def _after_past(row: ActivityRow, option: int, window: WeekSpan, facts: Facts, horizon: Horizon) -> WeekSpan:
    """Weeks that options 1 and 2 leave after a partner that ended before the horizon (R030, R032).

    Where they leave none any more, the window stays as it is: sequencing cannot be chosen in hindsight.
    """
    kind = {(1, ASSESSMENT): REVIEW, (2, REVIEW): ASSESSMENT}.get((option, row.kind))
    for other in facts.activities:
        if (other.area_code, other.kind) != (row.area_code, kind) or not has_dates(other, facts):
            continue
        if is_over(other, facts, horizon):
            last_on = horizon.first_monday + timedelta(weeks=runs(other, facts, horizon)[-1].end, days=-3)
            left = _lag_span(last_on, facts, horizon)
            first, end = max(window.first, left.first), min(window.end, left.end)
            return WeekSpan(first=first, end=end) if first < end else window
    return window


def _lag_span(last_on: date, facts: Facts, horizon: Horizon) -> WeekSpan:
    rules = facts.policy.programme
    latest = add_months(last_on, rules.lag_max_months) + timedelta(days=1)
    return horizon.span(add_months(last_on, rules.lag_min_months), latest)
