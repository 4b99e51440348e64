"""The notice that a framework asks for, counted back from the first stage of an activity (R064, R068, R094)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from config.framework import Framework
from config.steps import Count, StepRule
from scheduler.values.value import Week
from services.days.planned_days import begins_on, stage_days
from services.days.step_dates import Span, counted

Begins = Mapping[str, date]
"""The day from which each planned stage counts."""


def notice_on(framework: Framework, monday: date, holidays: Sequence[Span] = ()) -> tuple[str, date] | None:
    """The step that tells an area first, and its day; None if the framework tells nobody beforehand.

    That is the notice itself, and the step from which on the area may know of it.

    Parameters
    ----------
    monday
        The Monday of the week in which the first stage begins; later stages follow as soon as they may.
    holidays
        School holidays of the area, from a first day up to, not including, an end.
    """
    begins = dict(_begins(framework, monday))
    days = [(_due(framework, begins, step, holidays), step.name) for step in _telling(framework)]
    return (min(days)[1], min(days)[0]) if days else None


def first_with_notice(
    framework: Framework,
    first_monday: date,
    weeks: Iterable[Week],
    today: date,
    holidays: Sequence[Span] = (),
) -> Week | None:
    """The first of some weeks in which a beginning leaves the notice due on a day or after it; None if none does.

    Parameters
    ----------
    first_monday
        The Monday of week 0.
    today
        The day of planning.
    """

    def is_early_enough(week: Week) -> bool:
        told = notice_on(framework, first_monday + timedelta(weeks=week), holidays)
        return told is None or told[1] >= today

    return next((week for week in weeks if is_early_enough(week)), None)


def _telling(framework: Framework) -> list[StepRule]:
    return [
        step
        for step in framework.steps
        if step.due is not None and (step.waiver_when_late or step.id == framework.announce_from)
    ]


def _begins(framework: Framework, monday: date) -> Iterator[tuple[str, date]]:
    for stage in framework.stages:
        monday += timedelta(weeks=stage.min_clear_weeks)
        yield stage.id, begins_on(stage, monday)
        monday += timedelta(weeks=stage.occupied_weeks())


def _due(framework: Framework, begins: Begins, step: StepRule, holidays: Sequence[Span]) -> date:
    assert step.due is not None
    return _counted(framework, begins, step.due, holidays)


def _counted(framework: Framework, begins: Begins, count: Count, holidays: Sequence[Span]) -> date:
    return counted(count, lambda by: _origin(framework, begins, by, holidays), holidays).day


def _origin(framework: Framework, begins: Begins, count: Count, holidays: Sequence[Span]) -> date:
    """The day from which a count counts: of a planned stage, of one that is counted itself, or of another step."""
    step = framework.step(count.counted_from)
    is_start = count.edge == "start"
    if step.id in begins:
        first, last = stage_days(framework.stage(step.id), begins[step.id])
        return first if is_start else last
    by = step.due or (step.starts if is_start else step.ends)
    assert by is not None  # the framework's reader sees to it
    return _counted(framework, begins, by, holidays)
