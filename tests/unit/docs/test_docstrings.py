"""Every file and every room says in its first sentence what it holds."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HOUSE = (
    "scheduler",
    "services",
    "cli",
    "flows",
    "console",
    "models",
    "config",
    "reports",
    "benchmarks",
    "examples",
    "docs",
)
FILES = sorted(
    path for room in HOUSE for path in ROOT.glob(f"{room}/**/*.py") if "versions" not in path.parts
)


def sentence(path: Path) -> str:
    """The first paragraph of a file's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.split("\n\n")[0]


@pytest.mark.parametrize("room", HOUSE)
def test_every_file_of_a_room_says_what_it_holds(room: str) -> None:
    files = [path for path in FILES if path.relative_to(ROOT).parts[0] == room]
    silent = [path.relative_to(ROOT).as_posix() for path in files if not sentence(path).endswith((".", "?"))]
    assert files
    assert silent == []


def test_no_two_rooms_say_the_same() -> None:
    rooms = [path for path in FILES if path.name == "__init__.py"]
    assert len({sentence(path) for path in rooms}) == len(rooms)
