"""What a framework says, as rows and sentences for people."""

from collections.abc import Iterator

from config.framework import ANNOUNCED, UNANNOUNCED, Framework
from config.steps import Cited
from reports.words import date_in_words, list_in_words, plural
from services.casework.rule_words import condition_in_words, stage_in_words, step_in_words
from services.kept_frameworks import EarlierText

STAGE_COLUMNS = ("stage", "length", "weeks kept", "not in", "busy")
CONTRIBUTION_COLUMNS = ("contribution", "outcome", "name", "services")
STEP_COLUMNS = ("step", "kind", "when", "who", "signed off by")
CERTAINTY_COLUMNS = ("of", "its figures are", "by")


def stage_rows(framework: Framework) -> Iterator[tuple[object, ...]]:
    """A row for each planned stage."""
    for stage in framework.stages:
        avoided = ", ".join(name.replace("_", " ") for name in stage.avoids)
        busy = ["the team"] if stage.uses_team else []
        busy += [f"{count} of {pool}" for pool, count in stage.pool_demand.items()]
        yield stage.id, stage_in_words(framework, stage), stage.occupied_weeks(), avoided, ", ".join(busy)


def step_rows(framework: Framework) -> Iterator[tuple[object, ...]]:
    """A row for each step, in the framework's order."""
    for step in framework.steps:
        yield (
            step.id,
            f"{step.kind}, {step.binding}",
            step_in_words(framework, step),
            ", ".join(step.who),
            step.sign_off or "",
        )


def contribution_rows(framework: Framework) -> Iterator[tuple[object, ...]]:
    """A row for each contribution, with the services that it covers (R189); those of every review are marked (R187)."""
    for contribution in framework.contributions:
        name = f"{contribution.name} (in every review)" if contribution.always else contribution.name
        outcome, services = framework.outcomes[contribution.outcome], "; ".join(contribution.services)
        yield contribution.id, outcome, name, services


def certainty_rows(framework: Framework) -> Iterator[tuple[object, ...]]:
    """A row for each entry that says whether its figures are confirmed in a source, in the framework's order."""
    entries: list[tuple[str, Cited | None]] = [("recurrence", framework.recurrence)]
    entries += [(f"stage {stage.id}", stage) for stage in framework.stages]
    entries += [(f"step {step.id}", step) for step in framework.steps]
    entries += [(f"limit {limit.id}", limit) for limit in framework.limits]
    entries += [("length", framework.length), ("specification", framework.specification)]
    entries += [(f"evidence {item.id}", item) for item in framework.evidence]
    entries += [(f"judgement {judgement.id}", judgement) for judgement in framework.judgements]
    entries += [(f"limit of grades by {limit.judgement}", limit) for limit in framework.grade_limits]
    for name, entry in entries:
        if entry is not None and entry.certainty is not None:
            yield name, entry.certainty, entry.source


def sentences(framework: Framework) -> Iterator[str]:
    """Its status and days, whom it is announced to, and its source."""
    until = f" to the day before {date_in_words(framework.valid_to)}" if framework.valid_to else " on"
    yield (
        f"Framework {framework.id} is {framework.status}. It holds for kind '{framework.kind}' from "
        f"{date_in_words(framework.valid_from)}{until}."
    )
    if framework.announce_from == UNANNOUNCED:
        yield "The authority's side never hears of it."
    elif framework.announce_from != ANNOUNCED:
        opening = framework.step(framework.announce_from).in_rules()
        yield f"The authority's side hears of it once {opening} is signed off."
    for role, others in framework.stand_ins.items():
        yield f"If nobody is {role}, told instead: {', '.join(others)}."
    yield from _team(framework)
    yield f"Its source: {framework.source}."


def _team(framework: Framework) -> Iterator[str]:
    """Who comes from which body, and places that depend on a condition."""
    for quota in framework.team.quotas if framework.team is not None else ():
        bounds = [f"at least {quota.minimum}"] if quota.minimum else []
        bounds += [f"at most {quota.maximum}"] if quota.maximum is not None else []
        when = "" if quota.only_if is None else f", {condition_in_words(framework, quota.only_if)}"
        yield f"Members of a team from {quota.body}: {list_in_words(bounds)}{when}."
    for added in framework.added_places:
        named = (f"{count} for {framework.skills[skill]}" for skill, count in added.places.items())
        yield f"More places: {list_in_words(list(named))}, {condition_in_words(framework, added.only_if)}."


def earlier_in_words(text: EarlierText) -> Iterator[str]:
    """Who still follows an earlier text, and where to see what it says differently."""
    name = f"{text.framework_id}@{text.fingerprint}"
    since = f"an earlier text of {text.framework_id}, kept since {date_in_words(text.kept_at.date())}"
    if text.finishing:
        whose = plural(len(text.finishing), "activity on its way ends", "activities on their way end")
        yield f"{whose} under {since}: {list_in_words(text.finishing)}."
    if text.waiting:
        whose = plural(len(text.waiting), "activity follows", "activities follow")
        yield f"{whose} {since}, until the next publication: {list_in_words(text.waiting)}."
    yield f"See the difference: jarcycle framework diff {name} {text.framework_id}"
