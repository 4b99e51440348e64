"""Drawing by chance, and odd names."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from scheduler.values.value import WeekSpan

T = TypeVar("T")

ODD = (
    " {}",
    "{} north",
    "{}:week:3",
    "pool:{}",
    "{}+{}",
    "é {}",
    "{}, {}",
    "person:{}",
    '{}\'s "own"',
    "{} and others",
)
"""What is made of a name: spaces, and every sign that names of rows and sentences have between their parts."""


def chance(draw: Random, share: float) -> bool:
    """True in about this share of all draws."""
    return draw.random() < share


def some(draw: Random, items: Sequence[T], most: int | None = None) -> tuple[T, ...]:
    """Any of some items, in a random order; perhaps none."""
    number = draw.randint(0, len(items) if most is None else min(most, len(items)))
    return tuple(draw.sample(list(items), number))


def span(draw: Random, first: int, end: int, longest: int) -> WeekSpan:
    """Weeks that begin within [first, end)."""
    week = draw.randrange(first, end)
    return WeekSpan(first=week, end=week + draw.randint(1, longest))


def name(draw: Random, plain: str) -> str:
    """A name; one in three is odd."""
    return draw.choice(ODD).format(plain, plain) if chance(draw, 0.33) else plain
