"""Writes the map of the scheduler's rooms in docs/solver-model.md from the code: `python docs/make_rooms.py`.

What a room holds is the first sentence of its `__init__`; what it imports is read from its files. Rooms that import
others stand above them.
"""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "solver-model.md"
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


def rooms() -> list[str]:
    """The rooms, those with most beneath them first."""
    return sorted(imported(), key=lambda room: (room == "values", -len(beneath(room) | {room}), room))


def beneath(room: str) -> set[str]:
    """All rooms that a room imports, directly or not."""
    found: set[str] = set()
    waiting = [room]
    while waiting:
        new = imported()[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def sentence(room: str) -> str:
    """What a room says that it holds."""
    text = (ROOT / "scheduler" / room / "__init__.py").read_text(encoding="utf-8")
    first = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0]
    return " ".join(first.split()).rstrip(".")


def table() -> str:
    """The map as Markdown."""
    lines = ["| room | what it holds | what it imports beside `values` |", "|---|---|---|"]
    for room in rooms():
        names = ", ".join(f"`{name}`" for name in sorted(imported()[room]))
        lines.append(f"| `scheduler.{room}` | {sentence(room)} | {names or '-'} |")
    return "\n".join([*lines, ""])


def page() -> str:
    """The page with the map of today."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    return f"{before}{BEGIN}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
