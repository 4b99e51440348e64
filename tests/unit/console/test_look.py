"""The form above charts and maps: every view is a link, every filter a tag, and what is not understood is told."""

import gzip
import re

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import session
from services.shown import area_maps, gantt
from tests.tables import store
from tests.unit.console.test_pages import Outline

ON_THE_WIRE = 250_000


def rows_of(text: str) -> list[str]:
    """The names of the chart's rows."""
    chart = text[text.index('<section class="jc-gantt"') :]
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', chart)


def test_rows_may_be_people_and_each_leads_to_what_they_do(console: TestClient) -> None:
    text = console.get("/?by=leader").text
    assert len(rows_of(text)) == 3
    [link, *_] = re.findall(r'href="(/\?by=area&amp;leader=[^"]*)"', text)
    assert len(rows_of(console.get(link.replace("&amp;", "&")).text)) == 1


def test_a_filter_is_a_tag_whose_link_takes_it_away_and_nothing_else(console: TestClient) -> None:
    text = console.get("/?name=shef&standing=on-time&weeks=26").text
    tags = re.findall(
        r'jc-tag" href="([^"]*)"><span class="govuk-visually-hidden">Remove </span>([^<]*?) <', text
    )
    assert [words for _, words in tags] == ["State: Neither late nor at risk", "Name: shef"]
    without_state = tags[0][0].replace("&amp;", "&")
    assert "standing" not in without_state
    assert "name=shef" in without_state
    assert "weeks=26" in without_state
    assert rows_of(console.get(without_state).text) == ["Sheffield"]


def test_a_filtered_view_says_how_many_rows_match(console: TestClient) -> None:
    assert "1 row matches." in console.get("/?name=shef").text
    assert "2 rows match." in console.get("/plans/1?standing=late").text
    assert "match" not in console.get("/?weeks=26").text


@pytest.mark.parametrize("by", ["area", "region", "leader", "inspector"])
def test_only_rows_with_a_stage_under_way_today_are_shown(console: TestClient, by: str) -> None:
    """On that day Sheffield has its fieldwork, and nobody else."""
    for path in ("/", "/plans/1"):
        text = console.get(f"{path}?by={by}&stage=fieldwork").text
        assert "Stage under way: " in text
        found = rows_of(text)
        assert found
        assert all(name == "Sheffield" or name.startswith("Inspector 0.") for name in found)
    assert "Nothing in this plan matches." in console.get(f"/?by={by}&stage=analysis").text
    assert console.get("/?stage=siesta").status_code == 400


def test_the_form_shows_what_is_chosen(console: TestClient) -> None:
    text = console.get("/plans/1?by=region&weeks=40").text
    assert '<option value="region" selected>By region</option>' in text
    assert '<option value="40" selected>40 weeks</option>' in text
    assert 'action="/plans/1"' in text


def test_a_view_without_any_row_says_what_to_do_next(console: TestClient) -> None:
    text = console.get("/?name=atlantis").text
    assert "Nothing in this plan matches." in text
    assert "Show everything" in text
    assert "jc-gantt__region" not in text
    assert "No area matches." in console.get("/map?name=atlantis").text


def test_everything_in_an_address_that_is_not_understood_is_told_together(console: TestClient) -> None:
    answer = console.get("/?by=moon&weeks=abc&region=Mars&leader=nobody&page=x&paper=a5")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    for words in (
        "Rows &#39;moon&#39; is not known",
        "Weeks &#39;abc&#39; are not shown. Give 4 to 260, or all.",
        "Region &#39;Mars&#39;",
        "Team leader &#39;nobody&#39;",
        "Page &#39;x&#39; is not a number",
        "There is no paper &#39;a5&#39;",
    ):
        assert words in answer.text


@pytest.mark.parametrize(
    "path", ["/?weeks=3", "/?weeks=261", "/?page=0", "/map?colour=taste", "/plans/compare?up=high"]
)
def test_a_value_out_of_range_is_refused_in_html(console: TestClient, path: str) -> None:
    answer = console.get(path)
    assert answer.status_code == 400
    assert Outline(answer.text).headings[0] == 1


def test_hostile_values_are_escaped_wherever_they_come_back(console: TestClient) -> None:
    for path in ("/", "/map", "/plans/1"):
        assert "<script>" not in console.get(path, params={"name": '"><script>alert(1)</script>'}).text
        assert "<script>" not in console.get(path, params={"region": "<script>"}).text


def test_pages_of_many_rows_lead_to_each_other(console: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gantt, "ROWS_ON_A_PAGE", 2)
    first = console.get("/?weeks=26").text
    assert "Rows 1 to 2 of 3." in first
    [following] = re.findall(r'href="([^"]*)" rel="next"', first)
    second = console.get(following.replace("&amp;", "&")).text
    assert "Rows 3 to 3 of 3." in second
    assert 'rel="prev"' in second
    assert sorted(rows_of(first) + rows_of(second)) == ["Cheshire", "Sheffield", "Wigan"]


def test_what_waits_stands_before_the_chart(console: TestClient) -> None:
    text = console.get("/").text
    assert text.index("What needs action") < text.index("jc-gantt__region")


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_a_view_is_laid_out_for_a_paper(console: TestClient, paper: str) -> None:
    for path in ("/", "/plans/1"):
        text = console.get(f"{path}?paper={paper}").text
        assert f'href="/static/paper-{paper}.css"' in text
        assert f"Laid out for {paper.upper()}: now print" in text
        assert f'<input type="hidden" name="paper" value="{paper}">' in text
        assert "paper-a" not in console.get(path).text.split("</head>")[0]
    style = console.get(f"/static/paper-{paper}.css")
    assert f"size:{paper.upper()} landscape" in style.text


def test_the_style_sheet_holds_charts_maps_and_their_modes(console: TestClient) -> None:
    style = console.get("/gantt.css").text
    for part in (
        ".jc-gantt__region",
        ".jc-map__region",
        "svg.jc-chart",
        "prefers-color-scheme",
        "forced-colors",
    ):
        assert part in style
    assert style.count("{") == style.count("}")


@pytest.mark.parametrize("path", ["/?weeks=156", "/?by=inspector&weeks=156", "/map", "/plans/compare"])
def test_a_page_is_light_on_the_wire(console: TestClient, path: str) -> None:
    assert len(gzip.compress(console.get(path).content, mtime=0)) < ON_THE_WIRE / 10  # three areas


def test_the_map_of_a_draft_keeps_its_plan_in_every_link(console: TestClient) -> None:
    text = console.get("/map?plan=1&name=shef").text
    assert '<input type="hidden" name="plan" value="1">' in text
    [without] = re.findall(r'jc-tag" href="([^"]*)"', text)
    assert "plan=1" in without
    assert 'href="/map?plan=1">Clear all filters' in text


def test_each_dot_of_the_map_leads_to_its_area_and_stands_in_the_table(console: TestClient) -> None:
    text = console.get("/map").text
    dots = re.findall(r'<a href="(/areas/[^"]*)" class="jc-map__dot"', text)
    table = re.findall(r'govuk-table__header"><a class="govuk-link" href="(/areas/[^"]*)"', text)
    assert sorted(dots) == sorted(table)
    assert len(dots) == 3


def test_of_too_many_areas_the_map_asks_for_a_filter(
    console: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area_maps, "MOST_ON_A_MAP", 2)
    text = console.get("/map").text
    assert "3 areas are too many for one map." in text
    assert "jc-map__dot" not in text
    assert Outline(text).headings == [1, 2, 2]
    assert "jc-map__dot" in console.get("/map?name=shef").text


def test_without_any_plan_the_map_says_what_to_do(empty_console: TestClient) -> None:
    text = empty_console.get("/map").text
    assert "There is nothing to map yet" in text
    assert 'href="/data">Data</a>' in text


def test_plans_are_compared_in_pictures_with_the_same_as_a_table(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        store(opened)
    text = console.get("/plans/compare?plan=1&plan=2").text
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="jc-chart"') == 3
    assert "Cost of dates" in text
    assert "Simulate robustness" in text
    assert "<style" not in text
    assert text.count(" checked") == 2


def test_one_plan_is_not_compared_and_what_is_no_plan_is_named(console: TestClient, engine: Engine) -> None:
    assert "there is one plan" in console.get("/plans/compare").text
    assert console.get("/plans/compare?plan=x").status_code == 404
    with session(engine) as opened:
        store(opened)
    assert "1 plans are chosen" not in console.get("/plans/compare?plan=1").text
    assert "One plan is chosen. Choose 2 to 6." in console.get("/plans/compare?plan=1").text
    assert console.get("/plans/compare?plan=1&plan=99").status_code == 404
