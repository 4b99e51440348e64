"""A plan on a map: classes, findings, signs and the same as a table."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import Activity, Area, session
from reports.area_map import AreaMap
from services.shown import area_maps
from services.shown.area_maps import Colouring, MapPage, plan_map
from services.shown.look import Look, Standing
from tests import tables
from tests.known import known
from tests.unit.services.test_charts import finish_steps

AS_OF = date(2006, 4, 1)


def map_of(engine: Engine, colouring: Colouring, look: Look | None = None) -> MapPage:
    with session(engine, read_only=True) as opened:
        return plan_map(opened, 1, look or Look(), colouring, today=AS_OF, link=lambda code: f"/areas/{code}")


@pytest.fixture
def six(engine: Engine) -> Engine:
    """Six areas: Wigan is late, Sheffield is under way, Cheshire is done, the others are ahead."""
    tables.published(engine, 6)
    finish_steps(engine, but=[("wigan-jar", "notification")], until=AS_OF)
    with session(engine) as opened:
        for row in opened.exec(select(Activity)):
            if row.area_code in ("sheffield", "cheshire"):
                row.state = {"sheffield": "under_way", "cheshire": "done"}[row.area_code]
        for code, urgency in (("sheffield", 9), ("wigan", 7), ("torbay", 1)):
            opened.get_one(Area, code).urgency = urgency
    return engine


def drawn(page: MapPage) -> AreaMap:
    return known(page.map)


def class_by_area(page: MapPage) -> dict[str, str]:
    return {place.name: drawn(page).classes[place.class_index].words for place in drawn(page).places}


def test_by_year_later_years_are_darker_and_signed(six: Engine) -> None:
    page = map_of(six, Colouring.YEAR)
    assert [(kind.sign, kind.words) for kind in drawn(page).classes] == [
        ("05", "2005-06: 2 areas"),
        ("06", "2006-07: 4 areas"),
    ]
    tones = [kind.tone for kind in drawn(page).classes]
    assert tones == sorted(set(tones))
    assert drawn(page).title == "6 areas by the year of review: 2 in 2005-06 and 4 in 2006-07"


def test_by_state_what_is_late_is_urgent(six: Engine) -> None:
    page = map_of(six, Colouring.STATE)
    assert class_by_area(page) == {
        "Wigan": "Late: 1 area",
        "Sheffield": "Under way: 1 area",
        "Cheshire": "Done: 1 area",
        "Torbay": "Planned: 3 areas",
        "Barnet": "Planned: 3 areas",
        "Luton": "Planned: 3 areas",
    }
    assert [kind.words for kind in drawn(page).classes if kind.is_urgent] == ["Late: 1 area"]
    assert drawn(page).title == "1 of 6 areas is late"
    assert len({kind.sign for kind in drawn(page).classes}) == len(drawn(page).classes)


def test_by_concern_each_dot_has_its_own_figure(six: Engine) -> None:
    page = map_of(six, Colouring.CONCERN)
    signs = {place.name: place.sign for place in drawn(page).places}
    assert (signs["Sheffield"], signs["Wigan"], signs["Torbay"]) == ("9", "7", "1")
    assert class_by_area(page)["Sheffield"] == "9 or 10, gravest concern: 1 area"
    assert drawn(page).title.startswith(
        "2 of 6 areas give grave concern (7 to 10); 1 of them is reviewed in the first"
    )


def test_the_table_says_the_same_as_the_dots(six: Engine) -> None:
    page = map_of(six, Colouring.STATE)
    assert [line.name for line in page.lines] == [place.name for place in drawn(page).places]
    wigan = page.lines[0]
    assert (wigan.name, wigan.is_late, wigan.concern, wigan.year) == ("Wigan", True, 7, "2006-07")
    assert (wigan.href, wigan.begins_on) == ("/areas/wigan", date(2006, 5, 15))
    assert drawn(page).places[0].words == f"from 15 May 2006 (2006-07); {wigan.state}; concern 7 of 10"


def test_filters_hold_for_the_map_too(six: Engine) -> None:
    page = map_of(six, Colouring.YEAR, Look(standing=Standing.LATE))
    assert [line.name for line in page.lines] == ["Wigan"]
    assert map_of(six, Colouring.YEAR, Look(name="nowhere")).lines == ()


def test_an_area_without_dates_is_on_the_map_and_says_so(engine: Engine) -> None:
    tables.published(engine, 2)
    with session(engine) as opened:
        for row in opened.exec(select(Activity).where(Activity.area_code == "cheshire")):
            row.state = "cancelled"
    page = map_of(engine, Colouring.YEAR)
    assert class_by_area(page)["Cheshire"] == "Without dates: 1 area"
    assert next(line for line in page.lines if line.name == "Cheshire").begins_on is None
    assert class_by_area(map_of(engine, Colouring.STATE))["Cheshire"] == "Without dates: 1 area"


def test_of_too_many_areas_there_is_the_table_only(six: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(area_maps, "MOST_ON_A_MAP", 5)
    page = map_of(six, Colouring.YEAR)
    assert (page.map, len(page.lines)) == (None, 6)
    assert page.title == "6 areas by the year of review: 2 in 2005-06 and 4 in 2006-07"
    assert len(drawn(map_of(six, Colouring.YEAR, Look(name="e"))).places) == 3
