"""Every page: its status, its heading, what it says, and what it must not contain."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models import Area, Contact, PlanVersion, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.final_team import confirm_team
from services.casework.sign_offs import sign_off
from services.casework.signers import Signer
from services.casework.steps import last_day
from services.casework.waiver_reasons import WaiverReason
from services.naming.steps import find_step_of
from services.plans.pinning import pin_week
from services.solves import solve_runs
from tests.people import sign
from tests.tables import AT, MONDAYS
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock

OUR_SCRIPT = {"src": "/static/jarcycle.js", "defer": None}
"""The only script that a page may have."""

TOKEN = re.compile(r'name="form_token" value="\w+"')
PAGES = (
    "/",
    "/?weeks=26",
    "/?by=leader&weeks=156&standing=on-time&name=er&paper=a3",
    "/?by=inspector&region=North+West",
    "/?by=region",
    "/map",
    "/map?colour=state&plan=1",
    "/map?colour=concern&standing=late",
    "/plans/compare",
    "/due",
    "/actions",
    "/actions?role=director&area=sheffield",
    "/plans",
    "/plans/1",
    "/plans/published",
    "/areas",
    "/areas?region=North+West&sort=-next&q=che",
    "/areas/sheffield",
    "/plans/1/activity?code=sheffield-jar",
    "/plans/1/place?code=sheffield-jar&place=leader",
    "/people",
    "/people?load=free",
    "/people/sheffield-0",
    "/load",
    "/load/work?skill=leader&from=9+January+2006&to=13/01/2006",
    "/history",
    "/history?area=sheffield&kind=publish",
    "/messages",
    "/messages/coming",
    "/messages/occasions",
    "/messages/notice/authority",
    "/messages/changed/inspectorate?activity=sheffield-jar",
)


class Outline(HTMLParser):
    """Headings, landmarks, links and what a strict policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.forbidden: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("header", "nav", "main", "footer"):
            self.landmarks.append(tag)
        if "id" in values:
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values.get("href")))
        if (
            tag in ("style", "iframe")
            or (tag == "script" and values != OUR_SCRIPT)
            or "style" in values
            or any(name.startswith("on") for name in values)
        ):
            self.forbidden.append(tag)


def outline(client: TestClient, path: str) -> Outline:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return Outline(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_main_heading_landmarks_and_a_skip_link(console: TestClient, path: str) -> None:
    page = outline(console, path)
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert page.landmarks[:3] == ["header", "nav", "main"]
    assert [landmark for landmark in page.landmarks if landmark != "nav"] == ["header", "main", "footer"]
    assert page.links[0] == "#main-content"
    assert "main-content" in page.ids
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_what_the_policy_forbids(console: TestClient, path: str) -> None:
    answer = console.get(path)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert Outline(answer.text).forbidden == []
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_link_of_every_page_leads_somewhere(console: TestClient) -> None:
    links = {link for path in PAGES for link in outline(console, path).links if link.startswith("/")}
    assert len(links) > 15
    assert {link: console.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_first_page_shows_the_programme_and_what_waits(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    text = console.get("/").text
    assert "jc-gantt" in text
    assert text.count("<tr") > 3
    assert "Sheffield" in text
    assert "steps are late" in text


def test_without_a_publication_the_first_page_says_what_to_do(empty_console: TestClient) -> None:
    answer = empty_console.get("/")
    assert answer.status_code == 200
    assert "No programme is published yet" in answer.text
    assert 'href="/data">Data</a>' in answer.text


@pytest.mark.parametrize("path", ["/due", "/plans"])
def test_an_empty_page_is_written_too(empty_console: TestClient, path: str) -> None:
    answer = empty_console.get(path)
    assert answer.status_code == 200
    assert "<tbody" not in answer.text


def test_what_is_due_names_who_acts_and_by_when(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    text = console.get("/due").text
    assert "Late" in text
    assert "director@sheffield.example" in text
    assert "12 December 2005" in text  # the self-assessment: four weeks before the analysis week (R065)


def test_an_area_is_found_by_either_code(console: TestClient) -> None:
    one, other = (console.get(f"/areas/{code}").text for code in ("sheffield", "E08000000"))
    assert TOKEN.sub("", one) == TOKEN.sub("", other)


def test_an_area_that_does_not_exist_is_a_page_with_advice(console: TestClient) -> None:
    answer = console.get("/areas/sheffeld")
    assert answer.status_code == 404
    assert "Try Sheffield (sheffield)." in answer.text


def test_a_message_is_shown_as_it_would_be_sent_with_the_dates_of_an_activity(console: TestClient) -> None:
    sample = console.get("/messages/joined/inspectorate").text
    assert "York: you are in the team of the joint area review" in sample
    shown = console.get("/messages/notice/authority", params={"activity": "sheffield-jar"}).text
    assert "This is notice of the joint area review in Sheffield." in shown
    assert console.get("/messages/joined/authority").status_code == 404
    assert console.get("/messages/notice/authority", params={"activity": "<b>"}).status_code == 404


def test_names_are_escaped(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        area = opened.get_one(Area, "sheffield")
        area.name = "<script>alert(1)</script>"
    for path in ("/", "/due", "/areas/sheffield"):
        assert "<script>" not in console.get(path).text


def test_a_page_that_does_not_exist_says_so(console: TestClient) -> None:
    answer = console.get("/nothing")
    assert answer.status_code == 404
    assert "There is no page at /nothing" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_a_page_that_fails_tells_nothing_of_the_inside(console: TestClient, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE planversion RENAME COLUMN status TO gone")
    answer = console.get("/")
    assert answer.status_code == 500
    assert "nothing was changed" in answer.text
    assert "planversion" not in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_another_host_name_is_refused(console: TestClient) -> None:
    assert console.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert console.get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_a_page_of_another_origin_is_refused_and_our_own_is_not(console: TestClient) -> None:
    refused = console.get("/", headers={"Origin": "http://evil.example"})
    assert refused.status_code == 403
    assert "Content-Security-Policy" in refused.headers
    assert console.get("/", headers={"Origin": "http://localhost"}).status_code == 200


def test_the_page_stays_small_with_a_whole_year(console: TestClient, clock: Clock) -> None:
    clock.forward(200)
    assert len(console.get("/?weeks=156").content) < 250_000


def test_the_page_of_plans_shows_what_a_solve_stored_not_its_last_progress(
    console: TestClient, engine: Engine
) -> None:
    with session(engine) as opened:
        row = opened.get_one(PlanVersion, 1)
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        solve_runs.progress(opened, number, "dates", 987_654, 123)
    running = console.get("/plans").text
    assert "So far, dates: cost 987,654" in running
    with session(engine) as opened:
        solve_runs.end(opened, number, "done", 1, "", AT)
    ended = console.get("/plans").text
    assert "987,654" not in ended
    assert f"Plan 1: dates cost {row.date_cost:,}" in ended


@pytest.mark.parametrize("state", [state for state in solve_runs.ENDED if state not in ("done", "killed")])
def test_a_solve_without_a_plan_shows_none_of_its_progress(
    console: TestClient, engine: Engine, state: str
) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "planner", AT)
        solve_runs.progress(opened, number, "dates", 987_654, 123)
        solve_runs.end(opened, number, state, None, "the reason why", AT)
    text = console.get("/plans").text
    assert "987,654" not in text
    assert "No plan was stored." in text
    assert "the reason why" in text


def test_what_waits_for_whom_is_shown_by_role_and_area(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    everything = console.get("/actions").text
    assert "director@sheffield.example" in everything
    assert "Lead Office" in everything
    of_director = console.get("/actions?role=director").text
    assert "director@sheffield.example" in of_director
    assert "Lead Office" not in of_director
    assert "cheshire.example" not in console.get("/actions?area=Sheffield").text
    assert console.get("/actions?role=headmaster").status_code == 404
    assert console.get("/actions?area=Atlantis").status_code == 404


def test_an_area_shows_who_signed_what_was_waived_and_its_team(console: TestClient, engine: Engine) -> None:
    """R048, R061: a step that was signed off without its outputs says so, and why."""
    with session(engine) as opened:
        for name in ("notification", "self_assessment", "set_up", "consultation"):
            row = find_step_of(opened, "sheffield-jar", name)
            sign(opened, row.id or 0, last_day(row), Word("Ann", AT, last_day(row)))
            advance(opened, last_day(row))
        analysis, day = find_step_of(opened, "sheffield-jar", "analysis"), date(2006, 1, 13)
        word, leader = Word("Ann", AT, day), Signer("Ann", "team_leader", "they were on the train")
        sign_off(opened, analysis.id or 0, None, word, signer=leader, waiver=WaiverReason("illness"))
    text = console.get("/areas/sheffield").text
    assert "signed off by Ann on behalf of Leader of the review team (they were on the train)" in text
    assert "Waived: signed off without Agreed findings where no fieldwork is needed; Hypotheses" in text
    assert ": Illness" in text
    assert "The team is provisional: Inspector 0.0; " in text
    assert "What is required now" in text
    with session(engine) as opened:
        confirm_team(opened, "sheffield-jar", word)
    assert "final, confirmed by Ann on 13 January 2006" in console.get("/areas/sheffield").text


def test_every_page_says_which_day_of_a_past_programme_is_today(console: TestClient, clock: Clock) -> None:
    for page in PAGES:
        assert "30 January 2006 is taken as today, by the clock of this home" in console.get(page).text
    clock.at = clock.at.replace(year=2006)
    assert "is taken as today" not in console.get("/").text


def test_the_page_of_data_leads_to_every_file_of_what_is_published(console: TestClient) -> None:
    text = console.get("/data").text
    for kind in ("xlsx", "csv", "ics", "svg", "html"):
        assert f'href="/exports/plan-published.{kind}"' in text


def test_before_a_publication_there_is_no_file_of_it(empty_console: TestClient) -> None:
    assert "/exports/" not in empty_console.get("/data").text


def test_the_page_of_an_area_has_its_contacts_its_pins_and_what_was_done_last(
    console: TestClient, engine: Engine
) -> None:
    word = Word("Ann Lee", AT, FIELDWORK_IN_SHEFFIELD, "a hall is booked")
    with session(engine) as opened:
        opened.add(
            Contact(
                area_code="wigan", role="director", name="Dee Day", email="dee@w.example", telephone="01942 1"
            )
        )
        pin_week(opened, "wigan-jar", MONDAYS["wigan"], word)
    text = console.get("/areas/wigan").text
    assert "wigan-jar begins in the week of" in text
    assert "Dee Day" in text
    assert 'href="mailto:dee@w.example"' in text
    assert "a hall is booked" in text
    assert 'href="/history?area=wigan"' in text
    other = console.get("/areas/sheffield").text
    assert "Dee Day" not in other
    assert "a hall is booked" not in other
    assert "What is pinned" not in other
