"""A planner's whole work in a real browser, on England's programme that is up: by mouse, and again by keyboard."""

import csv
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.office import Hand, Office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

PLANNED_ON, UNDER_WAY = date(2005, 8, 1), date(2005, 9, 12)
NOTICE, MEETING = "Notification of precise dates", "Setting-up meeting and briefing"
EXAMPLES = Path(__file__).parents[2] / "examples"
SOLVE_SECONDS = 240


@dataclass(frozen=True)
class Journey:
    """With what hand, through which programme, and which area is moved."""

    example: str
    has_mouse: bool
    moved: str


MOUSE = Journey("england-2005", has_mouse=True, moved="Stoke-on-Trent")
KEYBOARD = Journey("england-2005", has_mouse=False, moved="Stoke-on-Trent")


@pytest.fixture(params=[MOUSE, KEYBOARD], ids=["mouse", "keyboard"])
def journey(request: pytest.FixtureRequest) -> Journey:
    found: Journey = request.param
    return found


@pytest.fixture
def office(journey: Journey, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "home", journey.example)
    yield made
    made.close()


@pytest.fixture
def hand(
    browser: "Browser", office: Office, journey: Journey, request: pytest.FixtureRequest
) -> Iterator[Hand]:
    """A planner's, at the first page of the console."""
    address = office.open_on(PLANNED_ON)
    opened = browser.new_context(base_url=address, java_script_enabled=journey.has_mouse)
    page = opened.new_page()
    page.set_default_timeout(60_000)
    yield Hand(page, journey.has_mouse, request.config.getoption("--pictures") if journey.has_mouse else None)
    opened.close()


def test_the_whole_job_is_done_in_the_browser(
    hand: Hand, office: Office, journey: Journey, tmp_path: Path
) -> None:
    sign_in(hand, office)
    mend_a_file(hand, EXAMPLES / journey.example, tmp_path)
    stop_a_solve(hand)
    solve_all(hand)
    compare(hand)
    move(hand, journey.moved)
    pin(hand)
    replace(hand)
    publish(hand)
    office.open_on(UNDER_WAY)
    find_why_one_is_late(hand)
    sign_off_and_undo(hand)
    record_a_day(hand)
    receive_evidence(hand)
    export_a_calendar(hand)
    answer_an_incident(hand, "Kent")
    assert hand.page.get_by_role("heading", level=1).is_visible()


def sign_in(hand: Hand, office: Office) -> None:
    """With the password that `up` shows once, which is replaced by one's own."""
    hand.page.goto("/")
    hand.type("User name", "administrator")
    hand.type("Password", office.one_time_password())
    hand.press("Sign in")
    own = "a horse of four letters"
    hand.type("Password so far", office.one_time_password())
    hand.type("New password", own)
    hand.type("New password again", own)
    hand.press("Change")
    assert hand.page.get_by_role("heading", level=1).is_visible()


def mend_a_file(hand: Hand, example: Path, folder: Path) -> None:
    """Two wrong rows are told with their places; the mended file is imported after a look at it."""
    with (example / "inspectors.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    rows[0]["percent"] = "80"
    path = folder / "inspectors.csv"
    hand.menu("Data")
    _write(
        path,
        [{**row, "body": "Nobody" if number in (1, 2) else row["body"]} for number, row in enumerate(rows)],
    )
    _send(hand, path)
    hand.told("2 things to mend")
    assert hand.page.get_by_role("row").filter(has_text="inspectors.csv").count() == 2
    _write(path, rows)
    _send(hand, path)
    hand.press("Import")
    hand.told("Imported: ")


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _send(hand: Hand, path: Path) -> None:
    hand.page.get_by_label("A workbook with all facts").set_input_files(path)  # the dialog is the system's
    hand.press("Check")


def stop_a_solve(hand: Hand) -> None:
    """Option 3 alone, stopped when there is a first plan: the best so far is kept."""
    hand.menu("Plans")
    hand.link("Solve the programme")
    hand.choose("How thoroughly", "Proof")
    hand.tick("3: both at once")
    hand.press("Start")
    hand.told("will be solved")
    _until(hand, "So far, ")
    hand.press("Stop, and keep the best plan")
    hand.told("will stop within seconds")
    _until(hand, "Stopped")
    hand.link("Plan 1")
    hand.link("What is proven")
    assert "The plan keeps every rule and costs what it says" in hand.page.inner_text("main")


def solve_all(hand: Hand) -> None:
    """All four options, quickly; each becomes a draft."""
    hand.menu("Plans")
    hand.link("Solve the programme")
    hand.choose("How thoroughly", "Quick")
    for option in ("1: review first", "2: assessment first", "3: both at once", "4: as far apart"):
        hand.tick(option)
    hand.press("Start")
    hand.told("will be solved")
    _until(hand, "Plan 5", seconds=2 * SOLVE_SECONDS)


def _until(hand: Hand, words: str, seconds: int = SOLVE_SECONDS) -> None:
    """Follow the solves until the page says so."""
    limit = time.monotonic() + seconds
    while words not in hand.page.inner_text("main"):
        assert time.monotonic() < limit, hand.page.inner_text("main")
        hand.page.wait_for_timeout(500)


def compare(hand: Hand) -> None:
    """The newest plan of each option side by side."""
    hand.menu("Plans")
    hand.link("Compare the newest of each option")
    text = hand.page.inner_text("main")
    assert "All figures" in text
    assert all(f"plan {version}" in text.lower() for version in (2, 3, 4, 5))
    hand.photograph("compare", 1250)


def move(hand: Hand, area: str) -> None:
    """The area of plan 4 begins two weeks away, or as near to that as any week is, with the swap that this takes."""
    hand.page.goto("/plans/4")
    hand.type("Move, pin or replace: area, or an activity's code", area)
    hand.press("Go to it")
    if hand.page.get_by_role("link", name="more week").count():
        hand.link("more week")
    hand.photograph("move", 1500)
    row, swaps_with = _two_weeks_away(hand)
    hand.use(row.get_by_role("link", name="Look at it"))
    assert hand.page.get_by_text("Nothing is stored yet").is_visible()
    assert swaps_with in hand.page.inner_text("main")
    hand.type("Why", "the council asked")
    hand.press("Make it a draft")
    hand.told("Plan 6 is a draft, made from plan 4")


def _two_weeks_away(hand: Hand) -> "tuple[Locator, str]":
    """The row of the week that is nearest to two weeks from the one of now, and the area that it swaps with, if any."""
    rows = hand.page.get_by_role("region", name="Weeks").get_by_role("row").all()[1:]
    days = [_day(row.get_by_role("rowheader").inner_text()) for row in rows]
    present = next(
        day
        for day, row in zip(days, rows, strict=True)
        if re.search(r"here it (is|starts) now", row.inner_text())
    )
    open_rows = [
        (abs(abs((day - present).days) - 14), day, row)
        for day, row in zip(days, rows, strict=True)
        if re.search("[Ff]its with all others| moves from ", row.inner_text())
        and row.get_by_role("link", name="Look at it").count()
    ]
    _, _, row = min(open_rows, key=lambda found: found[:2])
    what = row.get_by_role("cell").nth(2).inner_text()
    return row, what.partition(" (")[0] if " moves from " in what else ""


def _day(week: str) -> date:
    """The day of 'week of 5 March 2007'."""
    return datetime.strptime(week.strip().removeprefix("week of "), "%d %B %Y").date()


def pin(hand: Hand) -> None:
    """Its week in the draft is pinned."""
    hand.press("Pin it to its week")
    hand.told("begins in the week of")


def replace(hand: Hand) -> None:
    """A place goes to the cheapest other person who can have it: the first such place of a few areas."""
    for area in ("Cornwall", "Camden", "Devon", "Kent", "Leeds", "York", "Wigan", "Cheshire", "Thurrock"):
        hand.page.goto("/plans/6")
        hand.type("Move, pin or replace: area, or an activity's code", area)
        hand.press("Go to it")
        dates = hand.page.url
        for index in range(hand.page.get_by_role("region", name="Team").get_by_role("link").count()):
            hand.page.goto(dates)
            hand.use(hand.page.get_by_role("region", name="Team").get_by_role("link").nth(index))
            if hand.page.get_by_role("link", name="Look at it").count():
                hand.link("Look at it")
                hand.press("Make it a draft")
                hand.told("Plan 7 is a draft, made from plan 6")
                return
    raise AssertionError("nobody can have any place")


def publish(hand: Hand) -> None:
    """First a look, then the publication as indicative."""
    hand.page.goto("/plans/7")
    hand.link("Publish this plan")
    hand.choose("How precise its dates are", "Indicative")
    hand.type("Why", "agreed with the partners")
    hand.press("Show what it would change")
    for waiver in hand.page.get_by_role("checkbox").all():
        if not waiver.is_checked() and hand.page.get_by_role("alert").count():
            hand.use(waiver)
    assert hand.page.get_by_role("heading", name="What it would change").is_visible(), hand.page.inner_text(
        "main"
    )
    hand.press("Publish")
    hand.told("Plan 7 is published as indicative")


def find_why_one_is_late(hand: Hand) -> None:
    """From the first page to the area that is late first, and to the step on which the others wait."""
    hand.page.goto("/map?colour=state")
    hand.photograph("map", 1300)
    hand.page.goto("/")
    hand.photograph("programme", 1800)
    action = hand.page.get_by_role("region", name="What needs action")
    hand.use(action.get_by_role("link").first)
    assert "late" in hand.page.inner_text("h1")
    assert hand.page.get_by_text(f"Late: waits for {NOTICE}").first.is_visible()


def sign_off_and_undo(hand: Hand) -> None:
    """The notice first, then the meeting that waits for it; and the meeting is taken back."""
    area = hand.page.url
    hand.link(f"Sign off {NOTICE}")
    _sign_off(hand, "2 September 2005")
    hand.page.goto(area)
    hand.link(f"Sign off {MEETING}")
    _sign_off(hand, "9 September 2005")
    hand.page.goto(area)
    hand.link(f"Undo {MEETING}")
    hand.type("Why", "it was another council's")
    hand.press("Undo")
    hand.told("is as it was before")
    hand.page.goto(area)
    assert hand.page.get_by_role("link", name=f"Sign off {MEETING}").is_visible()


def _sign_off(hand: Hand, day: str) -> None:
    """Late, and for those whose word it is."""
    hand.type("Day on which it happened", day)
    hand.page.get_by_label("On behalf of").select_option(index=1)
    hand.type("Why on their behalf", "they said so on the telephone")
    hand.choose("Waiver", "Short notice")
    hand.press("Sign off")
    hand.told("signed off")


def record_a_day(hand: Hand) -> None:
    """The day of the notice was another one."""
    hand.link(f"Correct the day of {NOTICE}")
    hand.type("Day on which it happened", "1 September 2005")
    hand.type("Why", "the letter is dated so")
    hand.press("Record")
    hand.told("1 September 2005")


def receive_evidence(hand: Hand) -> None:
    """What was asked for comes in."""
    hand.link("Evidence: ")
    hand.link("Record when it came")
    hand.press("Record")
    hand.told("is recorded as received")


def export_a_calendar(hand: Hand) -> None:
    """The dates of the first inspector who has any."""
    hand.menu("People")
    hand.use(
        hand.page.get_by_role("region", name="Inspectors").get_by_role("rowheader").get_by_role("link").first
    )
    assert "BEGIN:VCALENDAR" in hand.save("Calendar feed")


def answer_an_incident(hand: Hand, area: str) -> None:
    """It is recorded, decided about, and the plans that answer it are found; one of them is published."""
    hand.menu("Events")
    hand.link("Record a critical event")
    hand.type("Area", area)
    hand.choose("What happened", "Serious case review")
    hand.type("Day on which it happened", "9 September 2005")
    hand.choose("How serious it is", "Serious")
    hand.type("Who told of it", "the council's letter")
    hand.press("Record")
    hand.told("Event 1 is recorded")
    hand.link("Decide about event 1")
    hand.choose("What is decided", "Pull")
    hand.type("Who decided", "Ofsted")
    hand.type("Why", "children may be at risk")
    hand.type("Within how many weeks it begins", "30")
    hand.press("Record")
    hand.told("is pulled forward")
    hand.press("Find plans")
    _until(hand, "Plans to choose from")
    region = hand.page.get_by_role("region", name="What each plan is best at")
    assert "Fewest activities" in region.inner_text()
    hand.link("Look at plan")
    hand.link("Publish this plan")
    hand.choose("How precise its dates are", "Indicative")
    hand.type("Why", "children may be at risk")
    hand.press("Show what it would change")
    assert hand.page.get_by_role("heading", name="What it would change").is_visible()
    hand.press("Publish")
    hand.told("is published as indicative")
