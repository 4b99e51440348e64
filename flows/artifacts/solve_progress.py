"""A solve's incumbent, bound and gap as artifacts while it runs: one progress bar and one table per option."""

import contextvars
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact

from reports.table import Table
from reports.words import gap_in_words, per_cent
from scheduler.values.result import Result, SolveParams, TracePoint, gap
from services.bootstrap import console_address

WRITE_SECONDS = 2.0
"""An artifact costs 30 to 80 ms: at most one pair in this time."""

MOST_ROWS = 60


class LiveProgress:
    """Hears of every improvement, and shows the news from a thread of its own so that the solver never waits."""

    def __init__(self, option: str, params: SolveParams) -> None:
        self._key = f"solve-option-{option}"
        self._seconds = params.dates_seconds + params.teams_seconds
        self._points: list[TracePoint] = []
        self._lock, self._over = threading.Lock(), threading.Event()
        self._began = time.monotonic()
        self._artifact: UUID | None = None
        self._words = "waiting for the first plan"

    def hear(self, point: TracePoint) -> None:
        """The solver's listener."""
        with self._lock:
            self._points.append(point)

    def end(self, result: Result) -> None:
        """Show how it ended."""
        self._words = f"{result.status.value}: {gap_in_words(result.dates.gap)}"

    def __enter__(self) -> "LiveProgress":
        self._artifact = _as_uuid(
            create_progress_artifact(0.0, key=f"{self._key}-progress", description=self._words)
        )
        # Artifacts belong to the run whose context they are made in.
        run = contextvars.copy_context().run
        self._thread = threading.Thread(
            target=run, args=(self._show_while_solving,), name=self._key, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._show(100.0 if kind is None else None)

    def _show_while_solving(self) -> None:
        shown = 0
        while not self._over.wait(WRITE_SECONDS):
            with self._lock:
                heard = len(self._points)
            if heard != shown:
                shown = heard
                self._show(self._percent())

    def _percent(self) -> float:
        return min(99.0, 100 * (time.monotonic() - self._began) / max(1.0, self._seconds))

    def _show(self, percent: float | None) -> None:
        with self._lock:
            points = list(self._points)
        if points and percent != 100.0:
            self._words = point_in_words(points[-1])
        if percent is not None and self._artifact is not None:
            update_progress_artifact(self._artifact, progress=percent, description=self._words)
        description = f"{self._words}. [Plans in the console]({console_address('/plans')})"
        create_table_artifact(key=self._key, table=trace_rows(points), description=description)


def trace_rows(points: Iterable[TracePoint]) -> list[dict[str, Any]]:
    """The latest improvements as rows: seconds, phase, incumbent, bound and gap; '-' while unknown."""
    return [
        {
            "seconds": round(point.seconds, 1),
            "phase": point.phase,
            "incumbent": "-" if point.incumbent is None else point.incumbent,
            "bound": "-" if point.bound is None else point.bound,
            "gap": _gap_text(point),
        }
        for point in list(points)[-MOST_ROWS:]
    ]


def point_in_words(point: TracePoint) -> str:
    """'dates after 12 s: cost 1,234, bound 1,230, gap 0.33 per cent'."""
    cost = "none yet" if point.incumbent is None else f"{point.incumbent:,}"
    bound = "none yet" if point.bound is None else f"{point.bound:,}"
    return f"{point.phase} after {point.seconds:.0f} s: cost {cost}, bound {bound}, gap {_gap_text(point)}"


def write_summary(rows: Iterable[Mapping[str, Any]]) -> None:
    """The options side by side, under the key `solve-summary`."""
    table = [{name: _cell(name, value) for name, value in row.items()} for row in rows]
    description = f"The options side by side. [Plans in the console]({console_address('/plans')})"
    create_table_artifact(key="solve-summary", table=table, description=description)


def write_scenarios(table: Table) -> None:
    """What each option means, side by side, under the key `options`."""
    names = ["figure", *table.columns[1:]]
    rows = [
        {name: "-" if cell is None else cell for name, cell in zip(names, row, strict=True)}
        for row in table.rows
    ]
    description = f"The options side by side. [Plans in the console]({console_address('/plans')})"
    create_table_artifact(key="options", table=rows, description=description)


def _gap_text(point: TracePoint) -> str:
    if point.incumbent is None or point.bound is None:
        return "-"
    return per_cent(gap(point.incumbent, point.bound))


def _cell(name: str, value: Any) -> Any:
    if value is None:
        return "-"
    return per_cent(value) if name.endswith("gap") else value


def _as_uuid(answer: Any) -> UUID:
    return answer if isinstance(answer, UUID) else UUID(str(answer))
