"""Two people who change the same thing at once: the second sees what the first did, and nothing is overwritten."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from console.app import create_app
from models import Activity, Inspector, PlannedStage, PlanVersion, session
from services.casework.advancing import advance
from services.doors import DECIDE_AGAIN
from services.imports import import_folder
from services.imports.facts_out import fact_files
from services.naming.steps import find_step_of
from tests.e2e.serving import context_on, page_of, serving
from tests.engines import on_copy
from tests.import_files import right_files, write_files
from tests.signing_in import sign_in_as
from tests.tables import AT, MONDAYS, published, store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TODAY = date(2005, 9, 5)


@dataclass(frozen=True)
class Two:
    """Ann and Bob, each at a page of a browser of their own, and the database behind both."""

    ann: "Page"
    bob: "Page"
    engine: Engine

    def both_at(self, path: str) -> None:
        """Open the same page."""
        for page in (self.ann, self.bob):
            page.goto(path)


@contextmanager
def two_at(engine: Engine, browser: "Browser") -> Iterator[Two]:
    """Two planners who may publish, over a database."""
    with ExitStack() as stack:
        address = stack.enter_context(serving(create_app(context_on(engine, TODAY))))
        pages = []
        for name in ("Ann Lee", "Bob Ray"):
            secret = sign_in_as(engine, "planner", "publisher", login=name[:3].casefold(), name=name)
            pages.append(stack.enter_context(page_of(browser, address, secret)))
        yield Two(*pages, engine)


@pytest.fixture
def engine(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of the test's own."""
    path = tmp_path / "own.db"
    with on_copy(migrated_file, path) as made:
        yield made


@pytest.fixture
def two(engine: Engine, browser: "Browser") -> Iterator[Two]:
    """At three areas with a published plan and two drafts, which move the same area."""
    published(engine, precision="indicative")
    with session(engine) as opened:
        advance(opened, TODAY)
        for weeks in (1, 3):
            store(opened, {"wigan": MONDAYS["wigan"] + timedelta(weeks=weeks)})
    with two_at(engine, browser) as found:
        yield found


def alert(page: "Page") -> str:
    """What the page tells first: a banner, or the summary of errors."""
    return page.get_by_role("alert").first.inner_text()


def sign_off(page: "Page", day: str) -> None:
    """On behalf of whoever should, with a waiver in case that it is needed."""
    page.get_by_label("Day on which it happened").fill(day)
    page.get_by_label("On behalf of").select_option(index=1)
    page.get_by_label("Why on their behalf").fill("they said so on the telephone")
    page.get_by_label("Waiver", exact=True).select_option(index=1)
    page.get_by_role("button", name="Sign off").click()


def test_the_second_to_sign_a_step_off_sees_that_it_is_done_and_on_which_day(two: Two) -> None:
    with session(two.engine, read_only=True) as opened:
        number = find_step_of(opened, "sheffield-jar", "notification").id
    two.both_at(f"/steps/{number}/sign-off")
    sign_off(two.ann, "1 September 2005")
    assert "is signed off for 1 September 2005" in alert(two.ann)
    sign_off(two.bob, "2 September 2005")
    assert "1 September 2005" in alert(two.bob)
    with session(two.engine, read_only=True) as opened:
        assert find_step_of(opened, "sheffield-jar", "notification").actual_on == date(2005, 9, 1)


def test_the_second_to_pin_an_activity_sees_to_which_week_it_is_pinned(two: Two) -> None:
    two.ann.goto("/plans/2/activity?code=wigan-jar")
    two.bob.goto("/plans/1/activity?code=wigan-jar")
    two.ann.get_by_role("button", name="Pin it to its week").click()
    assert "22 May 2006" in alert(two.ann)
    two.bob.get_by_role("button", name="Pin it to its week").click()
    assert "It was pinned to the week of 22 May 2006" in alert(two.bob)
    assert DECIDE_AGAIN in alert(two.bob)
    with session(two.engine, read_only=True) as opened:
        row = opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one()
        assert row.pinned_on == date(2006, 5, 22)
    two.bob.get_by_role("button", name="Take the pin back").click()
    assert "is pinned no more" in alert(two.bob)


def test_two_who_move_the_same_activity_make_a_draft_each(two: Two) -> None:
    for page, week in ((two.ann, "2006-05-22"), (two.bob, "2006-05-29")):
        page.goto(f"/plans/1/move?code=wigan-jar&week={week}")
    for page, draft in ((two.ann, 4), (two.bob, 5)):
        page.get_by_label("Why").fill("the council asked")
        page.get_by_role("button", name="Make it a draft").click()
        assert f"Plan {draft} is a draft, made from plan 1. Plan 1 is as it was." in alert(page)
    with session(two.engine, read_only=True) as opened:
        rows = opened.exec(select(PlannedStage).where(PlannedStage.activity_code == "wigan-jar"))
        first = {row.plan_version: row.start_on for row in rows if row.stage == "analysis"}
    assert (first[1], first[4], first[5]) == (date(2006, 5, 15), date(2006, 5, 22), date(2006, 5, 29))


def test_the_second_to_publish_sees_which_plan_another_published_meanwhile(two: Two) -> None:
    for page, plan in ((two.ann, 2), (two.bob, 3)):
        page.goto(f"/plans/{plan}/publish")
        page.get_by_label("How precise its dates are").select_option("indicative")
        page.get_by_label("Why", exact=True).fill("the council asked")
    two.ann.get_by_role("button", name="Publish", exact=True).click()
    assert "Plan 2 is published" in alert(two.ann)
    two.bob.get_by_role("button", name="Publish", exact=True).click()
    assert "Ann Lee has published plan 2 since you opened this page" in alert(two.bob)
    assert DECIDE_AGAIN in alert(two.bob)
    assert two.bob.get_by_label("Why", exact=True).input_value() == "the council asked"
    assert published_plan(two.engine) == 2
    two.bob.get_by_role("button", name="Publish", exact=True).click()
    assert "Plan 3 is published" in alert(two.bob)
    assert published_plan(two.engine) == 3


def published_plan(engine: Engine) -> int | None:
    """Its version."""
    with session(engine, read_only=True) as opened:
        return opened.exec(select(PlanVersion.version).where(PlanVersion.status == "published")).one()


def test_the_second_to_import_looks_again_at_what_that_would_take_back(
    engine: Engine, browser: "Browser", tmp_path: Path
) -> None:
    import_folder(engine, write_files(tmp_path / "facts", right_files()), "planner", AT)
    with session(engine, read_only=True) as opened:
        text = fact_files(opened)["inspectors.csv"].decode("utf-8-sig")
    header, first, *others = text.splitlines()
    with two_at(engine, browser) as two:
        two.both_at("/data")
        for page, name in ((two.ann, "Anns Choice"), (two.bob, "Bobs Choice")):
            code, _name, *cells = first.split(",")
            content = "\n".join([header, ",".join([code, name, *cells]), *others]).encode()
            sent = {"name": "inspectors.csv", "mimeType": "text/csv", "buffer": content}
            page.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
            page.get_by_role("button", name="Check").click()
        for page in (two.ann, two.bob):
            page.get_by_role("button", name="Import").click()
        assert "Imported: " in alert(two.ann)
        assert "Ann Lee has imported files since you looked at yours" in alert(two.bob)
        assert first_inspector(engine, code) == "Anns Choice"
        two.bob.get_by_role("button", name="Import").click()
        assert "Imported: " in alert(two.bob)
        assert first_inspector(engine, code) == "Bobs Choice"


def first_inspector(engine: Engine, code: str) -> str:
    """Their name."""
    with session(engine, read_only=True) as opened:
        return opened.get_one(Inspector, code).name
