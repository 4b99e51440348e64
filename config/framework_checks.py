"""Rules that join several entries of a framework: names that must exist, circles, bounds of teams.

Each function yields findings as (key, message, advice); the reader of the file adds its name.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from config.evidence_checks import evidence_findings
from config.findings import nearest
from config.framework import Framework
from config.steps import StepRule
from config.team_checks import team_findings

Found = tuple[str, str, str]


def findings_in(framework: Framework) -> list[Found]:
    """Everything wrong with a framework whose entries are each right in themselves."""
    return [
        *_twice(framework),
        *_validity(framework),
        *_planned_stages(framework),
        *_dates_of_steps(framework),
        *_counts(framework),
        *_circles(framework),
        *_names(framework),
        *evidence_findings(framework),
        *team_findings(framework),
    ]


def _twice(framework: Framework) -> Iterator[Found]:
    lists: dict[str, Iterable[str]] = {
        "stages": (e.id for e in framework.stages),
        "steps": (e.id for e in framework.steps),
        "outputs": (output.id for step in framework.steps for output in step.outputs),
        "limits": (e.id for e in framework.limits),
        "evidence": (e.id for e in framework.evidence),
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


def _planned_stages(framework: Framework) -> Iterator[Found]:
    kinds = {step.id: step.kind for step in framework.steps}
    pools = {pool.id for pool in framework.pools}
    for position, stage in enumerate(framework.stages):
        key = f"stages[{position}]"
        if kinds.get(stage.id) != "stage":
            advice = f"Add a step with id '{stage.id}' and kind 'stage'."
            yield key, f"stage '{stage.id}' is planned but no step of kind 'stage' has its id.", advice
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


def _dates_of_steps(framework: Framework) -> Iterator[Found]:
    planned = {stage.id for stage in framework.stages}
    for position, step in enumerate(framework.steps):
        wanted = _wanted_counts(step, planned)
        for key in sorted(wanted - step.counts().keys()):
            message = f"{step.kind} '{step.id}' does not say how its date is counted."
            yield (
                f"steps[{position}].{key}",
                message,
                f"Add [steps.{key}] with counted_from and amount.",
            )
        for key in sorted(step.counts().keys() - wanted):
            why = "has its dates from the plan" if step.id in planned else f"is a {step.kind}"
            yield f"steps[{position}].{key}", f"'{step.id}' {why}.", "Leave this count out."


def _wanted_counts(step: StepRule, planned: set[str]) -> set[str]:
    if step.kind == "stage":
        return set() if step.id in planned else {"starts", "ends"}
    return {"due"}


def _counts(framework: Framework) -> Iterator[Found]:
    steps = {step.id for step in framework.steps}
    for position, step in enumerate(framework.steps):
        for name, count in step.counts().items():
            key = f"steps[{position}].{name}"
            if count.counted_from not in steps:
                message = f"'{step.id}' is counted from '{count.counted_from}', which is not a step."
                yield f"{key}.counted_from", message, nearest(count.counted_from, steps)
            if count.unit == "working_days" and count.amount == 0 and count.first_day_counts:
                message = "a count of 0 working days has no first day."
                yield f"{key}.first_day_counts", message, "Leave it out."
            if count.unit != "working_days" and count.first_day_counts:
                message = f"only working days can include the first day, not {count.unit}."
                yield f"{key}.first_day_counts", message, "Leave it out."
            if count.unit != "working_days" and count.on_non_working_day is None:
                message = f"a count of {count.unit} may end on a day that is not a working day."
                yield f"{key}.on_non_working_day", message, "Write 'previous', 'next' or 'keep'."


def _circles(framework: Framework) -> Iterator[Found]:
    counted = {step.id: {c.counted_from for c in step.counts().values()} for step in framework.steps}
    yield from _circle(counted, "counted_from", "are counted from each other")
    order = {step.id: set(step.after) for step in framework.steps}
    yield from _circle(order, "after", "come after each other")


def _circle(before: Mapping[str, set[str]], key: str, what: str) -> Iterator[Found]:
    try:
        TopologicalSorter(before).prepare()
    except CycleError as fault:
        names = " - ".join(reversed(fault.args[1]))
        yield f"steps.{key}", f"these steps {what} in a circle: {names}.", "Take one out of the circle."


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
    for position, item in enumerate(framework.evidence):
        key = f"evidence[{position}]"
        yield from _unknown(f"{key}.asked_at", (item.asked_at,), steps, "step")
        yield from _unknown(f"{key}.needed_for", (item.needed_for,), steps, "step")
        yield from _unknown(f"{key}.asked_of", (item.asked_of,), roles, "role")
        if item.due_at is not None:
            yield from _unknown(f"{key}.due_at", (item.due_at,), steps, "step")
    yield from _unknown("inspectorate", framework.inspectorate, roles, "role")
    if framework.contact_point is not None:
        yield from _unknown("contact_point", (framework.contact_point,), roles, "role")
    if not framework.announced and not framework.inspectorate:
        message = "it is not announced, and no role is the inspectorate's, so nobody could be told of it."
        yield "inspectorate", message, "List the roles of the inspectorate."
    for position, limit in enumerate(framework.limits):
        yield from _unknown(f"limits[{position}]", (limit.first, limit.last), steps, "step")
    if framework.length:
        yield from _unknown("length", (framework.length.first, framework.length.last), steps, "step")


def _unknown(key: str, names: Iterable[str], known: set[str], what: str) -> Iterator[Found]:
    for name in names:
        if name not in known:
            yield key, f"there is no {what} '{name}'.", nearest(name, known)
