"""Pinned activities stay (R017)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.violations import Violation


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
