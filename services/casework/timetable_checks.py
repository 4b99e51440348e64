"""What can be wrong with the dates of a timetable; everything is found, nothing is raised here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from config.findings import nearest
from config.framework import Framework
from reports.words import date_in_words
from services.days.step_dates import Span
from services.errors import Objection

StageDays = Mapping[str, tuple[date | None, date | None]]
"""First and last planned day of each step, None for a milestone or a deadline."""


def findings_in_names(
    framework: Framework,
    first_stage_monday: date,
    starts: Mapping[str, date],
    actuals: Mapping[str, date],
    blocked: Sequence[Span],
    agreed: Mapping[str, date],
) -> list[Objection]:
    """Unknown steps and stages, starts that are no Monday, spans that run backwards."""
    stages, steps = {stage.id for stage in framework.stages}, {step.id for step in framework.steps}
    steps |= {name for name in (*actuals, *agreed) if framework.has_step(name)}
    return [
        *_unknown("starts", starts, stages, f"planned stage of {framework.id}"),
        *_unknown("actual", actuals, steps, f"step of {framework.id}"),
        *_unknown("agreed", agreed, steps, f"step of {framework.id}"),
        *_mondays(framework, first_stage_monday, starts),
        *_agreed_stages(framework, agreed),
        *_spans(blocked),
    ]


def findings_in_dates(
    framework: Framework, days: StageDays, actuals: Mapping[str, date], settled: Collection[str] = ()
) -> list[Objection]:
    """Orders that cannot be: a stage before the one it follows, a step done before what comes first.

    Two steps that are both `settled` are not held against each other.
    """
    after = {step.id: step.after for step in framework.steps}
    before = {step_id: _all_before(after, step_id) for step_id in after}
    known = {step: day for step, day in actuals.items() if step in before}
    return [
        *_stages_in_order(framework, days),
        *_done_too_early(framework, days, known, _unsettled(before, settled)),
        *_done_too_late(framework, days, known, _unsettled(before, settled)),
    ]


def _unsettled(before: Mapping[str, set[str]], settled: Collection[str]) -> Mapping[str, set[str]]:
    """What comes before each step, without pairs that are settled."""
    return {step: names - set(settled) if step in settled else names for step, names in before.items()}


def _unknown(place: str, given: Iterable[str], known: set[str], what: str) -> Iterator[Objection]:
    for name in given:
        if name not in known:
            yield Objection(f"{place} {name}", f"there is no {what} '{name}'.", nearest(name, known))


def _mondays(framework: Framework, first: date, starts: Mapping[str, date]) -> Iterator[Objection]:
    first_stage = framework.stages[0].id
    in_days = {stage.id for stage in framework.stages if stage.duration_days is not None}
    mondays = {stage.id: starts[stage.id] for stage in framework.stages if stage.id in starts}
    for name, day in {first_stage: first, **mondays}.items():
        if name not in in_days and day.weekday() != 0:
            message = f"stages start on a Monday, {date_in_words(day)} is a {day:%A}."
            yield Objection(f"start of {_words(framework, name)}", message, "Give the Monday of that week.")
        if name in in_days and day.weekday() > 4:
            message = f"{date_in_words(day)} is a {day:%A}."
            yield Objection(
                f"start of {_words(framework, name)}", message, "Give a day from Monday to Friday."
            )
    if starts.get(first_stage, first) != first:
        message = f"it starts on {date_in_words(first)} and on {date_in_words(starts[first_stage])}."
        yield Objection(f"start of {_words(framework, first_stage)}", message, "Give only one of the two.")


def _agreed_stages(framework: Framework, agreed: Mapping[str, date]) -> Iterator[Objection]:
    for step in framework.steps:
        if step.id in agreed and step.kind == "stage":
            message = "a stage has no single day that could be agreed."
            advice = "Its weeks are the plan's; once it has ended, record its last day."
            yield Objection(f"agreed day of {step.in_rules()}", message, advice)


def _spans(blocked: Sequence[Span]) -> Iterator[Objection]:
    for start, end in blocked:
        if end <= start:
            message = f"the period from {date_in_words(start)} until {date_in_words(end)} has no day."
            yield Objection("pre-election period", message, "Check whether the two were swapped.")


def _all_before(after: Mapping[str, Sequence[str]], step_id: str) -> set[str]:
    """Every step that comes before one, also by way of others."""
    found: set[str] = set()
    left = list(after[step_id])
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(after[name])
    return found


def _stages_in_order(framework: Framework, days: StageDays) -> Iterator[Objection]:
    for earlier, later in zip(framework.stages, framework.stages[1:], strict=False):
        end, start = days[earlier.id][1], days[later.id][0]
        if end and start and start <= end:
            ends = f"{_words(framework, earlier.id)} ends on {date_in_words(end)}"
            message = f"it starts on {date_in_words(start)}, before {ends}."
            yield Objection(
                f"start of {_words(framework, later.id)}",
                message,
                "Check whether the two were swapped.",
                "R043",
            )


def _words(framework: Framework, step_id: str) -> str:
    """What the framework calls a step in a sentence."""
    return framework.step(step_id).in_rules()


def _done_too_early(
    framework: Framework, days: StageDays, actuals: Mapping[str, date], before: Mapping[str, set[str]]
) -> Iterator[Objection]:
    planned = {stage.id for stage in framework.stages}
    for step, day in actuals.items():
        start = days[step][0]
        if start and day < start:
            message = f"it ended on {date_in_words(day)}, before its start on {date_in_words(start)}."
            yield Objection(
                f"actual date of {_words(framework, step)}", message, "Correct its start too.", "R043"
            )
        for other in (s.id for s in framework.steps if s.id in before[step]):
            # A step that nobody signed off holds nothing up, but a stage takes its weeks.
            due = actuals.get(other) or (days[other][1] if other in planned else None)
            if due and day < due:
                how = "was done on" if other in actuals else "is planned to end on"
                name = _words(framework, other)
                message = f"{date_in_words(day)} is earlier than {name}, which {how} {date_in_words(due)}."
                advice = f"Check the year, and record the actual date of {name} if it is missing."
                yield Objection(f"actual date of {_words(framework, step)}", message, advice, "R043")


def _done_too_late(
    framework: Framework, days: StageDays, actuals: Mapping[str, date], before: Mapping[str, set[str]]
) -> Iterator[Objection]:
    """What must come before a stage cannot be done after the stage has begun; the first such stage is named."""
    for step, day in actuals.items():
        for stage in framework.stages:
            start = days[stage.id][0]
            if step in before[stage.id] and start and day > start:
                name = _words(framework, stage.id)
                message = f"{date_in_words(day)} is later than the start of {name} on {date_in_words(start)}."
                advice = f"Check the year, or give {name} a later start."
                yield Objection(f"actual date of {_words(framework, step)}", message, advice, "R043")
                break
