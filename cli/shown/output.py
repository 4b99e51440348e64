"""Data goes to stdout, everything else to stderr; with `--json` stdout is exactly one JSON document."""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from rich import box
from rich.console import Console
from rich.table import Table

WIDTH_OF_A_FILE = 160
"""Characters in a line of a table that goes to a file or a pipe."""


def plain(value: Any) -> Any:
    """A value as JSON's own types: dates in ISO form, what is unknown as null."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def print_json(value: Any) -> None:
    """One document, readable, complete as soon as this returns."""
    is_unicode = "utf" in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=not is_unicode, allow_nan=False, indent=2) + "\n")
    sys.stdout.flush()


def print_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], to_stderr: bool = False
) -> None:
    """A table for people: numbers to the right, unknown as a dash."""
    cells = [list(row) for row in rows]
    table = Table(
        title=title, title_justify="left", title_style="bold", header_style="bold", box=box.SIMPLE_HEAD
    )
    for number, name in enumerate(columns):
        is_number = all(isinstance(row[number], int | float | None) for row in cells)
        table.add_column(name, overflow="fold", justify="right" if is_number and cells else "left")
    for row in cells:
        table.add_row(*("-" if cell is None else str(cell) for cell in row))
    _console(sys.stderr if to_stderr else sys.stdout).print(table)


def say(message: str) -> None:
    """A word on stderr: progress, or what was done."""
    _console(sys.stderr).print(message, soft_wrap=True)


def percent(fraction: float | None) -> str:
    """A gap for people: '0.012 %', '-' while unknown."""
    return "-" if fraction is None else f"{100 * fraction:.3f} %"


def _console(stream: Any) -> Console:
    # Texts are data: a bracket in a name is no markup, a colon no picture.
    width = None if stream.isatty() else WIDTH_OF_A_FILE
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
