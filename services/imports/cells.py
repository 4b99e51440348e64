"""How the text of a cell becomes a value: days, numbers, yes or no, lists; a blank cell is unknown."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from services.imports.problems import CellError

BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


def parse_day(text: str) -> date:
    """A day as 2005-09-05, or as British spreadsheets write it: 05/09/2005."""
    british = BRITISH_DAY.fullmatch(text)
    try:
        if british:
            day, month, year = (int(part) for part in british.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise CellError("this is not a date.", "Write it as 2005-09-05 or 05/09/2005.") from None


def parse_whole(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers between two bounds, both inclusive."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise CellError("this is not a whole number.", "Write digits only.") from None
        if not low <= number <= high:
            raise CellError(f"this is not between {low} and {high}.", "Check the number.")
        return number

    return parse


def parse_degrees(low: float, high: float) -> Callable[[str], float]:
    """A parser of degrees between two bounds, both inclusive."""

    def parse(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            raise CellError("this is not a number.", "Write degrees as 51.5074.") from None
        if not low <= number <= high:
            raise CellError(
                f"this is not between {low:g} and {high:g} degrees.",
                "Check whether latitude and longitude were swapped.",
            )
        return number

    return parse


def parse_yes(text: str) -> bool:
    """Yes or no, in the usual spellings."""
    word = text.lower()
    if word not in YES + NO:
        raise CellError("this is neither yes nor no.", "Write yes or no.")
    return word in YES


def parse_codes(text: str) -> tuple[str, ...]:
    """Codes separated by semicolons; spaces around them do not count."""
    codes = tuple(part.strip() for part in text.split(";") if part.strip())
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise CellError(f"'{twice}' is listed more than once.", "List it once.")
    return codes


def parse_mail(text: str) -> str:
    """A mail address, as far as one can tell without sending."""
    name, _, host = text.partition("@")
    if not name or "." not in host or any(sign.isspace() for sign in text):
        raise CellError("this is not an email address.", "Write it as name@council.example.")
    return text


def _needed(parse: Callable[[str], Any]) -> BeforeValidator:
    def validate(text: Any) -> Any:
        if text == "":
            raise CellError("this cell must not be blank.", "Fill it in.")
        return parse(text) if isinstance(text, str) else text

    return BeforeValidator(validate)


def _optional(parse: Callable[[str], Any]) -> BeforeValidator:
    return BeforeValidator(
        lambda text: None if text == "" else parse(text) if isinstance(text, str) else text
    )


Text = Annotated[str, _needed(str)]
Day = Annotated[date, _needed(parse_day)]
OptionalDay = Annotated[date | None, _optional(parse_day)]
Latitude = Annotated[float, _needed(parse_degrees(49.0, 61.0))]
Longitude = Annotated[float, _needed(parse_degrees(-9.0, 3.0))]
YesNo = Annotated[bool, _needed(parse_yes)]
Codes = Annotated[
    tuple[str, ...], BeforeValidator(lambda text: parse_codes(text) if isinstance(text, str) else text)
]
OptionalText = Annotated[str | None, _optional(str)]
Mail = Annotated[str, _needed(parse_mail)]
OptionNumber = Annotated[int, _needed(parse_whole(1, 4))]
OptionalOption = Annotated[int | None, _optional(parse_whole(1, 4))]
Urgency = Annotated[int, _needed(parse_whole(1, 10))]
Percent = Annotated[int, _needed(parse_whole(0, 100))]
Share = Annotated[int, _needed(parse_whole(1, 100))]
Count = Annotated[int, _needed(parse_whole(0, 100_000_000))]
Positive = Annotated[int, _needed(parse_whole(1, 1_000))]
OptionalPositive = Annotated[int | None, _optional(parse_whole(1, 1_000))]
OptionalRound = Annotated[int | None, _optional(parse_whole(1, 9_999))]
RestWeeks = Annotated[int, _needed(parse_whole(0, 52))]
