"""A map of dots: each stands near its place, says its class by colour and by a sign, and leads to a page."""

from dataclasses import dataclass
from functools import lru_cache

from reports.coast import COAST
from reports.dot_places import SPACING, apart
from reports.map_projection import Projection, over
from reports.markup import escaped, safe_address

NUM_TONES = 5
"""Tones of classes, from the palest (0) to the darkest (4)."""

_RADIUS = 10
_WORDS_HEIGHT = 30
"""Pixels of the strip on top in which the dot says its words that has the pointer or the focus."""


@dataclass(frozen=True, slots=True)
class MapClass:
    """
    What dots of one look have in common.

    Parameters
    ----------
    sign
        At most two letters or digits, drawn in the dot; blank if each of its dots has a sign of its own.
    words
        What it stands for: '2005-06: 31 areas'.
    tone
        0 to 4; a class that is `urgent` is red and dashed instead.
    """

    sign: str
    words: str
    tone: int = 0
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """
    A dot: where it is (degrees), where it leads to, its class (an index), and what is said of it after its name.

    Parameters
    ----------
    sign
        Its own sign where its class has none.
    """

    name: str
    latitude: float
    longitude: float
    href: str
    class_index: int
    words: str
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMap:
    """Dots and their classes; the title states the finding. `key` starts its element ids."""

    title: str
    places: tuple[Place, ...]
    classes: tuple[MapClass, ...]
    key: str = "map"


def map_fragment(area_map: AreaMap, heading_level: int = 2) -> str:
    """
    The map as an HTML fragment: finding, legend in words, and the picture in a region that scrolls by itself.

    Holds classes only, no style attribute and no script. All texts are escaped.
    """
    key, title = area_map.key, escaped(area_map.title)
    return (
        '<section class="jc-map">\n'
        f'<h{heading_level} class="jc-map__title" id="{key}-title">{title}</h{heading_level}>\n'
        f"{_legend(area_map)}"
        f'<div class="jc-map__region" role="region" aria-labelledby="{key}-title" tabindex="0">\n'
        f"{map_svg(area_map)}</div>\n</section>\n"
    )


def map_svg(area_map: AreaMap) -> str:
    """The picture alone; each dot is a link with its name and words."""
    points = tuple((place.longitude, place.latitude) for place in area_map.places)
    projection = over(points)
    width, height = projection.width, projection.height + _WORDS_HEIGHT
    dots = "".join(
        _dot(place, area_map.classes[place.class_index], at)
        for place, at in zip(area_map.places, _spread(points), strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="jc-map__picture" role="group" '
        f'aria-labelledby="{area_map.key}-title" width="{width}" height="{height}" '
        f'viewBox="0 -{_WORDS_HEIGHT} {width} {height}">\n'
        f'<path class="jc-map__land" d="{_land(projection)}"/>\n{dots}</svg>\n'
    )


@lru_cache(maxsize=16)
def _spread(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Pixels of the dots; the same places are spread once."""
    projection = over(points)
    return apart([projection.at(*point) for point in points], projection.width, projection.height)


def _land(projection: Projection) -> str:
    """Path data of the coast; what lies outside the picture is cut off by its edges."""
    rings = (
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in (projection.at(*point) for point in ring)) + "z"
        for ring in COAST
    )
    return "".join(rings)


def _dot(place: Place, kind: MapClass, at: tuple[float, float]) -> str:
    x, y = round(at[0], 1), round(at[1], 1)
    words, sign = escaped(f"{place.name}: {place.words}"), escaped(kind.sign or place.sign)
    dot = (
        f'<circle class="{_style(kind)}" cx="{x}" cy="{y}" r="{_RADIUS}"/>'
        f'<text class="{_ink(kind)}" x="{x}" y="{y + 3.5:g}">{sign}</text>'
    )
    said = f'<text class="jc-map__words" aria-hidden="true" x="4" y="-10">{words}</text>'
    target = safe_address(place.href)
    if not target:
        return f'<g role="img" aria-label="{words}"><title>{words}</title>{dot}</g>\n'
    # Who speaks to the machine says what they see: digits in a dot are a part of its name (WCAG 2.5.3).
    name = f"{words}; sign {sign}" if sign.isdigit() else words
    return f'<a href="{target}" class="jc-map__dot" aria-label="{name}">{dot}{said}</a>\n'


def _legend(area_map: AreaMap) -> str:
    side = SPACING
    items = "".join(
        f'<li><svg width="{side}" height="{side}" viewBox="0 0 {side} {side}" aria-hidden="true" focusable="false">'
        f'<circle class="{_style(kind)}" cx="12" cy="12" r="{_RADIUS}"/>'
        f'<text class="{_ink(kind)}" x="12" y="15.5">{escaped(kind.sign)}</text></svg>{escaped(kind.words)}</li>\n'
        for kind in area_map.classes
    )
    return f'<ul class="jc-map__legend" aria-label="Legend">\n{items}</ul>\n' if items else ""


def _style(kind: MapClass) -> str:
    return "mu" if kind.is_urgent else f"m{kind.tone}"


def _ink(kind: MapClass) -> str:
    """Signs are white on the three darkest tones."""
    return "jc-map__sign" + (
        " jc-map__sign--pale" if kind.tone >= NUM_TONES - 3 and not kind.is_urgent else ""
    )
