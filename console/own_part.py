"""Whether what an address names is of one's own area or one's own body."""

from sqlmodel import Session
from starlette.requests import Request

from console.context import context_of
from console.keeping import kept
from models import Activity, EvidenceNeed, ProposedAction, Recommendation, Step, session
from services.accounts.visits import SignedIn
from services.casework.announcement import announced
from services.casework.follow_up.rows import published_on
from services.errors import ServiceError
from services.naming.areas import find_area
from services.naming.people import find_inspector
from services.programme import rules_of
from services.shown.of_body import areas_of_body, is_on_list, reviews_of_body

FOLLOW_UP = ("recommendation", "proposed")
"""Parts of addresses that number what was recommended, or is proposed about it: nobody outside knows it earlier."""


def reviews_seen(request: Request, who: SignedIn) -> frozenset[str] | None:
    """The codes of the activities of which alone somebody sees anything, being only of a body; None: of all."""
    return None if who.only_body is None else kept(request, reviews_of_body, who.only_body, who.email)


def is_of_body(request: Request, who: SignedIn, part: str, is_about: str) -> bool:
    """Whether what an address names is of the body of an account.

    Parameters
    ----------
    part
        The part of the address that names an area, or the number of an activity, of a step or of an item of evidence.
    is_about
        'inspector' or 'body' where the address has a code of one of these instead.
    """
    text = str(request.path_params[part or "code"])
    if is_about == "body":
        return text == who.only_body
    with session(context_of(request).engine, read_only=True) as opened:
        if part not in ("", "code"):
            activity = _activity_of(opened, part, int(text)) if is_number(text) else None
            if (
                part == "recommendation"
                and activity is not None
                and is_on_list(opened, context_of(request).today(), int(text), who.only_body)
            ):
                return True
            return activity is not None and activity.code in (reviews_seen(request, who) or ())
        try:
            if is_about:
                return find_inspector(opened, text).body_code == who.only_body
            area = find_area(opened, text).code
        except ServiceError:
            return False
    return area in kept(request, areas_of_body, who.only_body or "", who.email)


def is_of_area(request: Request, area_code: str | None, part: str) -> bool:
    """Whether what an address names is of an area, and announced."""
    text = str(request.path_params[part])
    with session(context_of(request).engine, read_only=True) as opened:
        if part == "code":
            try:
                return find_area(opened, text).code == area_code
            except ServiceError:
                return False
        activity = _activity_of(opened, part, int(text)) if is_number(text) else None
        if activity is None or activity.area_code != area_code:
            return False
        if part in FOLLOW_UP and published_on(opened, activity, rules_of(opened).of(activity)) is None:
            return False
        return activity.code in announced(opened, {activity.code})


def is_number(text: str) -> bool:
    """Whether a part of an address is the number of a row."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _activity_of(opened: Session, part: str, number: int) -> Activity | None:
    """The activity of that number, or that of a step, of an item of evidence that it needs, or of its follow-up."""
    if part == "activity":
        return opened.get(Activity, number)
    if part in FOLLOW_UP:
        if part == "proposed":
            action = opened.get(ProposedAction, number)
            number = 0 if action is None else action.recommendation_id
        recommendation = opened.get(Recommendation, number)
        return None if recommendation is None else opened.get_one(Activity, recommendation.activity_id)
    row = opened.get(Step, number) if part == "number" else opened.get(EvidenceNeed, number)
    return None if row is None else opened.get_one(Activity, row.activity_id)
