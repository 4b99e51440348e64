"""The console as a real server over a real programme, and Debian's chromium to look at it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from console.app import create_app
from models import session
from services.casework.advancing import advance
from tests.e2e.busy_programme import ENGLAND, fill, plan_england
from tests.e2e.serving import context_on, serving
from tests.engines import on_copy
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import MONDAYS, published, store

if TYPE_CHECKING:
    from playwright.sync_api import SetCookieParam

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP evil.example 127.0.0.1",
    # Other browsers let a page of the internet ask this machine; ours must stand without that help.
    "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TODAY = MONDAYS["cheshire"]


@pytest.fixture(scope="session")
def console_engine(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The database of a console of six areas: one is late, one is in its analysis week; a draft would move one."""
    path = tmp_path_factory.mktemp("console") / "jarcycle.db"
    with on_copy(migrated_file, path) as engine:
        published(engine, num_areas=6)
        with session(engine) as opened:
            advance(opened, TODAY)
            store(opened, {"luton": MONDAYS["luton"] + timedelta(weeks=3)})
        yield engine


@pytest.fixture(scope="session")
def address(console_engine: Engine) -> Iterator[str]:
    """Where it listens."""
    with serving(create_app(context_on(console_engine, TODAY))) as address:
        yield address


@pytest.fixture(scope="session")
def whole_file(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of England's programme with something of every kind in it, to be copied."""
    path = tmp_path_factory.mktemp("whole") / "jarcycle.db"
    with on_copy(example_file, path) as engine:
        plan_england(engine)
        fill(engine, ENGLAND)
    return path


@pytest.fixture(scope="session")
def planner(console_engine: Engine, address: str) -> list["SetCookieParam"]:
    """The cookies of a browser in which a planner is signed in."""
    secret = sign_in_as(console_engine, "planner", "operator", login="ann", name="Ann Lee")
    return [{"name": name, "value": value, "url": address} for name, value in cookies_of(secret).items()]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium; without it these tests are skipped, in so many words."""
    if not shutil.which(CHROMIUM):
        pytest.skip(f"there is no {CHROMIUM}. Install it: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()
