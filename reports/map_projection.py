"""From degrees to pixels on a map of a part of England: north is up, and distances are nearly true."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

_MOST_WIDTH, _MOST_HEIGHT, _MARGIN = 800, 900, 46
_LEAST_DEGREES = 0.5
"""A map never shows less than about fifty kilometres, so that a single place has surroundings."""


@dataclass(frozen=True, slots=True)
class Projection:
    """West edge and north edge in degrees, pixels per degree of latitude, and the size in pixels."""

    west: float
    north: float
    pixels: float
    squeeze: float
    width: int
    height: int

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        x = (longitude - self.west) * self.squeeze * self.pixels + _MARGIN
        return x, (self.north - latitude) * self.pixels + _MARGIN


def over(points: Sequence[tuple[float, float]]) -> Projection:
    """The largest map of all points (longitude and latitude) that fits the page; of England if there are none."""
    shown = points or ((-6.3, 49.9), (1.8, 55.8))
    west, east = _stretched([lon for lon, _ in shown])
    south, north = _stretched([lat for _, lat in shown])
    squeeze = cos(radians((south + north) / 2))
    across, up = (east - west) * squeeze, north - south
    pixels = min((_MOST_WIDTH - 2 * _MARGIN) / across, (_MOST_HEIGHT - 2 * _MARGIN) / up)
    width, height = round(across * pixels) + 2 * _MARGIN, round(up * pixels) + 2 * _MARGIN
    return Projection(west, north, pixels, squeeze, width, height)


def _stretched(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max(_LEAST_DEGREES - (high - low), 0) / 2
    return low - more, high + more
