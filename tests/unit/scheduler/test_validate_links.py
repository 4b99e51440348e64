"""Mistakes in links are found; every refusal has its acceptance."""

import pytest

from scheduler.problem import LagTable, NearLink, WithinLink
from scheduler.validate import validate
from tests.builders import assessment, complete, messages, ref, review, two_areas


def findings(**changes):
    return messages(validate(complete(**changes)))


def with_link(link):
    return findings(links=(*complete().links, link))


def test_a_link_between_two_areas_is_found():
    link = NearLink(one=ref("ca-north"), other=ref("fostering-south"), cap_weeks=5, price_per_week=1)
    activities = (review("north"), review("south"), assessment("north"))
    problem = two_areas(
        activities=activities,
        pools=complete().pools,
        links=(WithinLink(inner=ref("ca-north"), outer=ref("jar-south", "fieldwork")),),
    )
    assert "joins activities of two areas, north and south" in messages(validate(problem))
    assert "joins activities of two areas" in with_link(link)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ref("ca-north"), ref("yot-north")),
        (ref("ca-north"), ref("jar-north", "analysis")),
        (ref("ca-north"), ref("jar-north", "fieldwork")),
        (ref("jar-north", "analysis"), ref("jar-north", "fieldwork")),
        (ref("ca-north"), ref("ca-north")),
    ],
)
def test_links_that_close_a_circle_are_found(one, other):
    text = with_link(NearLink(one=one, other=other, cap_weeks=5, price_per_week=1))
    assert text.startswith("link 5 (near: ")
    assert "closes a circle" in text


def test_links_that_form_a_tree_are_sound():
    assert findings() == ""


@pytest.mark.parametrize(
    ("first", "end", "is_sound"), [(104, 104, True), (103, 103, False), (104, 103, False), (105, 104, False)]
)
def test_a_lag_table_covers_the_horizon_r030(first, end, is_sound):
    table = LagTable(id="months", first=(50,) * first, end=(60,) * end)
    assert (findings(lag_tables=(table,)) == "") == is_sound


def test_a_reversed_lag_table_is_found_but_an_empty_window_is_none():
    exchanged = LagTable(id="months", first=(60,) * 104, end=(50,) * 104)
    assert "allows less than nothing after week 0 (104 weeks in all)" in findings(lag_tables=(exchanged,))
    assert findings(lag_tables=(LagTable(id="months", first=(60,) * 104, end=(60,) * 104),)) == ""
