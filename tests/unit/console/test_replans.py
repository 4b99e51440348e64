"""Plans after an event: what is asked, what Prefect runs, what is answered, and the terms of a special review."""

from datetime import date

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from models import CriticalEvent, PlanVersion, ReplanRequest, SpecialReview, session
from services.shown.replan_report import report_of
from services.solves import asked_replans
from services.solves.solving import Asker
from tests.unit.console.conftest import Clock
from tests.unit.console.test_changes import Office, Prefect

LATER = {"activity": "wigan-jar", "not_before": "5 June 2006"}


@pytest.fixture
def prefect() -> Prefect:
    return Prefect()


@pytest.fixture
def office(console: TestClient, engine: Engine, clock: Clock, prefect: Prefect) -> Office:
    return Office(engine, clock, prefect, "planner", "publisher", login="ann", name="Ann Lee")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine finds the same plans."""
    monkeypatch.setattr(asked_replans, "SECONDS", 120.0)


def answered(engine: Engine, clock: Clock, number: int = 1) -> ReplanRequest:
    """As the flow does."""
    return asked_replans.answer(
        engine, number, Asker("operations", lambda: clock.at, day=clock.day), report_of
    )


def test_each_kind_of_event_has_a_page_that_asks_for_its_facts(office: Office) -> None:
    page = office.browser.get("/plans/1/replan").text
    for kind in ("postponement", "absence", "resignation", "conflict", "closed_weeks", "late_finish"):
        address = f"/plans/1/replan/{kind}"
        assert f'href="{address}"' in page
        assert office.browser.get(address).status_code == 200
        refused = office.send(address)
        assert refused.status_code == 422
        assert "There is a problem" in refused.text
    assert office.browser.get("/plans/1/replan/flood").status_code == 404
    assert office.browser.get("/plans/9/replan").status_code == 404


def test_a_postponement_is_asked_for_answered_and_shown(
    office: Office, engine: Engine, clock: Clock, prefect: Prefect
) -> None:
    page = office.send("/plans/1/replan/postponement", **LATER)
    assert page.url.path == "/replans/1", page.text
    assert "Prefect is looking for plans" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert 'data-live="/replans/1/answer"' in office.browser.get("/replans/1/answer").text
    assert [(path.split("/")[-1], wanted["parameters"]) for path, _, wanted in prefect.wanted] == [
        ("create_flow_run", {"number": 1})
    ]
    row = answered(engine, clock)
    assert row.state == asked_replans.DONE, row.message
    page = office.browser.get("/replans/1")
    assert "Plans to choose from" in page.text
    assert "Fewest activities" in page.text
    assert "/plans/2/publish" in page.text
    assert 'http-equiv="refresh"' not in page.text
    part = office.browser.get("/replans/1/answer").text
    assert "/plans/2/publish" in part
    assert "<html" not in part
    assert "data-live" not in part
    assert answered(engine, clock).ended_at == row.ended_at  # an answer is given once
    again = office.send("/plans/1/replan/postponement", **LATER)
    assert "it is recorded" in again.text
    listed = office.browser.get("/plans/1/replan").text
    assert '<a class="govuk-link" href="/replans/1">Replan 1 of plan 1</a>: plans to choose from' in listed


def test_what_makes_no_sense_is_refused_at_once_at_its_field(office: Office, engine: Engine) -> None:
    address = "/plans/1/replan/absence"
    page = office.send(address, inspector="Nobody Known", first="1 May 2006", last="5 May 2006")
    assert page.status_code == 422
    assert 'href="#inspector"' in page.text
    page = office.send("/plans/1/replan/postponement", activity="atlantis-jar", not_before="1 May 2007")
    assert page.status_code == 422
    assert "atlantis-jar" in page.text
    with session(engine) as opened:
        assert opened.exec(select(ReplanRequest)).all() == []


def test_nothing_is_kept_where_no_run_can_be_started(
    office: Office, engine: Engine, prefect: Prefect
) -> None:
    prefect.status = 404
    page = office.send("/plans/1/replan/postponement", **LATER)
    assert page.status_code == 422
    assert "has no deployment" in page.text
    with session(engine) as opened:
        assert opened.exec(select(ReplanRequest)).all() == []


def test_a_request_that_nobody_answers_is_told_and_can_be_asked_again(
    office: Office, engine: Engine, clock: Clock, prefect: Prefect
) -> None:
    office.send("/plans/1/replan/postponement", **LATER)
    clock.at += asked_replans.LOST
    page = office.browser.get("/replans/1").text
    assert "nobody works on it any more" in page
    assert "Ask again" in page
    assert office.send("/replans/1/again").url.path == "/replans/2"
    assert office.browser.get("/replans/77").status_code == 404


def test_an_error_ends_the_request_and_goes_on(
    office: Office, engine: Engine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.send("/plans/1/replan/postponement", **LATER)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(asked_replans, "replan_stored", broken)
    with pytest.raises(RuntimeError):
        answered(engine, clock)
    assert "It ended with an error" in office.browser.get("/replans/1").text


def recorded(office: Office) -> httpx.Response:
    return office.send(
        "/events/new",
        area="Wigan",
        kind="serious_case_review",
        day="27 January 2006",
        seriousness="grave",
        source="a letter",
    )


def test_an_incident_is_answered_from_its_own_page(
    office: Office, engine: Engine, clock: Clock, prefect: Prefect
) -> None:
    recorded(office)
    assert "Find plans" not in office.browser.get("/events/1").text
    page = office.send("/events/1/replan")
    assert "nothing is decided" in page.text.lower()
    page = office.send("/events/1/decide", decision="pull_forward", by="Ofsted", why="at risk", within="20")
    assert page.url.path == "/events/1"
    assert "Find plans" in page.text
    page = office.send("/events/1/replan")
    assert page.url.path == "/replans/1", page.text
    row = answered(engine, clock)
    assert row.event_id == 1
    assert "Replan 1" in office.browser.get("/events/1").text
    with session(engine) as opened:
        drafts = len(opened.exec(select(PlanVersion)).all()) - 1
    assert drafts == office.browser.get("/replans/1").text.count('aria-label="What to do with plan')


TERMS = {
    "by": "Ofsted",
    "why": "requested after the trial",
    "approved_by": "The Secretary of State",
    "scope-stay_safe": "yes",
    "bodies-ofsted": "yes",
    "bodies-csci": "yes",
    "starts-fieldwork": "10 April 2006",
    "days-fieldwork": "8",
}


def test_the_terms_of_a_special_review_are_asked_field_by_field(office: Office, engine: Engine) -> None:
    recorded(office)
    page = office.send("/events/1/decide", decision="special_review")
    assert page.url.path == "/events/1/special-review"
    refused = office.send("/events/1/special-review")
    assert refused.status_code == 422
    for name in ("approved_by", "scope", "bodies", "starts-analysis", "days-fieldwork"):
        assert f'href="#{name}"' in refused.text, name
    left_out = ("self_assessment", "set_up", "consultation", "analysis", "discussion")
    days = {
        "notification": "17 February 2006",
        "draft_report": "28 April 2006",
        "accuracy_comments": "5 May 2006",
        "publication": "12 May 2006",
    }
    given = {
        **TERMS,
        **{f"left_out-{step}": "yes" for step in left_out},
        **{f"day-{step}": day for step, day in days.items()},
    }
    weekend = office.send("/events/1/special-review", **{**given, "day-publication": "13 May 2006"})
    assert weekend.status_code == 422
    assert 'href="#day-publication"' in weekend.text
    page = office.send("/events/1/special-review", **given)
    assert page.url.path == "/events/1", page.text
    assert "rules set aside" in page.text
    with session(engine) as opened:
        kept = opened.exec(select(SpecialReview)).one()
        event = opened.get_one(CriticalEvent, 1)
    assert kept.approved_by == "The Secretary of State"
    assert event.happened_on == date(2006, 1, 27)
