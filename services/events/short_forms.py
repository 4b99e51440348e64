"""The short form of a framework: what is left of the long one under the terms of a special review (R008, R094)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from config.findings import nearest
from config.framework import Framework
from config.framework_checks import findings_in
from config.reporting_left import left_to_report
from config.special_terms import SpecialTerms, StageTerms
from config.steps import WEEKDAYS, Avoids, Count, PlannedStage, StepRule
from config.team_rule import Quota, TeamRule
from reports.words import date_in_words, list_in_words
from services.days.planned_days import stage_days
from services.days.weeks import bank_holiday_closures, monday_of
from services.days.working_days import is_working_day, working_days_between
from services.errors import Objection, Refused

CLEAR_OF: Avoids = "bank_holiday_weeks"
"""What a stage whose weeks have none keeps clear of: so the plan keeps no further week for it."""

LEAST_BODIES = 2
"""Joint means that: a review of one body is an inspection of its own."""


def short_form(long: Framework, terms: SpecialTerms, kind: str) -> Framework:
    """The framework that a special review follows.

    Stages begin on their days and take their working days; nothing closes their weeks. A milestone or deadline with a
    day of its own counts from the nearest stage, so that it follows what really happens. Everything else is as the
    long form has it, without what belongs to steps that are left out.

    Parameters
    ----------
    kind
        The kind of activity that it is for.

    Raises
    ------
    Refused
        With everything in the terms that contradicts itself or the long form.
    """
    wrong = list(_objections(long, terms))
    if wrong:
        raise Refused(wrong)
    short = _built(long, terms, kind)
    wrong = [Objection(f"terms, {key}", message, advice) for key, message, advice in findings_in(short)]
    if wrong:
        raise Refused(wrong)
    return short


def stages_left(long: Framework, terms: SpecialTerms) -> tuple[PlannedStage, ...]:
    """The planned stages of the long form that are not left out."""
    return tuple(stage for stage in long.stages if stage.id not in terms.left_out)


def _objections(long: Framework, terms: SpecialTerms) -> Iterator[Objection]:
    yield from _unknown_names(long, terms)
    if len(set(terms.bodies)) < LEAST_BODIES:
        message = (
            f"only {list_in_words(sorted(set(terms.bodies)))} takes part; a review has two bodies at least."
        )
        yield Objection("terms, bodies", message, "Name another inspectorate that takes part.", "R056")
    yield from _wrong_days(long, terms)
    yield from _uncounted(long, terms)


def _unknown_names(long: Framework, terms: SpecialTerms) -> Iterator[Objection]:
    steps = {step.id: step for step in long.steps}
    dated = {name for name, step in steps.items() if step.kind != "stage"}
    stages = {stage.id for stage in long.stages}
    outcomes = set(long.outcomes)
    extents = {extent.id for extent in long.extents}
    for key, names, known in (
        ("left_out", terms.left_out, set(steps)),
        ("deadlines", terms.deadlines, dated),
        ("stages", terms.stages, stages),
        ("scope", terms.scope if outcomes else (), outcomes),
        ("extent", (terms.extent,) if terms.extent and extents else (), extents),
    ):
        for name in names:
            if name not in known:
                yield Objection(f"terms, {key}", f"{long.id} has no '{name}' there.", nearest(name, known))
    if long.announce_from in terms.left_out and long.has_step(long.announce_from):
        message = f"the area hears of the review once {_words(long, long.announce_from)} is done."
        yield Objection("terms, left_out", message, f"Keep '{long.announce_from}'.", "R068")
    both = sorted({*terms.left_out} & {*terms.deadlines, *terms.stages})
    for name in both:
        yield Objection(f"terms, {name}", "it has a day and is left out.", "Leave one of the two out.")
    left = stages_left(long, terms)
    if not left:
        yield Objection("terms, left_out", "no stage is left.", "Keep a stage in which the review is done.")
    for stage in left:
        if stage.id not in terms.stages:
            advice = f"Add [stages.{stage.id}] with starts_on and working_days, or leave it out."
            yield Objection(f"terms, stages.{stage.id}", "it does not say when it begins.", advice)


def _wrong_days(long: Framework, terms: SpecialTerms) -> Iterator[Objection]:
    days = {f"stages.{name}": stage.starts_on for name, stage in terms.stages.items()}
    days |= {f"deadlines.{name}": day for name, day in terms.deadlines.items()}
    for key, day in days.items():
        if not is_working_day(day):
            message = f"{date_in_words(day)} is no working day."
            yield Objection(f"terms, {key}", message, "Choose a working day.")
    left = [stage for stage in stages_left(long, terms) if stage.id in terms.stages]
    for before, after in pairwise(left):
        free_from, start = _free_from(before, terms.stages[before.id]), terms.stages[after.id].starts_on
        if start < free_from:
            end = _last_day(before, terms.stages[before.id])
            message = (
                f"it begins on {date_in_words(start)}, but {_words(long, before.id)} ends on {date_in_words(end)} "
                "and the plan keeps whole weeks for it."
            )
            advice = f"Begin it on {date_in_words(free_from)} or later, or leave '{before.id}' out."
            yield Objection(f"terms, stages.{after.id}", message, advice, "R043")
    order = {**{name: stage.starts_on for name, stage in terms.stages.items()}, **terms.deadlines}
    for step in long.steps:
        for name in step.after:
            if name in order and step.id in order and order[step.id] < order[name]:
                message = (
                    f"{date_in_words(order[step.id])} is earlier than {_words(long, name)} "
                    f"on {date_in_words(order[name])}."
                )
                advice = f"It comes after {_words(long, name)}: correct one day."
                yield Objection(f"terms, {step.id}", message, advice, "R043")


def _words(long: Framework, step_id: str) -> str:
    """What rules call a step of the long form."""
    return long.step(step_id).in_rules()


def _uncounted(long: Framework, terms: SpecialTerms) -> Iterator[Objection]:
    """Steps whose days the long form counts from one that is left out."""
    for step in long.steps:
        if step.id in terms.left_out or step.id in terms.deadlines or step.id in terms.stages:
            continue
        gone = sorted({count.counted_from for count in step.counts().values()} & set(terms.left_out))
        if gone:
            origins = list_in_words([_words(long, name) for name in gone])
            message = f"it counts from {origins}, which {'is' if len(gone) == 1 else 'are'} left out."
            advice = f"Leave '{step.id}' out, too."
            if step.kind != "stage":
                advice = f"Give it a day in [deadlines], or leave '{step.id}' out, too."
            yield Objection(f"terms, {step.id}", message, advice)


def _built(long: Framework, terms: SpecialTerms, kind: str) -> Framework:
    left_out = set(terms.left_out)
    stages = _stages(long, terms)
    steps = tuple(_step(step, stages, terms) for step in long.steps if step.id not in left_out)
    there = {step.id for step in steps}
    of_evidence = [
        item
        for item in long.evidence
        if {item.asked_at, item.needed_for, item.due_at or item.needed_for} <= there
    ]
    specified = long.specification
    asked = long.consultation
    followed = long.follow_up if long.follow_up and long.follow_up.published_at in there else None
    if followed is not None and followed.statement_at not in there:
        followed = followed.model_copy(update={"statement_at": None})
    is_specified = specified is not None and {specified.asked_at, specified.needed_for} <= there
    changes: dict[str, Any] = {
        "kind": kind,
        "name": f"Special review ({long.name})",
        "window": "imported",
        "recurrence": None,
        "team": None if long.team is None else _team(long.team, terms, there),
        "reductions": (),
        "joint_teams": (),
        "stages": stages,
        "steps": steps,
        "limits": tuple(limit for limit in long.limits if {limit.first, limit.last} <= there),
        "length": long.length if long.length and {long.length.first, long.length.last} <= there else None,
        "evidence": tuple(of_evidence),
        "specification": specified if is_specified else None,
        "judgements": tuple(slot for slot in long.judgements if slot.decided_at in there),
        **left_to_report(long, there),
        "consultation": asked if asked is not None and asked.steps <= there else None,
        "follow_up": followed,
    }
    return long.model_copy(update=changes)


def _stages(long: Framework, terms: SpecialTerms) -> tuple[PlannedStage, ...]:
    found: list[PlannedStage] = []
    free_from = ended = date.min
    for stage in stages_left(long, terms):
        wanted = terms.stages[stage.id]
        short, last = _short_stage(stage, wanted)
        monday = monday_of(wanted.starts_on)
        if found:
            clear = (monday - free_from).days // 7, (monday - monday_of(ended)).days // 7 - 1
            changes = {"min_clear_weeks": clear[0], "max_clear_weeks": clear[1]}
            short = short.model_copy(update=changes)
        found.append(short)
        free_from, ended = _free_from(stage, wanted), last
    return tuple(found)


def _short_stage(stage: PlannedStage, wanted: StageTerms) -> tuple[PlannedStage, date]:
    """A stage on its day for its working days, and its last day; only weeks without a bank holiday stay so."""
    weekday = WEEKDAYS[wanted.starts_on.weekday()]
    changes: dict[str, Any] = {
        "duration_weeks": None,
        "duration_days": wanted.working_days,
        "weekday": weekday,
        "min_clear_weeks": 0,
        "max_clear_weeks": 0,
        "stretch_price": None,
        "avoids": (CLEAR_OF,),
    }
    short = stage.model_copy(update=changes)
    if bank_holiday_closures(monday_of(wanted.starts_on), short.occupied_weeks()):
        short = short.model_copy(update={"avoids": ()})
    return short, stage_days(short, wanted.starts_on)[1]


def _free_from(stage: PlannedStage, wanted: StageTerms) -> date:
    """The Monday after the weeks that the plan keeps for a stage."""
    short, _last = _short_stage(stage, wanted)
    return monday_of(wanted.starts_on) + timedelta(weeks=short.occupied_weeks())


def _last_day(stage: PlannedStage, wanted: StageTerms) -> date:
    return _short_stage(stage, wanted)[1]


def _step(step: StepRule, stages: Sequence[PlannedStage], terms: SpecialTerms) -> StepRule:
    changes: dict[str, Any] = {"after": tuple(name for name in step.after if name not in terms.left_out)}
    if step.id in terms.deadlines:
        changes["due"] = _count(terms.deadlines[step.id], stages, terms.stages)
    return step.model_copy(update=changes)


def _count(day: date, stages: Sequence[PlannedStage], wanted: Mapping[str, StageTerms]) -> Count:
    """The count that leads to a day: from the first stage if it is earlier, else from the last that has ended."""
    first = stages[0]
    begins = wanted[first.id].starts_on
    if day < begins:
        amount = working_days_between(day, begins)
        return Count(
            counted_from=first.id, edge="start", direction="before", amount=amount, unit="working_days"
        )
    ended = [stage for stage in stages if _last_day(stage, wanted[stage.id]) <= day]
    if not ended:
        amount = working_days_between(begins, day)
        return Count(counted_from=first.id, edge="start", amount=amount, unit="working_days")
    last = ended[-1]
    amount = working_days_between(_last_day(last, wanted[last.id]), day)
    return Count(counted_from=last.id, amount=amount, unit="working_days")


def _team(team: TeamRule, terms: SpecialTerms, there: set[str]) -> TeamRule:
    """A team of the long form's size, with somebody of every body that takes part."""
    bodies = tuple(dict.fromkeys(terms.bodies))
    usual = {quota.body: quota for quota in team.quotas}
    quotas = [
        Quota(
            body=body,
            minimum=max(1, usual[body].minimum) if body in usual else 1,
            maximum=usual[body].maximum if body in usual else None,
        )
        for body in bodies
    ]
    others = [quota for quota in team.quotas if quota.body not in bodies]
    changes: dict[str, Any] = {
        "min_bodies": max(LEAST_BODIES, min(team.min_bodies, len(bodies))),
        "quotas": (*quotas, *others),
        "drafts_until": team.drafts_until if team.drafts_until in there else None,
        "final_after": team.final_after if team.final_after in there else None,
    }
    return team.model_copy(update=changes)
