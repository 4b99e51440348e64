"""How far an appeal has come: its steps, and the days that follow from the rating it is about."""

from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from config.rating_files import find_regime
from config.ratings import AppealRules
from models import AnnualRating, AppealStep, RatingAppeal
from services.days.working_days import add_working_days
from services.doors import APPEALS
from services.errors import NotFound


class Step(StrEnum):
    """What happens in an appeal, in its order."""

    QUERY = "query"
    TALK = "talk"
    LODGED = "lodged"
    EVIDENCE = "evidence"
    DECIDED = "decided"
    TOLD = "told"


UPHELD, NOT_UPHELD = "upheld", "not_upheld"
BEFORE = (Step.QUERY, Step.TALK)
"""Steps before an appeal is lodged."""

RUNNING = (Step.LODGED, Step.EVIDENCE)
"""Steps after which an appeal waits for its decision."""


def find_appeal(session: Session, number: int) -> RatingAppeal:
    """The appeal of a number; NotFound if there is none."""
    found = session.get(RatingAppeal, number)
    if found is None:
        raise NotFound(f"appeal {number}", "there is no such appeal.", APPEALS.advise("List them"))
    return found


def steps_of_appeal(session: Session, appeal: RatingAppeal) -> list[AppealStep]:
    """What has happened in it, the first first."""
    query = select(AppealStep).where(AppealStep.appeal_id == appeal.id).order_by(col(AppealStep.id))
    return list(session.exec(query))


def step_of(session: Session, appeal: RatingAppeal) -> Step:
    """How far it has come: the last thing that happened."""
    return Step(steps_of_appeal(session, appeal)[-1].step)


def open_appeals(session: Session, rating: AnnualRating) -> list[RatingAppeal]:
    """The appeals of an area and year that are lodged and not decided."""
    query = select(RatingAppeal).where(
        RatingAppeal.area_code == rating.area_code, RatingAppeal.year == rating.year
    )
    return [appeal for appeal in session.exec(query) if step_of(session, appeal) in RUNNING]


def lodge_by(rating: AnnualRating) -> date | None:
    """The last day on which an appeal is lodged in time, counted from the draft letter; None before that."""
    if rating.draft_on is None:
        return None
    return add_working_days(rating.draft_on, appeal_rules(rating).lodge_within)


def appeal_rules(rating: AnnualRating) -> AppealRules:
    """The rules of a rating's regime about appeals."""
    return find_regime(rating.regime).appeals


def about(appeal: RatingAppeal) -> str:
    """What the log says it is about: '855 appeal 3'."""
    return f"{appeal.area_code} appeal {appeal.id}"


def place_of(rating: AnnualRating) -> str:
    """What the log calls a rating: '855 rating 2009'."""
    return f"{rating.area_code} rating {rating.year}"


def appeal_about(session: Session, rating: AnnualRating) -> RatingAppeal | None:
    """The query or appeal about a rating; at most one was ever begun for each."""
    return session.exec(select(RatingAppeal).where(RatingAppeal.rating_id == rating.id)).first()
