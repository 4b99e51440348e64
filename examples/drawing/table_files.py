"""Reading source tables, writing the example's files, and the manifest of their hashes."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parent.parent / "england-2005"
SOURCES = EXAMPLE / "sources"
MANIFEST = EXAMPLE / "MANIFEST.sha256"


def read_source(name: str) -> list[dict[str, str]]:
    """The rows of a source table."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a file of the example; truths as yes and no, unknown as a blank cell."""
    with (EXAMPLE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def write_manifest() -> None:
    """Write the SHA-256 of every table and source, in the format of `sha256sum`."""
    tables = {file.name: file for file in EXAMPLE.glob("*.csv")}
    sources = {f"sources/{file.name}": file for file in SOURCES.glob("*.csv")}
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}"
        for name, file in sorted((tables | sources).items())
    ]
    MANIFEST.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
