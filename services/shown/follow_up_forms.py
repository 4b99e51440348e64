"""What pages ask about follow-up: a review's recommendations, or one of them, and what can be chosen there."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Area, ProposedAction
from services.casework.follow_up.owners import owners_of
from services.casework.follow_up.rows import recommendation_numbered
from services.errors import NotFound
from services.programme import rules_of
from services.shown.follow_up import ReviewFollowUp, follow_up_of
from services.shown.recommendations import ActionLine, RecommendationLine
from services.shown.shown_plan import Audience

HERE = "Go to the page of the area's follow-up."


@dataclass(frozen=True)
class FollowUpForm:
    """A review with its follow-up, who may own a recommendation there, why one may be needed, and its roles."""

    review: ReviewFollowUp
    area: str
    area_code: str
    roles: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]
    causes: tuple[tuple[str, str], ...]

    @property
    def is_published(self) -> bool:
        """Whether its recommendations are published."""
        return self.review.published_on is not None


@dataclass(frozen=True)
class RecommendationForm:
    """A recommendation within its review; `later` are other activities of the area that may close it."""

    line: RecommendationLine
    of: FollowUpForm
    later: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ActionForm:
    """A proposed action with the recommendation that it is about."""

    action: ActionLine
    about: RecommendationForm


def follow_up_form(session: Session, number: int, as_of: date, audience: Audience) -> FollowUpForm:
    """The review of a row; NotFound if there is none, if it makes no recommendations, or if none may be seen (R068)."""
    row = session.get(Activity, number)
    found = [] if row is None else follow_up_of(session, row.code, as_of, audience)
    if row is None or not found:
        raise NotFound(f"activity {number}", "it has no follow-up.", HERE)
    rules = rules_of(session)
    words = rules.policy.follow_up
    return FollowUpForm(
        review=found[0],
        area=session.get_one(Area, row.area_code).name,
        area_code=row.area_code,
        roles=tuple(rules.of(row).roles.items()),
        owners=tuple((owner.name, owner.name) for owner in owners_of(session, row.area_code, words)),
        causes=tuple(words.causes.items()),
    )


def recommendation_form(session: Session, row_id: int, as_of: date, audience: Audience) -> RecommendationForm:
    """The recommendation of a row; NotFound if there is none, or if it was withdrawn."""
    row = recommendation_numbered(session, row_id)
    of = follow_up_form(session, row.activity_id, as_of, audience)
    line = next((line for line in of.review.recommendations if line.row == row_id), None)
    if line is None:
        raise NotFound(f"recommendation {row_id}", "it was withdrawn.", HERE)
    others = select(Activity.code).where(
        Activity.area_code == of.area_code, Activity.id != row.activity_id, Activity.state != "cancelled"
    )
    codes = session.exec(others.order_by(col(Activity.code)))
    return RecommendationForm(line, of, tuple((code, code) for code in codes))


def action_form(session: Session, number: int, as_of: date, audience: Audience) -> ActionForm:
    """The proposed action of a row; NotFound if there is none."""
    row = session.get(ProposedAction, number)
    if row is None:
        raise NotFound(f"action {number}", "there is none.", HERE)
    about = recommendation_form(session, row.recommendation_id, as_of, audience)
    action = next(action for action in about.line.actions if action.number == number)
    return ActionForm(action, about)
