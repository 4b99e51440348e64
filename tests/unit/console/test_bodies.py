"""An account of a body sees and does what is of that body: its inspectors, its reviews, their steps - nothing else."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from console.access_table import ACCESS
from models import CriticalEvent, EvidenceNeed, Inspector, session
from services.accounts.roles import OF_PROGRAMME, Role
from services.naming.steps import find_activity, find_step_of
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock
from tests.york import sign

WHOLE = [name for name, rule in ACCESS.items() if rule.roles == OF_PROGRAMME]


@pytest.fixture
def secret(published_console: TestClient, engine: Engine, clock: Clock) -> str:
    """A browser of CSCI, none of whose people is in Cheshire's teams."""
    with session(engine) as opened:
        for person in opened.exec(select(Inspector).where(col(Inspector.code).startswith("cheshire"))):
            person.body_code = "ofsted"
    secret = sign_in_as(engine, "body", at=clock.at, body_code="csci", email="desk@csci.example")
    published_console.cookies.update(cookies_of(secret))
    return secret


@pytest.fixture
def browser(published_console: TestClient, secret: str) -> TestClient:
    return published_console


def statuses(browser: TestClient, *paths: str) -> list[int]:
    return [browser.get(path).status_code for path in paths]


def test_a_body_is_led_to_its_own_page_with_its_people_and_reviews(browser: TestClient) -> None:
    answer = browser.get("/")
    assert answer.url.path == "/bodies/csci"
    for theirs in ("sheffield-jar", "wigan-jar", "/people/sheffield-2", "/exports/body-csci.ics"):
        assert theirs in answer.text
    for other in ("cheshire", "/people/sheffield-0", "sheffield-ca", 'href="/plans"', 'href="/people"'):
        assert other not in answer.text


@pytest.mark.parametrize("name", WHOLE)
def test_pages_of_the_whole_programme_are_not_for_a_body(browser: TestClient, secret: str, name: str) -> None:
    method, path = name.split()
    for part, value in (
        ("{version}", "1"),
        ("{number}", "1"),
        ("{kind}", "csv"),
        ("{occasion}/{side}", "a/b"),
    ):
        path = path.replace(part, value)
    data = form(secret) if method == "POST" else None
    assert browser.request(method, path, data=data, follow_redirects=False).status_code == 403


def test_areas_are_those_of_its_reviews_with_these_alone(browser: TestClient) -> None:
    paths = ("/areas/{}", "/areas/{}/evidence", "/exports/area-{}.csv")
    assert statuses(browser, *(path.format("sheffield") for path in paths)) == [200] * 3
    assert statuses(browser, *(path.format("cheshire") for path in paths)) == [404] * 3
    page = browser.get("/areas/sheffield").text
    assert "sheffield-jar" in page
    assert "sheffield-ca" not in page + browser.get("/areas/sheffield/evidence").text
    assert "sheffield-ca" not in browser.get("/exports/area-sheffield.csv").text
    assert browser.get("/areas/sheffield/messages").status_code == 403


def test_what_is_kept_for_others_is_not_shown_to_a_body(
    browser: TestClient, engine: Engine, clock: Clock
) -> None:
    theirs = dict(browser.cookies)
    browser.cookies.clear()
    browser.cookies.update(cookies_of(sign_in_as(engine, "planner", at=clock.at)))
    assert "sheffield-ca" in browser.get("/areas/sheffield").text
    browser.cookies.clear()
    browser.cookies.update(theirs)
    assert "sheffield-ca" not in browser.get("/areas/sheffield").text


def test_people_and_calendars_are_its_own(browser: TestClient, secret: str) -> None:
    theirs = (
        "/people/sheffield-2",
        "/exports/inspector-sheffield-2.ics",
        "/exports/body-csci.ics",
        "/bodies/csci",
    )
    others = (
        "/people/sheffield-0",
        "/people/atlantis",
        "/exports/inspector-sheffield-0.ics",
        "/exports/leader-sheffield-0.ics",
        "/exports/body-ofsted.ics",
        "/bodies/ofsted",
    )
    assert statuses(browser, *theirs) == [200] * len(theirs)
    assert statuses(browser, *others) == [404] * len(others)


@pytest.mark.parametrize(
    ("whose", "code", "status"),
    [
        ("body", "csci", 200),
        ("body", "ofsted", 422),
        ("inspector", "sheffield-2", 200),
        ("inspector", "sheffield-0", 422),
        ("area", "sheffield", 422),
    ],
)
def test_feeds_are_of_its_own_people(
    browser: TestClient, secret: str, whose: str, code: str, status: int
) -> None:
    assert browser.post("/account/feeds", data=form(secret, whose=whose, code=code)).status_code == status


@pytest.mark.parametrize("action", ["", "/sign-off", "/record", "/agree", "/waive", "/output", "/undo"])
def test_steps_are_those_of_its_reviews(
    browser: TestClient, secret: str, engine: Engine, action: str
) -> None:
    with session(engine, read_only=True) as opened:
        numbers = [
            find_step_of(opened, code, step).id
            for code, step in (
                ("sheffield-jar", "set_up"),
                ("sheffield-ca", "notification"),
                ("cheshire-jar", "set_up"),
            )
        ]
    assert statuses(browser, *(f"/steps/{number}{action}" for number in numbers)) == [200, 404, 404]
    if action:
        posted = [
            browser.post(f"/steps/{number}{action}", data=form(secret)).status_code for number in numbers[1:]
        ]
        assert posted == [404, 404]


@pytest.mark.parametrize("action", ["judge", "specify", "confirm-team", "circulate", "contact-point"])
def test_activities_are_those_of_its_reviews(
    browser: TestClient, secret: str, engine: Engine, action: str
) -> None:
    with session(engine, read_only=True) as opened:
        theirs, other = (find_activity(opened, code).id for code in ("sheffield-jar", "cheshire-jar"))
    assert statuses(browser, f"/activities/{theirs}/{action}", f"/activities/{other}/{action}") == [200, 404]
    assert browser.post(f"/activities/{other}/{action}", data=form(secret)).status_code == 404
    assert browser.get(f"/activities/{theirs}/cancel").status_code == 403


def test_evidence_is_that_of_its_reviews(browser: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        for code in ("sheffield-jar", "cheshire-jar"):
            sign(opened, code, "notification", date(2005, 10, 17))
        rows = opened.exec(select(EvidenceNeed)).all()
        codes = {find_activity(opened, code).id: code for code in ("sheffield-jar", "cheshire-jar")}
        numbers = {codes[row.activity_id]: row.id for row in rows if row.activity_id in codes}
    paths = (f"/evidence/{numbers[code]}/receive" for code in ("sheffield-jar", "cheshire-jar"))
    assert statuses(browser, *paths) == [200, 404]


def test_an_event_is_recorded_of_an_area_of_its_reviews_alone(
    browser: TestClient, secret: str, engine: Engine
) -> None:
    page = browser.get("/events/new").text
    kind = page.split('id="kind"')[1].split('<option value="')[2].split('"')[0]
    level = page.split('id="seriousness"')[1].split('<option value="')[2].split('"')[0]
    fields = {"kind": kind, "seriousness": level, "day": "30 January 2006", "source": "x", "reference": "7"}
    refused = browser.post("/events/new", data=form(secret, area="cheshire", **fields))
    assert (refused.status_code, 'href="#area"' in refused.text) == (422, True)
    done = browser.post("/events/new", data=form(secret, area="sheffield", **fields))
    assert (done.status_code, done.url.path) == (200, "/bodies/csci"), done.text
    assert "is recorded" in done.text
    with session(engine, read_only=True) as opened:
        assert [row.area_code for row in opened.exec(select(CriticalEvent))] == ["sheffield"]


def test_a_contact_of_a_body_sees_the_reviews_in_which_they_have_a_role(
    published_console: TestClient, engine: Engine, clock: Clock
) -> None:
    """The lead inspectorate's office signs the notification off in every area."""
    secret = sign_in_as(engine, "body", at=clock.at, body_code="audit", email="lead@ofsted.example")
    published_console.cookies.update(cookies_of(secret))
    with session(engine, read_only=True) as opened:
        step = find_step_of(opened, "cheshire-jar", "notification").id
    path = f"/steps/{step}/sign-off"
    assert path in published_console.get("/bodies/audit").text
    data = form(secret, day="2 September 2005", waiver="short_notice")
    assert "signed off by Lead Office" in published_console.post(path, data=data).text


def test_whoever_has_another_role_beside_it_sees_the_programme(
    published_console: TestClient, engine: Engine, clock: Clock
) -> None:
    secret = sign_in_as(engine, "body", "planner", at=clock.at, body_code="csci")
    published_console.cookies.update(cookies_of(secret))
    assert statuses(published_console, "/areas/cheshire", "/plans", "/people/sheffield-0") == [200] * 3
    assert Role.BODY not in OF_PROGRAMME
