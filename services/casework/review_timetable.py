"""The timetable of one activity: every stage, milestone and deadline on real dates (R043, R124).

Pure: a framework's rules, the plan's Mondays and what really happened go in, steps come out. Nothing is read
from a table and no clock is looked at; whether a step is overdue is for its reader to say.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from graphlib import TopologicalSorter
from typing import NamedTuple

from config.framework import Framework
from config.steps import Count, PlannedStage, StepRule
from reports.words import date_in_words
from services.casework.dated_steps import Step
from services.casework.rule_words import count_in_words, repeat_in_words
from services.casework.timetable_checks import findings_in_dates, findings_in_names
from services.casework.waivers import (
    BrokenRule,
    clear_weeks_before,
    last_day,
    named_together,
    stage_waivers,
)
from services.days.planned_days import begins_on, stage_days
from services.days.step_dates import Counted, Span, counted, out_of, repeated_days
from services.days.weeks import WEEK, christmas_around, monday_of
from services.errors import ServiceError


class InvalidTimetable(ServiceError):
    """Dates that no activity can have; `findings` lists everything wrong with them."""


class _Given(NamedTuple):
    framework: Framework
    begins: Mapping[str, date]
    actuals: Mapping[str, date]
    agreed: Mapping[str, date]
    blocked: Sequence[Span]
    holidays: Sequence[Span]


def timetable(
    framework: Framework,
    first_stage_monday: date,
    starts: Mapping[str, date] | None = None,
    actuals: Mapping[str, date] | None = None,
    blocked_publication: Sequence[Span] = (),
    overrides: Mapping[str, date] | None = None,
    school_holidays: Sequence[Span] = (),
    settled: Collection[str] = (),
) -> tuple[Step, ...]:
    """Every step of an activity on its date, in the framework's order.

    Parameters
    ----------
    first_stage_monday
        The Monday on which the first planned stage starts (an analysis week, say).
    starts
        Mondays of planned stages by stage; one left out follows the stage before it after the smallest number of
        clear weeks. A stage in working days begins on its weekday of that week, or on any other day given here.
    actuals
        Days on which steps were really done, for a stage its last day. What counts from them moves along.
    blocked_publication
        Pre-election periods of the area, from a first day up to, not including, an end.
    overrides
        Days agreed for milestones and deadlines in place of the counted ones. A hard one agreed for later, or a
        late notice, needs a waiver (R094).
    school_holidays
        School holidays of the area, from a first day up to, not including, an end, for counts that leave them out.
    settled
        Steps whose days were accepted before: they are not held against each other.

    Raises
    ------
    InvalidTimetable
        With everything wrong with the dates: unknown steps, starts that are no Monday, an order that cannot be.
    """
    starts, actuals, overrides = starts or {}, actuals or {}, overrides or {}
    findings = findings_in_names(
        framework, first_stage_monday, starts, actuals, blocked_publication, overrides
    )
    given = _Given(
        framework,
        _begins(framework, first_stage_monday, starts, actuals),
        actuals,
        overrides,
        [span for span in blocked_publication if span[0] < span[1]],
        school_holidays,
    )
    found: dict[str, Step] = {}
    for step_id in TopologicalSorter(_order(framework)).static_order():
        found[step_id] = _step(given, framework.step(step_id), found)
    steps = tuple(step for rule in framework.steps for step in (found[rule.id], *_again(given, rule, found)))
    findings += findings_in_dates(framework, {s.id: (s.start, s.end) for s in steps}, actuals, settled)
    if findings:
        raise InvalidTimetable(findings)
    return steps


def _begins(
    framework: Framework, first: date, starts: Mapping[str, date], actuals: Mapping[str, date]
) -> dict[str, date]:
    """The day from which every planned stage counts; one that is not given follows the stage before it (R049)."""
    begins: dict[str, date] = {}
    following = first
    for stage in framework.stages:
        following += timedelta(weeks=stage.min_clear_weeks)
        begins[stage.id] = begins_on(stage, starts.get(stage.id, following))
        ended = last_day(framework, stage.id, begins, actuals)
        following = monday_of(ended) + WEEK
    return begins


def _order(framework: Framework) -> dict[str, set[str]]:
    """What must be dated before each step."""
    return {step.id: {count.counted_from for count in step.counts().values()} for step in framework.steps}


def _step(given: _Given, rule: StepRule, found: Mapping[str, Step]) -> Step:
    framework = given.framework
    common = Step(
        id=rule.id,
        name=rule.name,
        kind=rule.kind,
        binding=rule.binding,
        actual=given.actuals.get(rule.id),
        rule="",
        requirements=rule.requirements,
        source=rule.source,
        who=rule.who,
        told=rule.told,
        copied=rule.copied,
        sign_off=rule.sign_off,
        outputs=tuple(output.id for output in rule.outputs),
        evidence=tuple(item.id for item in framework.evidence_for(rule.id)),
    )
    if rule.id in given.begins:
        return _planned(given, framework.stage(rule.id), common)
    if rule.due is None:
        return _counted_stage(given, rule, common, found)
    return _due(given, rule, rule.due, common, found)


def _planned(given: _Given, stage: PlannedStage, common: Step) -> Step:
    start, end = stage_days(stage, given.begins[stage.id])
    before = _before(given.framework, stage)
    begins = "on the planned Monday" if stage.duration_days is None else f"in the planned week on {start:%A}"
    text, counted_on = f"starts {begins}, lasts {stage.lasts()}", None
    if before is not None:
        clear = clear_weeks_before(given.framework, stage, given.begins, given.actuals)
        name = given.framework.step(before).in_rules()
        text = f"{clear} clear week{'s' * (clear != 1)} after {name}, lasts {stage.lasts()}"
        counted_on = last_day(given.framework, before, given.begins, given.actuals)
    broken = stage_waivers(given.framework, stage, given.begins, given.actuals)
    return common.model_copy(
        update={
            "start": start,
            "end": end,
            "counted_from": before,
            "counted_on": counted_on,
            "rule": text,
            **_waived(broken),
        }
    )


def _counted_stage(given: _Given, rule: StepRule, common: Step, found: Mapping[str, Step]) -> Step:
    assert rule.starts is not None  # the framework's reader sees to it
    assert rule.ends is not None
    starts, ends = _counted(given, rule.starts, found), _counted(given, rule.ends, found)
    start, end = starts.day, ends.day
    text = (
        f"from {count_in_words(given.framework, rule.starts)} to {count_in_words(given.framework, rule.ends)}"
    )
    return common.model_copy(
        update={
            "start": start,
            "end": max(start, end),
            "counted_from": starts.by.counted_from,
            "counted_on": starts.origin,
            "rule": text,
            "notes": ("no day is left for it before its last day",) if end < start else (),
        }
    )


def _due(given: _Given, rule: StepRule, count: Count, common: Step, found: Mapping[str, Step]) -> Step:
    dated = _counted(given, count, found)
    by_rule, notes = dated.day, []
    if rule.kind == "milestone" and (moved := out_of(christmas_around(by_rule), by_rule)) != by_rule:
        notes.append(f"moved from {date_in_words(by_rule)}, which is in the Christmas closure")
        by_rule = moved
    due = given.agreed.get(rule.id, by_rule)
    if due != by_rule:
        notes.append(f"agreed for {date_in_words(due)}; by the rule it would be {date_in_words(by_rule)}")
    if rule.held_in_pre_election and (moved := out_of(given.blocked, due)) != due:
        notes.append(f"moved from {date_in_words(due)}, which is in a pre-election period")
        due = moved
    return common.model_copy(
        update={
            "due": due,
            "counted_from": dated.by.counted_from,
            "counted_on": dated.origin,
            "rule": count_in_words(given.framework, count),
            **_waived(_due_waivers(given, rule, by_rule, common.actual)),
            "notes": tuple(notes),
        }
    )


def _again(given: _Given, rule: StepRule, found: Mapping[str, Step]) -> Iterator[Step]:
    """The second and every later one of a step that comes again."""
    if rule.repeat is None or rule.due is None:
        return
    until = found[rule.repeat.until] if rule.repeat.until is not None else None
    end = None if until is None else until.start or until.due
    origin = _counted(given, rule.due, found).origin
    days = repeated_days(rule.repeat, rule.due, origin, end)
    for number, day in enumerate(days, start=2):
        name = f"{rule.id}_{number}"
        yield found[rule.id].model_copy(
            update={
                "id": name,
                "name": f"{rule.name} ({number})",
                "actual": given.actuals.get(name),
                "due": given.agreed.get(name, day),
                "rule": repeat_in_words(given.framework, rule.repeat),
                "waiver_needed": "",
                "broken_rules": "",
                "notes": (),
            }
        )


def _due_waivers(given: _Given, rule: StepRule, by_rule: date, actual: date | None) -> Iterator[BrokenRule]:
    agreed = given.agreed.get(rule.id)
    if agreed is not None and agreed > by_rule and (rule.binding == "hard" or rule.waiver_when_late):
        words = f"agreed for {date_in_words(agreed)}, the rule says {date_in_words(by_rule)} at the latest"
        yield BrokenRule("agreed_late", f"{agreed}>{by_rule}", words)
    if rule.waiver_when_late and actual is not None and actual > by_rule:
        words = f"done on {date_in_words(actual)}, the rule says {date_in_words(by_rule)} at the latest"
        yield BrokenRule("done_late", f"{actual}>{by_rule}", words)
    if rule.held_in_pre_election and actual is not None and out_of(given.blocked, actual) != actual:
        yield BrokenRule(
            "pre_election", str(actual), f"done on {date_in_words(actual)}, in a pre-election period"
        )


def _waived(broken: Iterable[BrokenRule]) -> dict[str, str]:
    """What a step says of the rules that its dates break."""
    rules = list(broken)
    return {"waiver_needed": "; ".join(rule.words for rule in rules), "broken_rules": named_together(rules)}


def _origin(count: Count, found: Mapping[str, Step]) -> date:
    """The day a rule counts from; the actual one where it is known and the rule wants it."""
    origin = found[count.counted_from]
    if origin.kind == "stage" and count.edge == "start":
        assert origin.start is not None
        return origin.start
    day = origin.day if count.use_actual else origin.due or origin.end
    assert day is not None
    return day


def _before(framework: Framework, stage: PlannedStage) -> str | None:
    position = framework.stages.index(stage)
    return framework.stages[position - 1].id if position else None


def _counted(given: _Given, count: Count, found: Mapping[str, Step]) -> Counted:
    return counted(count, lambda by: _origin(by, found), given.holidays)
