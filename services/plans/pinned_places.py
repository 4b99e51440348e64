"""People whom the planner wants in a place, and teams that stay as they are: each place of such a team is pinned."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from models import Activity, Inspector, PlacePin, Skill, TeamPlace
from scheduler.values.problem import Problem
from scheduler.values.value import LEADER
from services.audit import Word
from services.doors import PINS, Advice
from services.errors import AlreadySo, Objection, Refused
from services.naming.people import find_inspector, names_of_inspectors
from services.plans.pinning import Pin, activity_to_pin, changing_pins, problem_of_pins, record_pin
from services.plans.place_objections import Asked, objections_to_pin
from services.plans.plan_store import find_version


def pin_place(session: Session, activity: str, place: str, person: str, word: Word) -> Pin:
    """Keep a place of a team for somebody, from the next solve on: they get it, or nobody does (R043).

    Parameters
    ----------
    place
        'leader', or the code or name of a skill.

    Raises
    ------
    AlreadySo
        If they are pinned to that place.
    Refused
        With every reason why they can't be there.
    """
    row, inspector = activity_to_pin(session, activity), find_inspector(session, person)
    skill = skill_named(session, place)
    if any((pin.skill, pin.inspector_code) == (skill, inspector.code) for pin in pins_of(session, row.code)):
        raise AlreadySo.because(f"{row.code} {skill}", f"{_told(row.code, skill, inspector)}.")
    if found := why_not_pinned(problem_of_pins(session, word.as_of), row.code, [(skill, inspector)]):
        raise Refused(found)
    with changing_pins(session, word):
        return _pin(session, row, skill, inspector, word)


def unpin_place(session: Session, activity: str, person: str, word: Word) -> Pin:
    """Let a place be anybody's again; Refused if the person is pinned to none there."""
    row, inspector = activity_to_pin(session, activity), find_inspector(session, person)
    known = next((pin for pin in pins_of(session, row.code) if pin.inspector_code == inspector.code), None)
    if known is None:
        message = f"{inspector.name} is pinned to no place there."
        raise Refused.because(f"{row.code} {inspector.code}", message, PINS.advise("See what is"))
    with changing_pins(session, word):
        return _unpin(session, known, inspector.name, word)


def pin_team(session: Session, activity: str, version: int | None, word: Word) -> list[Pin]:
    """Keep the team that an activity has in a plan, in the published one if no other is named (R043).

    Places that are open there stay free for others; people who were pinned to other places are so no longer.

    Raises
    ------
    AlreadySo
        If exactly this team is pinned.
    Refused
        If the plan has no team for it, or with every reason why somebody can't be there any more.
    """
    row = activity_to_pin(session, activity)
    team = _team(session, row, version)
    wanted = {(skill, inspector.code) for skill, inspector in team}
    known = pins_of(session, row.code)
    if {(pin.skill, pin.inspector_code) for pin in known} == wanted:
        raise AlreadySo.because(row.code, "its team is pinned.")
    gone = {pin.inspector_code for pin in known}
    problem = problem_of_pins(session, word.as_of)
    problem = problem.with_activity(row.code, lambda activity: activity.reserving_none_for(gone))
    if found := why_not_pinned(problem, row.code, team):
        raise Refused(found)
    names = names_of_inspectors(session)
    kept = {(pin.skill, pin.inspector_code) for pin in known} & wanted
    with changing_pins(session, word):
        for pin in known:
            if (pin.skill, pin.inspector_code) not in kept:
                _unpin(session, pin, names[pin.inspector_code], word)
        session.flush()
        for skill, inspector in team:
            if (skill, inspector.code) not in kept:
                _pin(session, row, skill, inspector, word)
    return [_told(row.code, skill, inspector) for skill, inspector in team]


def unpin_team(session: Session, activity: str, word: Word) -> list[Pin]:
    """Let every place of a team be anybody's again; Refused if none is pinned."""
    row = activity_to_pin(session, activity)
    known, names = pins_of(session, row.code), names_of_inspectors(session)
    if not known:
        raise Refused.because(row.code, "nobody is pinned to its team.", PINS.advise("See what is"))
    with changing_pins(session, word):
        return [_unpin(session, pin, names[pin.inspector_code], word) for pin in known]


def pins_of(session: Session, activity: str) -> list[PlacePin]:
    """The pinned places of an activity, the leader's first."""
    rows = session.exec(select(PlacePin).where(PlacePin.activity_code == activity)).all()
    return sorted(rows, key=lambda row: (row.skill != LEADER, row.skill, row.inspector_code))


def why_not_pinned(problem: Problem, code: str, wanted: Iterable[tuple[str, Inspector]]) -> list[Objection]:
    """Why some people can't be in places of one team, beside those that are pinned in the problem."""
    activity = next(known for known in problem.activities if known.id == code)
    found = []
    for skill, inspector in wanted:
        found += objections_to_pin(Asked(problem, activity, skill, inspector.code, inspector.name))
    return found


def _pin(session: Session, row: Activity, skill: str, inspector: Inspector, word: Word) -> Pin:
    session.add(PlacePin(activity_code=row.code, skill=skill, inspector_code=inspector.code))
    record_pin(session, word, f"{row.code} {skill}", None, inspector.code)
    return _told(row.code, skill, inspector)


def _told(activity: str, skill: str, inspector: Inspector) -> Pin:
    return Pin(activity, None, inspector.code, inspector.name, skill)


def _unpin(session: Session, pin: PlacePin, name: str, word: Word) -> Pin:
    session.delete(pin)
    record_pin(session, word, f"{pin.activity_code} {pin.skill}", pin.inspector_code, None)
    return Pin(pin.activity_code, None, pin.inspector_code, name, pin.skill)


def skill_named(session: Session, place: str) -> str:
    """The code of the skill that a place needs: by its code or name, or 'leader'."""
    wanted = place.strip().casefold()
    names = {skill.name.casefold(): skill.code for skill in session.exec(select(Skill))}
    return names.get(wanted, wanted.replace(" ", "_"))


def _team(session: Session, row: Activity, version: int | None) -> list[tuple[str, Inspector]]:
    number = row.plan_version if version is None else find_version(session, version).version
    query = (
        select(TeamPlace.skill, Inspector)
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
        .where(TeamPlace.plan_version == number, TeamPlace.activity_code == row.code)
        .order_by(col(TeamPlace.id))
    )
    team = list(session.exec(query).all()) if number is not None else []
    if not team:
        message = (
            "no published plan gives it a team." if version is None else f"plan {version} gives it no team."
        )
        raise Refused.because(
            row.code, message, Advice("Name a plan that does: --plan NUMBER.", "Choose a plan that does.")
        )
    return team
