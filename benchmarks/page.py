"""Fills the tables of docs/benchmarks.md from the tracked results, between marks in the text."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from benchmarks import results_file
from benchmarks.peers.methods import METHODS

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
OURS = METHODS[0].title
TOLERANCE = 0.001
"""The bar: at equal time limits never worse in cost within 0.1 %."""

FAMILIES = {
    "england": "england-2005 under the four options",
    "national": "a drawn national programme",
    "tight": "each review may start in 13 weeks only",
    "scarce": "77 inspectors, people counted by week",
    "large": "600 areas under option 3",
    "small": "eight areas under the four options",
}
"""What the families of cases are, for readers."""

Row = Mapping[str, Any]


def fill() -> None:
    """Write the tables anew."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def filled(text: str) -> str:
    """The page with the tables of today; without results a table stays as it is."""
    peers, scale = results_file.read("peers"), results_file.read("scale")
    if peers and "case" in peers[0]:
        text = _put(text, "peers", peers_table(peers))
        text = _put(text, "pictures", peers_pictures([row["case"] for row in peers]))
    if scale:
        text = _put(text, "scale", scale_table(scale, results_file.read("scale-exponents")))
    return text


def _put(text: str, name: str, lines: Sequence[str]) -> str:
    body = "\n".join(lines)
    return re.sub(
        rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)",
        lambda found: f"{found[1]}{body}\n{found[2]}",
        text,
        flags=re.DOTALL,
    )


def peers_table(rows: Sequence[Row]) -> list[str]:
    """A line a case: cost and own gap of each method; then in how many cases the bar is met."""
    titles = [method.title for method in METHODS]
    lines = ["| case | " + " | ".join(titles) + " |", "|" + "---|" * (len(titles) + 1)]
    kept = []
    for case, runs in groupby(rows, key=itemgetter("case")):
        by_method = {row["method"]: row for row in runs}
        lines.append(f"| {case} | " + " | ".join(_cell(by_method.get(title)) for title in titles) + " |")
        if OURS in by_method:
            kept.append((keeps_cost(by_method), keeps_gap(by_method)))
    costs, gaps = (sum(part) for part in zip(*kept, strict=True)) if kept else (0, 0)
    return [
        *lines,
        "",
        f"In {costs} of {len(kept)} cases no method has a cheaper plan than ours by more than 0.1 %; in {gaps} of "
        f"{len(kept)} no method has a smaller gap.",
    ]


def peers_pictures(cases: Sequence[str]) -> list[str]:
    """A picture a family of cases, as `plots` draws them."""
    families = dict.fromkeys(case.rsplit("-", 1)[0] for case in cases)
    lines = [
        f"![Gap over time, {FAMILIES.get(family, family)}, a line for each method](pictures/peers-{family}.svg)"
        for family in families
    ]
    return "\n\n".join(lines).split("\n")


def keeps_cost(by_method: Mapping[str, Row]) -> bool:
    """Whether our plan costs at most 0.1 % more than any other sound one."""
    ours = by_method[OURS]["cost"]
    others = [
        row["cost"] for row in by_method.values() if row["cost"] is not None and not row["broken_rules"]
    ]
    return ours is not None and all(ours <= cost * (1 + TOLERANCE) for cost in others)


def keeps_gap(by_method: Mapping[str, Row]) -> bool:
    """Whether no method proves a smaller gap for its own plan."""
    ours = by_method[OURS]["gap"]
    return ours is not None and all(row["gap"] is None or ours <= row["gap"] for row in by_method.values())


def _cell(row: Row | None) -> str:
    if row is None or row["cost"] is None:
        return "-" if row is None or row["bound"] is None else f"no plan; bound {row['bound']:,}"
    gap = "no bound" if row["gap"] is None else f"gap {100 * row['gap']:.3g} %"
    broken = f", breaks {row['broken_rules']} rules" if row["broken_rules"] else ""
    return f"{row['cost']:,} ({gap}, {row['seconds']:.0f} s{broken})"


def scale_table(rows: Sequence[Row], exponents: Sequence[Row]) -> list[str]:
    """A line a size: seconds to 0.1 % and memory under each option; then the exponents."""
    options = sorted({row["option"] for row in rows})
    names = [f"option {option}" for option in options]
    lines = ["| areas | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    for areas in sorted({row["areas"] for row in rows}):
        by_option = {row["option"]: row for row in rows if row["areas"] == areas}
        lines.append(f"| {areas} | " + " | ".join(_size(by_option.get(option)) for option in options) + " |")
    powers = {row["option"]: row["exponent_of_time"] for row in exponents}
    found = ["-" if powers.get(option) is None else f"{powers[option]:.2f}" for option in options]
    return [*lines, "| exponent of time | " + " | ".join(found) + " |"]


def _size(row: Row | None) -> str:
    if row is None:
        return "-"
    seconds = row["seconds_to_0.001"]
    reached = f"{seconds:.1f} s" if seconds is not None else f"gap {row['gap']} after {row['seconds']:.0f} s"
    return f"{reached}, {row['memory_mb']} MB"
