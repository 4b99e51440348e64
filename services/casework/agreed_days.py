"""Which days can be agreed for a step: working days between what comes before it and what must follow (R043)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from config.framework import Framework
from models import Step
from reports.words import date_in_words
from services.casework.step_case import StepCase
from services.casework.steps import FINISHED, first_day, last_day
from services.days.weeks import day_before
from services.days.working_days import next_working_day, previous_working_day, why_nobody_works
from services.errors import Objection


class _Bound(NamedTuple):
    """The last day that can be agreed, and the step that must follow on its own day."""

    day: date
    step: Step


def objections_to_agreed(case: StepCase, agreed_on: date) -> Iterator[Objection]:
    """Everything that is wrong with a day that somebody wants to agree, each with the next day that is possible."""
    steps = {step.step_id: step for step in case.steps()}
    before = [(other, other.actual_on or last_day(other)) for other in _before(case, steps)]
    earliest = max((case.as_of, *(day for _other, day in before)))
    latest = _latest(case.framework, case.step, steps)
    advice = _advice(max(agreed_on, earliest), latest, earliest)
    if agreed_on < case.as_of:
        message = f"{date_in_words(agreed_on)} is earlier than today, {date_in_words(case.as_of)}."
        yield Objection(case.name, message, f"Check the year; sign off what has happened. {advice}")
    elif why := why_nobody_works(agreed_on):
        yield Objection(case.name, f"{date_in_words(agreed_on)} is {why}, when nobody works.", advice)
    for other, day in before:
        if agreed_on < day:
            earlier = f"{date_in_words(agreed_on)} is earlier than {other.name} on {date_in_words(day)}"
            yield Objection(case.name, f"{earlier}, which it comes after.", advice, "R043")
    if latest is not None and agreed_on > latest.day:
        begins = f"{latest.step.name}, which must follow it, on {date_in_words(first_day(latest.step))}"
        message = f"{date_in_words(agreed_on)} is too late for {begins}."
        yield Objection(case.name, message, advice, "R043")


def _advice(wanted: date, latest: _Bound | None, earliest: date) -> str:
    day = next_working_day(wanted)
    if latest is not None and day > latest.day:
        day = previous_working_day(latest.day)
    if day < earliest:
        return "Replan what follows, or cancel the activity: no day is left for it."
    return f"Agree {date_in_words(day)}, the next possible day."


def _before(case: StepCase, steps: Mapping[str, Step]) -> list[Step]:
    before = case.framework.step(case.step.step_id).after
    return [other for name, other in steps.items() if name in before and other.state != "left_out"]


def _latest(framework: Framework, step: Step, steps: Mapping[str, Step]) -> _Bound | None:
    """The first day of what must follow and stays where it is; what is counted from the step moves along with it."""
    bounds = []
    for rule in framework.steps:
        follower = steps.get(rule.id)
        if step.step_id not in rule.after or follower is None or follower.state in FINISHED:
            continue
        if not _moves_with(framework, rule.id, step.step_id):
            bounds.append(_Bound(first_day(follower), follower))
        elif (bound := _latest(framework, follower, steps)) is not None:
            # A stage in between needs a day of its own.
            bounds.append(bound._replace(day=day_before(bound.day)) if follower.kind == "stage" else bound)
    return min(bounds, key=lambda bound: bound.day, default=None)


def _moves_with(framework: Framework, step_id: str, origin: str) -> bool:
    """Whether the first day of a step is counted from another one, perhaps by way of others."""
    rule = framework.step(step_id)
    first = rule.due or rule.starts
    if first is None:
        return False
    return first.counted_from == origin or _moves_with(framework, first.counted_from, origin)
