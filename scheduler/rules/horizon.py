"""Stages run within the horizon."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


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
