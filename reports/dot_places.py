"""Dots that would lie on each other are moved apart, as little as may be, so that each can be read and pressed."""

from collections import defaultdict
from collections.abc import Sequence
from math import hypot

SPACING = 24
"""Pixels between the middles of two dots at least: the size of a target (WCAG 2.2, 2.5.8)."""

_ROUNDS, _HOMESICKNESS = 300, 0.02
_REACH = 12
"""Pixels that every dot keeps from the edges."""

Point = tuple[float, float]


def apart(homes: Sequence[Point], width: int, height: int) -> tuple[Point, ...]:
    """
    Where each dot is drawn: pairs that are too close push each other, and each is drawn a little towards its home.

    The last rounds only push. The same homes give the same places; as many dots as have no room stay closer.
    """
    places = [(x + 0.01 * (index % 7), y + 0.01 * (index % 5)) for index, (x, y) in enumerate(homes)]
    for turn in range(_ROUNDS):
        if turn < _ROUNDS * 2 // 3:
            places = [_towards(place, home) for place, home in zip(places, homes, strict=True)]
        if not _push(places) and turn >= _ROUNDS * 2 // 3:
            break
        places = [
            (min(max(x, _REACH), width - _REACH), min(max(y, _REACH), height - _REACH)) for x, y in places
        ]
    return tuple(places)


def _towards(place: Point, home: Point) -> Point:
    return (
        place[0] + _HOMESICKNESS * (home[0] - place[0]),
        place[1] + _HOMESICKNESS * (home[1] - place[1]),
    )


def _push(places: list[Point]) -> bool:
    """Move every pair that is too close apart, each by half of what lacks; whether there was one."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(places):
        cells[int(x // SPACING), int(y // SPACING)].append(index)
    has_moved = False
    for (column, line), indices in cells.items():
        near = [
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in cells.get((column + across, line + down), ())
        ]
        for index in indices:
            for other in near:
                has_moved |= other > index and _part(places, index, other)
    return has_moved


def _part(places: list[Point], first: int, second: int) -> bool:
    (x1, y1), (x2, y2) = places[first], places[second]
    distance = hypot(x2 - x1, y2 - y1)
    if distance >= SPACING:
        return False
    across, down = ((x2 - x1) / distance, (y2 - y1) / distance) if distance else (1.0, 0.0)
    push = (SPACING - distance) / 2 + 0.01
    places[first] = (x1 - across * push, y1 - down * push)
    places[second] = (x2 + across * push, y2 + down * push)
    return True
