"""What is left of a framework for an activity: steps, days, quotas and places whose conditions hold."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from config.conditions import Circumstances, Condition, holds
from config.framework import Framework
from config.reporting_left import left_to_report
from config.steps import StepRule
from config.team_rule import Extent, TeamRule


def team_conditions(framework: Framework) -> list[tuple[str, Condition]]:
    """The conditions on which its team depends, by the key they stand under."""
    quotas = framework.team.quotas if framework.team is not None else ()
    found = [(f"team.quotas[{n}].only_if", quota.only_if) for n, quota in enumerate(quotas)]
    found += [(f"added_places[{n}].only_if", added.only_if) for n, added in enumerate(framework.added_places)]
    return [(key, condition) for key, condition in found if condition is not None]


def is_conditional(framework: Framework) -> bool:
    """Whether anything in it depends on a grade, the extent or the scope."""
    has_steps = any(step.only_if is not None or step.due_if for step in framework.steps)
    return has_steps or bool(team_conditions(framework))


def applied(framework: Framework, at: Circumstances) -> Framework:
    """What is left of it in some circumstances, with nothing that depends on them any more."""
    there = [step for step in framework.steps if holds(step.only_if, at)]
    steps: dict[str, Any] = _left_with(framework, [_dated(step, at) for step in there])
    return framework.model_copy(
        update={
            **steps,
            "team": None if framework.team is None else _team(framework.team, at),
            "extents": tuple(_extent(framework, extent, at) for extent in framework.extents),
            "added_places": (),
        }
    )


def alternatives(framework: Framework) -> Iterator[Framework]:
    """The framework with the usual due days, and with each that depends on a condition in place of the usual one."""
    usual = {step.id: step.dated_by(step.due) for step in framework.steps}
    yield framework.model_copy(update={"steps": tuple(usual.values())})
    for step in framework.steps:
        for count in step.due_if:
            other = usual | {step.id: step.dated_by(count)}
            yield framework.model_copy(update={"steps": tuple(other.values())})


def _dated(step: StepRule, at: Circumstances) -> StepRule:
    return step.dated_by(next((count for count in step.due_if if count.only_if.holds(at)), step.due))


def _left_with(framework: Framework, steps: list[StepRule]) -> dict[str, Any]:
    """These steps, and what belongs to them."""
    there = {step.id for step in steps}
    return {
        "steps": tuple(
            step.model_copy(update={"after": tuple(name for name in step.after if name in there)})
            for step in steps
        ),
        "stages": tuple(stage for stage in framework.stages if stage.id in there),
        "limits": tuple(limit for limit in framework.limits if {limit.first, limit.last} <= there),
        "evidence": tuple(
            item
            for item in framework.evidence
            if {item.asked_at, item.needed_for, item.due_at or item.needed_for} <= there
        ),
        **left_to_report(framework, there),
    }


def _team(team: TeamRule, at: Circumstances) -> TeamRule:
    quotas = tuple(
        quota.model_copy(update={"only_if": None}) for quota in team.quotas if holds(quota.only_if, at)
    )
    return team.model_copy(update={"quotas": quotas})


def _extent(framework: Framework, extent: Extent, at: Circumstances) -> Extent:
    places = Counter(extent.places)
    for added in framework.added_places:
        if added.only_if.holds(at):
            places.update(added.places)
    return extent.model_copy(update={"places": dict(places)})
