"""The circumstances in which a framework's team is as small or as large as it can be, for those who check it."""

from collections.abc import Iterator
from itertools import product

from config.applying import team_conditions
from config.conditions import Circumstances, Grades
from config.framework import Framework


def team_cases(framework: Framework, extent: str) -> Iterator[Circumstances]:
    """Every last grade that matters to the team, with the full scope and with each outcome alone.

    Every wider scope has at least the places of a narrower one.
    """
    conditions = [condition for _key, condition in team_conditions(framework)]
    scopes: list[tuple[str, ...] | None] = [None]
    if any(condition.outcomes for condition in conditions):
        scopes += [(name,) for name in framework.outcomes]
    judged = {condition.judgement for condition in conditions if condition.judgement is not None}
    for grades in _grades(framework, judged):
        for scope in scopes:
            yield Circumstances(extent, scope, last_grades=grades)


def _grades(framework: Framework, judged: set[str]) -> Iterator[Grades]:
    slots = [slot for slot in framework.judgements if slot.id in judged]
    for chosen in product(*((None, *slot.scale) for slot in slots)):
        yield {slot.id: grade for slot, grade in zip(slots, chosen, strict=True) if grade is not None}
