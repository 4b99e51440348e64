"""A planner's day in a real browser, with the mouse alone and again with the keyboard alone, without JavaScript."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn
from sqlalchemy import Engine

from console.app import create_app
from console.context import Context
from console.prefect_runs import PrefectRuns
from models import make_engine, session
from scheduler.values.result import SolveParams
from services.imports import import_folder
from services.imports.facts_out import fact_files
from services.plans import plan_store
from services.solves.solving import Asker, solve_option
from tests.fakes import FakeTransport
from tests.import_files import right_files, write_files
from tests.known import known
from tests.ports import free_port
from tests.signing_in import cookies_of, sign_in_as

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

TODAY, AT = date(2005, 8, 1), datetime(2005, 8, 1, 9, tzinfo=UTC)
Use = Callable[["Locator"], None]
"""Follows a link or presses a button."""


def by_mouse(locator: "Locator") -> None:
    locator.click()


def by_keyboard(locator: "Locator") -> None:
    locator.focus()
    locator.press("Space" if locator.get_attribute("type") == "checkbox" else "Enter")


class Runner:
    """Answers as Prefect's server does, and solves at once what it is asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            params = SolveParams(dates_seconds=3.0, teams_seconds=2.0, num_workers=1)
            solve_option(self._engine, 3, params, Asker("Ann Lee", lambda: AT, day=TODAY), profile="quick")
        return httpx.Response(200, json={"id": "1", "name": "Solve 1 option"})


@pytest.fixture
def engine(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An imported programme of three areas, of which nothing is planned."""
    path = tmp_path / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    made = make_engine(f"sqlite:///{path}")
    files = right_files()
    people = files["inspectors.csv"]
    for number, row in enumerate(list(people), start=len(people) + 1):  # somebody else for every place
        people.append({**row, "code": f"I{number}", "name": f"Person {number}"})
    import_folder(made, write_files(tmp_path / "files", files), "planner", AT)
    yield made
    made.dispose()


@pytest.fixture
def page(browser: "Browser", engine: Engine) -> Iterator["Page"]:
    """A planner's page, who may publish, too."""
    runs = PrefectRuns("http://prefect/api", "", httpx.MockTransport(Runner(engine)))
    context = Context(
        engine,
        lambda: TODAY,
        lambda: datetime.now(UTC),
        "http://prefect",
        "token",
        FakeTransport(),
        runs=runs,
    )
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(context), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    address = f"http://127.0.0.1:{port}"
    secret = sign_in_as(engine, "planner", "publisher", login="ann", name="Ann Lee")
    opened = browser.new_context(base_url=address, java_script_enabled=False)
    opened.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies_of(secret).items()]
    )
    found = opened.new_page()
    found.set_default_timeout(60_000)
    yield found
    opened.close()
    server.should_exit = True
    thread.join(5)


def inspectors(engine: Engine) -> list[str]:
    with session(engine, read_only=True) as opened:
        return fact_files(opened)["inspectors.csv"].decode("utf-8-sig").splitlines()


def versions(engine: Engine) -> list[tuple[int, str]]:
    with session(engine, read_only=True) as opened:
        return sorted((known(row.version), row.status) for row in plan_store.versions(opened))


def alert(page: "Page") -> str:
    return page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("use", [by_mouse, by_keyboard])
def test_a_planner_goes_from_a_changed_file_to_a_published_plan(
    page: "Page", engine: Engine, tmp_path: Path, use: Use
) -> None:
    mend_a_file(page, engine, tmp_path, use)
    solve(page, use)
    publish(page, use, 1)
    assert versions(engine) == [(1, "published")]
    move(page, use)
    pin(page, use)
    replace(page, use)
    publish(page, use, 3)
    assert [status for _version, status in versions(engine)][2] == "published"
    record_an_event(page, use)


def mend_a_file(page: "Page", engine: Engine, folder: Path, use: Use) -> None:
    """Two wrong rows are told with their places; the mended file is imported after a look at it."""
    lines = inspectors(engine)
    column = lines[0].split(",").index("body")
    rows = [line.split(",") for line in lines]
    rows[1][column] = rows[2][column] = "Nobody"
    path = folder / "inspectors.csv"
    page.goto("/")
    use(page.get_by_role("navigation").get_by_role("link", name="Data"))
    path.write_text("\n".join(map(",".join, rows)))
    page.get_by_label("A workbook with all facts").set_input_files(path)
    use(page.get_by_role("button", name="Check"))
    assert "2 things to mend" in alert(page)
    assert page.get_by_role("row").filter(has_text="inspectors.csv").count() == 2
    path.write_text("\n".join(lines).replace(lines[1].split(",")[1], "Renamed Person", 1))
    page.get_by_label("A workbook with all facts").set_input_files(path)
    use(page.get_by_role("button", name="Check"))
    use(page.get_by_role("button", name="Import"))
    assert "Imported: " in alert(page)


def solve(page: "Page", use: Use) -> None:
    use(page.get_by_role("navigation").get_by_role("link", name="Plans"))
    use(page.get_by_role("link", name="Solve the programme").first)
    page.get_by_label("How thoroughly").select_option("quick")
    box = page.get_by_label("3: both at once")
    if not box.is_checked():
        use(box)
    use(page.get_by_role("button", name="Start"))
    assert "will be solved" in alert(page)


def publish(page: "Page", use: Use, version: int) -> None:
    """First a look, then the publication."""
    page.goto(f"/plans/{version}")
    use(page.get_by_role("link", name="Publish this plan"))
    page.get_by_label("How precise its dates are").select_option("indicative")
    page.get_by_label("Why").fill("agreed with the partners")
    use(page.get_by_label("Places stay open"))
    use(page.get_by_role("button", name="Show what it would change"))
    assert page.get_by_role("heading", name="What it would change").is_visible()
    use(page.get_by_role("button", name="Publish"))
    assert f"Plan {version} is published as indicative" in alert(page)


def move(page: "Page", use: Use) -> None:
    """The cheapest other week, with the swap that is offered if it needs one."""
    page.goto("/areas/373")
    use(page.get_by_role("link", name="Move, pin or replace").first)
    use(page.get_by_role("link", name="Look at it").first)
    assert page.get_by_text("Nothing is stored yet").is_visible()
    page.get_by_label("Why").fill("the council asked")
    use(page.get_by_role("button", name="Make it a draft"))
    assert "Plan 2 is a draft, made from plan 1" in alert(page)


def pin(page: "Page", use: Use) -> None:
    """Its week of the draft is pinned, and the pin taken back."""
    use(page.get_by_role("button", name="Pin it to its week"))
    assert "begins in the week of" in alert(page)
    use(page.get_by_role("button", name="Take the pin back"))
    assert "pinned no more" in alert(page)


def replace(page: "Page", use: Use) -> None:
    """A place goes to the cheapest other person who can have it."""
    rows = page.get_by_role("region", name="Team").get_by_role("link")
    for number in range(rows.count()):
        use(rows.nth(number))
        choices = page.get_by_role("link", name="Look at it")
        if choices.count():
            use(choices.first)
            use(page.get_by_role("button", name="Make it a draft"))
            assert "Plan 3 is a draft, made from plan 2" in alert(page)
            return
        page.go_back()
    raise AssertionError("nobody can have any place")


def record_an_event(page: "Page", use: Use) -> None:
    use(page.get_by_role("navigation").get_by_role("link", name="Events"))
    use(page.get_by_role("link", name="Record a critical event"))
    page.get_by_label("Area", exact=True).fill("Sheffield")
    page.get_by_label("What happened").select_option("special_measures")
    page.get_by_label("Day on which it happened").fill("1 August 2005")
    page.get_by_label("How serious it is").select_option("serious")
    page.get_by_label("Who told of it").fill("Ofsted's letter")
    use(page.get_by_role("button", name="Record"))
    assert "Event 1 is recorded" in alert(page)
    use(page.get_by_role("link", name="Decide about event 1"))
    page.get_by_label("What is decided").select_option("watch")
    page.get_by_label("Who decided").fill("Ofsted")
    page.get_by_label("Why").fill("the plan of the school is good")
    use(page.get_by_role("button", name="Record"))
    assert "Event 1: watch." in alert(page)
