"""Modules, files and rooms of the scheduler that the pages name exist, and the map of rooms says what they import."""

import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md"])
MODEL = ROOT / "docs" / "solver-model.md"
ROOMS = sorted(path.parent.name for path in ROOT.glob("scheduler/*/__init__.py"))
OWN = re.compile(r"(?<![\w./])scheduler((?:\.\w+)+)")
IN_ROOM = re.compile(rf"(?<![\w./])((?:{'|'.join(ROOMS)})(?:\.\w+)+)")
IMPORTED = re.compile(rf"^\s*from scheduler\.({'|'.join(ROOMS)})[. ]", re.MULTILINE)


def exists(name: str) -> bool:
    """Whether `a.b.c` is a module of the scheduler, or an attribute of one."""
    parts = ["scheduler", *name.split(".")]
    for number in range(len(parts), 0, -1):
        try:
            module = import_module(".".join(parts[:number]))
        except ModuleNotFoundError:
            continue
        missing = object()
        return reduce(lambda own, part: getattr(own, part, missing), parts[number:], module) is not missing
    return False


def names_in(path: Path) -> set[str]:
    """What a page calls `scheduler.<name>`; the model's page leaves 'scheduler' out before a room."""
    text = path.read_text(encoding="utf-8")
    found = {name.removeprefix(".") for name in OWN.findall(text)}
    return found | set(IN_ROOM.findall(text)) if path == MODEL else found


def room_map() -> dict[str, set[str]]:
    """The rooms that each room imports, as the map says."""
    rows = re.findall(r"^\| `scheduler\.(\w+)` \|[^|]*\|([^|]*)\|$", MODEL.read_text("utf-8"), re.MULTILINE)
    named = {room: set(re.findall(r"`(\w+)[.\w]*`", imports)) for room, imports in rows}
    return {room: own & set(ROOMS) for room, own in named.items()}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_module_on_a_page_exists(path: Path) -> None:
    assert sorted(name for name in names_in(path) if not exists(name)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_of_the_scheduler_on_a_page_exists(path: Path) -> None:
    files = re.findall(r"(?<![\w./])scheduler/[\w/]+\.py", path.read_text(encoding="utf-8"))
    assert sorted(name for name in set(files) if not (ROOT / name).exists()) == []


def test_the_models_page_names_many_modules_and_a_wrong_name_is_found() -> None:
    assert len(names_in(MODEL)) > 60
    assert not exists("team_model")
    assert not exists("people.team_model.NoSuchModel")


def test_the_map_shows_every_room_with_the_rooms_it_imports() -> None:
    texts = {
        room: "".join(path.read_text("utf-8") for path in ROOT.glob(f"scheduler/{room}/*.py"))
        for room in ROOMS
    }
    assert room_map() == {room: set(IMPORTED.findall(text)) - {room} for room, text in texts.items()}


def test_every_room_says_what_it_is_for() -> None:
    assert [room for room in ROOMS if not import_module(f"scheduler.{room}").__doc__] == []
