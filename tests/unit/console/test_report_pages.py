"""Findings and the report in the console: who sees which version, two writers, and files of a report."""

import io
import re
import zipfile
from html import unescape

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from models import session
from services.casework.reporting.findings import findings_of
from services.casework.reporting.texts import newest_texts
from tests.reviewed import (
    CODE,
    COMMENTS,
    DISCUSSION,
    DRAFT,
    FRAMEWORK,
    PUBLICATION,
    activity,
    done,
    drafted,
    end,
    visited,
    write,
)
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock


@pytest.fixture
def reviewed(empty_console: TestClient, engine: Engine, clock: Clock) -> TestClient:
    """A planner on the day of the draft, before it is written."""
    return signed_in(empty_console, engine, clock, visited)


@pytest.fixture
def draft(empty_console: TestClient, engine: Engine, clock: Clock) -> TestClient:
    """A planner on the day on which comments are due."""
    return signed_in(empty_console, engine, clock, drafted)


def signed_in(browser: TestClient, engine: Engine, clock: Clock, fill: object) -> TestClient:
    fill(engine)  # type: ignore[operator]
    clock.day = DRAFT if fill is visited else COMMENTS
    return as_(browser, engine, clock, "planner")


def as_(browser: TestClient, engine: Engine, clock: Clock, role: str, **links: str) -> TestClient:
    """The same browser, in which somebody else is signed in."""
    browser.cookies.clear()
    browser.cookies.update(cookies_of(sign_in_as(engine, role, at=clock.at, **links)))
    return browser


def path(engine: Engine, rest: str) -> str:
    with session(engine, read_only=True) as opened:
        return f"/activities/{activity(opened).id}/{rest}"


def send(browser: TestClient, address: str, **fields: str) -> tuple[int, str]:
    """Send a form; the number of the answer, and the text of the page that comes at last."""
    data = form(browser.cookies["jarcycle"], **fields)
    answer = browser.post(address, data=data)
    first = answer.history[0].status_code if answer.history else answer.status_code
    return first, unescape(answer.text)


def hidden(page: str, name: str) -> str:
    """What a page sends along with its form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_page_of_the_area_leads_to_findings_and_report(reviewed: TestClient, engine: Engine) -> None:
    page = reviewed.get("/areas/sheffield").text
    assert path(engine, "findings") in page
    assert "0 of 34 contributions have ended; no hypotheses are open." in page
    assert "0 of 14 parts written." in page


def test_contributions_stand_under_their_outcomes_in_order_r189(reviewed: TestClient, engine: Engine) -> None:
    page = reviewed.get(path(engine, "findings")).text
    assert re.findall(r'<h2 class="govuk-heading-m">([^<]*)</h2>', page) == list(FRAMEWORK.outcomes.values())
    assert "Local Safeguarding Children Board; Social services; Police; Health services" in page


def test_a_finding_is_recorded_and_everything_wrong_with_it_leads_to_its_field_r085(
    reviewed: TestClient, engine: Engine
) -> None:
    fields = {"contribution": "vetted_staff", "kind": "gap", "text": "Some are not vetted."}
    number, page = send(reviewed, path(engine, "agree-finding"), **fields)
    assert number == 422
    assert '<a href="#cause">A gap needs a cause.' in page
    number, page = send(reviewed, path(engine, "agree-finding"), **fields, cause="ineffective")
    assert number == 303
    assert "is recorded." in page
    assert "Some are not vetted. Why: The service is there but not effective." in page
    assert "Every service for children" in page
    with session(engine, read_only=True) as opened:
        (row,) = findings_of(opened, activity(opened))
    number, page = send(reviewed, path(engine, "withdraw-finding"), number=str(row.id), why="the wrong area")
    assert number == 303
    assert "Some are not vetted" not in page.partition("<h1")[2]


def test_a_hypothesis_is_recorded_and_dropped(reviewed: TestClient, engine: Engine) -> None:
    fields = {"contribution": "vetted_staff", "text": "All are vetted."}
    assert send(reviewed, path(engine, "suppose"), **fields)[0] == 422
    number, page = send(reviewed, path(engine, "suppose"), **fields, reason="conflicting")
    assert number == 303
    assert "All are vetted. Evidence is conflicting." in page
    found = re.search(r"Hypothesis (\d+) is recorded", page)
    assert found
    ended = {"number": found[1], "state": "dropped", "why": "they are not"}
    assert "Dropped" in send(reviewed, path(engine, "end-hypothesis"), **ended)[1]


def test_the_second_of_two_writers_sees_what_the_first_changed_and_keeps_what_they_typed(
    reviewed: TestClient, engine: Engine
) -> None:
    address = path(engine, "report/context/write")
    edition = hidden(reviewed.get(address).text, "edition")
    with session(engine) as opened:
        write(opened, "context", "Two homes.")
    number, page = send(reviewed, address, text="Three homes.", edition=edition)
    assert number == 422
    assert 'Ann wrote it since: it is at edition 1 now. Added: "Two homes."' in page
    assert ">Three homes.</textarea>" in page
    assert "As it stands now" in page
    assert send(reviewed, address, text="Three homes.", edition=hidden(page, "edition"))[0] == 303
    with session(engine, read_only=True) as opened:
        assert newest_texts(opened, activity(opened))["context"].text == "Three homes."


def test_an_authority_has_what_it_was_sent_and_comments_on_it_r066(
    draft: TestClient, engine: Engine, clock: Clock
) -> None:
    with session(engine) as opened:
        write(opened, "summary", "Not for others yet.", COMMENTS)
    as_(draft, engine, clock, "authority", area_code="sheffield")
    assert path(engine, "report") in draft.get("/areas/sheffield").text
    page = draft.get(path(engine, "report")).text
    assert "Draft, 7 April 2006." in page
    assert "Not for others yet." not in page
    assert path(engine, "comment") in page
    assert draft.get(path(engine, "findings")).status_code == 403
    file = draft.get(
        path(engine, "report").replace("activities/", "exports/report-").replace("/report", "") + ".html"
    )
    assert "Not for others yet." not in file.text


def test_before_the_draft_an_authority_sees_no_report_r066(
    reviewed: TestClient, engine: Engine, clock: Clock
) -> None:
    as_(reviewed, engine, clock, "authority", area_code="sheffield")
    assert path(engine, "report") not in reviewed.get("/areas/sheffield").text
    assert reviewed.get(path(engine, "report")).status_code == 404
    as_(reviewed, engine, clock, "authority", area_code="cheshire")
    assert reviewed.get(path(engine, "report")).status_code == 404


def test_comments_are_recorded_and_answered_r066(draft: TestClient, engine: Engine) -> None:
    fields = {"organisation": "The council", "text": "The figures are old.", "part": "context"}
    number, page = send(draft, path(engine, "comment"), **fields)
    assert (number, "Comment 1 is recorded." in page) == (303, True)
    number, page = send(draft, path(engine, "answer-comment"), number="1", state="refused")
    assert (number, "Refusing a comment needs a reason." in page) == (422, True)
    _number, page = send(
        draft, path(engine, "answer-comment"), number="1", state="refused", why="they are of 2005"
    )
    assert "they are of 2005" in page


def test_a_report_on_a_service_is_named_and_taken_out_r086(draft: TestClient, engine: Engine) -> None:
    fields = {
        "service": "Youth service",
        "title": "Youth in Sheffield",
        "link": "https://council.example/y.pdf",
    }
    number, page = send(draft, path(engine, "link-report"), **fields)
    assert number == 422
    assert '<a href="#summary">Its findings are not summarised.' in page
    _number, page = send(draft, path(engine, "link-report"), **fields, summary="Good.")
    assert 'href="https://council.example/y.pdf">Youth in Sheffield</a>. Good.' in page
    assert send(draft, path(engine, "unlink-report"), why="it is not out")[0] == 422
    _number, page = send(draft, path(engine, "unlink-report"), number="1", why="it is not out")
    assert "The report on Youth service is taken out." in page
    assert "Reports on single services" not in page


def publish(opened: Session) -> None:
    done(opened, "accuracy_comments", "discussion")
    write(opened, "children", "For you: <b>all is well</b>.", DISCUSSION)
    end(opened, "publication", PUBLICATION)


def test_a_published_report_is_for_everybody_and_nothing_before_that_r083(
    draft: TestClient, engine: Engine, clock: Clock
) -> None:
    with session(engine, read_only=True) as opened:
        public = f"/published/report-{activity(opened).id}"
    draft.cookies.clear()
    assert draft.get(f"{public}.html").status_code == 404
    assert draft.get("/published/report-999.html").status_code == 404
    assert draft.get("/published/report-x.html").status_code == 404
    with session(engine) as opened:
        publish(opened)
    clock.day = PUBLICATION
    whole = draft.get(f"{public}.html")
    assert "Published, 28 June 2006. Review sheffield-jar." in whole.text
    assert "For you: &lt;b&gt;all is well&lt;/b&gt;." in whole.text
    children = draft.get(f"{public}.html?only=children")
    assert "Service management" not in children.text
    assert 'filename="summary-for-children-sheffield-jar.html"' in children.headers["Content-Disposition"]
    assert draft.get(f"{public}.html?only=secrets").status_code == 404
    assert draft.get(f"{public}.pptx").status_code == 404


def test_a_planner_saves_the_report_as_a_document(draft: TestClient, engine: Engine) -> None:
    page = draft.get(path(engine, "report")).text
    address = re.findall(r'href="(/exports/report-\d+\.docx)"', page)[0]
    answer = draft.get(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="report-{CODE}.docx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "Service management" in archive.read("word/document.xml").decode()


def test_the_assessment_of_the_same_area_shows_its_input_r042(draft: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        publish(opened)
    assert (
        "Input of Joint area review sheffield-jar, published on 28 June 2006"
        in draft.get("/areas/sheffield").text
    )
