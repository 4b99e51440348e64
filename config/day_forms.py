"""Days as people write them, in files and after options: understood in one place."""

import re
from datetime import date

from config.findings import InvalidText

FORMS = "Write it as 2005-09-05 or 05/09/2005."
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years in which a day can lie: what is further off is a slip, or a spreadsheet's word for 'never'."""
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?", re.ASCII)
IN_WORDS = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII
)
SHORT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2}")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def parse_day(text: str) -> date:
    """A day as 2005-09-05, 05/09/2005 (the day first, as in Britain), 5.9.2005 or 5 September 2005.

    Raises
    ------
    InvalidText
        If it is no day, or could be another one than was meant.
    """
    try:
        day = _read(text)
    except ValueError:
        raise InvalidText("this is not a date.", f"{FORMS} The day comes before the month.") from None
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"this date is not between the years {FIRST_YEAR} and {LAST_YEAR}."
        raise InvalidText(message, "Check the year.")
    if day is not None:
        return day
    if SHORT_YEAR.fullmatch(text):
        raise InvalidText("this date has a year of two digits.", FORMS)
    if SERIAL.fullmatch(text):
        raise InvalidText(
            "this is the number by which a spreadsheet keeps a date.", "Format the column as a date."
        )
    raise InvalidText("this is not a date.", FORMS)


def _read(text: str) -> date | None:
    """The day in one of the forms; None if it has none of them, ValueError if there is no such day."""
    if found := YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_FIRST.fullmatch(text):
        return date(int(found[4]), int(found[3]), int(found[1]))
    if (found := IN_WORDS.fullmatch(text)) and (month := _month(found[2])):
        return date(int(found[3]), month, int(found[1]))
    return None


def _month(word: str) -> int | None:
    """The number of a month by its name or the first letters of it."""
    found = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(word.lower())]
    return found[0] if len(found) == 1 else None
