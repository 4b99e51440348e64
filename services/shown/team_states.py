"""The teams of an area's reviews as they are shown: who is in them, and whether they are final (R061)."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import Activity
from reports.words import date_in_words
from services.casework.final_team import Team, planned_teams
from services.casework.steps import LIVING
from services.naming.people import names_of_inspectors
from services.programme import rules_of


@dataclass(frozen=True)
class ReviewTeam:
    """Names of its people, and `state` in words: 'provisional', 'final, confirmed by Ann on 2 May 2006'."""

    people: tuple[str, ...]
    state: str


def review_teams(session: Session, area_code: str) -> dict[str, ReviewTeam]:
    """The teams of an area's published activities whose framework knows a final team, by activity."""
    query = select(Activity).where(
        Activity.area_code == area_code,
        col(Activity.precision).is_not(None),
        col(Activity.state).in_((*LIVING, "done")),
    )
    activities = [activity for activity in session.exec(query) if _has_final_team(session, activity)]
    names = names_of_inspectors(session)
    return {
        code: ReviewTeam(tuple(names.get(member, member) for member in team.members), _state(team))
        for code, team in planned_teams(session, activities).items()
    }


def _has_final_team(session: Session, activity: Activity) -> bool:
    rule = rules_of(session).of(activity).team
    return rule is not None and rule.final_after is not None


def _state(team: Team) -> str:
    if not team.is_final or team.confirmation is None:
        return "provisional"
    return f"final, confirmed by {team.confirmation.confirmed_by} on {date_in_words(team.confirmation.confirmed_on)}"
