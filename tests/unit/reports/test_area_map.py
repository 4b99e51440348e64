from dataclasses import replace
from math import hypot

import pytest

from reports.area_map import AreaMap, MapClass, Place, map_fragment, map_svg
from reports.coast import COAST
from reports.dot_places import SPACING, apart
from reports.map_projection import over
from tests.unit.reports.builders import HOSTILE, all_named, parsed, words

YORK = Place("York", 53.96, -1.08, "/areas/816", 0, "from 9 January 2006; Under way")
TORBAY = Place("Torbay", 50.46, -3.53, "/areas/880", 1, "no dates", sign="7")
CLASSES = (MapClass("05", "2005-06: 1 area", 1), MapClass("", "7 or 8: 1 area", 3))


def a_map(*places: Place, classes: tuple[MapClass, ...] = CLASSES) -> AreaMap:
    return AreaMap(title="Two areas", places=places or (YORK, TORBAY), classes=classes)


def test_each_dot_is_a_link_with_its_name_its_words_and_a_sign() -> None:
    tree = parsed(map_svg(a_map()))
    links = {link.get("aria-label"): link for link in all_named(tree, "a")}
    assert set(links) == {"York: from 9 January 2006; Under way; sign 05", "Torbay: no dates; sign 7"}
    assert links["Torbay: no dates; sign 7"].get("href") == "/areas/880"
    signs = [text.text for text in all_named(tree, "text") if "sign" in (text.get("class") or "")]
    assert signs == ["05", "7"]


def test_north_is_up_and_east_is_right() -> None:
    circles = all_named(parsed(map_svg(a_map())), "circle")
    york, torbay = ((float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in circles)
    assert york[0] > torbay[0]
    assert york[1] < torbay[1]


def test_the_legend_has_words_for_every_class() -> None:
    legend = next(ul for ul in all_named(parsed(map_fragment(a_map())), "ul"))
    assert [words(item) for item in legend] == ["052005-06: 1 area", "7 or 8: 1 area"]


def test_what_is_urgent_differs_in_more_than_its_colour() -> None:
    urgent = (MapClass("L", "Late: 1 area", is_urgent=True), CLASSES[1])
    circles = all_named(parsed(map_svg(a_map(classes=urgent))), "circle")
    assert [dot.get("class") for dot in circles] == ["mu", "m3"]


def test_hostile_texts_stay_texts_and_hostile_addresses_lead_nowhere() -> None:
    bad = replace(YORK, name=HOSTILE, words=HOSTILE, href="javascript:alert(1)", sign=HOSTILE)
    fragment = map_fragment(a_map(bad, classes=(MapClass("", HOSTILE),)))
    assert "<script" not in fragment
    assert "javascript" not in fragment
    assert all_named(parsed(fragment), "a") == []


def test_the_map_passes_a_strict_content_security_policy() -> None:
    attributes = {name for element in parsed(map_fragment(a_map())).iter() for name in element.attrib}
    assert "style" not in attributes
    assert not [name for name in attributes if name.startswith("on")]


def test_a_map_of_no_place_and_of_one_can_be_drawn() -> None:
    assert all_named(parsed(map_svg(AreaMap(title="None", places=(), classes=()))), "circle") == []
    assert len(all_named(parsed(map_svg(a_map(YORK))), "circle")) == 1


@pytest.mark.parametrize("count", [2, 33, 150])
def test_dots_of_one_place_are_moved_apart_so_that_each_is_a_target(count: int) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels."""
    places = apart([(400.0, 400.0)] * count, 800, 900)
    gaps = [hypot(a[0] - b[0], a[1] - b[1]) for index, a in enumerate(places) for b in places[:index]]
    assert min(gaps) >= SPACING - 0.5  # all in one place: the last pushes are still small
    assert apart([(400.0, 400.0)] * count, 800, 900) == places


def test_dots_with_room_stay_where_they_are() -> None:
    homes = [(100.0, 100.0), (200.0, 100.0), (150.0, 300.0)]
    assert all(
        hypot(a[0] - b[0], a[1] - b[1]) < 0.1 for a, b in zip(homes, apart(homes, 800, 900), strict=True)
    )


def test_a_map_fits_the_page_whatever_it_shows() -> None:
    for points in ((), ((-1.0, 53.0),), ((-6.3, 49.9), (1.8, 55.8)), ((-1.0, 53.0), (0.5, 53.0))):
        shown = over(points)
        assert 90 < shown.width <= 900
        assert 90 < shown.height <= 900


def test_the_coast_is_closed_rings_around_england() -> None:
    assert all(ring[0] == ring[-1] for ring in COAST)
    longitudes = [lon for ring in COAST for lon, _ in ring]
    latitudes = [lat for ring in COAST for _, lat in ring]
    assert (min(longitudes) > -6.5, max(longitudes) < 1.9) == (True, True)
    assert (min(latitudes) > 49.8, max(latitudes) < 56.3) == (True, True)
