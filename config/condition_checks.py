"""What can be wrong with conditions: names that are not there, days that can't be known in time, what rests on them."""

from collections.abc import Iterator

from config.applying import team_conditions
from config.conditions import Condition
from config.findings import Found, nearest
from config.framework import Framework
from config.judgement_checks import findings_in_grades


def findings_in_conditions(framework: Framework) -> list[Found]:
    """Unknown grades, extents and outcomes, conditions that can't be met in time, and what can't rest on one."""
    found = [finding for key, condition in _all(framework) for finding in _one(framework, key, condition)]
    return [*found, *_planned(framework), *_due_if(framework), *_resting(framework)]


def _all(framework: Framework) -> Iterator[tuple[str, Condition]]:
    """Every condition by the key it stands under."""
    for position, step in enumerate(framework.steps):
        if step.only_if is not None:
            yield f"steps[{position}].only_if", step.only_if
        for number, count in enumerate(step.due_if):
            yield f"steps[{position}].due_if[{number}].only_if", count.only_if
    yield from team_conditions(framework)


def _one(framework: Framework, key: str, condition: Condition) -> Iterator[Found]:
    if condition.judgement is None and not condition.extents and not condition.outcomes:
        yield key, "it depends on nothing.", "Add a judgement with grades, extents, or outcomes."
    if condition.judgement is None and (condition.grades or condition.of_last):
        yield f"{key}.judgement", "there are grades of no judgement.", "Name the judgement."
    if condition.judgement is not None:
        if not condition.grades:
            message = f"no grade of '{condition.judgement}' is named."
            yield f"{key}.grades", message, "Add those for which it holds."
        yield from findings_in_grades(
            framework, f"{key}.judgement", condition.judgement, f"{key}.grades", condition.grades
        )
    extents = {extent.id for extent in framework.extents}
    for name in condition.extents:
        if name not in extents:
            yield f"{key}.extents", f"there is no extent '{name}'.", nearest(name, extents)
    for name in condition.outcomes:
        if name not in framework.outcomes:
            advice = nearest(name, framework.outcomes) or "Add it to [outcomes]."
            yield f"{key}.outcomes", f"there is no outcome '{name}'.", advice


def _planned(framework: Framework) -> Iterator[Found]:
    """What the solver places and staffs is known before anything of the activity itself is judged."""
    planned = {stage.id for stage in framework.stages}
    for position, step in enumerate(framework.steps):
        if step.id in planned and step.only_if is not None and not step.only_if.is_known_when_planned:
            message = f"'{step.id}' is planned before anything of the activity itself is judged."
            advice = "Set of_last = true, or count its days from another step."
            yield f"steps[{position}].only_if.of_last", message, advice
    for key, condition in team_conditions(framework):
        if not condition.is_known_when_planned:
            message = "the team is planned before anything of the activity itself is judged."
            yield f"{key}.of_last", message, "Set of_last = true."
    first = framework.stages[0].id
    if any(step.id == first and step.only_if is not None for step in framework.steps):
        message = f"'{first}' is the first planned stage, without which there is no activity."
        yield "stages[0]", message, "Put a stage first that is always there."


def _due_if(framework: Framework) -> Iterator[Found]:
    for position, step in enumerate(framework.steps):
        key = f"steps[{position}].due_if"
        if step.due_if and step.due is None:
            yield key, f"'{step.id}' has no due day whose place it could take.", "Leave it out."
        if step.due_if and step.repeat is not None:
            yield key, f"'{step.id}' comes several times.", "Leave it out, or leave repeat out."


def _resting(framework: Framework) -> Iterator[Found]:
    """What is always there can't rest on a step that sometimes is not."""
    conditions = {step.id: step.only_if for step in framework.steps}
    for position, step in enumerate(framework.steps):
        for name, count in step.all_counts().items():
            needed = conditions.get(count.counted_from)
            if needed is not None and needed not in (step.only_if, getattr(count, "only_if", None)):
                message = f"'{step.id}' is counted from '{count.counted_from}', which is not always there."
                advice = "Give it the same only_if, or count it from another step."
                yield f"steps[{position}].{name}.counted_from", message, advice
    for key, name in _always_there(framework).items():
        if conditions.get(name) is not None:
            yield key, f"'{name}' is not always there.", "Name a step without only_if."


def _always_there(framework: Framework) -> dict[str, str]:
    """Steps that something names which is always there, by its key."""
    found = {"announce_from": framework.announce_from}
    if framework.team is not None and framework.team.drafts_until is not None:
        found["team.drafts_until"] = framework.team.drafts_until
    if framework.length is not None:
        found |= {"length.first": framework.length.first, "length.last": framework.length.last}
    return found
