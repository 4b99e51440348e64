"""Result files: JSON for programs, a Markdown table for people, both tracked in `benchmarks/results/`."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import machine

RESULTS = Path(__file__).parent / "results"


def write(name: str, command: str, what: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write `name`.json and `name`.md; every row has the same keys, None is unknown."""
    RESULTS.mkdir(exist_ok=True)
    document = {"what": what, "command": command, "machine": machine(), "rows": list(rows)}
    (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
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
