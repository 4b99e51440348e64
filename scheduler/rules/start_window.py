"""Activities start in their windows (R013, R014)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


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
