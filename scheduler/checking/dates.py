"""Dates of one activity: planned once, in its window and horizon, clear of closed weeks, where they were promised."""

from collections import Counter
from collections.abc import Iterator

from scheduler.checking.facts import Facts
from scheduler.values.problem import Activity
from scheduler.values.violations import Violation


def belongs_to_problem(facts: Facts) -> Iterator[Violation]:
    """A plan names the problem it was made for, and counts weeks from the same Monday."""
    problem, plan = facts.problem, facts.plan
    if plan.problem_hash != problem.hash:
        yield Violation(
            "other_problem",
            "plan",
            f"The plan was made for problem {plan.problem_hash[:12]}, but this is {problem.hash[:12]}. "
            "Check the plan with its own problem, or solve this one.",
        )
    if plan.first_monday != problem.first_monday:
        yield Violation(
            "other_first_monday",
            "plan",
            f"Weeks count from {plan.first_monday} in the plan, but from {problem.first_monday} in the problem.",
        )


def dates_every_activity_once(facts: Facts) -> Iterator[Violation]:
    """Every activity is planned exactly once; each authority gets its review within the round (R013)."""
    counts = Counter(item.activity for item in facts.plan.dates)
    for activity in facts.problem.activities:
        if counts[activity.id] == 0:
            yield Violation("activity_missing", facts.place(activity), "is not in the plan.", "R013")
        if counts[activity.id] > 1:
            times = counts[activity.id]
            yield Violation("activity_twice", facts.place(activity), f"is planned {times} times.", "R013")
    for name in counts:
        if name not in facts.activities:
            yield Violation("activity_unknown", name, "is planned, but is not in the problem.", "R013")


def dates_every_stage(facts: Facts) -> Iterator[Violation]:
    """Every stage of an activity has a start week (R043)."""
    for item in facts.plan.dates:
        activity = facts.activities.get(item.activity)
        if activity is not None and len(item.starts) != len(activity.stages):
            yield Violation(
                "stages_missing",
                facts.place(activity),
                f"has {len(activity.stages)} stages, but {len(item.starts)} start weeks.",
                "R043",
            )


def starts_in_window(facts: Facts) -> Iterator[Violation]:
    """The first stage starts within the activity's window (R013, R014)."""
    for activity, starts in facts.dated():
        window = activity.start_window
        if not window.first <= starts[0] < window.end:
            yield Violation(
                "outside_window",
                facts.place(activity),
                f"starts in {facts.week(starts[0])}, but its window is {facts.span(window.first, window.end)}.",
                "R013, R014",
            )


def stays_in_horizon(facts: Facts) -> Iterator[Violation]:
    """No stage runs before the first or after the last week of the horizon, which holds the round (R013)."""
    for activity, stage, first, end in facts.runs():
        if first < 0 or end > facts.problem.num_weeks:
            yield Violation(
                "outside_horizon",
                facts.place(activity),
                f"{stage.id} runs in {facts.span(first, end)}, but the horizon has the weeks 0 to "
                f"{facts.problem.num_weeks - 1}.",
                "R013",
            )


def keeps_lags(facts: Facts) -> Iterator[Violation]:
    """Stages follow each other with the allowed number of clear weeks between them (R043, R049, R050)."""
    for activity, starts in facts.dated():
        for number in range(1, len(starts)):
            before, after = activity.stages[number - 1], activity.stages[number]
            clear = starts[number] - starts[number - 1] - before.duration_weeks
            if after.lag_min_weeks <= clear <= after.lag_max_weeks:
                continue
            where = (
                f"{clear} clear weeks after {before.id}" if clear >= 0 else f"before the end of {before.id}"
            )
            yield Violation(
                "stage_lag",
                facts.place(activity),
                f"{after.id} starts in {facts.week(starts[number])}, {where}; "
                f"allowed are {after.lag_min_weeks} to {after.lag_max_weeks}.",
                "R043, R049, R050",
            )


def follows_in_order(facts: Facts) -> Iterator[Violation]:
    """No stage starts before the one before it has ended; where one does, `keeps_lags` is broken too (R043)."""
    for activity, starts in facts.dated():
        for before, first, start in zip(activity.stages, starts, starts[1:], strict=False):
            if start < first + before.duration_weeks:
                message = f"{before.id} has not ended when the next stage starts in {facts.week(start)}."
                yield Violation("stage_lag", facts.place(activity), message, "R043")


def avoids_closed_weeks(facts: Facts) -> Iterator[Violation]:
    """No week of a stage is closed in any of its calendars: school holidays, bank holidays, blackouts (R028)."""
    closures = {calendar.id: calendar.closures for calendar in facts.problem.calendars}
    for activity, stage, first, end in facts.runs():
        closed = [(name, closure) for name in stage.calendars for closure in closures.get(name, ())]
        for week in range(first, end):
            why = sorted({closure.reason or name for name, closure in closed if week in closure.span})
            if why:
                yield Violation(
                    "closed_week",
                    facts.place(activity),
                    f"{stage.id} runs in {facts.week(week)}, which is closed: {', '.join(why)}.",
                    "R028",
                )


def keeps_pins(facts: Facts) -> Iterator[Violation]:
    """A pinned activity stays where it is (R017)."""
    for activity, starts in facts.dated():
        pins = activity.pinned_starts
        if pins is None:
            continue
        for stage, start, pin in zip(activity.stages, starts, pins, strict=False):
            if start != pin:
                yield Violation(
                    "pin_moved",
                    facts.place(activity),
                    f"{stage.id} is pinned to {facts.week(pin)}, but starts in {facts.week(start)}.",
                    "R017",
                )


def keeps_frozen_dates(facts: Facts) -> Iterator[Violation]:
    """Every stage whose published dates are frozen starts as published (R016, R017)."""
    for activity, starts in facts.dated():
        if activity.published is None or not activity.published.is_frozen:
            continue
        for stage, start, announced in zip(activity.stages, starts, activity.published.starts, strict=False):
            if start != announced:
                yield Violation(
                    "frozen_dates",
                    facts.place(activity),
                    f"{stage.id} is confirmed for {facts.week(announced)}, but starts in {facts.week(start)}.",
                    "R016, R017",
                )


def keeps_frozen_zone(facts: Facts) -> Iterator[Violation]:
    """Stages published to start before the zone's end stay; no other starts there, but at short notice (R019, R094)."""
    for activity, starts in facts.dated():
        if activity.pinned_starts is not None:
            continue
        announced = activity.published.starts if activity.published else (None,) * len(starts)
        for stage, start, week in zip(activity.stages, starts, announced, strict=False):
            if why := _why_not_frozen(facts, activity, start, week):
                yield Violation("frozen_zone", facts.place(activity), f"{stage.id} {why}", "R019, R094")


def _why_not_frozen(facts: Facts, activity: Activity, start: int, announced: int | None) -> str:
    """What is wrong with a start week; empty if nothing is."""
    zone = range(facts.problem.frozen_until)
    if announced is not None and announced in zone:
        moved = start != announced
        return f"was published for {facts.week(announced)}, which is frozen, but moves." if moved else ""
    if start in zone and not activity.short_notice:
        return f"enters the frozen zone in {facts.week(start)}; it ends before {facts.week(len(zone))}."
    return ""
