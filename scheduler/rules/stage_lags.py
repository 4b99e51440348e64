"""The stages of an activity keep their order and their clear weeks (R043, R049, R050)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


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
