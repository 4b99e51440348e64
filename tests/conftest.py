"""Fixtures that several kinds of test share: a database of its own per test, and one Prefect server per session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from models import make_engine, upgrade
from tests.engines import quick_engine

FAST_SERVER = {
    # The recorder and the persister cost most of a short run's time, and no test looks at what they keep.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
}
POSTGRESQL = os.environ.get("JARCYCLE_TEST_POSTGRESQL")
"""Address of a PostgreSQL database that tests may empty; see with_postgresql.sh."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own; the settings point into it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("JARCYCLE_HOME", str(folder))
    for name in ("JARCYCLE_DATABASE_URL", "JARCYCLE_SMTP_HOST", "JARCYCLE_PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


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


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real Prefect server's API, started once; flows run in this process report to it.

    Prefect's own test harness has neither the scheduler nor automations: no cron would ever make a run there.
    """
    from prefect.settings import (
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_HOME,
        temporary_settings,
    )

    from config.settings import PrefectSettings, child_environment
    from flows.children import Child, wait_until_ready
    from flows.environment import prefect_environment
    from flows.ports import free_port

    folder = tmp_path_factory.mktemp("prefect")
    settings = PrefectSettings(port=free_port(), home=folder)
    environment = child_environment(prefect_environment(settings) | FAST_SERVER)
    arguments = ["flows.serve_app", "prefect.server.api.server:create_app", settings.host, str(settings.port)]
    server = Child("Prefect server", arguments, environment, folder / "server.log")
    try:
        wait_until_ready(f"{settings.api}/ready", server, seconds=120)
        here = {PREFECT_API_URL: settings.api, PREFECT_HOME: folder, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
        with temporary_settings(updates=here):
            yield settings.api
    finally:
        server.stop(5)
