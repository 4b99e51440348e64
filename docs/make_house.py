"""Draws the picture of the house for CONTRIBUTING from the import contracts and the code: `make house`.

Floors are the layers of the contracts in `pyproject.toml`: what stands on a floor imports only what stands below.
Each room shows its lines of code, and the sentence of its `__init__` as its title.
"""

import ast
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures" / "house.svg"
HOUSES = {
    "entry points -> services -> models -> config": "jarcycle",
    "floors of services": "services",
    "floors of the scheduler": "scheduler",
}
"""Contracts of layers that are drawn, one beside the other, with their titles."""
WIDTH, ROOM, FLOOR, GAP = 400, 40, 52, 8
FONT = "font-family='system-ui, sans-serif'"


def contracts() -> dict[str, list[list[str]]]:
    """The floors of each drawn contract, the top one first, each with the dotted names of its rooms."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    known = {contract["name"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    return {title: _floors(known[name]) for name, title in HOUSES.items()}


def _floors(contract: dict[str, Any]) -> list[list[str]]:
    inside = "".join(f"{name}." for name in contract.get("containers", ()))
    return [[inside + room.strip() for room in floor.split("|")] for floor in contract["layers"]]


def files(room: str) -> list[Path]:
    """The Python files of a room: those of a package, or the one of a module."""
    path = ROOT / room.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def num_lines(room: str) -> int:
    """The lines of a room, blank ones and docstrings included."""
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files(room))


def sentence(room: str) -> str:
    """The first line of what a room says it holds."""
    path = ROOT / room.replace(".", "/")
    text = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]


def drawing() -> str:
    """The whole picture as SVG."""
    houses = contracts()
    height = 70 + FLOOR * max(len(floors) for floors in houses.values())
    width = (WIDTH + 40) * len(houses) + 20
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' role='img' "
        f"aria-label='The rooms of jarcycle: each imports only what stands below it'>",
        f"<rect width='{width}' height='{height}' fill='#ffffff'/>",
    ]
    for number, (title, floors) in enumerate(houses.items()):
        parts += _house(title, floors, 30 + number * (WIDTH + 40), height - 20)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _house(title: str, floors: list[list[str]], left: int, ground: int) -> Iterator[str]:
    yield (
        f"<text x='{left}' y='34' {FONT} font-size='20' font-weight='700' fill='#0b0c0c'>{title}"
        f"<tspan font-size='13' font-weight='400' fill='#505a5f'>  each imports only what stands below</tspan></text>"
    )
    top = ground - FLOOR * len(floors)
    for number, names in enumerate(floors):
        wide = (WIDTH - GAP * (len(names) - 1)) / len(names)
        for place, room in enumerate(names):
            yield from _room(room, left + place * (wide + GAP), top + number * FLOOR, wide)


def _room(room: str, x: float, y: float, wide: float) -> Iterator[str]:
    name, size = room.split(".")[-1], f"{num_lines(room):,}"
    yield f"<g><title>{escape(sentence(room))}</title>"
    yield (
        f"<rect x='{x:.0f}' y='{y}' width='{wide:.0f}' height='{ROOM}' rx='3' fill='#e8f1f8' stroke='#1d70b8'/>"
    )
    middle = f"x='{x + wide / 2:.0f}' text-anchor='middle' {FONT}"
    yield f"<text {middle} y='{y + 18}' font-size='14' fill='#0b0c0c'>{name}</text>"
    yield f"<text {middle} y='{y + 33}' font-size='11' fill='#505a5f'>{size} lines</text></g>"


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
    print(TARGET)
