"""Pictures of docs/benchmarks.md, drawn from the tracked results alone: `python -m benchmarks plots`."""

from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import matplotlib

from benchmarks import results_file, traces_file
from benchmarks.peers_run import TRACES

matplotlib.use("svg")
from matplotlib import pyplot
from matplotlib.axes import Axes

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
COLOURS = {
    "column generation (ours)": "#0b5394",
    "CP-SAT intervals": "#cc5500",
    "time-indexed MIP (HiGHS)": "#38761d",
    "PyJobShop": "#8e3a80",
    "planner's rule": "#666666",
}
BAR_GAP, BAR_SECONDS, BAR_MEMORY_MB = 0.001, 300, 4096
SMALLEST_GAP = 1e-5
"""A logarithmic axis shows no zero: smaller gaps are drawn here."""


def run() -> None:
    """Draw all pictures for which there are results."""
    # Without these a picture differs with each drawing: ids are random, and the date is written into it.
    pyplot.rcParams.update({"svg.hashsalt": "jarcycle", "svg.fonttype": "none", "font.size": 9})
    cases = sorted({row["case"] for row in traces_file.read(TRACES)})
    for family, own in groupby(cases, key=lambda case: case.rsplit("-", 1)[0]):
        _draw_gaps(family, list(own))
    if results_file.read("scale"):
        _draw_scale()


def _draw_gaps(family: str, cases: list[str]) -> None:
    """One panel a case: the gap of each method's own plan to the best bound that any method proves."""
    columns = 2 if len(cases) > 1 else 1
    lines = -(-len(cases) // columns)
    figure, axes = pyplot.subplots(lines, columns, figsize=(4.6 * columns, 2.9 * lines), squeeze=False)
    for panel, case in zip(axes.flat, cases, strict=False):
        _draw_case(panel, case)
    for panel in list(axes.flat)[len(cases) :]:
        panel.set_visible(False)
    handles = {
        label: line
        for panel in axes.flat
        for line, label in zip(*panel.get_legend_handles_labels(), strict=True)
    }
    figure.legend(handles.values(), handles.keys(), loc="lower center", ncols=3, frameon=False)
    figure.tight_layout(rect=(0, 0.16 / lines + 0.02, 1, 1))
    _save(figure, f"peers-{family}")


def _draw_case(panel: Axes, case: str) -> None:
    points = [row for row in traces_file.read(TRACES) if row["case"] == case]
    best = max((int(row["bound"]) for row in points if row["bound"]), default=0)
    limit = max((row["limit"] for row in results_file.read("peers") if row["case"] == case), default=None)
    for method, colour in COLOURS.items():
        own = [row for row in points if row["method"] == method and row["cost"]]
        if own:
            seconds = [float(row["seconds"]) for row in own]
            gaps = [max(SMALLEST_GAP, (int(row["cost"]) - best) / int(row["cost"])) for row in own]
            if limit is not None and method != "planner's rule":
                seconds, gaps = [*seconds, max(limit, seconds[-1])], [*gaps, gaps[-1]]
            panel.step(
                seconds, gaps, where="post", color=colour, label=method, marker="." if len(own) < 3 else None
            )
    panel.axhline(BAR_GAP, color="#999999", linewidth=0.7, linestyle=":")
    panel.set(title=case, xlabel="seconds", ylabel="gap to the best bound", xscale="symlog", yscale="log")
    panel.set_ylim(SMALLEST_GAP / 2, 1)


def _draw_scale() -> None:
    """Time and memory over areas, both axes logarithmic, with the bars."""
    rows = results_file.read("scale")
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9.2, 3.4))
    _draw_powers(left, rows, "seconds_to_0.001", BAR_SECONDS, "seconds to a gap of 0.1 %")
    _draw_powers(right, rows, "memory_mb", BAR_MEMORY_MB, "peak memory, MB")
    left.legend(frameon=False)
    figure.tight_layout()
    _save(figure, "scale")


def _draw_powers(panel: Axes, rows: Iterable[dict[str, Any]], column: str, bar: float, label: str) -> None:
    by_option: Callable[[dict[str, Any]], Any] = lambda row: row["option"]  # noqa: E731
    for option, own in groupby(sorted(rows, key=by_option), key=by_option):
        known = [(row["areas"], row[column]) for row in own if row[column] is not None]
        if known:
            panel.plot(*zip(*sorted(known), strict=True), marker="o", markersize=3, label=f"option {option}")
    panel.axhline(bar, color="#999999", linewidth=0.7, linestyle=":")
    panel.set(xlabel="areas", ylabel=label, xscale="log", yscale="log")


def _save(figure: Any, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    figure.savefig(PICTURES / f"{name}.svg", metadata={"Date": None, "Creator": "benchmarks/plots.py"})
    pyplot.close(figure)
