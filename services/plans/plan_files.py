"""Use case: a plan that somebody changed in a file is kept as a version (R043)."""

from collections.abc import Iterator

from sqlmodel import Session

from models import PlanVersion
from scheduler.by_hand.against_rules import fits
from scheduler.values.plan import Plan
from services.audit import Word
from services.doors import EXPORT_PLAN, Advice
from services.errors import NotFound, Objection, Refused
from services.plans import plan_store
from services.plans.by_hand import ByHand, changed_plan
from services.plans.immovable import Immovable
from services.plans.source_versions import Source, stored_source


def from_file(session: Session, plan: Plan, name: str, word: Word, version: int | None = None) -> ByHand:
    """The plan of a file as a change of the version that it comes from; nothing is stored (see `by_hand`).

    Its costs are counted anew, whatever the file says of them.

    Parameters
    ----------
    version
        The version that it was made from; if none is given, the newest one for the same problem.

    Raises
    ------
    AlreadySo
        If the version has the same dates and people.
    NotFound
        If no stored plan is for the problem of the file.
    Refused
        With everything in the file that makes no plan of that problem, and every activity that may not be changed.
    """
    source = stored_source(session, _newest_for(session, plan, name) if version is None else version)
    if found := list(_senseless(source, plan, name)):
        raise Refused(found)
    if found := list(_not_to_be_changed(session, source, plan, word)):
        raise Refused(found)
    what = f"By hand: the plan of the file {name}."
    changed = [code for code, weeks in plan.starts().items() if source.plan.starts().get(code) != weeks]
    return changed_plan(session, source, what, (plan.starts(), plan.members), changed, word)


def _newest_for(session: Session, plan: Plan, name: str) -> int:
    rows: list[PlanVersion] = plan_store.versions(session)
    found = next((row.version for row in rows if row.problem_hash == plan.problem_hash), None)
    if found is None:
        message = "no stored plan is for the problem of this file."
        advice = EXPORT_PLAN.advise("Export a stored plan and change that")
        raise NotFound(name, message, advice)
    return found


def _senseless(source: Source, plan: Plan, name: str) -> Iterator[Objection]:
    """What keeps a file from being a plan of the problem at all: rules aside."""
    if plan.problem_hash != source.problem.hash:
        message = f"it is a plan for another problem than that of plan {source.version}."
        advice = Advice(
            "Leave out --plan, or name a plan for the same problem.",
            "Store it from the page of a plan for the same problem.",
        )
        yield Objection(name, message, advice)
        return
    activities = {activity.id: activity for activity in source.problem.activities}
    starts, codes = plan.starts(), [dates.activity for dates in plan.dates]
    for code in activities.keys() - starts.keys():
        yield Objection(
            f"{name}, {code}", "it has no dates.", "Give its stages weeks, as the plan before does."
        )
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        yield Objection(f"{name}, {code}", "it has dates twice.", "Leave one of them out.")
    for code, weeks in starts.items():
        activity = activities.get(code)
        if activity is None:
            yield Objection(f"{name}, {code}", "the problem has no such activity.", "Correct its code.")
        elif len(weeks) != len(activity.stages):
            message = f"it has {len(weeks)} weeks for {len(activity.stages)} stages."
            yield Objection(f"{name}, {code}", message, "Give each stage one week.")
        elif not fits(source.problem, activity, weeks):
            message = f"not all of it lies within the {source.problem.num_weeks} weeks of the plan."
            yield Objection(f"{name}, {code}", message, "Give it weeks within them.", "R013")
    people = {person.id for person in source.problem.inspectors}
    for member in plan.members:
        if member.activity not in activities or member.inspector not in people:
            message = f"the problem has no place {member.skill} there for {member.inspector}."
            yield Objection(f"{name}, {member.activity}", message, "Correct the codes.", "R059")


def _not_to_be_changed(session: Session, source: Source, plan: Plan, word: Word) -> Iterator[Objection]:
    """Why activities of which the file has other dates or people may not be changed."""
    fixed = Immovable(session, source, word.as_of)
    before, after = source.plan.starts(), plan.starts()
    for code in (activity.id for activity in source.problem.activities):
        if before[code] != after[code]:
            yield from fixed.about_dates(fixed.row(code))
        elif _team(source.plan, code) != _team(plan, code):
            yield from fixed.about_activity(fixed.row(code))


def _team(plan: Plan, code: str) -> set[tuple[str, str]]:
    return {(member.skill, member.inspector) for member in plan.members if member.activity == code}
