"""Reading source tables, writing the example's files, and the manifest of their hashes."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parent.parent / "england-2005"
TODAY = EXAMPLE.parent / "england-today"
REGIME = EXAMPLE.parent / "england-2009"
SOURCES, TODAYS_SOURCES = EXAMPLE / "sources", TODAY / "sources"
INSPECTOR = ("code", "name", "email", "body", "skills", "is_leader", "home_town", "home_lat", "home_lon")
"""The columns of `inspectors.csv` that begin it in every example with named people."""


def read_source(name: str, sources: Path = SOURCES) -> list[dict[str, str]]:
    """The rows of a source table."""
    with (sources / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], into: Path | None = None
) -> None:
    """Write a file of an example, england-2005 if none is named; truths as yes and no, unknown as a blank cell."""
    with ((into or EXAMPLE) / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def write_manifest(into: Path | None = None, sources: Path = SOURCES) -> None:
    """Write the SHA-256 of every table and source, in the format of `sha256sum`."""
    example = into or EXAMPLE
    tables = {file.name: file for file in example.glob("*.csv")}
    sources = {f"sources/{file.name}": file for file in sources.glob("*.csv")}
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}"
        for name, file in sorted((tables | sources).items())
    ]
    (example / "MANIFEST.sha256").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
