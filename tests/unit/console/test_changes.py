"""What planners change from the console: publications, solves, evidence and events; refused with every reason."""

import json
import re
from datetime import date

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.app import create_app
from console.context import Context
from console.prefect_runs import PrefectRuns
from models import CriticalEvent, Evidence, EvidenceNeed, PlanVersion, SolveRun, session
from services.plans.waived_rules import violations_of
from services.solves import solve_runs
from tests import tables
from tests.fakes import FakeTransport
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import TOKEN, Clock
from tests.york import sign

ROLES = ("planner", "publisher", "operator")


class Prefect:
    """Answers as Prefect's server does, and remembers what it was asked for."""

    def __init__(self, status: int = 200) -> None:
        self.status, self.wanted = status, []  # type: ignore[var-annotated]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(self.status, json={"id": "7", "name": request.url.path.split("/")[-1]})
        self.wanted.append((request.url.path, request.headers["Authorization"], json.loads(request.content)))
        return httpx.Response(201, json={"id": "1", "name": "Solve 2 options"})


class Office:
    """A browser of somebody with roles, over a published programme."""

    def __init__(self, engine: Engine, clock: Clock, prefect: Prefect, *roles: str, **account: str) -> None:
        runs = PrefectRuns("http://prefect/api", "us:secret", httpx.MockTransport(prefect))
        context = Context(
            engine, lambda: clock.day, lambda: clock.at, "http://prefect", TOKEN, FakeTransport(), runs=runs
        )
        self.browser = TestClient(create_app(context), base_url="http://localhost")
        self.secret = sign_in_as(engine, *roles, at=clock.at, **account)
        self.browser.cookies.update(cookies_of(self.secret))

    def send(self, address: str, **fields: str) -> httpx.Response:
        return self.browser.post(address, data=form(self.secret, **fields))  # type: ignore[return-value]


@pytest.fixture
def prefect() -> Prefect:
    return Prefect()


@pytest.fixture
def office(console: TestClient, engine: Engine, clock: Clock, prefect: Prefect) -> Office:
    return Office(engine, clock, prefect, *ROLES)


def draft(engine: Engine) -> int:
    """One more version, with other Mondays for one area."""
    with session(engine) as opened:
        return tables.store(opened, {"wigan": date(2006, 5, 22)})


def stored(engine: Engine, version: int) -> str:
    with session(engine, read_only=True) as opened:
        return opened.get_one(PlanVersion, version).status


def test_a_publication_is_looked_at_first_and_then_made(office: Office, engine: Engine) -> None:
    version = draft(engine)
    assert f"/plans/{version}/publish" in office.browser.get(f"/plans/{version}").text
    address = f"/plans/{version}/publish"
    wanted = {"precision": "indicative", "why": "the school's inspection", "waiver-moved_final": "yes"}
    looked = office.send(address, check="yes", **wanted)
    assert "What it would change: nothing is stored yet" in looked.text
    assert "Wigan, wigan-jar: " in looked.text
    assert stored(engine, version) == "draft"
    done = office.send(address, **wanted)
    assert f"Plan {version} is published as indicative" in done.text
    assert "To go back, publish plan 1 again" in done.text
    assert 'href="/plans/1/publish">Publish plan 1 again<' in done.text
    assert stored(engine, version) == "published"


def test_a_publication_is_refused_with_every_reason_and_keeps_what_was_typed(
    office: Office, engine: Engine
) -> None:
    version = draft(engine)
    answer = office.send(f"/plans/{version}/publish", precision="indicative", why="because <b>")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "because &lt;b&gt;" in answer.text
    assert "none is chosen" in office.send(f"/plans/{version}/publish").text.replace("None", "none")
    assert stored(engine, version) == "draft"
    assert office.browser.get("/plans/99/publish").status_code == 404


def test_a_plan_that_breaks_a_rule_is_published_with_a_reason_for_each(
    office: Office, engine: Engine
) -> None:
    """R094."""
    with session(engine) as opened:
        version = tables.store(opened, {"wigan": date(2006, 4, 10)})
        rules = {violation.rule for violation in violations_of(opened, version)}
    address = f"/plans/{version}/publish"
    assert "What breaks rules that may be waived" in office.browser.get(address).text
    wanted = {"precision": "indicative", "why": "the school's inspection", "waiver-moved_final": "yes"}
    refused = office.send(address, **wanted)
    assert refused.status_code == 422
    assert "choose why this rule is waived" in refused.text
    given = {f"rule-{rule}": "illness" for rule in rules} | {"rule-closed_week-why": "no <other> week"}
    assert f"Plan {version} is published" in office.send(address, **wanted, **given).text
    page = office.browser.get(f"/plans/{version}").text
    assert "Rules waived" in page
    assert "no &lt;other&gt; week" in page


def test_prefect_is_asked_for_a_solve_in_the_name_of_who_asks(office: Office, prefect: Prefect) -> None:
    fields = {"option-3": "yes", "option-mixed": "yes", "profile": "quick"}
    answer = office.send("/solves/new", **fields)
    assert "will be solved by the run" in answer.text
    [(path, auth, wanted)] = prefect.wanted
    assert path == "/api/deployments/7/create_flow_run"
    assert auth.startswith("Basic ")
    assert wanted["parameters"] == {
        "options": ["3", "mixed"],
        "profile": "quick",
        "who": "Pat planner-publisher-operator",
    }


def test_a_solve_may_have_limits_of_its_own(office: Office, prefect: Prefect) -> None:
    fields = {"option-1": "yes", "profile": "quick", "seconds": "45", "teams_seconds": ""}
    assert "will be solved" in office.send("/solves/new", **fields).text
    [(_path, _auth, wanted)] = prefect.wanted
    assert wanted["parameters"] == {
        "options": ["1"],
        "profile": "quick",
        "who": "Pat planner-publisher-operator",
        "seconds": 45,
    }


@pytest.mark.parametrize("text", ["0", "-5", "1.5", "soon", "86401", "99999999999"])
def test_a_limit_that_is_none_is_refused_beside_its_field(
    office: Office, prefect: Prefect, text: str
) -> None:
    fields = {"option-1": "yes", "profile": "quick", "teams_seconds": text}
    answer = office.send("/solves/new", **fields)
    assert (answer.status_code, prefect.wanted) == (422, [])
    assert 'href="#teams_seconds"' in answer.text
    assert "Give a whole number from 1 to 86,400" in answer.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"profile": "quick"}, "Tick at least one"), ({"option-1": "yes", "profile": "endless"}, "Choose one")],
)
def test_a_solve_needs_an_option_and_a_known_profile(
    office: Office, prefect: Prefect, fields: dict[str, str], told: str
) -> None:
    answer = office.send("/solves/new", **fields)
    assert (answer.status_code, prefect.wanted) == (422, [])
    assert told in answer.text


@pytest.mark.parametrize(("status", "told"), [(404, "bring Prefect up to date"), (401, "look at its log")])
def test_a_server_that_starts_nothing_is_told(
    console: TestClient, engine: Engine, clock: Clock, status: int, told: str
) -> None:
    office = Office(engine, clock, Prefect(status), *ROLES)
    assert told in office.send("/solves/new", **{"option-1": "yes", "profile": "quick"}).text


def test_a_server_that_does_not_answer_is_told() -> None:
    def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    runs = PrefectRuns("http://prefect/api", "", httpx.MockTransport(gone))
    with pytest.raises(Exception, match="start Prefect"):
        runs.start("solve", {})


def test_a_solve_under_way_is_followed_and_stopped(office: Office, engine: Engine, clock: Clock) -> None:
    with session(engine) as opened:
        number = solve_runs.begin(opened, "3", "quick", "Ann", clock.at)
    page = office.browser.get("/plans").text
    assert "Follow what is under way" in page
    assert 'http-equiv="refresh"' not in page
    assert 'http-equiv="refresh"' in office.browser.get("/plans?follow=yes").text
    assert "its best plan becomes a draft" in office.send(f"/solves/{number}/stop").text
    with session(engine) as opened:
        assert opened.get_one(SolveRun, number).stop_requested
        solve_runs.end(opened, number, "stopped", None, "no plan yet", clock.at)
    assert "has ended already" in office.send(f"/solves/{number}/stop").text
    assert office.send("/solves/77/stop").status_code == 404
    assert 'http-equiv="refresh"' not in office.browser.get("/plans?follow=yes").text


NOTICE = date(2005, 10, 17)


@pytest.fixture
def asked(engine: Engine) -> int:
    """The number of an item that Sheffield was asked for."""
    with session(engine) as opened:
        sign(opened, "sheffield-jar", "notification", NOTICE)
        query = select(EvidenceNeed.id).where(EvidenceNeed.item == "plans")
        return opened.exec(query).one() or 0


def evidence(engine: Engine, need: int) -> Evidence:
    with session(engine, read_only=True) as opened:
        return opened.get_one(Evidence, opened.get_one(EvidenceNeed, need).evidence_id)


def test_evidence_is_received_returned_received_again_and_accepted(
    office: Office, engine: Engine, clock: Clock, asked: int
) -> None:
    """C2: the page offers what can be said next."""
    clock.day = date(2005, 10, 24)
    checklists = "/areas/sheffield/evidence"
    assert f"/evidence/{asked}/receive" in office.browser.get(checklists).text
    came = office.send(f"/evidence/{asked}/receive", day="20 October 2005", pieces="3", why="by post")
    assert "is recorded as received" in came.text
    row = evidence(engine, asked)
    assert (row.state, row.received_on, row.num_pieces, row.note) == (
        "received",
        date(2005, 10, 20),
        3,
        "by post",
    )
    assert f"/evidence/{asked}/accept" in came.text
    back = office.send(f"/evidence/{asked}/return", day="1 November 2005", why="a page is missing")
    assert "is returned" in back.text
    office.send(f"/evidence/{asked}/receive")
    assert "is accepted as complete" in office.send(f"/evidence/{asked}/accept").text
    assert evidence(engine, asked).state == "accepted"
    assert f"/evidence/{asked}/receive" not in office.browser.get(checklists).text


@pytest.mark.parametrize(
    ("action", "fields", "told"),
    [
        ("receive", {"pieces": "some"}, "This is no number"),
        ("receive", {"day": "soon"}, "soon"),
        ("receive", {"link": "javascript:alert(1)"}, "is no address"),
        ("return", {"why": "x"}, "No day is given"),
        ("accept", {}, "Say first that it came"),
        ("not-needed", {}, "why it is not needed"),
    ],
)
def test_what_cannot_be_said_of_evidence_is_refused_and_changes_nothing(
    office: Office, engine: Engine, clock: Clock, asked: int, action: str, fields: dict[str, str], told: str
) -> None:
    clock.day = date(2005, 10, 24)
    answer = office.send(f"/evidence/{asked}/{action}", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert evidence(engine, asked).state == "asked"


def test_an_authority_answers_for_its_own_evidence_alone(
    console: TestClient, engine: Engine, clock: Clock, asked: int
) -> None:
    """R068: for another area the item does not exist."""
    clock.day = date(2005, 10, 24)
    email = "director@sheffield.example"
    own = Office(engine, clock, Prefect(), "authority", login="own", area_code="sheffield", email=email)
    other = Office(engine, clock, Prefect(), "authority", login="other", area_code="wigan", email=email)
    assert other.browser.get(f"/evidence/{asked}/receive").status_code == 404
    assert other.send(f"/evidence/{asked}/receive").status_code == 404
    assert evidence(engine, asked).state == "asked"
    assert "is recorded as received" in own.send(f"/evidence/{asked}/receive").text
    assert own.browser.get("/evidence/9999/receive").status_code == 404
    assert own.browser.get(f"/evidence/{asked}/lose").status_code == 404


def test_an_event_is_recorded_decided_about_and_decided_again(
    office: Office, engine: Engine, clock: Clock
) -> None:
    """C8."""
    fields = {
        "area": "Wigan",
        "kind": "special_measures",
        "day": "20 January 2006",
        "seriousness": "serious",
        "source": "Ofsted's letter",
        "reference": "SM/12",
    }
    assert "Event 1 is recorded" in office.send("/events/new", **fields).text
    with session(engine, read_only=True) as opened:
        row = opened.get_one(CriticalEvent, 1)
    assert (row.area_code, row.recorded_by) == ("wigan", "Pat planner-publisher-operator")
    assert "/events/1/decide" in office.browser.get("/events").text
    decided = office.send("/events/1/decide", decision="watch", by="Ofsted", why="the plan is good")
    assert "Event 1: watch." in decided.text
    again = {"decision": "pull_forward", "by": "Ofsted", "why": "it got worse", "within": "20"}
    refused = office.send("/events/1/decide", **again)
    assert refused.status_code == 422
    assert "pulled forward" in office.send("/events/1/decide", **again, **{"correct-yes": "yes"}).text


def test_everything_wrong_with_an_event_is_told_at_once(office: Office, engine: Engine) -> None:
    fields = {
        "area": "Wigan",
        "kind": "rumour",
        "day": "1 January 2030",
        "seriousness": "",
        "reference": "Bob",
    }
    answer = office.send("/events/new", **fields)
    assert answer.status_code == 422
    for told in ("has no kind", "has no seriousness", "still to come", "only a number is kept", "who told"):
        assert told in answer.text.lower(), told
    assert 'href="#kind"' in answer.text  # each leads to its field
    assert office.browser.get("/events/5/decide").status_code == 404
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(CriticalEvent)).all() == []


def test_a_viewer_is_offered_no_change(console: TestClient, engine: Engine, clock: Clock, asked: int) -> None:
    office = Office(engine, clock, Prefect(), "viewer")
    for page in ("/plans", "/plans/1", "/events", "/areas/sheffield/evidence"):
        text = office.browser.get(page).text
        found = re.findall(r'(?:href|action)="(/[^"]*)"', text)
        assert not [
            to
            for to in found
            if re.search("publish|/new|decide|/evidence/|/stop", to) and not to.endswith("/evidence")
        ]
    assert office.send("/solves/new").status_code == 403
