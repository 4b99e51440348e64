"""A solve's incumbent, bound and gap as artifacts while it runs: one progress bar and one table per option."""

import contextvars
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact

from reports.table import Table
from reports.words import gap_in_words, per_cent, plural
from scheduler.values.result import SolveParams, TracePoint, gap, gap_if_known
from services.bootstrap import console_address
from services.solves.solving import Solved

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
        self._solved: Solved | None = None

    def hear(self, point: TracePoint) -> None:
        """The solver's listener."""
        with self._lock:
            self._points.append(point)

    def end(self, solved: Solved) -> None:
        """Show what was stored, which need not be what the last improvement said: teams may have moved dates."""
        self._solved = solved
        self._words = stored_in_words(solved)

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
        if kind is not None:
            self._words = f"failed, and nothing was stored; the last progress was: {self._words}"
        self._show(100.0 if kind is None else self._percent(), is_over=True)

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

    def _show(self, percent: float, is_over: bool = False) -> None:
        with self._lock:
            points = list(self._points)
        if points and not is_over:
            self._words = point_in_words(points[-1])
        if self._artifact is not None:
            update_progress_artifact(self._artifact, progress=percent, description=self._words)
        description = f"{self._words}. [Plans in the console]({console_address('/plans')})"
        stored = [] if self._solved is None else stored_rows(self._solved)
        create_table_artifact(key=self._key, table=[*trace_rows(points), *stored], description=description)


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


def stored_figures(solved: Solved) -> dict[str, Any]:
    """The figures of what was stored, as its plan says them; None where there is no plan or no bound."""
    result, plan = solved.result, solved.result.plan
    date_bound, team_bound = result.dates.bound, result.teams.bound if result.teams else None
    return {
        "option": solved.option,
        "plan": solved.version,
        "status": result.status.value,
        "date cost": plan.costs.date_cost if plan else None,
        "date gap": gap_if_known(plan.costs.date_cost, date_bound) if plan else None,
        "uncovered places": plan.costs.uncovered_places if plan else None,
        "team cost": plan.costs.team_cost if plan else None,
        "team gap": gap_if_known(plan.costs.team_cost, team_bound) if plan else None,
    }


def stored_in_words(solved: Solved) -> str:
    """'plan 3 is stored: dates cost 1,234, proven to be the best possible; teams cost ...; no uncovered places'."""
    figures, stopped = stored_figures(solved), "stopped: " if solved.was_stopped else ""
    if solved.version is None:
        return f"{stopped}no plan is stored: {figures['status']}"
    return (
        f"{stopped}plan {solved.version} is stored: "
        f"dates cost {figures['date cost']:,}, {gap_in_words(figures['date gap'])}; "
        f"teams cost {figures['team cost']:,}, {gap_in_words(figures['team gap'])}; "
        f"{plural(figures['uncovered places'], 'uncovered place')}"
    )


def stored_rows(solved: Solved) -> list[dict[str, Any]]:
    """What was stored, as the last rows below the improvements; none without a plan."""
    result, plan = solved.result, solved.result.plan
    if plan is None:
        return []
    phases = [("dates", plan.costs.date_cost, result.dates.bound, result.dates.seconds)]
    if result.teams is not None:
        phases.append(("teams", plan.costs.team_cost, result.teams.bound, result.teams.seconds))
    seconds = round(sum(taken for *_, taken in phases), 1)
    points = [
        TracePoint(seconds=seconds, phase=f"{name}, stored", incumbent=cost, bound=bound)
        for name, cost, bound, _ in phases
    ]
    return trace_rows(points)


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
