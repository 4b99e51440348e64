"""Telephone numbers: understood in one place, whichever file or command they come from."""

import re

from config.findings import InvalidText

FORM = re.compile(r"\+?[0-9][0-9 ().-]*(?: ?(?:ext\.?|x) ?[0-9]{1,6})?", re.IGNORECASE)
EXTENSION = re.compile(r" ?(?:ext\.?|x).*", re.IGNORECASE)
FEWEST_DIGITS, MOST_DIGITS = 6, 15
"""Shorter ones are extensions that nobody outside can dial; longer ones do not exist (E.164)."""

EXAMPLE = "Write it like 020 7946 0101, +44 20 7946 0101 or 020 7946 0101 ext 12."


def parse_telephone(text: str) -> str:
    """A telephone number as somebody wrote it, with single spaces; blank stays blank.

    Raises
    ------
    InvalidText
        If it is not one number that somebody could dial.
    """
    number = " ".join(text.split())
    if not number:
        return ""
    if FORM.fullmatch(number.removeprefix("(")) is None:
        raise InvalidText("this is not a telephone number.", EXAMPLE)
    digits = sum(sign.isdigit() for sign in EXTENSION.sub("", number))
    if not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        message = f"a telephone number has {FEWEST_DIGITS} to {MOST_DIGITS} digits, this one has {digits}."
        raise InvalidText(message, EXAMPLE)
    return number
