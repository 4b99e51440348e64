"""Tables of a page about an example: what stands between marks, and what the solver said of its plan."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def filled(text: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """A page with its tables, each between the marks of its name."""
    for name, table in tables.items():
        before, rest = text.split(f"<!-- begin {name} -->\n")
        _, after = rest.split(f"<!-- end {name} -->")
        text = f"{before}<!-- begin {name} -->\n{table()}\n<!-- end {name} -->{after}"
    return text


def figures(example: Path) -> str:
    """What the solver said of the plan."""
    (row,) = read_rows(example / "plans" / "figures.csv")
    cost, bound = int(row["cost"]), int(row["bound"])
    gap = 100 * (cost - bound) / cost if cost else 0
    head = "| activities | proven bound | gap | cost |\n|---|---|---|---|"
    return f"{head}\n| {row['activities']} | {bound} | {gap:.2f} % | {cost} |"


def counted(head: str, names: Sequence[str], counts: Mapping[tuple[str, str], int]) -> str:
    """How many there are of each name in each period, by (period, name); the periods in their order."""
    lines = [f"| {head} | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for period in sorted({period for period, _name in counts}):
        lines.append(f"| {period} | {' | '.join(str(counts.get((period, name), 0)) for name in names)} |")
    return "\n".join(lines)


def read_rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
