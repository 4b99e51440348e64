"""Tables of pages: searched, filtered, sorted and turned by their address, and saved as they are seen."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from console.frames import frame
from console.listing import Asked, Column, Filter, Listing, Words, selected
from models import Absence, Area, Delivery, PlanVersion, Rating, TeamPlace, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.judging import judge
from services.casework.signers import Signer
from services.casework.steps import last_day
from services.naming.steps import find_step_of
from services.plans.leave import enter_leave
from tests.known import known
from tests.people import sign
from tests.tables import AT, at
from tests.unit.console.conftest import FIELDWORK_IN_SHEFFIELD, Clock
from tests.unit.services.test_judging import LAST_DAY, MONDAY, add_inspection, graded
from tests.unit.services.test_scopes import SCOPED

NUMBERS: Listing[int] = Listing(
    path="/numbers",
    name="Numbers",
    noun=("number", "numbers"),
    columns=(
        Column("number", "Number", lambda n: Words(f"number {n}"), lambda n: n),
        Column(
            "half",
            "Half",
            lambda n: Words(str(n // 2) if n % 2 == 0 else ""),
            lambda n: n // 2 if n % 2 == 0 else None,
        ),
    ),
    filters=(Filter("kind", "Kind", "All kinds", lambda n: [("odd", "Odd") if n % 2 else ("even", "Even")]),),
    found_by=lambda n: f"number {n}",
    order="number",
)


def cells(text: str) -> list[list[str]]:
    """The rows of the table in a page, without markup."""
    body = text.partition("<tbody")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in row] for row in found]


def test_words_and_filters_choose_and_a_tag_takes_each_away() -> None:
    view = frame(NUMBERS, Asked("1", {"kind": "even"}, "-number"), range(20))
    assert [row[0].text for row in view.rows] == [
        "number 18",
        "number 16",
        "number 14",
        "number 12",
        "number 10",
    ]
    assert [(tag.label, tag.words, tag.href) for tag in view.tags] == [
        ("Search", "1", "/numbers?kind=even&sort=-number"),
        ("Kind", "Even", "/numbers?q=1&sort=-number"),
    ]
    assert view.files[0] == ("Save as CSV", "/numbers.csv?q=1&kind=even&sort=-number")


def test_rows_without_a_value_stand_last_in_either_order() -> None:
    up = selected(NUMBERS, Asked(order="half"), range(4))
    down = selected(NUMBERS, Asked(order="-half"), range(4))
    assert (up[:2], down[:2]) == ([0, 2], [2, 0])
    assert {*up[2:]} == {*down[2:]} == {1, 3}


def test_pages_are_turned_and_a_page_that_is_not_there_is_the_last() -> None:
    first, last = (frame(NUMBERS, Asked(page=page), range(120)) for page in (1, 99))
    assert (first.count, last.count) == ("1 to 50 of 120 numbers", "101 to 120 of 120 numbers")
    assert (first.before, first.after, last.before, last.after) == (
        "",
        "/numbers?page=2",
        "/numbers?page=2",
        "",
    )
    assert [(number, is_shown) for number, _href, is_shown in last.pages] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_an_answer_that_nobody_fits_is_still_a_tag() -> None:
    view = frame(NUMBERS, Asked(answers={"kind": "prime"}), range(5))
    assert (view.rows, view.count, view.tags[0].words) == ((), "No numbers", "prime")


def test_areas_say_where_each_stands_and_what_is_next(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    text = console.get("/areas").text
    assert "3 areas, 2 late" in text
    rows = {row[0]: row for row in cells(text)}
    assert list(rows) == ["Cheshire", "Sheffield", "Wigan"]
    assert rows["Sheffield"][1:4] == ["Yorkshire and the Humber", "3 of 10", ""]
    assert rows["Sheffield"][5].startswith("Late:")


def test_an_area_has_the_grade_that_it_got_last(console: TestClient, engine: Engine, home: Path) -> None:
    (home / "frameworks").mkdir(exist_ok=True)
    (home / "frameworks" / "ten-2009.toml").write_text(SCOPED)
    with session(engine) as opened:
        for area in ("sheffield", "cheshire"):
            facts = {
                "measure": "cpa_category",
                "value": "weak",
                "published_on": AT.date(),
                "source": "letter",
            }
            opened.add(Rating(area_code=area, **facts))
        row = add_inspection(opened, "sheffield-ten", MONDAY)
        signer = Signer("Bea", "lead_inspectorate", "the office is closed")
        judge(opened, row.id or 0, graded("1333"), LAST_DAY, Word("Bea", at(LAST_DAY), LAST_DAY), signer)
    rows = {row[0]: row for row in cells(console.get("/areas").text)}
    assert rows["Cheshire"][3].startswith("Weak")
    assert "cpa category, 1 August 2005" in rows["Cheshire"][3]
    assert rows["Sheffield"][3].startswith("1")
    assert "16 June 2006" in rows["Sheffield"][3]
    assert [row[0] for row in cells(console.get("/areas?grade=none").text)] == ["Wigan"]


def test_areas_are_found_by_name_region_and_state_in_the_address(console: TestClient) -> None:
    north = console.get("/areas", params={"region": "North West", "q": "chesh"}).text
    assert [row[0] for row in cells(north)] == ["Cheshire"]
    assert "Remove the filter </span>Region: North West" in north
    assert "No area fits these filters." in console.get("/areas?q=atlantis").text


def test_a_view_is_saved_as_it_is_seen(console: TestClient) -> None:
    csv = console.get("/areas.csv?region=North+West")
    assert csv.headers["Content-Disposition"] == 'attachment; filename="areas.csv"'
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Area,Region,Concern,Last grade,Next date,State"
    assert [line.split(",")[:3] for line in lines[1:]] == [["Cheshire", "North West", "3"]]
    sheet = load_workbook(io.BytesIO(console.get("/areas.xlsx").content)).active
    assert [cell.value for cell in sheet["A"]] == ["Area", "Cheshire", "Sheffield", "Wigan"]
    assert console.get("/areas.pdf").status_code == 404


def test_a_name_that_looks_like_a_formula_is_none_in_a_file(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").name = "=1+1"
    assert "'=1+1" in console.get("/areas.csv").text


def test_people_say_what_they_can_do_and_where_they_work_next(console: TestClient, clock: Clock) -> None:
    clock.day = date(2006, 1, 9)
    rows = {row[0]: row for row in cells(console.get("/people").text)}
    leader, member = rows["Inspector 0.0"], rows["Inspector 0.1"]
    assert leader[3:6] == ["Leads teams", "3 weeks", "1 of 4"]
    assert "9 January 2006" in leader[6]
    assert "Sheffield: Joint area review" in leader[6]
    assert (member[1], member[3]) == ("Ofsted", "")
    assert "Safeguarding" in member[2]
    leaders = console.get("/people?leads=yes").text
    assert [row[0] for row in cells(leaders)] == ["Inspector 0.0", "Inspector 1.0", "Inspector 2.0"]


def test_a_person_has_a_page_with_their_weeks_work_and_days_away_without_a_reason(
    console: TestClient, engine: Engine
) -> None:
    with session(engine) as opened:
        opened.add(Absence(inspector_code="sheffield-0", start_on=date(2006, 3, 6), end_on=date(2006, 3, 11)))
        enter_leave(
            opened,
            "sheffield-0",
            date(2006, 3, 13),
            date(2006, 3, 17),
            0,
            Word("I", AT, AT.date(), "an operation"),
        )
    text = console.get("/people/sheffield-0").text
    assert "6 to 17 March 2006" in text
    assert "operation" not in text
    [[area, activity, place, *_days]] = cells(text)
    assert (area, activity.split("  ")[0], place) == ("Sheffield", "Joint area review", "Team leader")
    assert "at work in a team and 2 away" in text
    assert console.get("/exports/inspector-sheffield-0.ics").status_code == 200
    assert "/exports/inspector-sheffield-0.ics" in text
    assert console.get("/people/nobody-here").status_code == 404


def test_a_place_without_anybody_is_over_and_leads_to_the_work(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        query = select(TeamPlace).where(TeamPlace.activity_code == "cheshire-jar")
        opened.exec(query.where(TeamPlace.skill == "safeguarding")).one().inspector_code = None
    text = console.get("/load").text
    assert "1 kind of place over what is there" in text
    assert "1 of 1 place uncovered" in text
    address = known(re.search(r'href="(/load/work\?skill=safeguarding[^"]+)"', text))[1]
    rows = cells(console.get(address.replace("&amp;", "&")).text)
    assert [row[0] for row in rows] == ["Cheshire"]
    assert rows[0][3] == "Uncovered"


def test_a_day_is_typed_as_people_type_it_and_what_is_none_is_said(console: TestClient) -> None:
    assert "9 to 13 January 2006" in console.get("/load/work?from=9+January+2006&to=13/01/2006").text
    assert "This is not a date." in console.get("/load/work?from=soon").text
    assert "is earlier than" in console.get("/history?from=2006-02-01&to=2006-01-01").text


def test_history_tells_in_words_who_did_what_to_which_step(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        step = find_step_of(opened, "sheffield-jar", "notification")
        sign(opened, step.id or 0, last_day(step), Word("Ann Smith", AT, last_day(step), "by letter"))
    text = console.get("/history?area=sheffield&person=Ann+Smith").text
    [row] = cells(text)
    assert row[0] == "1 August 2005, 10:00"
    assert row[1:4] == [
        "Ann Smith",
        "Sign off",
        "Sheffield: Joint area review, Notification of precise dates",
    ]
    assert row[5] == "by letter"
    assert "Remove the filter </span>Area: Sheffield" in text
    assert "No entry fits" in console.get("/history?from=1+May+2030").text
    assert console.get("/history?person=Nobody").status_code == 404
    assert "Ann Smith" in console.get("/history.csv").text


def test_messages_are_shown_by_what_became_of_them(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        for state, name in (("sent", "ann"), ("failed", "bob"), ("waiting", "eve")):
            to = f"{name}@{name[0]}.example"
            row = Delivery(
                message_id=f"<{to}>",
                as_of=FIELDWORK_IN_SHEFFIELD,
                channel="mail",
                recipient=to,
                subject="Dates",
                body=f"Dear {to}",
                occasions="dates reminder",
                state=state,
                error="no such mailbox" if state == "failed" else "",
            )
            opened.add(row)
    text = console.get("/messages").text
    assert "Messages: 1 needs attention" in text
    assert [row[1] for row in cells(text)] == ["eve@e.example", "bob@b.example", "ann@a.example"]
    [failed] = cells(console.get("/messages?state=failed").text)
    assert failed[3] == "First dates and reminders"
    assert re.split(r"\s{2,}", failed[4]) == ["Given up", "no such mailbox"]
    assert [row[1] for row in cells(console.get("/messages?q=ANN").text)] == ["ann@a.example"]
    assert "Dear ann@a.example" in console.get("/messages/1").text
    assert console.get("/messages/99").status_code == 404


def test_reminders_to_come_are_foretold_with_their_people(console: TestClient, clock: Clock) -> None:
    clock.day = date(2005, 11, 21)
    rows = cells(console.get("/messages/coming?area=sheffield").text)
    assert rows
    assert {row[1] for row in rows} == {"Sheffield"}
    assert all(
        "before" in row[4] or row[4] in ("On the day", "It begins") or "late" in row[4] for row in rows
    )


def test_what_waits_stands_before_the_chart(console: TestClient, engine: Engine) -> None:
    with session(engine) as opened:
        advance(opened, FIELDWORK_IN_SHEFFIELD)
    text = console.get("/").text
    assert text.index("What needs action") < text.index("jc-gantt__region")


def test_a_first_start_misses_no_work_and_has_nothing_late(
    console: TestClient, engine: Engine, clock: Clock
) -> None:
    """On the day of the publication nobody can have been late with what it asks for."""
    clock.day = AT.date()
    with session(engine) as opened:
        advance(opened, clock.day)
    text = console.get("/").text
    assert "did not run" not in text
    assert "<strong>0</strong> steps are late" in text


@pytest.mark.parametrize(
    "path", ["/areas", "/people", "/load", "/history", "/messages", "/messages/coming", "/due", "/actions"]
)
def test_an_empty_page_says_what_to_do_next(empty_console: TestClient, path: str) -> None:
    answer = empty_console.get(path)
    assert answer.status_code == 200
    assert "<tbody" not in answer.text
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert "jarcycle" in main or "href=" in main


def test_a_plan_that_no_proof_was_kept_of_says_how_to_find_prices(
    console: TestClient, engine: Engine
) -> None:
    with session(engine) as opened:
        assert '"certificates":[]' in opened.get_one(PlanVersion, 1).plan_json
    assert "The published plan has no prices." in console.get("/load").text
