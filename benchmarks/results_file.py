"""Result files: JSON for programs, a Markdown table for people, both tracked in `benchmarks/results/`."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import machine

RESULTS = Path(__file__).parent / "results"


def read(name: str) -> list[dict[str, Any]]:
    """The rows of `name`.json, none if there is no such file."""
    path = RESULTS / f"{name}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rows"] if path.exists() else []
    return rows


def merge(
    name: str,
    command: str,
    what: str,
    rows: Sequence[Mapping[str, Any]],
    key: Sequence[str],
    order: Callable[[Mapping[str, Any]], Any],
) -> None:
    """Write rows in place of the tracked ones with equal keys; rows of another shape are dropped."""
    fresh = {tuple(row[part] for part in key) for row in rows}
    columns = set(rows[0])
    kept = [
        row for row in read(name) if set(row) == columns and tuple(row[part] for part in key) not in fresh
    ]
    write(name, command, what, sorted([*kept, *rows], key=order))


def write(name: str, command: str, what: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write `name`.json and `name`.md; every row has the same keys, None is unknown."""
    RESULTS.mkdir(exist_ok=True)
    document: dict[str, Any] = {"what": what, "command": command, "machine": machine(), "rows": list(rows)}
    # A run that is ended while it writes must not lose the rows before.
    unfinished = RESULTS / f"{name}.json.part"
    unfinished.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(RESULTS / f"{name}.json")
    columns = list(rows[0])
    lines = [
        f"# {name}",
        "",
        what,
        "",
        f"Command: `{command}`. "
        + ", ".join(f"{key} {value}" for key, value in document["machine"].items())
        + ".",
        "",
        "| " + " | ".join(columns) + " |",
        "|" + "---|" * len(columns),
        *("| " + " | ".join(_cell(row[column]) for column in columns) + " |" for row in rows),
        "",
    ]
    (RESULTS / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.5g}" if isinstance(value, float) else str(value)
