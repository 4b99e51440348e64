"""Use case: somebody gets a place of a team by hand, an open one or that of somebody else (R043, R055, R059, R062)."""

from collections.abc import Sequence

from sqlmodel import Session

from models import Activity, Inspector
from reports.words import list_in_words
from scheduler.values.plan import TeamMember
from services.audit import Word
from services.doors import UNPIN_PLACE, Advice
from services.errors import AlreadySo, Objection, Refused
from services.naming.people import find_inspector
from services.naming.steps import find_activities, find_activity
from services.plans.by_hand import ByHand, Change, changed_plan, let_others_write
from services.plans.immovable import Immovable
from services.plans.pinned_places import skill_named
from services.plans.place_objections import Asked, objections_to_seat
from services.plans.source_versions import Source, present_source
from services.problem.present import as_it_stands


def assign(
    session: Session,
    version: int,
    place: tuple[str, str],
    person: str,
    word: Word,
    instead_of: str | None = None,
) -> ByHand:
    """A plan in which somebody has a place of a team; nothing is stored (see `by_hand`).

    Whoever had the place leaves it. What the new person did in the same weeks elsewhere goes to others who are free,
    or stays uncovered; all other teams stay. Rules that the place breaks otherwise are named in the consequences.
    The transaction of the session ends with it.

    Parameters
    ----------
    place
        An activity, and 'leader' or the code or name of a skill.
    instead_of
        Who leaves, where several have such a place.

    Raises
    ------
    AlreadySo
        If they have the place.
    Refused
        With every reason: a review that has begun or is done, no such place, no skill, a conflict of interest, a place
        that is pinned to somebody else, or work elsewhere that they can't leave.
    """
    source = present_source(session, version, word.as_of)
    fixed = Immovable(session, source, word.as_of)
    row, inspector = _review(session, fixed, place[0]), find_inspector(session, person)
    if found := list(fixed.about_activity(row)):
        raise Refused(found)
    new = TeamMember(activity=row.code, skill=skill_named(session, place[1]), inspector=inspector.code)
    if new in source.plan.members:
        raise AlreadySo.because(f"{row.code} {new.skill}", f"{inspector.name} has this place.")
    if objections := objections_to_seat(_asked(source, new, inspector)):
        raise Refused(objections)
    leaving = _who_leaves(session, source, new, instead_of)
    members = [member for member in source.plan.members if member != leaving]
    who, where = source.names.person(new.inspector), source.names.activity(row.code)
    what = f"By hand: {who} gets the {source.names.skill(new.skill)} place of {where}."
    change = _change(session, source, members, new, fixed, word)
    return changed_plan(session, source, what, change, [row.code], word)


def _review(session: Session, fixed: Immovable, text: str) -> Activity:
    """The activity that a text names; of an area the only one with a team."""
    rows = [
        row
        for row in find_activities(session, text)
        if (planned := fixed.planned(row)) is not None and planned.team is not None
    ]
    return rows[0] if len(rows) == 1 else find_activity(session, text)


def _asked(source: Source, new: TeamMember, inspector: Inspector) -> Asked:
    activity = next(known for known in source.problem.activities if known.id == new.activity)
    return Asked(source.problem, activity, new.skill, inspector.code, inspector.name)


def _who_leaves(
    session: Session, source: Source, new: TeamMember, instead_of: str | None
) -> TeamMember | None:
    """Whoever has the place now; None if one is open. Refused where several have one and nobody says who leaves."""
    activity = next(known for known in source.problem.activities if known.id == new.activity)
    assert activity.team is not None
    holders = [
        member
        for member in source.plan.members
        if (member.activity, member.skill) == (new.activity, new.skill)
    ]
    subject = f"{new.activity} {new.skill}"
    names = list_in_words([source.names.person(member.inspector) for member in holders]) or "nobody"
    if instead_of is not None:
        code = find_inspector(session, instead_of).code
        found = next((member for member in holders if member.inspector == code), None)
        if found is None:
            message = f"{source.names.person(code)} does not have such a place; {names} has."
            raise Refused.because(
                subject, message, Advice("Name who has it: --instead PERSON.", "Choose who has it.")
            )
        return found
    if len(holders) < activity.team.seats_by_skill()[new.skill]:
        return None
    if len(holders) > 1:
        raise Refused.because(
            subject,
            f"{names} have such a place.",
            Advice("Say who leaves: --instead PERSON.", "Choose who leaves."),
        )
    return holders[0]


def _change(
    session: Session,
    source: Source,
    members: Sequence[TeamMember],
    new: TeamMember,
    fixed: Immovable,
    word: Word,
) -> Change:
    # OR-Tools takes a second to import: only who changes teams pays for it.
    from scheduler.by_hand.teams import freed, refitted
    from scheduler.nearby.linked_areas import Units

    problem = as_it_stands(session, source.problem, source.plan, word.as_of).problem
    let_others_write(session)
    units, starts = Units(problem), source.plan.starts()
    left, reviews = freed(units, starts, members, new)
    if found := _kept_elsewhere(source, new, reviews, fixed):
        raise Refused(found)
    return starts, refitted(units, starts, left, reviews, keeping=new)


def _kept_elsewhere(
    source: Source, new: TeamMember, reviews: Sequence[str], fixed: Immovable
) -> list[Objection]:
    """Reviews in the same weeks that somebody can't leave: what has begun, and places that are pinned to them."""
    who, found = source.names.person(new.inspector), []
    activities = {activity.id: activity for activity in source.problem.activities}
    for code in (code for code in reviews if code != new.activity):
        team = activities[code].team
        if team is not None and any(seated.inspector == new.inspector for seated in team.reserved):
            message = f"{who} is pinned to a place of {code} in the same weeks."
            advice = UNPIN_PLACE.advise("Take that back first", code=code, person=new.inspector)
            found.append(Objection(f"{new.activity} {new.skill}", message, advice, "R043"))
        for objection in fixed.about_activity(fixed.row(code)):
            message = f"{who} works on {code} in the same weeks: {objection.message}"
            found.append(
                Objection(
                    f"{new.activity} {new.skill}", message, "Name somebody else.", objection.requirement
                )
            )
    return found
