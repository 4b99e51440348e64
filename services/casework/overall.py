"""The overall grade of an activity: the given one, limited by the rules that hold on the day (R147)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from config.framework import Framework
from config.judgements import Judgement
from reports.words import date_in_words


@dataclass(frozen=True)
class Overall:
    """The overall grade and its reason; None where it is not given, or none is made. `at_most` limits it."""

    grade: str | None
    reason: str
    at_most: str | None = None


def overall_slot(framework: Framework, day: date) -> Judgement | None:
    """The overall judgement of a day; None if none is made."""
    return next((slot for slot in framework.judgements_on(day) if slot.is_overall), None)


def overall_grade(framework: Framework, grades: Mapping[str, str], day: date) -> Overall:
    """The overall grade of judgements made on a day: the given one, limited by the rules that hold then (R147).

    Where a limit leaves only the worst grade, that is the overall grade whatever is given.
    """
    slot = overall_slot(framework, day)
    if slot is None:
        return Overall(None, f"no overall judgement is made on {date_in_words(day)}")
    limits = [
        (limit, framework.judgement(limit.judgement))
        for limit in framework.grade_limits
        if limit.holds_on(day) and limit.judgement in grades
    ]
    met = [limit for limit, of in limits if not of.is_worse(limit.at_most, grades[limit.judgement])]
    given = grades.get(slot.id)
    if not met:
        return Overall(given, "no rule limits it")
    hardest = min(met, key=lambda limit: slot.scale.index(limit.overall_at_most))
    cited = f" ({', '.join(hardest.requirements)})" if hardest.requirements else ""
    name = framework.judgement(hardest.judgement).name
    reason = f"{name} is {grades[hardest.judgement]}, so it is at most {hardest.overall_at_most}{cited}"
    if hardest.overall_at_most == slot.scale[0]:
        given = slot.scale[0]
    return Overall(given, reason, hardest.overall_at_most)
