"""How the text of a cell becomes a value: days, numbers, yes or no, lists; a blank cell is unknown."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from config.addresses import parse_address
from config.codes import parse_code
from config.day_forms import parse_day
from config.findings import InvalidText
from config.telephones import parse_telephone
from reports.table import is_like_a_formula

YES, NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")
DIGITS = re.compile(r"[+-]?[0-9]{1,18}")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
ZEROS = re.compile(r"[.]0+$")
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Signs without a width, which copying from a page or a spreadsheet brings along."""


def clean(text: str) -> str:
    """A cell's text as people see it: no signs without a width, and one space for spaces and line ends in a row.

    Raises
    ------
    InvalidText
        If there is a control character in it, which neither a page nor a message may hold.
    """
    seen = " ".join(text.translate(UNSEEN).split())
    if seen.startswith("'") and is_like_a_formula(seen[1:]):
        seen = seen[1:]  # it keeps a spreadsheet from calculating: we write it so, too
    hidden = None if seen.isprintable() else next((sign for sign in seen if _is_hidden(sign)), None)
    if hidden is not None:
        raise InvalidText(f"there is a character that nobody sees (U+{ord(hidden):04X}).", "Type it anew.")
    return seen


def _is_hidden(sign: str) -> bool:
    """Whether a sign controls what stands around it: half of a pair, a bell, or one that turns the writing around."""
    return unicodedata.category(sign) in ("Cc", "Cs") or unicodedata.bidirectional(sign) in TURNS


def parse_whole(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers between two bounds, both inclusive; 12,000 and 12.0 are whole numbers too."""

    def parse(text: str) -> int:
        digits = text.replace(",", "") if THOUSANDS.fullmatch(text) else ZEROS.sub("", text)
        if not DIGITS.fullmatch(digits):
            raise InvalidText("this is not a whole number.", "Write digits only.")
        number = int(digits)
        if not low <= number <= high:
            raise InvalidText(f"this is not between {low} and {high}.", "Check the number.")
        return number

    return parse


def parse_share(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole per cents; the sign may follow."""
    parse = parse_whole(low, high)
    return lambda text: parse(text.removesuffix("%").rstrip())


def parse_degrees(low: float, high: float) -> Callable[[str], float]:
    """A parser of degrees between two bounds, both inclusive; with a decimal point or a decimal comma."""

    def parse(text: str) -> float:
        try:
            number = float(text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text)
        except ValueError:
            raise InvalidText("this is not a number.", "Write degrees as 51.5074.") from None
        if not low <= number <= high:
            raise InvalidText(
                f"this is not between {low:g} and {high:g} degrees.",
                "Check whether latitude and longitude were swapped.",
            )
        return number

    return parse


def parse_number(text: str) -> float:
    """A number; with a decimal point or a decimal comma, a per cent sign may follow."""
    plain = text.removesuffix("%").rstrip()
    digits = plain.replace(",", "") if THOUSANDS.fullmatch(plain) else plain
    try:
        number = float(digits.replace(",", ".") if DECIMAL_COMMA.fullmatch(digits) else digits)
    except ValueError:
        raise InvalidText("this is not a number.", "Write it as 12.5.") from None
    if not math.isfinite(number):
        raise InvalidText("this is not a number.", "Write it as 12.5.")
    return number


def parse_yes(text: str) -> bool:
    """Yes or no, in the usual spellings."""
    word = text.lower()
    if word not in YES + NO:
        raise InvalidText("this is neither yes nor no.", "Write yes or no.")
    return word in YES


def parse_codes(text: str) -> tuple[str, ...]:
    """Codes separated by semicolons; spaces around them do not count."""
    codes = tuple(part.strip() for part in text.split(";") if part.strip())
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise InvalidText(f"'{twice}' is listed more than once.", "List it once.")
    return codes


def needed(parse: Callable[[str], Any]) -> BeforeValidator:
    """A cell that a parser reads, and that must not be blank."""

    def validate(text: Any) -> Any:
        if text == "":
            raise InvalidText("this cell must not be blank.", "Fill it in.")
        return parse(text) if isinstance(text, str) else text

    return BeforeValidator(validate)


def _optional(parse: Callable[[str], Any]) -> BeforeValidator:
    return BeforeValidator(
        lambda text: None if text == "" else parse(text) if isinstance(text, str) else text
    )


Text = Annotated[str, needed(str)]
Code = Annotated[str, needed(parse_code)]
Day = Annotated[date, needed(parse_day)]
OptionalDay = Annotated[date | None, _optional(parse_day)]
Latitude = Annotated[float, needed(parse_degrees(49.0, 61.0))]
Longitude = Annotated[float, needed(parse_degrees(-9.0, 3.0))]
Number = Annotated[float, needed(parse_number)]
OptionalNumber = Annotated[float | None, _optional(parse_number)]
CalendarYear = Annotated[int, needed(parse_whole(1990, 2100))]
YesNo = Annotated[bool, needed(parse_yes)]
Codes = Annotated[
    tuple[str, ...], BeforeValidator(lambda text: parse_codes(text) if isinstance(text, str) else text)
]
OptionalText = Annotated[str | None, _optional(str)]
Mail = Annotated[str, needed(parse_address)]
OptionalMail = Annotated[str | None, _optional(parse_address)]
Telephone = Annotated[str | None, _optional(parse_telephone)]
OptionNumber = Annotated[int, needed(parse_whole(1, 4))]
OptionalOption = Annotated[int | None, _optional(parse_whole(1, 4))]
Percent = Annotated[int, needed(parse_share(0, 100))]
Share = Annotated[int, needed(parse_share(1, 100))]
Count = Annotated[int, needed(parse_whole(0, 100_000_000))]
Positive = Annotated[int, needed(parse_whole(1, 1_000))]
OptionalUrgency = Annotated[int | None, _optional(parse_whole(1, 10))]
OptionalPositive = Annotated[int | None, _optional(parse_whole(1, 1_000))]
OptionalRound = Annotated[int | None, _optional(parse_whole(1, 9_999))]
RestWeeks = Annotated[int, needed(parse_whole(0, 52))]
