"""Plans and events as tables: found, sorted, saved; what stands behind a plan; solves that are followed."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from models import PlanVersion, session
from services.events.deciding import Verdict, decide
from services.events.event_log import NewEvent, add_event
from services.shown.plan_background import PlanBackground, background_of
from services.solves import solve_runs
from tests.known import known
from tests.signing_in import cookies_of, sign_in_as
from tests.special import on
from tests.tables import AT, MONDAYS, store
from tests.unit.console.conftest import Clock
from tests.unit.console.test_listings import cells


def draft(engine: Engine, **other: str) -> int:
    """A second plan, of another option."""
    with session(engine) as opened:
        number = store(opened, {"wigan": MONDAYS["wigan"]})
        row = opened.get_one(PlanVersion, number)
        row.option = "4"
        for name, value in other.items():
            setattr(row, name, value)
    return number


def plans(page: str) -> list[str]:
    return [row[0] for row in cells(page)]


def test_plans_are_filtered_sorted_and_found_by_what_they_are_for(
    console: TestClient, engine: Engine
) -> None:
    number = draft(engine, reason="after the flood", created_by="Bea")
    assert plans(console.get("/plans").text) == [f"Plan {number}", "Plan 1"]
    assert plans(console.get("/plans?sort=plan").text) == ["Plan 1", f"Plan {number}"]
    for view in ("option=4", "status=draft", "q=flood", "by=Bea"):
        assert plans(console.get(f"/plans?{view}").text) == [f"Plan {number}"], view
    assert "No plan fits these filters" in console.get("/plans?option=2&status=published").text


def test_a_view_of_plans_is_saved_as_values(console: TestClient, engine: Engine) -> None:
    number = draft(engine)
    [heads, *rows] = console.get("/plans.csv?option=4").text.lstrip("\ufeff").splitlines()
    assert heads.startswith("Plan,Option,Status,Cost of dates")
    assert [row.split(",")[:2] for row in rows] == [[str(number), "4"]]
    sheet = known(load_workbook(io.BytesIO(console.get("/plans.xlsx").content)).active)
    assert number in [cell.value for cell in sheet["A"]]
    assert console.get("/plans.pdf").status_code == 404


def test_a_plan_names_its_price_list_and_what_the_published_plan_counts_otherwise(
    console: TestClient, engine: Engine
) -> None:
    number = draft(engine)
    page = console.get(f"/plans/{number}").text
    assert "Made under the price list of the policy ‘default’" in page
    assert "at which the published plan 1 costs what it says" in page
    with session(engine) as opened:
        row = opened.get_one(PlanVersion, 1)
        row.problem_json = re.sub(
            r'"urgency_price":(\d+)', lambda found: f'"urgency_price":{int(found[1]) + 5}', row.problem_json
        )
    page = console.get(f"/plans/{number}").text
    assert "The published plan 1 counts otherwise: delay of urgent reviews" in page
    with session(engine) as opened:
        opened.get_one(PlanVersion, number).rules = ""
    assert "Nobody kept the price list" in console.get(f"/plans/{number}").text


def test_a_plan_names_what_begins_at_short_notice_on_the_day_it_is_looked_at(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    number = draft(engine)
    clock.day = date(2005, 6, 1)
    assert "at short notice" not in console.get(f"/plans/{number}").text
    clock.day = MONDAYS["wigan"]
    page = console.get(f"/plans/{number}").text
    assert "at short notice" in page
    assert "wigan-jar begins in the week of" in page


def test_a_plan_is_read_again_only_after_a_change(
    console: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[int] = []

    def counted(opened: Session, today: date, version: int) -> PlanBackground:
        readings.append(version)
        return background_of(opened, today, version)

    monkeypatch.setattr("console.plans.background_of", counted)
    assert all(console.get("/plans/1").status_code == 200 for _ in range(3))
    assert readings == [1]
    with session(engine) as opened:
        opened.get_one(PlanVersion, 1).created_by = "Somebody else"
    assert "Somebody else" in console.get("/plans/1").text
    assert readings == [1, 1]
    assert console.get("/plans/9").status_code == 404


def test_events_are_filtered_and_saved_without_what_only_a_page_offers(
    console: TestClient, engine: Engine
) -> None:
    day = date(2006, 5, 3)
    with session(engine) as opened:
        new = NewEvent("sheffield", "special_measures", day, "Ofsted's letter", "serious", "SM/12")
        number = add_event(opened, new, on(day)).id or 0
        later = NewEvent("wigan", "special_measures", date(2006, 6, 1), "The press", "serious", "SM/13")
        add_event(opened, later, on(date(2006, 6, 1)))
        decide(opened, number, Verdict("watch", "Ofsted"), on(day, "the plan of the school is good"))
    assert [row[0] for row in cells(console.get("/events").text)] == ["Wigan", "Sheffield"]
    assert [row[0] for row in cells(console.get("/events?sort=day").text)] == ["Sheffield", "Wigan"]
    for view in ("area=sheffield", "q=SM/12", "q=letter"):
        assert [row[0] for row in cells(console.get(f"/events?{view}").text)] == ["Sheffield"], view
    undecided = console.get("/events", params={"decision": "not decided"}).text
    assert [row[0] for row in cells(undecided)] == ["Wigan"]
    assert "No event fits these filters" in console.get("/events?q=nowhere").text
    assert "Decide again about event 1" in console.get("/events").text
    text = console.get("/events.csv?area=sheffield").text
    assert "the plan of the school is good" in text
    assert "2006-05-03" in text
    assert "Wigan" not in text
    assert "Decide again" not in text


def test_who_does_not_decide_is_not_asked_to(
    stranger: TestClient, console: TestClient, engine: Engine
) -> None:
    day = date(2006, 5, 3)
    with session(engine) as opened:
        add_event(opened, NewEvent("wigan", "special_measures", day, "The press", "serious", "1"), on(day))
    assert "/events/1/decide" in console.get("/events").text
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(sign_in_as(engine, "viewer", at=AT, login="vi")))
    assert "/events/1/decide" not in stranger.get("/events").text


def test_the_part_that_follows_solves_asks_again_until_the_awaited_one_has_ended(
    console: TestClient, engine: Engine
) -> None:
    assert 'data-live="/plans/solves?follow=1"' in console.get("/plans?follow=1").text  # it has not begun yet
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "Ann", AT)
        solve_runs.progress(opened, number, "dates", 987_654, 123)
    part = console.get("/plans/solves?follow=1").text
    assert "<html" not in part
    assert 'data-live="/plans/solves?follow=1"' in part
    assert "987,654" in part
    assert '<p class="govuk-body" role="status">1 solve under way.</p>' in part
    with session(engine) as opened:
        solve_runs.end(opened, number, "done", 1, "", AT)
    part = console.get("/plans/solves?follow=1").text
    assert "data-live" not in part
    assert 'href="/plans/1"' in part
