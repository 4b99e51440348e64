"""Traces of solves as CSV: seconds, phase, incumbent, bound; an empty field is unknown."""

import csv
import io
from collections.abc import Iterable

from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.result import TracePoint

FIELDS = ("seconds", "phase", "incumbent", "bound")


def trace_to_csv(points: Iterable[TracePoint]) -> str:
    """The text of a CSV file with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for point in points:
        known = ("" if value is None else value for value in (point.incumbent, point.bound))
        writer.writerow((repr(point.seconds), point.phase, *known))
    return text.getvalue()


def trace_from_csv(text: str) -> tuple[TracePoint, ...]:
    """The points of a text that `trace_to_csv` made.

    Raises
    ------
    InvalidProblem
        With one finding for each line that cannot be read.
    """
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != FIELDS:
        header = ",".join(reader.fieldnames or ())
        advice = f"Maybe the file is no trace; its first line should be {','.join(FIELDS)}."
        raise InvalidProblem((Finding(place="line 1", message=f"the header is '{header}'.", advice=advice),))
    points, findings = [], []
    for row in reader:
        try:
            points.append(_point(row))
        except (TypeError, ValueError):
            message = f"'{','.join(str(value) for value in row.values())}' is no point of a trace."
            advice = "Maybe a number was changed or a field is missing."
            findings.append(Finding(place=f"line {reader.line_num}", message=message, advice=advice))
    if findings:
        raise InvalidProblem(tuple(findings))
    return tuple(points)


def _point(row: dict[str, str]) -> TracePoint:
    if set(row) != set(FIELDS) or None in row.values():
        raise ValueError("a field is missing or one too many")
    return TracePoint(
        seconds=float(row["seconds"]),
        phase=row["phase"],
        incumbent=int(row["incumbent"]) if row["incumbent"] else None,
        bound=int(row["bound"]) if row["bound"] else None,
    )
