"""Running commands as people do, and looking at what came out where."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.main import main
from models import make_engine, session
from tests import tables
from tests.commands import Answer, Run
from tests.complete import complete, complete_plan


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command in this process."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def files(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Databases to be copied: a draft of three areas; one with a published plan and another draft."""
    found = {}
    for name in ("draft", "published"):
        path = tmp_path_factory.mktemp(name) / "jarcycle.db"
        path.write_bytes(migrated_file.read_bytes())
        engine = make_engine(f"sqlite:///{path}")
        if name == "draft":
            with session(engine) as opened:
                tables.fill(opened)
                tables.store(opened)
        else:
            tables.published(engine, precision="confirmed")
            with session(engine) as opened:
                tables.store(opened, {"wigan": date(2006, 6, 12)})
        engine.dispose()
        found[name] = path
    return found


@pytest.fixture
def draft(home: Path, files: dict[str, Path]) -> Iterator[Engine]:
    """Three areas and plan 1, a draft."""
    yield from _copied(files["draft"], home)


@pytest.fixture
def published(home: Path, files: dict[str, Path]) -> Iterator[Engine]:
    """Three areas, plan 1 published as confirmed, plan 2 a draft that moves one of them."""
    yield from _copied(files["published"], home)


def _copied(file: Path, home: Path) -> Iterator[Engine]:
    path = home / "jarcycle.db"
    path.write_bytes(file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    """A problem that uses every feature."""
    path = tmp_path / "problem.json"
    path.write_text(complete().model_dump_json())
    return path


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """A plan for it that keeps every rule."""
    path = tmp_path / "plan.json"
    path.write_text(complete_plan().model_dump_json())
    return path
