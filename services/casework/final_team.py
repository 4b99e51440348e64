"""The team of an activity: provisional as the plan has it, final once somebody says so after the analysis (R061)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Activity, Inspector, PlaceAnswer, TeamConfirmation, TeamPlace
from reports.words import list_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked
from services.casework.contacts import Contacts
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import steps_of
from services.doors import SAY_WHAT_WAS_WRONG
from services.errors import AlreadySo, Objection, Refused
from services.programme import rules_of


@dataclass(frozen=True)
class Team:
    """The codes of its people, in order, and the newest word that it is the final one."""

    members: tuple[str, ...]
    confirmation: TeamConfirmation | None = None

    @property
    def is_final(self) -> bool:
        """Whether that word was about these people: another team is provisional again."""
        return self.confirmation is not None and self.confirmation.members == " ".join(self.members)


def planned_teams(session: Session, activities: list[Activity]) -> dict[str, Team]:
    """The teams of the plans that activities follow, by activity; those without named people are left out."""
    versions = {activity.plan_version for activity in activities if activity.plan_version is not None}
    query = select(TeamPlace.plan_version, TeamPlace.activity_code, TeamPlace.inspector_code).where(
        col(TeamPlace.plan_version).in_(versions),
        col(TeamPlace.activity_code).in_([activity.code for activity in activities]),
        col(TeamPlace.inspector_code).is_not(None),
    )
    members: dict[tuple[int, str], set[str]] = {}
    for version, code, inspector in session.exec(query):
        members.setdefault((version, code), set()).add(inspector or "")
    ids = [activity.id for activity in activities]
    words = select(TeamConfirmation).where(col(TeamConfirmation.activity_id).in_(ids))
    said = {row.activity_id: row for row in session.exec(words.order_by(col(TeamConfirmation.id)))}
    return {
        activity.code: Team(tuple(sorted(found)), said.get(activity.id or 0))
        for activity in activities
        if (found := members.get((activity.plan_version or 0, activity.code)))
    }


def confirm_team(session: Session, code: str, word: Word) -> Team:
    """Say that the team of an activity is its final one (R061).

    Raises
    ------
    Refused
        If the activity has no named team, if its framework knows no final team, if the stage after which the team
        is final is not done, or if it is final already.
    """
    activity = locked(session, col(Activity.code) == code)
    team = planned_teams(session, [activity]).get(code)
    if team is not None and team.is_final and team.confirmation is not None:
        raise AlreadySo.because(code, f"{team.confirmation.confirmed_by} has confirmed its team.")
    if found := [*_objections(session, activity, team), *_to_speaker(session, activity, word)]:
        raise Refused(found)
    assert team is not None
    return _say(session, activity, team, team.members, "confirm team", word)


def withdraw_confirmation(session: Session, code: str, word: Word) -> Team:
    """Take back that a team is the final one: it is provisional again (R061); the earlier word stays in the history."""
    activity = locked(session, col(Activity.code) == code)
    team = planned_teams(session, [activity]).get(code)
    if team is None or not team.is_final:
        raise Refused.because(
            code, "its team is not confirmed.", "Name a review whose team is final.", "R061"
        )
    if found := list(_to_speaker(session, activity, word)):
        raise Refused(found)
    if not word.note.strip():
        raise Refused.because(code, "withdrawing this needs a reason.", SAY_WHAT_WAS_WRONG, field="why")
    return _say(session, activity, team, (), "withdraw team", word)


def team_falls_back(session: Session, activity: Activity, step_id: str, word: Word) -> list[str]:
    """Make a final team provisional again where the step is not done after all that it waited for (R061).

    Returns the code of the activity; nothing if its team was not final, or waits for another step.
    """
    rule = rules_of(session).of(activity).team
    team = planned_teams(session, [activity]).get(activity.code)
    if rule is None or rule.final_after != step_id or team is None or not team.is_final:
        return []
    _say(session, activity, team, (), "withdraw team", word)
    return [activity.code]


def _to_speaker(session: Session, activity: Activity, word: Word) -> Iterator[Objection]:
    rules = rules_of(session)
    team = rules.of(activity).team
    subject = Subject(activity.code, activity, (team and team.final_after) or "")
    yield from objections_to_speaker(subject, rules.policy.speakers.team, word, Contacts(session, rules))


def _say(
    session: Session, activity: Activity, team: Team, members: tuple[str, ...], action: str, word: Word
) -> Team:
    confirmation = TeamConfirmation(
        activity_id=activity.id or 0,
        members=" ".join(members),
        confirmed_by=word.who,
        confirmed_at=word.at,
        confirmed_on=word.as_of,
        note=word.note,
    )
    session.add(confirmation)
    session.flush()
    before = None if team.confirmation is None else team.confirmation.members.split()
    audit.record_word(session, word, action, activity.code, before=before, after=members)
    return Team(team.members, confirmation)


def _objections(session: Session, activity: Activity, team: Team | None) -> list[Objection]:
    rule = rules_of(session).of(activity).team
    if activity.state == "cancelled":
        return [Objection(activity.code, "it was called off.", "Name another review.", "R061")]
    if team is None or rule is None or rule.final_after is None:
        message = "it has no team that is to be confirmed."
        return [Objection(activity.code, message, "Name a review with a team of named people.", "R061")]
    done = next(step for step in steps_of(session, activity) if step.step_id == rule.final_after)
    if done.state != "done":
        message = f"its team is final after {done.name}, not yet signed off."
        advice = f"Sign off {done.step_id} first."
        return [Objection(activity.code, message, advice, "R061")]
    query = (
        select(Inspector.name)
        .join(PlaceAnswer, col(PlaceAnswer.inspector_code) == col(Inspector.code))
        .where(PlaceAnswer.activity_code == activity.code, PlaceAnswer.state == "declined")
        .where(col(Inspector.code).in_(team.members))
        .order_by(col(Inspector.name))
    )
    declined = list(session.exec(query))
    if declined:
        message = f"{list_in_words(declined)} declined a place in it."
        return [Objection(activity.code, message, "Solve again for somebody else, then publish.", "R061")]
    return []
