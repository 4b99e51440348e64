"""The console over a small published programme, asked over HTTP without a network."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.app import create_app
from console.context import Context
from models import make_engine
from tests.fakes import FakeTransport
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import published
from tests.unit.console.page_words import words_of_the_shell

TOKEN = "secret-of-the-home"
FIELDWORK_IN_SHEFFIELD = date(2006, 1, 30)


@dataclass
class Clock:
    """A day and an instant that a test may move."""

    day: date = FIELDWORK_IN_SHEFFIELD
    at: datetime = field(default=datetime(2026, 1, 9, 9, tzinfo=UTC))

    def forward(self, days: int) -> None:
        self.day += timedelta(days=days)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def published_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of three areas with a published plan, to be copied."""
    path = tmp_path_factory.mktemp("published") / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    made = make_engine(f"sqlite:///{path}")
    published(made)
    made.dispose()
    return path


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the test's own: published for tests of `console`, empty for those of `empty_console`."""
    is_published = {"console", "published_console"} & set(request.fixturenames)
    source = "published_file" if is_published else "migrated_file"
    path = tmp_path / "own.db"
    path.write_bytes(request.getfixturevalue(source).read_bytes())
    made = make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


@pytest.fixture
def transport() -> FakeTransport:
    """Mail that is only remembered."""
    return FakeTransport()


@pytest.fixture
def stranger(engine: Engine, clock: Clock, transport: FakeTransport) -> Iterator[TestClient]:
    """A browser in which nobody is signed in."""
    context = Context(engine, lambda: clock.day, lambda: clock.at, "http://127.0.0.1:4200", TOKEN, transport)
    with TestClient(
        create_app(context), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        client.event_hooks["response"].append(speaks_to_its_reader)
        yield client


def speaks_to_its_reader(answer: httpx.Response) -> None:
    """Whatever page a test asks for, its advice is what can be done in the console: no command, no option.

    A page about a broken home (503) speaks to whoever runs the service.
    """
    if answer.status_code != 503 and answer.headers.get("Content-Type", "").startswith("text/html"):
        answer.read()
        assert words_of_the_shell(answer.text) == [], str(answer.url)


@pytest.fixture
def empty_console(stranger: TestClient, engine: Engine, clock: Clock) -> TestClient:
    """A console over an empty database, for a planner."""
    stranger.cookies.update(cookies_of(sign_in_as(engine, "planner", at=clock.at)))
    return stranger


@pytest.fixture
def console(empty_console: TestClient) -> TestClient:
    """The same over three areas with a published plan."""
    return empty_console


@pytest.fixture
def published_console(stranger: TestClient) -> TestClient:
    """The same three areas, for whoever signs in."""
    return stranger
