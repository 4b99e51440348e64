"""Writes the map of the scheduler's rooms in docs/solver-model.md from the code: `python docs/make_rooms.py`.

What a room holds is the first sentence of its `__init__`, what it imports is read from its files, and the floors are
those of the import contract.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "solver-model.md"
CONTRACT = "floors of the scheduler"
BEGIN, END = "<!-- begin rooms -->\n", "<!-- end rooms -->"


@cache
def imported() -> dict[str, frozenset[str]]:
    """The rooms that the files of each room import; values, which all of them read, are left out."""
    rooms = {path.parent.name for path in ROOT.glob("scheduler/*/__init__.py")}
    found = {}
    for room in rooms:
        text = "".join(path.read_text("utf-8") for path in ROOT.glob(f"scheduler/{room}/*.py"))
        names = re.findall(r"^\s*(?:from|import) scheduler\.(\w+)", text, re.MULTILINE)
        found[room] = frozenset(names) & rooms - {room, "values"}
    return found


def floors() -> list[list[str]]:
    """The rooms of each floor, the top one first, as the import contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == CONTRACT)
    named = [[room.strip() for room in floor.split("|")] for floor in layers]
    return [[room for room in floor if room in imported()] for floor in named]


def sentence(room: str) -> str:
    """What a room says that it holds."""
    text = (ROOT / "scheduler" / room / "__init__.py").read_text(encoding="utf-8")
    first = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    return " ".join(first.split()).rstrip(".")


def table() -> str:
    """The map as Markdown."""
    lines = ["| room | what it holds | what it imports beside `values` |", "|---|---|---|"]
    for room in (room for floor in floors() for room in floor):
        names = ", ".join(f"`{name}`" for name in sorted(imported()[room]))
        lines.append(f"| `scheduler.{room}` | {sentence(room)} | {names or '-'} |")
    return "\n".join([*lines, ""])


def page() -> str:
    """The page with the map of today."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
