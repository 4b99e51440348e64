"""What can be wrong with judgements and their limits."""

from collections.abc import Iterator

from config.findings import Found, nearest
from config.framework import Framework
from config.validity import meet


def findings_in_judgements(framework: Framework) -> list[Found]:
    """Unknown judgements, outcomes, grades and steps, two overall judgements on one day."""
    return [*_judgements(framework), *_limits(framework), *_recurrence(framework)]


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
            are_both = judgement.is_overall and other.is_overall
            if are_both and meet(judgement.validity, other.validity):
                message = f"'{other.id}' and '{judgement.id}' are both overall judgements on the same days."
                yield f"{key}.is_overall", message, "End the older one (valid_to) where the newer starts."


def _limits(framework: Framework) -> Iterator[Found]:
    overall = {
        grade for judgement in framework.judgements if judgement.is_overall for grade in judgement.scale
    }
    for position, limit in enumerate(framework.grade_limits):
        key = f"grade_limits[{position}]"
        yield from findings_in_grades(
            framework, f"{key}.judgement", limit.judgement, f"{key}.at_most", (limit.at_most,)
        )
        if not overall:
            yield key, "no judgement is overall, so nothing is limited.", "Set is_overall for one of them."
        elif limit.overall_at_most not in overall:
            message = f"no overall judgement has the grade '{limit.overall_at_most}'."
            yield f"{key}.overall_at_most", message, nearest(limit.overall_at_most, overall)


def _recurrence(framework: Framework) -> Iterator[Found]:
    """The outcomes from which the next one counts are grades of the overall judgement, where one is made."""
    overall = {grade for slot in framework.judgements if slot.is_overall for grade in slot.scale}
    after = framework.recurrence.after_months if framework.recurrence is not None else {}
    for outcome in after if overall else ():
        if outcome not in overall:
            message = f"no overall judgement has the grade '{outcome}', so none would ever be due after it."
            yield f"recurrence.after_months.{outcome}", message, nearest(outcome, overall)


def findings_in_grades(
    framework: Framework, key: str, judgement: str, grades_key: str, grades: tuple[str, ...]
) -> Iterator[Found]:
    """A judgement that the framework does not make, and grades that are not on its scale."""
    known = {known.id: known for known in framework.judgements}
    if judgement not in known:
        yield key, f"there is no judgement '{judgement}'.", nearest(judgement, known)
        return
    for grade in grades:
        if grade not in known[judgement].scale:
            message = f"'{judgement}' has no grade '{grade}'."
            yield grades_key, message, f"Choose one of: {', '.join(known[judgement].scale)}."
