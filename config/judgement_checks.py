"""What can be wrong with judgements, their limits, and the conditions of steps on them."""

from collections.abc import Iterator

from config.findings import nearest
from config.framework import Framework
from config.judgements import Judgement
from config.steps import Condition

Found = tuple[str, str, str]


def findings_in_judgements(framework: Framework) -> list[Found]:
    """Unknown judgements, grades and steps, two overall judgements on one day, conditions that can't be met in time."""
    return [*_judgements(framework), *_limits(framework), *_conditions(framework), *_conditional(framework)]


def _judgements(framework: Framework) -> Iterator[Found]:
    steps = {step.id for step in framework.steps}
    for position, judgement in enumerate(framework.judgements):
        key = f"judgements[{position}]"
        if judgement.decided_at not in steps:
            message = f"there is no step '{judgement.decided_at}'."
            yield f"{key}.decided_at", message, nearest(judgement.decided_at, steps)
        if judgement.outcome is not None and judgement.outcome not in framework.outcomes:
            message = f"there is no outcome '{judgement.outcome}'."
            yield f"{key}.outcome", message, nearest(judgement.outcome, framework.outcomes)
        if len(set(judgement.scale)) < len(judgement.scale):
            yield f"{key}.scale", "a grade appears twice in the scale.", "Write each once, the worst first."
        for other in framework.judgements[:position]:
            if judgement.is_overall and other.is_overall and _meet(judgement, other):
                message = f"'{other.id}' and '{judgement.id}' are both overall judgements on the same days."
                yield f"{key}.is_overall", message, "End the older one (valid_to) where the newer starts."


def _meet(one: Judgement, other: Judgement) -> bool:
    begins_before = one.valid_from is None or other.valid_to is None or one.valid_from < other.valid_to
    ends_after = other.valid_from is None or one.valid_to is None or other.valid_from < one.valid_to
    return begins_before and ends_after


def _limits(framework: Framework) -> Iterator[Found]:
    overall = {
        grade for judgement in framework.judgements if judgement.is_overall for grade in judgement.scale
    }
    for position, limit in enumerate(framework.grade_limits):
        key = f"grade_limits[{position}]"
        yield from _grades(framework, f"{key}.judgement", limit.judgement, f"{key}.at_most", (limit.at_most,))
        if not overall:
            yield key, "no judgement is overall, so nothing is limited.", "Set is_overall for one of them."
        elif limit.overall_at_most not in overall:
            message = f"no overall judgement has the grade '{limit.overall_at_most}'."
            yield f"{key}.overall_at_most", message, nearest(limit.overall_at_most, overall)


def _conditions(framework: Framework) -> Iterator[Found]:
    planned = {stage.id for stage in framework.stages}
    for position, step in enumerate(framework.steps):
        if (condition := step.only_if) is None:
            continue
        key = f"steps[{position}].only_if"
        yield from _condition(framework, key, condition)
        if step.id in planned and not condition.is_known_when_planned:
            message = f"'{step.id}' is planned before anything of the activity itself is judged."
            advice = "Set of_last = true, or count its days from another step."
            yield f"{key}.of_last", message, advice
    first = framework.stages[0].id
    if any(step.id == first and step.only_if is not None for step in framework.steps):
        message = f"'{first}' is the first planned stage, without which there is no activity."
        yield "stages[0]", message, "Put a stage first that is always there."


def _condition(framework: Framework, key: str, condition: Condition) -> Iterator[Found]:
    if condition.judgement is None and not condition.extents:
        yield key, "it depends on nothing.", "Add a judgement with grades, or extents."
    if condition.judgement is None and (condition.grades or condition.of_last):
        yield f"{key}.judgement", "there are grades of no judgement.", "Name the judgement."
    if condition.judgement is not None and not condition.grades:
        yield (
            f"{key}.grades",
            f"no grade of '{condition.judgement}' is named.",
            "Add those for which it holds.",
        )
    if condition.judgement is not None:
        yield from _grades(
            framework, f"{key}.judgement", condition.judgement, f"{key}.grades", condition.grades
        )
    extents = {extent.id for extent in framework.extents}
    for name in condition.extents:
        if name not in extents:
            yield f"{key}.extents", f"there is no extent '{name}'.", nearest(name, extents)


def _conditional(framework: Framework) -> Iterator[Found]:
    """What is always there can't rest on a step that sometimes is not."""
    conditions = {step.id: step.only_if for step in framework.steps}
    for position, step in enumerate(framework.steps):
        for name, count in step.counts().items():
            needed = conditions.get(count.counted_from)
            if needed is not None and needed != step.only_if:
                message = f"'{step.id}' is counted from '{count.counted_from}', which is not always there."
                advice = "Give it the same only_if, or count it from another step."
                yield f"steps[{position}].{name}.counted_from", message, advice
    rests = {"announce_from": framework.announce_from}
    if framework.team is not None and framework.team.drafts_until is not None:
        rests["team.drafts_until"] = framework.team.drafts_until
    if framework.length is not None:
        rests |= {"length.first": framework.length.first, "length.last": framework.length.last}
    for key, name in rests.items():
        if conditions.get(name) is not None:
            yield key, f"'{name}' is not always there.", "Name a step without only_if."


def _grades(
    framework: Framework, key: str, judgement: str, grades_key: str, grades: tuple[str, ...]
) -> Iterator[Found]:
    known = {known.id: known for known in framework.judgements}
    if judgement not in known:
        yield key, f"there is no judgement '{judgement}'.", nearest(judgement, known)
        return
    for grade in grades:
        if grade not in known[judgement].scale:
            message = f"'{judgement}' has no grade '{grade}'."
            yield grades_key, message, f"Choose one of: {', '.join(known[judgement].scale)}."
