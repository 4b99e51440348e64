"""Rules for the dates of one activity: window, order and lags of stages, closed weeks, pins."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.violation import Violation


def starts_in_window(facts: Facts) -> Iterator[Violation]:
    """The first stage starts within the activity's window (R013, R014)."""
    for activity, starts in facts.dated():
        window = activity.start_window
        if not window.first <= starts[0] < window.end:
            yield violation(
                "outside_window",
                facts.place(activity),
                f"starts in {facts.week(starts[0])}, but its window is {facts.span(window.first, window.end)}.",
                "R013, R014",
            )


def stays_in_horizon(facts: Facts) -> Iterator[Violation]:
    """No stage runs before the first or after the last week of the horizon."""
    for activity, stage, first, end in facts.runs():
        if first < 0 or end > facts.problem.num_weeks:
            yield violation(
                "outside_horizon",
                facts.place(activity),
                f"{stage.id} runs in {facts.span(first, end)}, but the horizon has the weeks 0 to "
                f"{facts.problem.num_weeks - 1}.",
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
            yield violation(
                "stage_lag",
                facts.place(activity),
                f"{after.id} starts in {facts.week(starts[number])}, {where}; "
                f"allowed are {after.lag_min_weeks} to {after.lag_max_weeks}.",
                "R043, R049, R050",
            )


def avoids_closed_weeks(facts: Facts) -> Iterator[Violation]:
    """No week of a stage is closed in any of its calendars: school holidays, bank holidays, blackouts (R028)."""
    closures = {calendar.id: calendar.closures for calendar in facts.problem.calendars}
    for activity, stage, first, end in facts.runs():
        own = [(name, closure) for name in stage.calendars for closure in closures.get(name, ())]
        for week in range(first, end):
            why = sorted({closure.reason or name for name, closure in own if week in closure.span})
            if why:
                yield violation(
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
                yield violation(
                    "pin_moved",
                    facts.place(activity),
                    f"{stage.id} is pinned to {facts.week(pin)}, but starts in {facts.week(start)}.",
                    "R017",
                )
