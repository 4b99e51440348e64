"""The letter of each page of the menu, and whether a browser wants shortcuts at all."""

from starlette.requests import Request

COOKIE, ON, OFF = "jarcycle-shortcuts", "on", "off"
"""The choice of a browser: single letters can be in the way of speech input (WCAG 2.1.4)."""

LETTERS = {
    "Programme": "h",
    "Areas": "a",
    "People": "i",
    "Load": "l",
    "Map": "m",
    "What is due": "d",
    "What waits for whom": "w",
    "Events": "e",
    "Plans": "p",
    "Data": "t",
    "Messages": "s",
    "History": "y",
    "Accounts": "c",
    "Your area": "a",
    "Evidence": "e",
    "Your body": "b",
    "Record an event": "r",
}
"""What follows `g`, by the name of the page in the menu."""


def letter_of(name: str) -> str:
    """The letter of a page of the menu; blank for one without."""
    return LETTERS.get(name, "")


def are_shortcuts_on(request: Request) -> bool:
    """Whether the browser has not turned them off."""
    return request.cookies.get(COOKIE) != OFF
