"""Developments in the console: tasks that are done, trials, lessons, and what clashes."""

from datetime import date

from starlette.testclient import TestClient

from console.visitors import COOKIE
from tests.signing_in import form
from tests.unit.console.conftest import Clock

THERE = "/developments/2005-reviews"


def post(browser: TestClient, path: str, **fields: str):
    return browser.post(path, data=form(browser.cookies[COOKIE], **fields))


def test_tasks_are_done_in_their_order_r001_r173(console: TestClient, clock: Clock) -> None:
    clock.day = date(2005, 2, 28)
    assert THERE in console.get("/developments").text
    page = console.get(THERE).text
    assert "due on 28 February 2005, the day on which what it waits for ends" in page
    assert "The framework: Draft." in page
    refused = post(console, f"{THERE}/tasks/publication")
    assert (refused.status_code, "It waits for: Approval of the framework." in refused.text) == (422, True)
    done = post(console, f"{THERE}/tasks/process", done_on="30 June 2004")
    assert "Done, 30 June 2004" in done.text
    assert console.get(f"{THERE}/tasks/nothing").status_code == 404
    assert console.get("/developments/nothing").status_code == 404


def test_lessons_of_trials_are_decided_r125(console: TestClient, clock: Clock) -> None:
    clock.day = date(2005, 2, 28)
    assert post(console, f"{THERE}/trial", place="Leeds").status_code == 422
    assert (
        "Leeds, from 10 January 2005"
        in post(console, f"{THERE}/trial", place="Leeds", began_on="10 January 2005").text
    )
    assert "Not decided yet" in post(console, "/trials/1/lesson", lesson="Leave more time").text
    assert post(console, "/lessons/1/decide", verdict="taken").status_code == 422
    decided = post(console, "/lessons/1/decide", verdict="not_taken", why="Eight weeks are enough")
    assert "Not taken: Eight weeks are enough" in decided.text
    assert console.get("/lessons/2/decide").status_code == 404
