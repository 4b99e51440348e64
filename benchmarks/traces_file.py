"""Traces of many runs in one tracked CSV file: `benchmarks/results/NAME.csv`, one point a line."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.results_file import RESULTS

POINT = ("seconds", "cost", "bound")
Row = dict[str, str]


def read(name: str) -> list[Row]:
    """All points, as texts; an empty text is unknown."""
    path = RESULTS / f"{name}.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) if path.exists() else []


def merge(
    name: str, run: Mapping[str, object], points: Iterable[tuple[float, int | None, int | None]]
) -> None:
    """Write the points of a run in place of those that are tracked for it."""
    key = {column: str(value) for column, value in run.items()}
    kept = [row for row in read(name) if any(row.get(column) != value for column, value in key.items())]
    fresh = [key | {c: "" if v is None else str(v) for c, v in zip(POINT, p, strict=True)} for p in points]
    _write(name, [*key, *POINT], sorted([*kept, *fresh], key=lambda row: [row[column] for column in key]))


def _write(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")
