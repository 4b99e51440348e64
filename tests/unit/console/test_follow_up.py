"""The pages of follow-up: what each side sees, and what it may say (C5; R068, R090, R191)."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.visitors import COOKIE
from models import Body, Contact, Partner, ProposedAction, Recommendation, session
from services.casework.follow_up.interventions import Intervenes, begin_intervention
from services.casework.follow_up.proposing import Proposed, finish_action, propose_action
from tests.followed import COUNCIL, OFFICER, PUBLISHED, TRUST, recommended, report_out, review, word
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock

PAGE, LIST = "/areas/sheffield/follow-up", "/follow-up"
DUE = date(2007, 1, 31)


@pytest.fixture
def clock() -> Clock:
    return Clock(day=PUBLISHED)


@pytest.fixture
def numbers(published_console: TestClient, engine: Engine) -> tuple[int, int]:
    """Two recommendations of Sheffield's review, not published yet; one is a priority action."""
    with session(engine) as opened:
        opened.add(Body(code="HC", name="Healthcare Commission"))
        opened.add(
            Partner(
                area_code="sheffield",
                name=TRUST,
                kind="primary_care_trust",
                chief_officer="Amy Wye",
                email=OFFICER,
            )
        )
        opened.flush()
        first = recommended(opened, TRUST, is_priority=True).id or 0
        return first, recommended(opened, COUNCIL).id or 0


def say(console: TestClient, path: str, action: str, **fields: str) -> int:
    data = form(console.cookies[COOKIE], **fields)
    return console.post(f"{path}/{action}", data=data, follow_redirects=False).status_code


def as_role(stranger: TestClient, engine: Engine, clock: Clock, *roles: str, **account: str) -> TestClient:
    stranger.cookies.clear()
    stranger.cookies.update(cookies_of(sign_in_as(engine, *roles, at=clock.at, **account)))
    return stranger


def out(engine: Engine) -> None:
    with session(engine) as opened:
        report_out(opened)


def test_the_page_has_each_recommendation_with_owner_monitor_and_state(
    console: TestClient, engine: Engine, numbers: tuple[int, int]
) -> None:
    out(engine)
    with session(engine) as opened:
        propose_action(opened, numbers[0], Proposed("Train forty", DUE), word(PUBLISHED))
        said = Intervenes("sheffield", "care_not_adequate", "direction", PUBLISHED, "Order 12")
        begin_intervention(opened, said, word(PUBLISHED))
    page = console.get(PAGE).text
    assert "Priority action, recommendation 1 of sheffield-jar: planned" in page
    assert f"Owner: {TRUST}. Monitored by: Healthcare Commission." in page
    assert "Monitored by: APA 2007." in page
    assert "1 priority action open" in page
    assert "Direction to the council, from 14 August 2006" in page
    for address in ("/areas/sheffield", LIST):
        shown = console.get(address).text
        assert "Train all staff in safeguarding" in shown
        assert "/areas/sheffield/follow-up" in shown


def test_the_list_of_a_monitor_is_a_filter_of_the_list(
    console: TestClient, engine: Engine, numbers: tuple[int, int]
) -> None:
    """R090: the PCT's is on the Healthcare Commission's list and not in the APA 2007."""
    out(engine)
    shown = console.get(f"{LIST}.csv?monitor=healthcare").text
    assert TRUST in shown
    assert COUNCIL not in shown
    assert "APA 2007" in console.get(f"{LIST}.csv?monitor=annual_assessment").text


def test_whatever_is_said_has_a_page_that_says_it(
    console: TestClient, engine: Engine, numbers: tuple[int, int]
) -> None:
    with session(engine, read_only=True) as opened:
        activity = review(opened).id
    one = f"/activities/{activity}"
    assert say(console, one, "recommend", text="Fill the posts", owner=COUNCIL, cause="capacity") == 303
    assert say(console, one, "recommend", text="") == 422
    assert say(console, one, "statement") == 422
    out(engine)
    with session(engine, read_only=True) as opened:
        rows = list(opened.exec(select(Recommendation.id)))
    answers = {f"answer-{row}": "We shall" for row in rows}
    assert say(console, one, "answer") == 422
    assert say(console, one, "answer", **answers) == 303
    assert say(console, one, "statement") == 303
    assert say(console, one, "statement", accept="yes", by="The Secretary of State") == 303
    assert say(console, one, "plan-check", day="") == 422
    assert say(console, one, "plan-check", day="31 January 2007") == 303
    assert say(console, one, "hold-check", check="1", finding="Begun") == 303
    third = f"/recommendations/{rows[2]}"
    assert say(console, third, "change", text="Fill all posts", owner=COUNCIL, why="a slip") == 303
    assert say(console, third, "propose", text="Advertise", due="31 January 2007") == 303
    assert say(console, third, "confirm") == 422
    with session(engine, read_only=True) as opened:
        action = opened.exec(select(ProposedAction.id)).one()
    assert say(console, f"/proposed-actions/{action}", "done", begun="yes") == 303
    assert say(console, f"/proposed-actions/{action}", "done", evidence="The staff list") == 303
    assert say(console, third, "confirm") == 303
    assert say(console, third, "change", withdraw="yes") == 422
    assert say(console, f"/recommendations/{rows[0]}", "close", activity="") == 422
    page = console.get(PAGE).text
    assert "confirmed by monitor" in page
    assert "accepted by The Secretary of State" in page


def test_an_authority_sees_what_is_published_and_nothing_before_r068(
    stranger: TestClient, engine: Engine, clock: Clock, numbers: tuple[int, int]
) -> None:
    council = as_role(stranger, engine, clock, "authority", area_code="sheffield")
    with session(engine, read_only=True) as opened:
        activity = review(opened).id
    assert "Train all staff" not in council.get(PAGE).text
    addresses = (f"/recommendations/{numbers[0]}/propose", f"/activities/{activity}/answer")
    assert [council.get(address).status_code for address in addresses] == [404, 404]
    out(engine)
    assert "Train all staff" in council.get(PAGE).text
    assert [council.get(address).status_code for address in addresses] == [200, 200]
    assert council.get(LIST).status_code == 403
    assert council.get(f"/recommendations/{numbers[0]}/confirm").status_code == 403
    assert council.get("/areas/cheshire/follow-up").status_code == 404


def test_an_owner_says_that_its_action_is_done_and_another_area_sees_none_of_it(
    stranger: TestClient, engine: Engine, clock: Clock, numbers: tuple[int, int]
) -> None:
    out(engine)
    with session(engine) as opened:
        action = propose_action(opened, numbers[0], Proposed("Train", DUE), word(PUBLISHED)).id
    address = f"/proposed-actions/{action}"
    other = as_role(stranger, engine, clock, "authority", area_code="cheshire", login="other")
    assert other.get(f"{address}/done").status_code == 404
    owner = as_role(
        stranger, engine, clock, "authority", area_code="sheffield", login="amy", email=OFFICER, name="Amy"
    )
    assert say(owner, address, "done", evidence="Lists") == 303
    with session(engine, read_only=True) as opened:
        assert opened.get_one(ProposedAction, action).done_by == "Amy Wye"


def test_a_body_sees_and_confirms_what_it_monitors_though_it_has_no_part_in_the_review_r090(
    stranger: TestClient, engine: Engine, clock: Clock, numbers: tuple[int, int]
) -> None:
    out(engine)
    with session(engine) as opened:
        done = propose_action(opened, numbers[0], Proposed("Train", DUE), word(PUBLISHED)).id or 0
        finish_action(opened, done, PUBLISHED, "", word(PUBLISHED))
        opened.add(Contact(role="lead_inspectorate", name="Hal", email="hal@hc.example"))
    other = as_role(stranger, engine, clock, "body", body_code="HC", login="other")
    confirm = [f"/recommendations/{number}/confirm" for number in numbers]
    assert [other.get(address).status_code for address in confirm] == [200, 404]
    body = as_role(stranger, engine, clock, "body", body_code="HC", email="hal@hc.example", name="Hal")
    page = body.get("/bodies/HC").text
    assert f'href="{confirm[0]}"' in page
    assert COUNCIL not in page
    assert 'href="/bodies/HC"' in body.get(confirm[0]).text
    assert say(body, f"/recommendations/{numbers[0]}", "confirm") == 303
