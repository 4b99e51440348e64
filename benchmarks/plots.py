"""Pictures of docs/benchmarks.md, drawn from the tracked results alone: `python -m benchmarks plots`."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import matplotlib

from benchmarks import page, results_file, traces_file
from benchmarks.peers_run import TRACES

matplotlib.use("svg")
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
OURS = "column generation (ours)"


@dataclass(frozen=True)
class Look:
    """How a method is drawn: colour is never the only sign."""

    colour: str
    line: Any
    marker: str


LOOKS = {
    OURS: Look("#0b5394", "-", "o"),
    "CP-SAT intervals": Look("#cc5500", "--", "s"),
    "time-indexed MIP (HiGHS)": Look("#38761d", "-.", "^"),
    "PyJobShop": Look("#8e3a80", ":", "D"),
    "planner's rule": Look("#666666", (0, (1, 3)), "x"),
}
BAR_GAP, BAR_SECONDS, BAR_MEMORY_MB = 0.001, 300, 4096
SMALLEST_GAP = 1e-5
"""A logarithmic axis shows no zero: smaller gaps are drawn here."""


def run() -> None:
    """Draw all pictures for which there are results, and fill the tables of the page."""
    # Without these a picture differs with each drawing: ids are random, and the date is written into it.
    pyplot.rcParams.update(
        {"svg.hashsalt": "jarcycle", "svg.fonttype": "none", "font.size": 9, "axes.titlesize": 9}
    )
    cases = sorted({row["case"] for row in traces_file.read(TRACES)})
    for family, alike in groupby(cases, key=lambda case: case.rsplit("-", 1)[0]):
        _draw_gaps(family, list(alike))
    if results_file.read("scale"):
        _draw_scale()
    page.fill()


def _draw_gaps(family: str, cases: list[str]) -> None:
    """One panel a case: how far each method's best plan is above the best bound that any method proves."""
    columns = min(2, len(cases))
    lines = -(-len(cases) // columns)
    figure, axes = pyplot.subplots(lines, columns, figsize=(4.8 * columns, 2.9 * lines + 0.6), squeeze=False)
    for panel, case in zip(axes.flat, cases, strict=False):
        _draw_case(panel, case)
    for panel in list(axes.flat)[len(cases) :]:
        panel.set_visible(False)
    named: dict[str, Any] = {}
    for panel in axes.flat:
        lines_drawn, labels = panel.get_legend_handles_labels()
        named.update(zip(labels, lines_drawn, strict=True))
    figure.legend(named.values(), named.keys(), loc="lower center", ncols=3, frameon=False)
    figure.tight_layout(rect=(0, 0.6 / (2.9 * lines + 0.6), 1, 1))
    _save(figure, f"peers-{family}")


def _draw_case(panel: Axes, case: str) -> None:
    points = [row for row in traces_file.read(TRACES) if row["case"] == case]
    best = max((int(row["bound"]) for row in points if row["bound"]), default=0)
    limit = max((row["limit"] for row in results_file.read("peers") if row["case"] == case), default=None)
    last: dict[str, float] = {}
    for method, look in LOOKS.items():
        of_method = [row for row in points if row["method"] == method and row["cost"]]
        if of_method:
            seconds = [float(row["seconds"]) for row in of_method]
            gaps = [max(SMALLEST_GAP, (int(row["cost"]) - best) / int(row["cost"])) for row in of_method]
            last[method] = gaps[-1]
            if limit is not None:
                seconds, gaps = [*seconds, max(limit, seconds[-1])], [*gaps, gaps[-1]]
            drawn: dict[str, Any] = {"color": look.colour, "linestyle": look.line, "marker": look.marker}
            panel.step(seconds, gaps, where="post", label=method, markersize=4, markevery=[0, -1], **drawn)
    panel.axhline(BAR_GAP, color="#999999", linewidth=0.7)
    panel.set(
        title=_finding(case, last),
        xlabel="seconds",
        ylabel="above the best bound",
        xscale="symlog",
        yscale="log",
    )
    panel.set_xlim(left=0)
    panel.set_ylim(SMALLEST_GAP / 2, 1.2)


def _finding(case: str, last: dict[str, float]) -> str:
    peers = [gap for method, gap in last.items() if method != OURS]
    if OURS not in last or not peers:
        return case
    ours, best = (_percent(gap) for gap in (last[OURS], min(peers)))
    return f"{case}: ours ends {ours} above, the best peer {best}"


def _percent(gap: float) -> str:
    return "0 %" if gap <= SMALLEST_GAP else f"{100 * gap:.2g} %"


def _draw_scale() -> None:
    """Time and memory over areas, both axes logarithmic, with the bars."""
    rows = results_file.read("scale")
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9.6, 3.6))
    _draw_powers(left, rows, "seconds_to_0.001", BAR_SECONDS, "seconds to a gap of 0.1 %")
    _draw_powers(right, rows, "memory_mb", BAR_MEMORY_MB, "peak memory, MB")
    steepest = [
        row["exponent_of_time"] for row in results_file.read("scale-exponents") if row["exponent_of_time"]
    ]
    if steepest:
        left.set_title(f"time grows at most with the power {max(steepest):.2f} of the areas")
    right.set_title(
        f"at most {max(row['memory_mb'] for row in rows)} MB for {max(row['areas'] for row in rows)} areas"
    )
    left.legend(frameon=False)
    figure.tight_layout()
    _save(figure, "scale")


def _draw_powers(panel: Axes, rows: Iterable[dict[str, Any]], column: str, bar: float, label: str) -> None:
    sizes: set[int] = set()
    for (option, of_option), look in zip(
        groupby(sorted(rows, key=itemgetter("option", "areas")), key=itemgetter("option")),
        LOOKS.values(),
        strict=False,
    ):
        known = [(row["areas"], row[column]) for row in of_option if row[column] is not None]
        sizes |= {areas for areas, _ in known}
        if known:
            drawn: dict[str, Any] = {"color": look.colour, "linestyle": look.line, "marker": look.marker}
            panel.plot(*zip(*known, strict=True), markersize=4, label=f"option {option}", **drawn)
    panel.axhline(bar, color="#999999", linewidth=0.7)
    panel.set(xlabel="areas", ylabel=label, xscale="log", yscale="log")
    panel.set_xticks(sorted(sizes), [str(size) for size in sorted(sizes)])
    panel.yaxis.set_major_formatter("{x:.0f}")
    panel.yaxis.set_minor_formatter("")
    panel.xaxis.set_minor_locator(NullLocator())


def _save(figure: Any, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    figure.savefig(PICTURES / f"{name}.svg", metadata={"Date": None, "Creator": "benchmarks/plots.py"})
    pyplot.close(figure)
