"""Which rules of the long form a special review breaks: each is one waiver, named before anything is stored (R094)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.framework import Framework
from config.steps import Count, PlannedStage, StepRule
from reports.words import date_in_words
from services.casework.dated_steps import Step as DatedStep
from services.casework.rule_words import count_in_words
from services.casework.waivers import BrokenRule, cited, closed_weeks, wrong_clear_weeks
from services.days.step_dates import Span, counted

WORKING_DAYS_OF_WEEK = 5


@dataclass(frozen=True)
class Departure:
    """A rule of the long form that a step of the short form breaks."""

    step_id: str
    step_name: str
    rule: BrokenRule


def departures(
    long: Framework, short: Framework, dated: Sequence[DatedStep], holidays: Sequence[Span]
) -> list[Departure]:
    """Every rule of the long form that the dates of the short form break, in the order of the steps.

    A deadline before the review, such as the notice, is broken by a later day; a hard one after it by a later day, a
    soft one, which gives somebody time, by an earlier one. A step that is left out breaks nothing: the terms say so.

    Parameters
    ----------
    dated
        The steps of the short form on their days.
    holidays
        School holidays of the area, from a first day up to, not including, an end.
    """
    case = _Case(long, short, {step.id: step for step in dated}, holidays)
    of_long = {step.id for step in long.steps}  # a repeated one is its first alone
    return [
        Departure(step.id, step.name, rule)
        for step in dated
        if step.id in of_long
        for rule in case.broken(step)
    ]


@dataclass(frozen=True)
class _Case:
    long: Framework
    short: Framework
    dated: Mapping[str, DatedStep]
    holidays: Sequence[Span]

    def broken(self, step: DatedStep) -> Iterator[BrokenRule]:
        stages = {stage.id: stage for stage in self.short.stages}
        if step.id in stages:
            yield from self._stage(stages[step.id], step)
        rule = self.long.step(step.id)
        if rule.due is not None and step.due is not None and rule.due != self.short.step(step.id).due:
            yield from self._due(rule, rule.due, step.due)

    def _stage(self, stage: PlannedStage, step: DatedStep) -> Iterator[BrokenRule]:
        usual = self.long.stage(stage.id)
        days = usual.duration_days or (usual.duration_weeks or 0) * WORKING_DAYS_OF_WEEK
        if stage.duration_days != days:
            words = f"it lasts {stage.lasts()}, the rule is {usual.lasts()}{cited(usual.requirements)}"
            yield BrokenRule("length", str(stage.duration_days), words)
        yield from wrong_clear_weeks(usual, stage.max_clear_weeks)
        assert step.start is not None  # it is a stage
        assert step.end is not None
        yield from closed_weeks(stage.model_copy(update={"avoids": usual.avoids}), step.start)
        first = next((a for a, b in self.holidays if a <= step.end and step.start < b), None)
        if "school_holidays" in usual.avoids and first is not None:
            words = f"it falls in the school holidays from {date_in_words(first)}{cited(usual.requirements)}"
            yield BrokenRule("school_holidays", str(first), words)

    def _due(self, rule: StepRule, count: Count, day: date) -> Iterator[BrokenRule]:
        usual = counted(count, self._origin, self.holidays).day
        is_late = day > usual and (count.direction == "before" or rule.binding == "hard")
        is_early = day < usual and count.direction == "after" and rule.binding == "soft"
        if is_late or is_early:
            words = (
                f"{count_in_words(self.long, count)} it would be {date_in_words(usual)}, by the terms it is "
                f"{date_in_words(day)}{cited(rule.requirements)}"
            )
            yield BrokenRule("later" if is_late else "earlier", f"{day}", words)

    def _origin(self, count: Count) -> date:
        """The day that a count starts from; where its step is left out, that of what comes before it, or the first."""
        name = count.counted_from
        if name not in self.dated and count.direction == "before":
            name = self.short.stages[0].id
        step = self.dated.get(name) or self._before(name)
        day = step.start if step.kind == "stage" and count.edge == "start" else step.due or step.end
        assert day is not None  # every step has one of the three
        return day

    def _before(self, name: str) -> DatedStep:
        """The latest step that comes before one that is left out; the first stage if there is none."""
        found = [self.dated.get(other) or self._before(other) for other in self.long.step(name).after]
        return max(found, key=lambda step: step.day, default=self.dated[self.short.stages[0].id])
