"""On which page something is done about a concern, for whoever may do it."""

from starlette.requests import Request

from console.access import may
from console.visitors import who_asks
from services.shown.attention import Concern

MESSAGES = ("/messages", "Messages")
PAGES = {
    "not-confirmed": ("/programme/confirm", "Confirm the dates of a year"),
    "not-final": ("/programme/finalise", "Make dates final"),
    "declined": ("/offers", "Places offered"),
    "not-judged": ("/years", "Years"),
    "stale-plan": ("/solves/new", "Solve"),
    "mail-refused": MESSAGES,
    "unresolved": MESSAGES,
    "failed": MESSAGES,
    "bounced": MESSAGES,
}
"""The page of a kind of concern, and how its link is called."""


def with_page(request: Request, concern: Concern) -> tuple[str, str, str]:
    """What it says, the address of its page and the words of the link: blank where there is none for whoever asks."""
    address, words = PAGES.get(concern.kind, ("", ""))
    if not address or not may(who_asks(request), "GET", address):
        return concern.message, "", ""
    return concern.message, f"{address}?state=declined" if concern.kind == "declined" else address, words
