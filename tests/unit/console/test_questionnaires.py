"""Questionnaires in the console: sent by planners, answered by link without an account, shown outside in numbers."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import Delivery, session
from services.questionnaires.sent_rounds import close_round
from tests.e2e.asked_authorities import ask_authorities
from tests.known import known
from tests.questionnaires import LINK, answer, word
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock
from tests.unit.console.crawling import crawl
from tests.unit.console.pressing import route_of

ROUND = {"questionnaire": "assessment-2009", "reply_by": "25 January 2010", "evaluation": "assessment-2009"}
ANY_LINK = re.compile(LINK.pattern.replace("https://reviews.example.org", "http://localhost"))


def post(browser: TestClient, path: str, **fields: str):
    return browser.post(path, data=form(browser.cookies[COOKIE], **fields))


@pytest.fixture
def sent(console: TestClient, clock: Clock) -> TestClient:
    """A round that a planner sent to three areas on 11 January 2010."""
    clock.day = date(2010, 1, 11)
    said = post(console, "/questionnaires/send", **ROUND)
    assert "Round 1 is open: 3 authorities invited, to reply by 25 January 2010." in said.text
    return console


def link_of(engine: Engine, area: str) -> str:
    with session(engine, read_only=True) as opened:
        query = select(Delivery.body).where(Delivery.recipient == f"director@{area}.example")
        body = known(opened.exec(query.order_by(col(Delivery.id).desc())).first())
    return ANY_LINK.findall(body)[0]


def test_an_authority_answers_by_its_link_without_an_account_and_sees_its_answer_r164_r194(
    sent: TestClient, engine: Engine
) -> None:
    link = link_of(engine, "sheffield")
    sent.cookies.clear()
    page = sent.get(link)
    assert page.status_code == 200
    assert "Annual children&#39;s services assessment 2009: Sheffield" in page.text
    said = post(sent, link, person="Dee", position="director", profile="3", more="A pleasant letter")
    assert "The answer of Sheffield is recorded. Thank you." in said.text
    assert "A pleasant letter" in said.text
    again = post(sent, link, person="Dee", position="director", profile="4")
    assert "It takes the place of the one of 11 January 2010." in again.text


def test_what_is_wrong_with_an_answer_is_said_on_the_page_r194(sent: TestClient, engine: Engine) -> None:
    link = link_of(engine, "sheffield")
    wrong = post(sent, link, person="Dee", profile="5", more="kept as typed")
    assert wrong.status_code == 422
    assert 'href="#position"' in wrong.text
    assert "&#39;5&#39; can&#39;t be chosen." in wrong.text
    assert "kept as typed" in wrong.text


def test_a_fourth_improvement_is_refused_r194(sent: TestClient, engine: Engine) -> None:
    said = post(
        sent,
        "/questionnaires/send",
        questionnaire="contact-visit-2009",
        reply_by="25 January 2010",
        areas="Wigan",
    )
    assert said.status_code == 200
    fields = {f"improvements-{number}": f"thing {number}" for number in range(1, 5)}
    wrong = post(sent, link_of(engine, "wigan"), person="Dee", position="director", **fields)
    assert "There are 4 answers where 3 may be given." in wrong.text


def test_links_that_lead_nowhere_look_alike_and_too_many_are_not_looked_up(
    sent: TestClient, engine: Engine, clock: Clock
) -> None:
    link = link_of(engine, "sheffield")
    with session(engine) as opened:
        close_round(opened, 1, word(date(2010, 1, 27)))
    closed, unknown = sent.get(link), sent.get(f"/answers/{'x' * 43}")
    assert (closed.status_code, unknown.status_code) == (404, 404)
    sentence = "There is no such questionnaire, or it is closed."
    assert sentence in closed.text
    assert sentence in unknown.text
    for _ in range(98):
        sent.get("/answers/x")
    assert sent.get("/answers/x").status_code == 429


def test_nobody_signed_in_for_another_authority_answers_for_this_one(
    sent: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    """C14: a link used by another authority."""
    link = link_of(engine, "sheffield")
    for area, status in (("cheshire", 404), ("sheffield", 200)):
        secret = sign_in_as(engine, "authority", at=clock.at, area_code=area, login=area)
        stranger.cookies.clear()
        stranger.cookies.update(cookies_of(secret))
        assert stranger.get(link).status_code == status
        assert stranger.get("/questionnaires").status_code == 403


def test_pages_of_messages_show_no_link_that_can_be_used(sent: TestClient, engine: Engine) -> None:
    with session(engine, read_only=True) as opened:
        query = select(Delivery.id).where(Delivery.occasions == "questionnaire")
        number = known(opened.exec(query).first())
    page = sent.get(f"/messages/{number}").text
    assert "/answers/..." in page
    assert not re.search(r"/answers/[\w-]{43}", page)


def test_outside_a_round_is_shown_in_numbers_once_it_is_closed(sent: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        answer(opened, 1, "sheffield", {"profile": "3", "more": "Slow answers"}, on=date(2010, 1, 12))
    inside = sent.get("/questionnaires/1").text
    assert "Slow answers" in inside
    assert "1 of 3 (33.3%)" in inside
    assert sent.get("/summaries/1").status_code == 404
    said = post(sent, "/questionnaires/1/close")
    assert "Round 1 is closed." in said.text
    sent.cookies.clear()
    assert "/summaries/1" in sent.get("/responses").text
    outside = sent.get("/summaries/1")
    assert outside.status_code == 200
    assert "1 of 3 (33.3%)" in outside.text
    assert "Slow answers" not in outside.text
    assert "Sheffield" not in outside.text
    assert "So few answered that their answers are not shown." in outside.text


def test_a_round_that_can_not_be_sent_is_refused_with_every_reason_r165(sent: TestClient) -> None:
    wrong = post(sent, "/questionnaires/send", **{**ROUND, "reply_by": "24 January 2010"})
    assert wrong.status_code == 422
    assert "24 January 2010 is a Sunday." in wrong.text
    assert "Cheshire is asked the same in it" in wrong.text


def test_an_evaluation_has_conferences_suggestions_and_actions_r182_r197(
    sent: TestClient, clock: Clock
) -> None:
    clock.day = date(2010, 2, 1)
    there = "/evaluations/assessment-2009"
    held = {
        "held_on": "29 January 2010",
        "name": "Leeds",
        "num_delegates": "5",
        "authorities": "Wigan\nSheffield",
    }
    assert "5 delegates from 2 authorities" in post(sent, f"{there}/conference", **held).text
    assert post(sent, f"{there}/conference", **{**held, "num_delegates": "1"}).status_code == 422
    suggested = post(sent, f"{there}/suggest", heading="Profile", suggestion="Widen access")
    assert "Nothing decided yet" in suggested.text
    action = {"progress": "planned", "response": "A third person", "owner": "Profile team"}
    assert post(sent, "/suggestions/1/respond", **action).status_code == 422
    done = post(sent, "/suggestions/1/respond", **action, due_on="31 August 2010")
    assert "Planned: A third person" in done.text
    assert "A third person" in sent.get("/suggestions/1/respond").text
    assert sent.get("/evaluations/unknown").status_code == 404


def test_an_empty_page_says_what_to_do(console: TestClient) -> None:
    assert "No questionnaire has been sent yet." in console.get("/questionnaires").text


def test_what_authorities_typed_is_text_on_every_page(sent: TestClient, engine: Engine) -> None:
    link, script = link_of(engine, "sheffield"), "<script>alert(1)</script>"
    post(sent, link, person=script, position=script, contributors=script, profile="3", more=script)
    post(sent, "/evaluations/assessment-2009/suggest", heading=script, suggestion=script)
    for path in (link, "/questionnaires/1", "/evaluations/assessment-2009", "/suggestions/1/respond"):
        page = sent.get(path).text
        assert script not in page, path
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page, path


@pytest.mark.parametrize("role", ["planner", "viewer"])
def test_no_link_about_questionnaires_leads_to_an_error_or_to_what_a_role_may_not_see(
    sent: TestClient, engine: Engine, clock: Clock, role: str
) -> None:
    with session(engine) as opened:
        ask_authorities(opened, ("Wigan", "Cheshire"), word(date(2010, 1, 12)))
    sent.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at)))
    found = crawl(sent, 4, ("/questionnaires",))
    assert found.wrong == {}
    reached = {route_of("GET", path) for path in found.pages}
    expected = {
        "GET /questionnaires/{number}",
        "GET /summaries/{number}",
        "GET /evaluations/{evaluation}",
        "GET /responses/{summary}",
        "GET /developments/{development}",
    }
    assert reached >= expected
    assert ("GET /lessons/{number}/decide" in reached) == (role == "planner")


def test_an_authority_sees_its_own_answer_and_no_other(
    sent: TestClient, stranger: TestClient, engine: Engine, clock: Clock
) -> None:
    """C14."""
    with session(engine) as opened:
        answer(opened, 1, "sheffield", {"profile": "4", "profile_comment": "A good tool"}, on=clock.day)
        answer(opened, 1, "wigan", {"more": "Theirs alone"}, on=clock.day)
    stranger.cookies.clear()
    secret = sign_in_as(engine, "authority", at=clock.at, area_code="sheffield")
    stranger.cookies.update(cookies_of(secret))
    page = stranger.get("/areas/sheffield/questionnaires").text
    assert "4, outstanding. A good tool" in page
    assert "Theirs alone" not in page
    assert "Not answered." not in page
    assert stranger.get("/areas/wigan/questionnaires").status_code == 404
    assert stranger.get("/areas/cheshire/questionnaires").status_code == 404
