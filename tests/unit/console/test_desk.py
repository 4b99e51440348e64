"""The planner's desk: weeks and people with their price, moves with their consequences, pins; each makes a draft."""

import json
import re
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from console.desk_pages import Standing, _move_address
from models import Activity, AuditEntry, PlanVersion, TeamPlace, session
from reports.words import date_in_words
from scheduler.candidates.plan_state import PlanState
from scheduler.candidates.weeks import week_candidates
from services.naming.names import Names
from services.plans.plan_store import find_version, mondays_by_activity
from services.problem.present import Present
from tests.known import known
from tests.signing_in import cookies_of, form, sign_in_as
from tests.unit.console.conftest import Clock
from tests.unit.services.test_reason_words import planned, visits

CODE = "wigan-jar"
TODAY = date(2005, 9, 5)


class Desk:
    """A planner's browser over three areas with a published plan, before anything has begun."""

    def __init__(self, browser: TestClient, engine: Engine, secret: str) -> None:
        self.browser, self.engine, self.secret = browser, engine, secret

    def see(self, address: str) -> str:
        answer = self.browser.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, address: str, **fields: str) -> httpx.Response:
        return self.browser.post(address, data=form(self.secret, **fields))  # type: ignore[return-value]

    def links(self, page: str, part: str) -> list[str]:
        return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', page) if part in link]

    def fields(self, page: str) -> dict[str, str]:
        found = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page))
        return {name: value for name, value in found.items() if name != "form_token"}

    def monday(self, version: int) -> date:
        with session(self.engine, read_only=True) as opened:
            return min(mondays_by_activity(opened, version)[CODE].values())

    def versions(self) -> list[int]:
        with session(self.engine, read_only=True) as opened:
            return list(opened.exec(select(PlanVersion.version).order_by(col(PlanVersion.version))))  # type: ignore[arg-type]


@pytest.fixture
def desk(console: TestClient, engine: Engine, clock: Clock) -> Desk:
    clock.day = TODAY
    secret = sign_in_as(engine, "planner", at=clock.at)
    with session(engine) as opened:
        for row in opened.exec(select(Activity)):
            row.precision = "indicative"
    console.cookies.update(cookies_of(secret))
    return Desk(console, engine, secret)


def test_the_page_of_an_activity_has_its_weeks_with_prices_and_its_team(desk: Desk) -> None:
    assert f"/plans/1/activity?code={CODE}" in desk.see("/areas/wigan")
    page = desk.see(f"/plans/1/activity?code={CODE}")
    assert "Where it is now" in page
    assert len(desk.links(page, "/plans/1/move?")) > 3
    assert len(desk.links(page, "/plans/1/place?")) == 4
    assert desk.browser.get("/plans/1/activity?code=nowhere-jar").status_code == 404
    assert desk.browser.get(f"/plans/9/activity?code={CODE}").status_code == 404


def test_the_page_of_an_activity_says_why_it_is_where_it_is(desk: Desk) -> None:
    assert f"/plans/1/activity?code={CODE}#why" in desk.see("/areas/wigan")
    page = desk.see(f"/plans/1/activity?code={CODE}")
    why = known(re.search(r'id="why">Why this week\?</h2>\s*<p class="govuk-body">([^<]*)</p>', page))
    assert f"It begins in the week of {date_in_words(desk.monday(1))}; rules leave it" in why[1]
    assert "would be cheaper" in why[1] or "cheaper dates" in why[1]


def test_a_move_is_looked_at_and_becomes_a_draft_while_the_plan_stays(desk: Desk) -> None:
    before = desk.monday(1)
    look = desk.links(desk.see(f"/plans/1/activity?code={CODE}"), "/plans/1/move?")[0]
    page = desk.see(look)
    assert "Nothing is stored yet" in page
    assert "Cost of dates" in page
    assert "would be told" in page
    assert desk.versions() == [1]
    made = desk.send("/plans/1/move", **desk.fields(page), why="the council asked")
    assert "Plan 2 is a draft, made from plan 1" in made.text
    assert desk.versions() == [1, 2]
    assert desk.monday(1) == before != desk.monday(2)
    with session(desk.engine, read_only=True) as opened:
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "change by hand")).one()
    assert (entry.who, entry.why) == ("Pat planner", "the council asked")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": CODE, "week": "1 August 2005"}, "has begun"),
        ({"code": CODE, "week": "someday"}, "This is not a date"),
        ({"code": "atlantis", "week": "5 June 2006"}, "atlantis"),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_stores_nothing(
    desk: Desk, fields: dict[str, str], told: str
) -> None:
    answer = desk.send("/plans/1/move", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert desk.browser.get("/plans/1/move", params=fields).status_code == 422
    assert desk.versions() == [1]


def test_a_week_that_lacks_units_is_offered_only_with_the_area_that_makes_room() -> None:
    problem = visits()
    plan = planned(problem)
    standing = Standing(1, Present(problem, plan, {}), Names(problem), {}, None)
    weeks = week_candidates(PlanState(problem, plan), "jar-beta").weeks
    short = next(found for found in weeks if found.alone is not None and found.alone.num_short and found.swap)
    assert "other=jar-alpha" in _move_address(standing, "jar-beta", short)
    assert _move_address(standing, "jar-beta", short.model_copy(update={"swap": None})) == ""


def test_two_activities_exchange_their_weeks(desk: Desk) -> None:
    assert "/plans/1/swap" in desk.see(f"/plans/1/activity?code={CODE}")
    with session(desk.engine, read_only=True) as opened:
        cheshire = min(mondays_by_activity(opened, 1)["cheshire-jar"].values())
    page = desk.see(f"/plans/1/swap?code={CODE}&other=cheshire-jar")
    assert "Nothing is stored yet" in page
    assert desk.versions() == [1]
    assert "Plan 2 is a draft" in desk.send("/plans/1/swap", **desk.fields(page), why="both asked").text
    assert desk.monday(2) == cheshire
    refused = desk.send("/plans/1/swap", code=CODE, other="atlantis")
    assert refused.status_code == 422
    assert desk.versions() == [1, 2]


def test_a_place_is_given_to_somebody_who_can_have_it(desk: Desk) -> None:
    place = desk.links(desk.see(f"/plans/1/activity?code={CODE}"), "/plans/1/place?")[-1]
    people = desk.see(place)
    assert "has it now" in people
    choices = desk.links(people, "/plans/1/assign?")
    assert choices
    page = desk.see(choices[0])
    fields = desk.fields(page)
    made = desk.send("/plans/1/assign", **fields)
    assert "Plan 2 is a draft" in made.text
    with session(desk.engine, read_only=True) as opened:
        query = select(TeamPlace.inspector_code).where(
            TeamPlace.plan_version == 2, TeamPlace.activity_code == CODE, TeamPlace.skill == fields["place"]
        )
        assert fields["person"] in opened.exec(query).all()


def test_a_week_is_pinned_and_the_pin_taken_back(desk: Desk) -> None:
    assert "begins in the week of" in desk.send("/plans/1/pin", code=CODE).text
    page = desk.see(f"/plans/1/activity?code={CODE}")
    assert "Its week is pinned" in page
    assert desk.links(page, "/plans/1/move?") == []
    assert "Look at the exchange" not in page
    seen = desk.send("/plans/1/pin", code=CODE, undo="yes", seen="2006-05-08")
    assert seen.status_code == 422
    assert "since you opened this page" in seen.text
    assert "is pinned no more" in desk.send("/plans/1/pin", code=CODE, undo="yes").text
    answer = desk.send("/plans/1/pin", code=CODE, undo="yes")
    assert answer.status_code == 422
    assert "its week is not pinned" in answer.text.lower()


def test_what_is_under_way_says_so_and_offers_no_other_week(desk: Desk, clock: Clock) -> None:
    clock.day = date(2006, 1, 30)
    page = desk.see("/plans/1/activity?code=sheffield-jar")
    assert "No other week than" in page or "stays where it is" in page
    assert desk.links(page, "/plans/1/move?") == []


def file_of(desk: Desk, weeks_later: int = 0, name: str = "plan.json") -> tuple[str, bytes]:
    """Plan 1 as a file, with Wigan's review and assessment in other weeks."""
    with session(desk.engine, read_only=True) as opened:
        document = json.loads(find_version(opened, 1).plan_json)
    for dates in document["dates"]:
        if dates["activity"].startswith("wigan"):
            dates["starts"] = [week + weeks_later for week in dates["starts"]]
    return name, json.dumps(document).encode()


def send_file(desk: Desk, *files: tuple[str, bytes]) -> httpx.Response:
    sent = [("files", file) for file in files] or [("other", ("", b""))]
    return desk.browser.post("/plans/store", data=form(desk.secret), files=sent)  # type: ignore[return-value]


def test_a_plan_of_a_file_is_looked_at_and_becomes_a_draft(desk: Desk) -> None:
    assert "/plans/store" in desk.see("/plans")
    assert "plan.json" in desk.see("/plans/store")
    before = desk.monday(1)
    page = send_file(desk, file_of(desk, 2))
    assert page.status_code == 200, page.text
    assert "Nothing is stored yet" in page.text
    assert desk.versions() == [1]
    made = desk.send("/plans/store/keep", **desk.fields(page.text), why="agreed by telephone")
    assert "Plan 2 is a draft, made from plan 1" in made.text
    assert (desk.monday(1), desk.monday(2)) == (before, before + timedelta(weeks=2))
    assert ">Back to plan 1<" in desk.see("/plans/2")
    assert f'/plans/1/activity?code={CODE}"' in desk.see(f"/plans/2/activity?code={CODE}")
    assert "Back to plan" not in desk.see("/plans/1")
    with session(desk.engine, read_only=True) as opened:
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "change by hand")).one()
    assert (entry.who, entry.why) == ("Pat planner", "agreed by telephone")


def test_a_file_that_is_no_plan_is_refused_with_each_fault(desk: Desk) -> None:
    name, content = file_of(desk, 2)
    document = json.loads(content)
    document["dates"] = document["dates"][1:]
    document["members"][0]["inspector"] = "nobody"
    faults = [
        (send_file(desk), ["One file is needed"]),
        (send_file(desk, (name, content), ("more.json", content)), ["One file is needed"]),
        (send_file(desk, (name, b"\xff\xfe")), ["no text in UTF-8"]),
        (send_file(desk, (name, b"{")), ["Check for a missing comma"]),
        (send_file(desk, (name, b'{"dates": 7, "colour": 1}')), ["dates", "colour"]),
        (send_file(desk, (name, json.dumps(document).encode())), ["it has no dates", "for nobody"]),
        (send_file(desk, file_of(desk)), ["it has these dates and people"]),
        (desk.send("/plans/store/keep", upload="unknown"), ["not kept any more"]),
    ]
    for answer, told in faults:
        assert answer.status_code == 422, told
        assert [words for words in told if words not in answer.text] == []
        assert "jarcycle " not in answer.text.split("There is a problem")[1].split("</ul>")[0]
    assert desk.versions() == [1]
    assert desk.browser.post("/plans/store", files={"files": (name, content)}).status_code == 403
