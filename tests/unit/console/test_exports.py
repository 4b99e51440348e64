"""Files of a plan: each kind is what it says, and what may not leave does not."""

import io
import zipfile

import pytest
from starlette.testclient import TestClient

STARTS = {"svg": b"<svg", "html": b"<!DOCTYPE html>", "ics": b"BEGIN:VCALENDAR", "csv": "\ufeff".encode()}


@pytest.mark.parametrize("kind", STARTS)
@pytest.mark.parametrize("version", ["1", "published"])
def test_a_plan_comes_in_each_form(console: TestClient, version: str, kind: str) -> None:
    answer = console.get(f"/exports/plan-{version}.{kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(STARTS[kind])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="plan-1.{kind}"'


def test_a_workbook_can_be_opened(console: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(console.get("/exports/plan-1.xlsx").content)) as book:
        assert "xl/workbook.xml" in book.namelist()


def test_an_area_s_feed_holds_only_that_area(console: TestClient) -> None:
    text = console.get("/exports/area-sheffield.ics").text
    assert "Sheffield" in text
    assert "Cheshire" not in text


@pytest.mark.parametrize("whose", ["inspector-sheffield-1", "leader-sheffield-0", "body-csci"])
def test_a_person_a_leader_and_a_body_have_feeds(console: TestClient, whose: str) -> None:
    answer = console.get(f"/exports/{whose}.ics")
    assert answer.status_code == 200
    assert "Sheffield: JAR fieldwork" in answer.text.replace("\r\n ", "")


@pytest.mark.parametrize(
    "path",
    [
        "inspector-nobody.ics",
        "leader-nobody.ics",
        "body-none.ics",
        "plan-1.json",
        "plan-1.problem",
        "plan-9.svg",
        "plan-x.svg",
        "plan--1.svg",
        "area-nowhere.ics",
        "plan-².",
    ],
)
def test_what_there_is_not_or_may_not_leave_is_a_page_with_advice(console: TestClient, path: str) -> None:
    assert console.get(f"/exports/{path}").status_code == 404


def test_without_a_publication_there_is_no_published_plan(empty_console: TestClient) -> None:
    answer = empty_console.get("/exports/plan-published.svg")
    assert answer.status_code == 404
    assert "No plan is published yet" in answer.text
