"""What people say of a step on its page: signed off, recorded, undone, refused; nobody's word is overwritten."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import AuditEntry, Inspector, Step, session
from services.naming.steps import find_step_of
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

DAY = date(2005, 9, 5)
REVISION = re.compile(r'name="revision" value="(\d+)"')


@pytest.fixture
def clock() -> Clock:
    return Clock(day=DAY)


def step(engine: Engine, name: str = "notification", activity: str = "sheffield-jar") -> Step:
    with session(engine, read_only=True) as opened:
        return find_step_of(opened, activity, name)


def say(console: TestClient, path: str, **fields: str):
    data = form(console.cookies[COOKIE], **fields)
    return console.post(path, data=data, follow_redirects=False)


def address(engine: Engine, action: str, name: str = "notification") -> str:
    return f"/steps/{step(engine, name).id}/{action}"


def revision(console: TestClient, path: str) -> str:
    return REVISION.findall(console.get(path).text)[0]


def as_planner(console: TestClient, engine: Engine, **fields: str):
    path = address(engine, "sign-off")
    given = {"on_behalf_of": "lead_inspectorate", "why": "by telephone", "waiver": "short_notice"}
    return say(console, path, revision=revision(console, path), **{**given, **fields})


def test_a_planner_signs_off_on_behalf_of_who_should_and_sees_it_said(
    console: TestClient, engine: Engine
) -> None:
    page = console.get("/areas/sheffield").text
    assert f'href="{address(engine, "sign-off")}"' in page
    answer = as_planner(console, engine, day="1 September 2005", note="the letter is out")
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"] == "/areas/sheffield"
    page = console.get("/areas/sheffield").text
    assert "is signed off for 1 September 2005." in page
    assert "signed off by Pat planner on behalf of" in page
    assert f'href="{address(engine, "undo")}"' in page
    with session(engine, read_only=True) as opened:
        query = select(AuditEntry).where(AuditEntry.subject == "sheffield-jar notification")
        [entry] = opened.exec(query.where(AuditEntry.action == "sign off")).all()
    assert entry.who == "Pat planner"


def test_what_is_refused_is_told_with_links_to_the_fields_and_nothing_is_changed(
    console: TestClient, engine: Engine
) -> None:
    answer = as_planner(console, engine, on_behalf_of="", why="", day="3 September 2025", note="<b>kept</b>")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert '<a href="#day">3 September 2025 is later than today' in answer.text
    assert '<a href="#on_behalf_of">Pat planner does not hold the role' in answer.text
    assert "--on-behalf-of" not in answer.text
    assert "&lt;b&gt;kept&lt;/b&gt;" in answer.text
    assert 'value="3 September 2025"' in answer.text
    assert step(engine).state != "done"


@pytest.mark.parametrize("day", ["31 February 2005", "soon", "05.09.05"])
def test_a_day_that_is_none_is_told_at_its_field(console: TestClient, engine: Engine, day: str) -> None:
    answer = as_planner(console, engine, day=day)
    assert answer.status_code == 422
    assert '<a href="#day">' in answer.text


def test_whoever_is_second_sees_what_the_first_did_and_overwrites_nothing(
    console: TestClient, engine: Engine
) -> None:
    path = address(engine, "sign-off")
    seen = revision(console, path)
    assert as_planner(console, engine).status_code == 303
    undo = address(engine, "undo")
    assert say(console, undo, revision=revision(console, undo), why="too early").status_code == 303
    given = {"on_behalf_of": "lead_inspectorate", "why": "x", "waiver": "short_notice"}
    answer = say(console, path, revision=seen, **given)
    assert answer.status_code == 422
    assert "&#39;sign off&#39; by Pat planner" in answer.text
    assert "&#39;undo&#39; by Pat planner" in answer.text
    assert REVISION.findall(answer.text)[0] != seen
    assert step(engine).state != "done"


def test_an_entry_is_undone_with_a_reason(console: TestClient, engine: Engine) -> None:
    as_planner(console, engine)
    undo = address(engine, "undo")
    without = say(console, undo, revision=revision(console, undo))
    assert without.status_code == 422
    assert '<a href="#why">Undoing this needs a reason.' in without.text
    assert (
        say(console, undo, revision=revision(console, undo), why="it was the wrong area").status_code == 303
    )
    assert "is as it was before &#39;sign off&#39; by Pat planner" in console.get("/areas/sheffield").text
    assert step(engine).state != "done"
    again = say(console, undo, revision=revision(console, undo), why="once more")
    assert "There is no record about it to undo." in again.text


def test_the_day_of_a_step_is_corrected_with_a_reason(console: TestClient, engine: Engine) -> None:
    as_planner(console, engine)
    record = address(engine, "record")
    for fields, field in (({"day": "1 September 2005"}, "why"), ({"why": "the letter says so"}, "day")):
        answer = say(console, record, revision=revision(console, record), **fields)
        assert answer.status_code == 422
        assert f'<a href="#{field}">' in answer.text
    answer = say(
        console, record, revision=revision(console, record), day="1 September 2005", why="the letter"
    )
    assert answer.status_code == 303, answer.text
    assert step(engine).actual_on == date(2005, 9, 1)
    same = say(console, record, revision=revision(console, record), day="1 September 2005", why="the letter")
    assert same.status_code == 303
    assert "Nothing is changed." in console.get("/areas/sheffield").text


def leader(console: TestClient, engine: Engine, clock: Clock, code: str, *roles: str) -> None:
    console.cookies.clear()
    secret = sign_in_as(engine, *roles, at=clock.at, inspector_code=code, login=f"of-{code}")
    console.cookies.update(cookies_of(secret))


def test_an_inspector_speaks_in_their_own_name_and_for_nobody_else(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    leader(console, engine, clock, "sheffield-1", "inspector")
    path = address(engine, "sign-off")
    assert 'name="on_behalf_of"' not in console.get(path).text
    with session(engine, read_only=True) as opened:
        name = opened.get_one(Inspector, "sheffield-1").name
    answer = say(console, path, revision=revision(console, path), waiver="short_notice")
    assert f"{name} does not hold the role" in answer.text
    forged = say(console, path, on_behalf_of="lead_inspectorate", why="I may", waiver="short_notice")
    assert forged.status_code == 422
    assert "Your account speaks for itself only." in forged.text
    assert step(engine).state != "done"


@pytest.mark.parametrize(
    ("role", "links"),
    [
        ("inspector", {"inspector_code": "who-has-left"}),
        ("body", {"body_code": "csci"}),
        ("authority", {"area_code": "sheffield"}),
        ("preparation", {"area_code": "sheffield", "email": "nobody@sheffield.example"}),
    ],
)
@pytest.mark.parametrize("action", ["sign-off", "record", "undo"])
def test_whoever_is_nobody_of_the_programme_is_not_taken_for_the_planner_s_office(
    console: TestClient, engine: Engine, clock: Clock, role: str, links: dict[str, str], action: str
) -> None:
    console.cookies.clear()
    console.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, **links)))
    answer = say(console, address(engine, action), day="1 September 2005", why="x", waiver="short_notice")
    assert answer.status_code == 422
    assert "nobody of the programme" in answer.text


def test_a_director_signs_off_what_is_theirs_by_their_mail_address(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    console.cookies.clear()
    director = {"area_code": "sheffield", "email": "director@sheffield.example", "name": "Someone"}
    console.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, **director)))
    path = address(engine, "sign-off", "set_up")
    text = say(console, path, revision=revision(console, path)).text
    assert "It comes after" in text
    assert "nobody of the programme" not in text


def test_an_authority_is_offered_what_its_side_has_to_do_and_nothing_else(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    clock.day = date(2006, 1, 30)
    console.cookies.clear()
    director = {"area_code": "sheffield", "email": "director@sheffield.example"}
    console.cookies.update(cookies_of(sign_in_as(engine, "authority", at=clock.at, **director)))
    page = console.get("/areas/sheffield").text
    assert f"/steps/{step(engine, 'self_assessment').id}/" in page
    assert f"/steps/{step(engine, 'notification').id}/" not in page


def test_nothing_is_signed_off_twice_nor_a_step_that_there_is_not(
    console: TestClient, engine: Engine
) -> None:
    as_planner(console, engine)
    answer = as_planner(console, engine)
    assert "It was done on" in answer.text
    for number in ("999999", "x", "-1", "9" * 30):
        assert console.get(f"/steps/{number}/sign-off").status_code == 404
        assert say(console, f"/steps/{number}/sign-off").status_code == 404


def test_who_may_only_read_is_offered_no_word(console: TestClient, engine: Engine, clock: Clock) -> None:
    console.cookies.clear()
    console.cookies.update(cookies_of(sign_in_as(engine, "viewer", at=clock.at)))
    assert "/sign-off" not in console.get("/areas/sheffield").text
