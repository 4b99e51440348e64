"""What stands for a number in a JSON document and is none that can be computed with: NaN, Infinity, 6,000 digits."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_DIGITS = 400


@dataclass(frozen=True)
class NoNumber:
    """The text in place of a number."""

    text: str

    def __str__(self) -> str:
        if len(self.text) > MOST_DIGITS:
            return f"has {len(self.text)} digits, more than any number that can be meant"
        return f"is {self.text}, which is no number"


def whole(text: str) -> int | NoNumber:
    """For `json.loads`: a whole number, if it is not absurdly long."""
    return int(text) if len(text) <= MOST_DIGITS else NoNumber(text)


def decimal(text: str) -> float | NoNumber:
    """For `json.loads`: a number with a point, if it is finite."""
    value = float(text)
    return value if math.isfinite(value) else NoNumber(text)


def no_numbers(
    data: Any, loc: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], NoNumber]]:
    """Everything of the kind in a document, with its place."""
    if isinstance(data, NoNumber):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from no_numbers(value, (*loc, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from no_numbers(value, (*loc, number))
