"""Mistakes in links are found; every refusal has its acceptance."""

import pytest

from scheduler.validating.validation import validate
from scheduler.values.problem import LagLink, LagTable, NearLink, Published, SavedPlace, Stage, WithinLink
from tests.builders import (
    analysis,
    assessment,
    changed,
    fieldwork,
    messages,
    one_area,
    ref,
    review,
    span,
    team,
    two_areas,
    visit,
)
from tests.complete import complete


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


def test_links_that_close_a_circle_are_found():
    """The assessment hangs on the fieldwork already, which hangs on the analysis."""
    link = NearLink(one=ref("ca-north"), other=ref("jar-north", "analysis"), cap_weeks=5, price_per_week=1)
    text = with_link(link)
    assert text.startswith("link 5 (near: ca-north on_site - jar-north analysis): closes a circle")


def test_a_stage_joined_with_itself_is_found():
    link = NearLink(one=ref("ca-north"), other=ref("ca-north"), cap_weeks=5, price_per_week=1)
    assert "joins a stage with itself" in with_link(link)


@pytest.mark.parametrize(
    "other", [ref("yot-north"), ref("jar-north", "fieldwork")], ids=["with a pinned stage", "twice the same"]
)
def test_a_circle_through_a_pinned_stage_and_a_second_link_of_two_stages_are_none(other):
    assert with_link(NearLink(one=ref("ca-north"), other=other, cap_weeks=5, price_per_week=1)) == ""


def test_a_circle_through_a_stage_with_a_single_week_is_none():
    link = NearLink(one=ref("ca-north"), other=ref("jar-north", "analysis"), cap_weeks=5, price_per_week=1)
    links = (*complete().links, link)
    for window, circles in ((span(40, 41), 0), (span(40, 42), 1)):
        problem = changed(complete(links=links), "activities", "ca-north", start_window=window)
        assert messages(validate(problem)).count("closes a circle") == circles


@pytest.mark.parametrize(
    ("announced", "until", "circles"),
    [((9, 12), 13, 0), ((9, 12), 12, 1), ((9, 12), 0, 1)],
    ids=["wholly frozen", "only its first stage frozen", "not frozen"],
)
def test_a_circle_through_frozen_stages_is_none_r019(announced, until, circles):
    """The assessment and the pinned inspection hang on the fieldwork, which is published in week 12."""
    known = complete()
    link = NearLink(one=ref("ca-north"), other=ref("jar-north", "fieldwork"), cap_weeks=5, price_per_week=1)
    loose = NearLink(one=ref("ca-north"), other=ref("yot-north"), cap_weeks=5, price_per_week=1)
    problem = complete(links=(*known.links, link, loose), frozen_until=until)
    free = changed(problem, "activities", "yot-north", pinned_starts=None, start_window=span(13, 20))
    published = Published(starts=announced, members=("ann", "dan"))
    free = changed(free, "activities", "jar-north", published=published)
    assert messages(validate(free)).count("closes a circle") == circles


@pytest.mark.parametrize(
    ("link", "is_sound"),
    [
        (NearLink(one=ref("ca"), other=ref("jar-north", "fieldwork"), cap_weeks=5, price_per_week=1), False),
        (NearLink(one=ref("ca"), other=ref("jar-north", "analysis"), cap_weeks=5, price_per_week=1), True),
        (LagLink(before=ref("ca"), after=ref("jar-north", "set_up"), table="later"), True),
        (LagLink(before=ref("ca"), after=ref("jar-north", "set_up"), table="any"), False),
    ],
    ids=["near a later stage", "near the team's first stage", "ends first by a lag", "may run beside it"],
)
def test_the_order_of_a_saved_place_closes_no_circle_r033(link, is_sound):
    """The team begins with the analysis, which follows the set-up."""
    wanted = team("safeguarding", "education", saved=(SavedPlace(skill="management", after=ref("ca")),))
    set_up = Stage(id="set_up", duration_weeks=1)
    stages = (set_up, analysis(lag_max_weeks=3), fieldwork())
    ca = visit("ca", "north", id="ca", start_window=span(0, 40))
    activities = (review("north", team=wanted, stages=stages), ca)
    tables = tuple(
        LagTable(
            id=name,
            first=tuple(min(52, week + ahead) for week in range(52)),
            end=tuple(min(52, week + 9) for week in range(52)),
        )
        for name, ahead in (("later", 1), ("any", 0))
    )
    text = messages(validate(one_area(activities=activities, links=(link,), lag_tables=tables)))
    told = "activity jar-north, saved place management: is saved only if on_site of ca ends before analysis begins"
    assert text == "" if is_sound else text.startswith(told)


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
