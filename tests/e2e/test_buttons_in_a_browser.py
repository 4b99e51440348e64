"""Every button of every screen, pressed in a browser: filled in as people would, and blank."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models import make_engine, session
from services.imports.facts_out import fact_files
from services.plans.plan_store import find_version
from tests.e2e.busy_programme import SIX_AREAS, fill, people
from tests.e2e.buttons import AFTER, POST_ROUTES, Answer, Button, Files, buttons_of, press
from tests.e2e.looking import axe_faults
from tests.e2e.screens import crawled
from tests.e2e.serving import Renewed, page_of, serving
from tests.engines import on_copy
from tests.name_graph import ROOT
from tests.tables import published
from tests.unit.console.pressing import Forms

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Presses = Callable[[str], Iterator[tuple[Button, "Page"]]]


@pytest.fixture(scope="module")
def six_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of six areas with something of every kind, to be copied."""
    path = tmp_path_factory.mktemp("six") / "jarcycle.db"
    with on_copy(migrated_file, path) as engine:
        published(engine, num_areas=6, precision="indicative")
        fill(engine, SIX_AREAS)
    return path


@pytest.fixture(scope="module")
def files(six_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A file of facts in which somebody has another name, and one of a plan in which an area begins later."""
    folder = tmp_path_factory.mktemp("files")
    engine = make_engine(f"sqlite:///{six_file}")
    with session(engine, read_only=True) as opened:
        facts = fact_files(opened)["inspectors.csv"].decode("utf-8-sig")
        plan = json.loads(find_version(opened, 1).plan_json)
    engine.dispose()
    for dates in plan["dates"]:
        if dates["activity"] == SIX_AREAS.spare:
            dates["starts"] = [week + 1 for week in dates["starts"]]
    found = {
        "POST /data": folder / "inspectors.csv",
        "POST /inspections/import": folder / "other_inspections.csv",
        "POST /plans/store": folder / "plan.json",
        "POST /ratings/profiles": folder / "profile_groups.csv",
    }
    found["POST /data"].write_text(facts.replace("Inspector 5.0", "Another Name"), encoding="utf-8")
    found["POST /plans/store"].write_text(json.dumps(plan), encoding="utf-8")
    for route, example in (
        ("POST /inspections/import", "inspections-2006"),
        ("POST /ratings/profiles", "profiles-2009"),
    ):
        of_york = (ROOT / "examples" / example / found[route].name).read_text(encoding="utf-8")
        found[route].write_text(of_york.replace("816,", "luton,"), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def buttons(six_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Button]]:
    """What there is to press, by route."""
    path = tmp_path_factory.mktemp("buttons") / "jarcycle.db"
    with on_copy(six_file, path) as engine:
        return buttons_of(crawled(engine, SIX_AREAS))


@pytest.fixture(scope="module")
def presses(
    buttons: dict[str, list[Button]],
    six_file: Path,
    browser: "Browser",
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Presses]:
    """The buttons of a route, each on its page of the programme as it was before anything was pressed."""
    console = Renewed(tmp_path_factory.mktemp("pressed") / "jarcycle.db", six_file, SIX_AREAS.today)
    who = people(console.engine)
    with serving(console) as address:

        def shown(route: str) -> Iterator[tuple[Button, "Page"]]:
            for button in buttons.get(route, []):
                console.renew()
                with ExitStack() as stack:
                    secret = who[button.login].signed_in(console.engine)
                    page = stack.enter_context(page_of(browser, address, secret))
                    page.goto(button.path)
                    yield button, page

        yield shown
    console.end()


@pytest.mark.parametrize("route", POST_ROUTES)
def test_a_filled_form_is_answered_by_a_page_that_goes_on(presses: Presses, files: Files, route: str) -> None:
    wrong, count = [], 0
    for button, page in presses(route):
        answer, count = press(page, button, files), count + 1
        wrong += told(button, answer)
        if route in AFTER:
            [following] = buttons_on(page, AFTER[route], button.login)
            wrong += told(following, press(page, following, files))
    assert wrong == []
    assert count


@pytest.mark.parametrize("route", POST_ROUTES)
def test_a_blank_form_is_answered_by_a_page_that_goes_on_and_that_everybody_can_read(
    presses: Presses, route: str
) -> None:
    wrong = []
    for button, page in presses(route):
        if not button.asks:
            continue
        answer = press(page, button)
        wrong += told(button, answer)
        if answer.number == 422:
            wrong += [f"{button}: {fault}" for fault in axe_faults(page)]
    assert wrong == []


def told(button: Button, answer: Answer) -> list[str]:
    """What is wrong with the answer to a press."""
    return [f"{button}: {fault}" for fault in answer.faults()]


def buttons_on(page: "Page", route: str, login: str) -> list[Button]:
    """The buttons of a route on a page."""
    return [
        Button(login, page.url, place, route, words)
        for place, form in enumerate(Forms(page.content(), page.url).forms)
        if form.route() == route
        for words in form.buttons
    ]
