"""A draft put on the dates of what it changes, to see who would be told; whoever calls takes it back."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, select

from models import Activity, TeamPlace
from services.audit import Word
from services.casework.advancing import settle
from services.casework.notices import give_notice_anew
from services.casework.review_timetable import InvalidTimetable
from services.casework.steps import date_steps, steps_of
from services.errors import Objection
from services.plans import plan_store
from services.plans.moved_stages import stages_moved
from services.plans.publication import living
from services.plans.publish_checks import Request, objections_beside_rules
from services.programme import Rules, rules_of


def tried(session: Session, version: int, word: Word) -> tuple[Objection, ...]:
    """Put the activities that a draft changes on its dates; what a publication would refuse, broken rules aside.

    Only activities that are published are looked at: of others nobody has been told anything.
    """
    rules, activities = rules_of(session), living(session)
    moved = stages_moved(session, activities, version)
    request = Request(frozenset(), frozenset(), word)
    row, published = plan_store.find_version(session, version), plan_store.published_version(session)
    found = objections_beside_rules(session, row, published, activities, moved, rules, request)
    codes = {stage.activity for stage in moved} | _other_teams(session, activities, version)
    touched = [
        activity for activity in activities if activity.code in codes and activity.precision is not None
    ]
    give_notice_anew(
        session,
        [activity for activity in touched if activity.code in {stage.activity for stage in moved}],
        rules,
        word,
    )
    for activity in touched:
        activity.plan_version = version
        found += _dated(session, activity, rules, word)
    return tuple(found)


def _dated(session: Session, activity: Activity, rules: Rules, word: Word) -> Iterator[Objection]:
    try:
        date_steps(session, activity, rules.of(activity), word.as_of)
    except InvalidTimetable as error:
        for found in error.findings:
            yield Objection(f"{activity.code} {found.place}", found.message, found.advice, found.requirement)
        return
    settle(activity, steps_of(session, activity))


def _other_teams(session: Session, activities: Sequence[Activity], version: int) -> set[str]:
    """Codes of the activities whose team is another one than in the plan that they follow."""
    versions = {activity.plan_version for activity in activities} - {None}
    teams = {number: _teams(session, number) for number in {*versions, version} if number is not None}
    return {
        activity.code
        for activity in activities
        if activity.plan_version is not None
        and teams[activity.plan_version].get(activity.code) != teams[version].get(activity.code)
    }


def _teams(session: Session, version: int) -> dict[str, list[tuple[str, str]]]:
    """Filled places of each activity in a plan: skill and person."""
    found: dict[str, list[tuple[str, str]]] = {}
    for place in session.exec(select(TeamPlace).where(TeamPlace.plan_version == version)):
        if place.inspector_code is not None:
            found.setdefault(place.activity_code, []).append((place.skill, place.inspector_code))
    return {code: sorted(team) for code, team in found.items()}
