"""What speaks against publishing a plan; every reason is found, so that a planner sees them together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlmodel import Session, select

from config.framework_files import named_frameworks, programme_frameworks
from models import Activity, PlanVersion
from reports.words import date_in_words
from services.audit import Word
from services.casework.waiver_reasons import WaiverReason
from services.days.planned_days import begins_on
from services.doors import Advice
from services.errors import Objection
from services.kept_frameworks import ENDED
from services.plans import plan_store
from services.plans.framework_objections import not_approved, outside_validity, solved_otherwise
from services.plans.freshness import Freshness, freshness_of
from services.plans.moved_stages import MovedStage
from services.plans.staying import stays
from services.plans.waived_rules import objections_to_rules
from services.programme import Rules, find_programme


class Waiver(StrEnum):
    """Rules that a planner may set aside with a reason."""

    UNCOVERED_PLACES = "uncovered_places"
    OLDER_PLAN = "older_plan"
    STALE_PLAN = "stale_plan"
    MOVED_FINAL = "moved_final"


WAIVER_WORDS = {
    Waiver.UNCOVERED_PLACES: "Places stay open",
    Waiver.OLDER_PLAN: "An older plan than the published one",
    Waiver.STALE_PLAN: "Made from facts or rules that have changed",
    Waiver.MOVED_FINAL: "Final dates move",
}
"""What is set aside, as the box on a page is called."""


@dataclass(frozen=True)
class Request:
    """What a planner asks for beside the plan: rules set aside, activities that may move by name, why, and when.

    `rules` are the rules of a plan that are waived although it breaks them, each with its reason.
    """

    waivers: frozenset[Waiver]
    moving: frozenset[str]
    word: Word
    rules: Mapping[str, WaiverReason] = field(default_factory=dict)


def objections_to(
    session: Session,
    row: PlanVersion,
    published: PlanVersion | None,
    activities: Sequence[Activity],
    moved: Sequence[MovedStage],
    rules: Rules,
    request: Request,
) -> list[Objection]:
    """Every reason against a publication; empty if it may go on."""
    beside = objections_beside_rules(session, row, published, activities, moved, rules, request)
    assert row.version is not None
    broken = objections_to_rules(session, row.version, request.rules, rules.policy.waivers.reasons)
    return [*broken, *beside]


def objections_beside_rules(
    session: Session,
    row: PlanVersion,
    published: PlanVersion | None,
    activities: Sequence[Activity],
    moved: Sequence[MovedStage],
    rules: Rules,
    request: Request,
) -> list[Objection]:
    """The reasons that lie outside the plan: what is left out, has begun, is past or stale, and what needs a waiver."""
    found = [
        *_left_out(session, row, activities, rules),
        *stays(session, activities, moved, rules, request.moving),
        *_in_the_past(session, row, activities, moved, rules, request.word.as_of),
        *not_approved(activities, rules),
        *solved_otherwise(session, row, activities, rules),
        *outside_validity(session, row, activities, rules),
    ]
    for waiver, objection in _waivable(row, published, moved, freshness_of(session, row)):
        if waiver not in request.waivers:
            found.append(objection)
        elif not request.word.note.strip():
            advice = "Say why it is set aside."
            found.append(Objection(objection.place, f"{objection.message} A waiver needs a reason.", advice))
    return found


def _left_out(
    session: Session, row: PlanVersion, activities: Sequence[Activity], rules: Rules
) -> Iterator[Objection]:
    """R015: the programme of reviews is published alongside that of corporate assessments, and for every area."""
    assert row.version is not None
    planned = plan_store.mondays_by_activity(session, row.version)
    for activity in activities:
        missing = {stage.id for stage in rules.of(activity).stages} - planned.get(activity.code, {}).keys()
        if missing:
            message = f"the plan has no date for its {', '.join(sorted(missing))}."
            yield Objection(f"activity {activity.code}", message, "Solve again.", "R013")
    kinds = {activity.kind for activity in activities if activity.code in planned} | _done(session)
    for kind in sorted(_kinds_of_programme(session, rules) - kinds):
        message = (
            f"the plan has no activity of kind '{kind}'; all kinds of the programme are published together."
        )
        yield Objection(f"kind {kind}", message, "Import the areas again, then solve.", "R015")


def _kinds_of_programme(session: Session, rules: Rules) -> set[str]:
    """The kinds of which every area has activities, by the frameworks that the programme names."""
    programme = find_programme(session)
    known = named_frameworks(programme.frameworks.split(), rules.frameworks)
    return {framework.kind for framework in programme_frameworks(programme.first_start_on, known)}


def _done(session: Session) -> set[str]:
    """Kinds of which nothing is left to plan."""
    states: dict[str, set[str]] = {}
    for kind, state in session.exec(select(Activity.kind, Activity.state)):
        states.setdefault(kind, set()).add(state)
    return {kind for kind, found in states.items() if found <= set(ENDED)}


def _in_the_past(
    session: Session,
    row: PlanVersion,
    activities: Sequence[Activity],
    moved: Sequence[MovedStage],
    rules: Rules,
    as_of: date,
) -> Iterator[Objection]:
    """Nothing gets a date that is past: neither what is new nor what moves."""
    assert row.version is not None
    planned = plan_store.mondays_by_activity(session, row.version)
    days = {
        (activity.code, stage.id): begins_on(stage, planned[activity.code][stage.id])
        for activity in activities
        if activity.plan_version is None and activity.code in planned
        for stage in rules.of(activity).stages
        if stage.id in planned[activity.code]
    }
    days |= {(stage.activity, stage.stage): stage.after for stage in moved}
    for (code, stage), day in sorted(days.items()):
        if day < as_of:
            message = f"it would begin on {date_in_words(day)}, which is past."
            yield Objection(f"{code} {stage}", message, "Solve again.", "R019")


def _waivable(
    row: PlanVersion, published: PlanVersion | None, moved: Sequence[MovedStage], fresh: Freshness
) -> Iterator[tuple[Waiver, Objection]]:
    place = f"plan {row.version}"
    if row.uncovered_places:
        count = row.uncovered_places
        message = f"{count} {'place is' if count == 1 else 'places are'} without an inspector."
        advice = _or_waive("Solve with more people", Waiver.UNCOVERED_PLACES)
        yield Waiver.UNCOVERED_PLACES, Objection(place, message, advice, "R059")
    newest = published.version if published else None
    if newest is not None and row.version is not None and row.version < newest:
        advice = _or_waive("Publish a newer one", Waiver.OLDER_PLAN)
        yield Waiver.OLDER_PLAN, Objection(place, f"it is older than the published plan {newest}.", advice)
    advice = _or_waive("Solve again", Waiver.STALE_PLAN)
    if fresh.has_older_facts:
        yield Waiver.STALE_PLAN, Objection(place, "facts have changed since it was made.", advice)
    if fresh.edited:
        yield (
            Waiver.STALE_PLAN,
            Objection(place, f"{'; '.join(fresh.edited)}: edited since it was made.", advice),
        )
    final = sorted({stage.activity for stage in moved if stage.precision == "final"})
    if final:
        advice = _or_waive("Pin them and solve again", Waiver.MOVED_FINAL)
        yield (
            Waiver.MOVED_FINAL,
            Objection(place, f"it moves final dates of {', '.join(final)}.", advice, "R018"),
        )


def _or_waive(first: str, waiver: Waiver) -> Advice:
    return Advice(
        f"{first}, or waive {waiver.value}.", f"{first}, or tick '{WAIVER_WORDS[waiver]}' and say why."
    )
