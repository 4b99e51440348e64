"""Modules, files and rooms of the scheduler that the pages name exist, and the map of rooms says what they import."""

import re
import runpy
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted(
    [
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/*/README.md"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
    ]
)
MODEL = [ROOT / "docs" / "solver-model.md", *ROOT.glob("docs/solver/*.md")]
FOLDERS = "scheduler|services|cli|flows|console|models|config|reports|tests|docs|benchmarks|examples"
ROOMS = sorted(path.parent.name for path in ROOT.glob("scheduler/*/__init__.py"))
OWN = re.compile(r"(?<![\w./])scheduler((?:\.\w+)+)")
IN_ROOM = re.compile(rf"(?<![\w./])((?:{'|'.join(ROOMS)})(?:\.\w+)+)")
MAP = runpy.run_path(str(ROOT / "docs" / "make_rooms.py"))


def exists(name: str) -> bool:
    """Whether `a.b.c` is a module of the scheduler, or an attribute of one."""
    parts = ["scheduler", *name.split(".")]
    for number in range(len(parts), 0, -1):
        try:
            module = import_module(".".join(parts[:number]))
        except ModuleNotFoundError:
            continue
        missing = object()
        return (
            reduce(lambda found, part: getattr(found, part, missing), parts[number:], module) is not missing
        )
    return False


def names_in(path: Path) -> set[str]:
    """What a page calls `scheduler.<name>`; the model's pages leave 'scheduler' out before a room."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\]\([^)]*\)", "]", text)
    found = {name.removeprefix(".") for name in OWN.findall(text)}
    return found | set(IN_ROOM.findall(text)) if path in MODEL else found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_module_on_a_page_exists(path: Path) -> None:
    assert sorted(name for name in names_in(path) if not exists(name)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_and_folder_of_the_project_on_a_page_exists(path: Path) -> None:
    text = re.sub(r"\]\([^)]*\)", "]", path.read_text(encoding="utf-8"))
    named = re.findall(rf"(?<![\w./])(?:{FOLDERS})/[\w./*-]*+(?!<)", text)
    assert sorted(name for name in set(named) if not any(ROOT.glob(name.rstrip("./") or name))) == []


def test_the_models_pages_name_many_modules_and_a_wrong_name_is_found() -> None:
    assert len(set().union(*map(names_in, MODEL))) > 60
    assert not exists("team_model")
    assert not exists("people.team_model.NoSuchModel")


def test_the_map_shows_every_room_with_the_rooms_it_imports() -> None:
    assert MAP["PAGE"].read_text(encoding="utf-8") == MAP["page"](), "run docs/make_rooms.py"


def test_every_room_stands_on_one_floor() -> None:
    assert sorted(room for floor in MAP["floors"]() for room in floor) == ROOMS


def test_every_room_says_what_it_is_for() -> None:
    assert [room for room in ROOMS if not import_module(f"scheduler.{room}").__doc__] == []
