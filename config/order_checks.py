"""Whether the steps of a framework can follow each other at all: circles of counts, of order, and of both together."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from config.applying import alternatives
from config.findings import Found
from config.framework import Framework
from config.steps import Count

BEGINS = "the start of "
"""Before the name of a stage: its first day, for which everything must be done that comes before it (R043)."""


def findings_in_order(framework: Framework) -> list[Found]:
    """Circles: steps counted from each other, steps after each other; if there are none, those of both together.

    Each due day that depends on a condition is looked at in place of the usual one.
    """
    return list(dict.fromkeys(found for other in alternatives(framework) for found in _in_order(other)))


def _in_order(framework: Framework) -> list[Found]:
    counted = {step.id: {c.counted_from for c in step.counts().values()} for step in framework.steps}
    order = {step.id: set(step.after) for step in framework.steps}
    found = [
        *_circle(counted, "counted_from", "are counted from each other"),
        *_circle(order, "after", "come after each other"),
    ]
    return found or list(_circle(_earlier(framework), "after", "have to wait for each other"))


def _earlier(framework: Framework) -> dict[str, set[str]]:
    """What must be over before each step is, and before each stage begins: by its order, and by counts."""
    stages = {step.id for step in framework.steps if step.kind == "stage"}
    earlier: dict[str, set[str]] = {step.id: set() for step in framework.steps}
    earlier |= {BEGINS + stage: set() for stage in stages}
    for stage in stages:
        earlier[stage].add(BEGINS + stage)
    for step in framework.steps:
        earlier[BEGINS + step.id if step.id in stages else step.id] |= set(step.after)
        for key, count in step.counts().items():
            if count.counted_from in earlier and "." not in key and not count.bounds():
                origin = _origin(count, stages)
                node = BEGINS + step.id if key == "starts" else step.id
                first, last = (origin, node) if count.direction == "after" else (node, origin)
                if _takes_time(count) or origin in stages:
                    earlier[last].add(first)
    for before, after in pairwise(framework.stages):
        if after.id in stages:
            earlier[BEGINS + after.id].add(before.id)
    return earlier


def _origin(count: Count, stages: set[str]) -> str:
    return (
        BEGINS + count.counted_from
        if count.counted_from in stages and count.edge == "start"
        else count.counted_from
    )


def _takes_time(count: Count) -> bool:
    """Whether the day is another one than the day counted from, whatever the calendar."""
    return (count.amount or 0) > count.first_day_counts


def _circle(before: Mapping[str, set[str]], key: str, what: str) -> Iterator[Found]:
    if names := circle_in(before):
        yield f"steps.{key}", f"these steps {what} in a circle: {names}.", "Take one out of the circle."


def circle_in(before: Mapping[str, set[str]]) -> str:
    """The names of a circle in what comes before each, 'a - b - a'; empty if there is none."""
    try:
        TopologicalSorter(before).prepare()
    except CycleError as fault:
        return " - ".join(reversed(fault.args[1]))
    return ""
