"""Fixtures that several kinds of test share: a database of its own per test, and one Prefect server per session."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from console.memory import collect_seldom
from models import make_engine, upgrade
from tests.early import EARLY, Early
from tests.engines import POSTGRESQL, knowing_statements, quick_engine

EXAMPLE = Path(__file__).parents[1] / "examples" / "england-2005"


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much is drawn by chance, and where pictures go."""
    what = "tiny problems about which the scheduler's claims are compared with an exact model (make soak: thousands)"
    parser.addoption("--adversary", type=int, default=80, metavar="N", help=what)
    first = "seed of the first of them; another one draws other problems"
    parser.addoption("--adversary-seed", type=int, default=0, metavar="SEED", help=first)
    long = "sixteen weeks of a year that is killed at random, not eight; four links of each kind followed, not two"
    parser.addoption("--long", action="store_true", help=f"{long} (make soak)")
    pictures = "folder for the pictures of the documentation, taken on the planner's journey (make pictures)"
    parser.addoption("--pictures", type=Path, metavar="FOLDER", help=pictures)


@pytest.fixture(scope="session")
def adversary(request: pytest.FixtureRequest) -> range:
    """The seeds of the tiny problems; a kind of question takes its share of them, from the first on."""
    first = request.config.getoption("--adversary-seed")
    return range(first, first + request.config.getoption("--adversary"))


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether there is time for all of what is mostly the same again."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own; the settings point into it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("JARCYCLE_HOME", str(folder))
    for name in ("DATABASE_URL", "SMTP_HOST", "PREFECT_API_URL", "PREFECT_AUTH"):
        monkeypatch.delenv(f"JARCYCLE_{name}", raising=False)
    return folder


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Let all engines of this process share the statements that they compile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.engine.create_engine", knowing_statements)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are kept as ever, with the least work that the method allows."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.accounts.passwords._hasher", quick)
        patch.setattr("services.accounts.passwords._NOBODY", quick.hash("nobody's"))
        yield


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest migration, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "jarcycle.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # closing the last connection moves the write-ahead log into the file
    return path


@pytest.fixture
def database(home: Path, migrated_file: Path) -> Iterator[Engine]:
    """An empty, migrated database at the place where the settings look for it."""
    path = home / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def example_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the whole of england-2005 and no plan, to be copied."""
    from services.imports import import_folder

    path = tmp_path_factory.mktemp("example") / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    import_folder(engine, EXAMPLE, "test", datetime(2005, 8, 1, tzinfo=UTC))
    engine.dispose()
    return path


@pytest.fixture
def engine(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """An empty, migrated database of the test's own: on SQLite, or on PostgreSQL where there is a server."""
    if POSTGRESQL:
        made = make_engine(POSTGRESQL)
        upgrade(made)
        _empty(made)
    else:
        path = tmp_path / "own.db"
        path.write_bytes(migrated_file.read_bytes())
        made = quick_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


def _empty(engine: Engine) -> None:
    tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin what takes long, and is wanted by some of the tests, before the first test runs."""
    collect_seldom()
    early = session.config.stash[EARLY] = Early()
    if not session.config.option.collectonly:
        early.begin({name for item in session.items for name in getattr(item, "fixturenames", ())})


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave nothing behind, whatever happened; nothing was begun if the tests could not even be read."""
    early = session.config.stash.get(EARLY, None)
    if early is not None:
        early.stop()


@pytest.fixture(scope="session")
def prefect_server(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a real Prefect server's API, started once; flows run in this process report to it.

    Prefect's own test harness has neither the scheduler nor automations: no cron would ever make a run there.
    """
    from prefect.settings import (
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_HOME,
        PREFECT_LOGGING_TO_API_ENABLED,
        temporary_settings,
    )

    from flows.processes.children import wait_until_ready

    server = request.config.stash[EARLY].server()
    wait_until_ready(f"{server.settings.api}/ready", server.child, seconds=120)
    here = {
        PREFECT_API_URL: server.settings.api,
        PREFECT_API_AUTH_STRING: server.auth,
        PREFECT_HOME: server.folder,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
        PREFECT_LOGGING_TO_API_ENABLED: False,  # nobody reads them, and at the end a minute goes to sending the last
    }
    with temporary_settings(updates=here):
        yield server.settings.api
