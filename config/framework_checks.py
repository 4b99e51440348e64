"""Rules that join several entries of a framework: names that must exist, circles, bounds of teams.

Each function yields findings as (key, message, advice); the reader of the file adds its name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from config.condition_checks import findings_in_conditions
from config.count_checks import findings_in_count
from config.evidence_checks import evidence_findings
from config.findings import Found, nearest
from config.framework import ANNOUNCED, UNANNOUNCED, Framework
from config.judgement_checks import findings_in_judgements
from config.order_checks import findings_in_order
from config.repeat_checks import findings_in_repeats
from config.reporting_checks import findings_in_reporting
from config.steps import PlannedStage, StepRule
from config.team_checks import team_findings


def findings_in(framework: Framework) -> list[Found]:
    """Everything wrong with a framework whose entries are each right in themselves."""
    return [
        *_twice(framework),
        *_validity(framework),
        *_recurrence(framework),
        *_planned_stages(framework),
        *_dates_of_steps(framework),
        *_counts(framework),
        *findings_in_order(framework),
        *_names(framework),
        *_limits(framework),
        *evidence_findings(framework),
        *_announcement(framework),
        *_roles(framework),
        *findings_in_repeats(framework),
        *findings_in_judgements(framework),
        *findings_in_reporting(framework),
        *findings_in_conditions(framework),
        *team_findings(framework),
    ]


def _twice(framework: Framework) -> Iterator[Found]:
    lists: dict[str, Iterable[str]] = {
        "stages": (e.id for e in framework.stages),
        "steps": (e.id for e in framework.steps),
        "outputs": (output.id for step in framework.steps for output in step.outputs),
        "limits": (e.id for e in framework.limits),
        "evidence": (e.id for e in framework.evidence),
        "judgements": (e.id for e in framework.judgements),
        "extents": (e.id for e in framework.extents),
        "pools": (e.id for e in framework.pools),
    }
    for key, ids in lists.items():
        for name, count in Counter(ids).items():
            if count > 1:
                yield key, f"'{name}' appears {count} times.", "Rename all but one of them."


def _validity(framework: Framework) -> Iterator[Found]:
    if framework.valid_to is not None and framework.valid_to <= framework.valid_from:
        message = f"it ends on {framework.valid_to}, which is not after its start on {framework.valid_from}."
        yield "valid_to", message, "Swap the two, or correct one."


def _recurrence(framework: Framework) -> Iterator[Found]:
    if framework.recurrence is not None and framework.window == "imported":
        message = "its windows come with the input and follow from its recurrence."
        yield "recurrence", message, 'Leave one of the two out: window = "imported" or [recurrence].'


def _planned_stages(framework: Framework) -> Iterator[Found]:
    kinds = {step.id: step.kind for step in framework.steps}
    pools = {pool.id for pool in framework.pools}
    for position, stage in enumerate(framework.stages):
        key = f"stages[{position}]"
        if kinds.get(stage.id) != "stage":
            advice = f"Add a step with id '{stage.id}' and kind 'stage'."
            yield key, f"stage '{stage.id}' is planned but no step of kind 'stage' has its id.", advice
        yield from _length(key, stage)
        if stage.max_clear_weeks < stage.min_clear_weeks:
            message = (
                f"at most {stage.max_clear_weeks} and at least {stage.min_clear_weeks} clear weeks before it."
            )
            yield f"{key}.max_clear_weeks", message, "Swap the two, or correct one."
        if position == 0 and (stage.min_clear_weeks or stage.max_clear_weeks):
            yield f"{key}.min_clear_weeks", "nothing comes before the first stage.", "Leave it out."
        if stage.uses_team and framework.team is None:
            yield f"{key}.uses_team", "there is no [team].", "Add one or set uses_team = false."
        for pool in stage.pool_demand.keys() - pools:
            yield f"{key}.pool_demand", f"there is no pool '{pool}'.", nearest(pool, pools)


def _length(key: str, stage: PlannedStage) -> Iterator[Found]:
    if stage.duration_weeks is None and stage.duration_days is None:
        advice = "Add duration_weeks (whole weeks) or duration_days (working days)."
        yield f"{key}.duration_weeks", f"stage '{stage.id}' does not say how long it takes.", advice
    if stage.duration_weeks is not None and stage.duration_days is not None:
        message = f"stage '{stage.id}' has a length in weeks and one in working days."
        yield f"{key}.duration_days", message, "Leave one of them out."
    if stage.duration_weeks is not None and stage.weekday != "monday":
        message = f"stage '{stage.id}' takes whole weeks, which start on a Monday."
        yield f"{key}.weekday", message, "Leave it out, or give the length in duration_days."


def _dates_of_steps(framework: Framework) -> Iterator[Found]:
    planned = {stage.id for stage in framework.stages}
    for position, step in enumerate(framework.steps):
        wanted, given = _wanted_counts(step, planned), {key for key in step.counts() if "." not in key}
        for key in sorted(wanted - given):
            message = f"{step.kind} '{step.id}' does not say how its date is counted."
            yield (
                f"steps[{position}].{key}",
                message,
                f"Add [steps.{key}] with counted_from and amount.",
            )
        for key in sorted(given - wanted):
            why = "has its dates from the plan" if step.id in planned else f"is a {step.kind}"
            yield f"steps[{position}].{key}", f"'{step.id}' {why}.", "Leave this count out."


def _wanted_counts(step: StepRule, planned: set[str]) -> set[str]:
    if step.kind == "stage":
        return set() if step.id in planned else {"starts", "ends"}
    return {"due"}


def _counts(framework: Framework) -> Iterator[Found]:
    steps = {step.id for step in framework.steps}
    for position, step in enumerate(framework.steps):
        for name, count in step.all_counts().items():
            key = f"steps[{position}].{name}"
            if count.counted_from not in steps:
                message = f"'{step.id}' is counted from '{count.counted_from}', which is not a step."
                yield f"{key}.counted_from", message, nearest(count.counted_from, steps)
            for field, message, advice in findings_in_count(count, is_bound="." in name):
                yield f"{key}.{field}", message, advice


def _names(framework: Framework) -> Iterator[Found]:
    steps = {step.id for step in framework.steps}
    roles = set(framework.roles)
    for position, step in enumerate(framework.steps):
        key = f"steps[{position}]"
        yield from _unknown(f"{key}.after", step.after, steps, "step")
        signs = (step.sign_off,) if step.sign_off else ()
        for field, names in (
            ("who", step.who),
            ("told", step.told),
            ("copied", step.copied),
            ("sign_off", signs),
        ):
            yield from _unknown(f"{key}.{field}", names, roles, "role")
        if step.circulated_by is not None:
            yield from _unknown(f"{key}.circulated_by", (step.circulated_by,), roles, "role")
    for position, item in enumerate(framework.evidence):
        key = f"evidence[{position}]"
        yield from _unknown(f"{key}.asked_at", (item.asked_at,), steps, "step")
        yield from _unknown(f"{key}.needed_for", (item.needed_for,), steps, "step")
        yield from _unknown(f"{key}.asked_of", (item.asked_of,), roles, "role")
        if item.due_at is not None:
            yield from _unknown(f"{key}.due_at", (item.due_at,), steps, "step")
    if framework.specification:
        asked = (framework.specification.asked_at, framework.specification.needed_for)
        yield from _unknown("specification", asked, steps, "step")
    if framework.consultation:
        consultation = framework.consultation
        named = (
            consultation.held_in,
            consultation.needed_for,
            consultation.published_at,
            consultation.fed_back_by,
        )
        yield from _unknown("consultation", named, steps, "step")
    if framework.follow_up:
        follow_up = framework.follow_up
        named = (follow_up.published_at, *((follow_up.statement_at,) if follow_up.statement_at else ()))
        yield from _unknown("follow_up", named, steps, "step")
        yield from _unknown("follow_up.accepted_to", follow_up.accepted_to, roles, "role")
    if framework.length:
        yield from _unknown("length", (framework.length.first, framework.length.last), steps, "step")


def _limits(framework: Framework) -> Iterator[Found]:
    """R050: a limit is measured between stages that the plan gives weeks, so between others it would hold nothing."""
    steps, planned = {step.id for step in framework.steps}, [stage.id for stage in framework.stages]
    for position, limit in enumerate(framework.limits):
        for field, name in (("first", limit.first), ("last", limit.last)):
            key = f"limits[{position}].{field}"
            yield from _unknown(key, (name,), steps, "step")
            if name in steps and name not in planned:
                message = f"'{name}' is no planned stage, so the limit '{limit.id}' would never be checked."
                yield key, message, f"Name one of: {', '.join(planned)}."
        if {limit.first, limit.last} <= {*planned} and planned.index(limit.first) > planned.index(limit.last):
            message = f"'{limit.first}' comes after '{limit.last}', so the limit would never be checked."
            yield f"limits[{position}].first", message, "Swap the two."


def _announcement(framework: Framework) -> Iterator[Found]:
    """R068: from when on the authority's side may know of it."""
    steps, words = {step.id for step in framework.steps}, {ANNOUNCED, UNANNOUNCED}
    for position, step in enumerate(framework.steps):
        if step.id in words:
            message = f"'{step.id}' is a word of announce_from and can't be a step."
            yield f"steps[{position}].id", message, "Give the step another id."
    if framework.announce_from not in steps | words:
        message = f"it is announced from '{framework.announce_from}', which is not a step."
        yield "announce_from", message, nearest(framework.announce_from, steps | words)
    elif framework.announce_from in steps and not framework.step(framework.announce_from).sign_off:
        message = f"nobody signs off '{framework.announce_from}', so nobody would say that it has happened."
        yield "announce_from", message, f"Give the step '{framework.announce_from}' a sign_off."


def _roles(framework: Framework) -> Iterator[Found]:
    roles = set(framework.roles)
    yield from _unknown("inspectorate_roles", framework.inspectorate_roles, roles, "role")
    if framework.contact_point is not None:
        yield from _unknown("contact_point", (framework.contact_point,), roles, "role")
    if framework.announce_from != ANNOUNCED and not framework.inspectorate_roles:
        message = (
            "it is not announced at once, and no role is the inspectorate's, so nobody could be told of it."
        )
        yield "inspectorate_roles", message, "List the roles of the inspectorate."
    yield from _unknown("stand_ins", framework.stand_ins, roles, "role")
    for role, others in framework.stand_ins.items():
        yield from _unknown(f"stand_ins.{role}", others, roles, "role")
        if role in others:
            yield f"stand_ins.{role}", f"'{role}' can't stand in for itself.", "Leave it out."


def _unknown(key: str, names: Iterable[str], known: set[str], what: str) -> Iterator[Found]:
    for name in names:
        if name not in known:
            yield key, f"there is no {what} '{name}'.", nearest(name, known)
