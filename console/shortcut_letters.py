"""The letter of each page of the menu."""

LETTERS = {
    "Programme": "h",
    "Areas": "a",
    "People": "i",
    "Load": "l",
    "Map": "m",
    "What is due": "d",
    "What waits for whom": "w",
    "Years": "u",
    "Events": "e",
    "Follow-up": "f",
    "Ratings": "r",
    "Appeals": "o",
    "Plans": "p",
    "Data": "t",
    "Messages": "s",
    "Questionnaires": "q",
    "History": "y",
    "Accounts": "c",
    "Your area": "a",
    "Evidence": "e",
    "What was published": "p",
    "Assessments": "o",
    "Preparation": "n",
    "Your body": "b",
    "Record an event": "r",
}
"""What follows `g`, by the name of the page in the menu."""


def letter_of(name: str) -> str:
    """The letter of a page of the menu; blank for one without."""
    return LETTERS.get(name, "")
