"""On which page a required action is done, for whoever may do it."""

from collections.abc import Callable

from starlette.requests import Request

from console.access import may
from console.visitors import who_asks
from services.accounts.visits import SignedIn
from services.casework.actions import RequiredAction
from services.casework.step_turns import Action

PAGES = {
    Action.BEGIN: "/steps/{number}",
    Action.CARRY_OUT: "/steps/{number}",
    Action.SIGN_OFF: "/steps/{number}/sign-off",
    Action.RECORD_OUTPUT: "/steps/{number}/output",
    Action.HAND_IN: "/evidence/{need}/receive",
    Action.WAIVE: "/steps/{number}/waive",
    Action.SPECIFY: "/activities/{activity}/specify",
    Action.JUDGE: "/activities/{activity}/judge",
    Action.FIND: "/activities/{activity}/findings",
    Action.WRITE: "/activities/{activity}/report",
    Action.ANSWER_COMMENTS: "/activities/{activity}/report",
    Action.CONFIRM_TEAM: "/activities/{activity}/confirm-team",
    Action.CONFIRM_DATES: "/programme/confirm",
    Action.FINALISE_DATES: "/activities/{activity}/finalise",
    Action.ANSWER: "/activities/{activity}/answer",
    Action.ACT: "/proposed-actions/{proposed}/done",
    Action.HEED: "/activities/{activity}/concern-closed",
    Action.FEED_BACK: "/activities/{activity}/fed-back",
    Action.CONFIRM: "/recommendations/{recommendation}/confirm",
    Action.ANSWER_QUERY: "/queries/{number}/answer",
    Action.TALK_BEFORE_APPEAL: "/appeals/{number}/word",
    Action.DECIDE_APPEAL: "/appeals/{number}/decide",
    Action.TELL_OF_APPEAL: "/appeals/{number}/word",
    Action.ASSESS: "/assessments/{number}/judge",
}
"""The route of each kind of action."""

PageOf = Callable[[RequiredAction], str]


def page_for(who: SignedIn, action: RequiredAction) -> str:
    """The address of the page that does an action; blank if somebody may not."""
    route = PAGES[action.action]
    if not may(who, "GET", route):
        return ""
    number = str(action.number)
    for part in ("number", "activity", "need", "proposed", "recommendation"):
        route = route.replace(f"{{{part}}}", number)
    return route


def pages_for(request: Request) -> PageOf:
    """`page_for` whoever asks, for templates and lists."""
    who = who_asks(request)
    return lambda action: page_for(who, action)
