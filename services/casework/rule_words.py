"""How a framework dates its stages and steps, in words for everybody."""

from config.conditions import Condition
from config.framework import Framework
from config.steps import Count, PlannedStage, Repeat, StepRule
from services.days.step_dates import counts_in_words, edge_in_words


def count_in_words(framework: Framework, count: Count) -> str:
    """ "8 weeks after the last day of 'Fieldwork'"."""

    def called(by: Count) -> str:
        origin = framework.step(by.counted_from)
        return edge_in_words(by, origin.in_rules(), is_stage=origin.kind == "stage")

    return counts_in_words(count, called)


def step_in_words(framework: Framework, step: StepRule) -> str:
    """How a step is dated, before any day is known, and on what it depends."""
    words = [_dated_in_words(framework, step)]
    words += [repeat_in_words(framework, step.repeat)] if step.repeat is not None else []
    words += [f"or {other}" for other in other_days_in_words(framework, step)]
    words += [condition_in_words(framework, step.only_if)] if step.only_if is not None else []
    return ", ".join(words)


def other_days_in_words(framework: Framework, step: StepRule) -> list[str]:
    """ "2 weeks before the first day of 'Fieldwork' if it looks at Staying safe", for each such count."""
    return [f"{count_in_words(framework, c)} if {_held(framework, c.only_if)}" for c in step.due_if]


def repeat_in_words(framework: Framework, repeat: Repeat) -> str:
    """'every 6 weeks until the visit'."""
    unit = repeat.unit if repeat.every > 1 else repeat.unit.removesuffix("s")
    every = f"every {repeat.every} {unit}" if repeat.every > 1 else f"every {unit}"
    if repeat.until is None:
        return f"{every}, {repeat.times} times in all"
    return f"{every} until {framework.step(repeat.until).in_rules()}"


def condition_in_words(framework: Framework, condition: Condition) -> str:
    """'only if the last Overall effectiveness is 1 or 2 and the extent is full'."""
    return f"only if {_held(framework, condition)}"


def _held(framework: Framework, condition: Condition) -> str:
    parts = []
    if condition.judgement is not None:
        name = framework.judgement(condition.judgement).name
        parts.append(f"{'the last ' if condition.of_last else ''}{name} is {' or '.join(condition.grades)}")
    if condition.extents:
        parts.append(f"the extent is {' or '.join(condition.extents)}")
    if condition.outcomes:
        named = (framework.outcomes[name] for name in condition.outcomes)
        parts.append(f"it looks at {' or '.join(named)}")
    return " and ".join(parts)


def _dated_in_words(framework: Framework, step: StepRule) -> str:
    if step.due is not None:
        return count_in_words(framework, step.due)
    if step.starts is not None and step.ends is not None:
        return f"from {count_in_words(framework, step.starts)} to {count_in_words(framework, step.ends)}"
    return f"planned: {stage_in_words(framework, framework.stage(step.id))}"


def stage_in_words(framework: Framework, stage: PlannedStage) -> str:
    """ "2 weeks, 2 to 3 clear weeks after 'Analysis week'"."""
    words = stage.lasts() if stage.duration_days is None else f"{stage.lasts()} from {stage.weekday.title()}"
    position = framework.stages.index(stage)
    if position == 0:
        return words
    is_fixed = stage.min_clear_weeks == stage.max_clear_weeks
    clear = f"{stage.min_clear_weeks}" if is_fixed else f"{stage.min_clear_weeks} to {stage.max_clear_weeks}"
    before = framework.step(framework.stages[position - 1].id).in_rules()
    return f"{words}, {clear} clear weeks after {before}"
