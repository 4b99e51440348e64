"""Writes every figure of the README and of docs/options-figures.md from benchmarks/results.

`python docs/make_figures.py` fills what stands between marks; a test compares it. docs/benchmarks.md is filled the same
way by `python -m benchmarks plots`.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from textwrap import fill
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCS, README = ROOT / "docs", ROOT / "README.md"
RESULTS = ROOT / "benchmarks" / "results"
PICTURES = {
    "options-months.svg": "Cost of dates against months between the two judgements",
    "options-burden.svg": "Cost of dates against weeks with a visit",
    "options-kept.svg": "Cost of dates against the share of dates kept",
}
OPTIONS = {
    1: "1 review, then assessment",
    2: "2 assessment, then review",
    3: "3 concurrent",
    4: "4 as far apart as possible",
}
WIDTH = 128
OURS = "column generation (ours)"
RULE = "planner's rule"
"""What the benchmarks call our own method, and the rule that all methods begin with."""

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """The rows of a result file."""
    return _document(name)["rows"]


def national() -> str:
    """Cost, gap and seconds of the national programme under each option."""
    lines = [
        "| option | cost of dates | proven gap | seconds (0.1 % after) | uncovered places | gap of teams |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows("national"):
        lines.append(
            f"| {OPTIONS[row['option']]} | {row['date_cost']:,} | {_percent(row['date_gap'])} "
            f"| {row['date_seconds']:.1f} ({row['seconds_to_0.001']:.1f}) | {row['uncovered']} "
            f"| {_percent(row['team_gap'])} |"
        )
    return "\n".join(lines)


def targets() -> str:
    """What was asked of the scheduler beyond that, and what was measured."""
    answers = {
        "option 4 with two minutes": (_longer(), "national-longer"),
        "1,500 areas": (_scale(), "scale"),
        "too few inspectors": (_scarce(), "scarce"),
        "random events on the national plan": (_replanning(), "replanning"),
        "plans to choose from after events": (_alternatives(), "alternatives"),
        "other methods on the same machine": (_peers(), "peers"),
    }
    lines = ["| question | answer | figures |", "|---|---|---|"]
    lines += [
        f"| {question} | {answer} | [{name}](benchmarks/results/{name}.md) |"
        for question, (answer, name) in answers.items()
    ]
    return "\n".join(lines)


def _longer() -> str:
    *_, last = rows("national-longer")
    others = [row["date_seconds"] for row in rows("national-longer") if row["date_gap"] == 0]
    return (
        f"gap {_percent(last['date_gap'])} after {last['date_seconds']:.0f} s; "
        f"the proven ones take {min(others):.0f} to {max(others):.0f} s"
    )


def _scale() -> str:
    found = rows("scale-exponents")
    powers = [row["exponent_of_time"] for row in found]
    return (
        f"at most {max(row['most_seconds'] for row in found):.0f} s and "
        f"{max(row['most_memory_mb'] for row in found)} MB to a gap of 0.1 % under each option; "
        f"time grows with the power {min(powers):.1f} to {max(powers):.1f} of the number of areas"
    )


def _scarce() -> str:
    found = rows("scarce")
    first, left = [row["first"] for row in found], max(row["uncovered"] for row in found)
    seconds = max(row["seconds_to_uncovered"] for row in found)
    kept = "every place is covered" if left == 0 else f"at most {left} stay open"
    return (
        f"with {found[0]['inspectors']} the cheapest dates leave {min(first)} to {max(first)} places open; {kept} "
        f"after {seconds:.0f} s, with a gap of dates of {_percent(max(row['date_gap'] for row in found))}"
    )


def _replanning() -> str:
    every = next(row for row in rows("replanning") if row["kind"] == "all")
    return (
        f"of {every['events']} replans {every['proven_fewest']} are proven to move the fewest dates, "
        f"{every['proven_impossible']} is proven impossible; {every['median_seconds']:.1f} s in the median, "
        f"{every['most_seconds']:.1f} s at most"
    )


def _alternatives() -> str:
    every = next(row for row in rows("alternatives") if row["kind"] == "all")
    cores = _document("alternatives")["machine"]["cores"]
    dearer = every["dearer_than_fresh"]
    return (
        f"{every['events']} replans with {cores} {'core' if cores == 1 else 'cores'} and 10 s each: in the plans with "
        f"the fewest {every['weeks']:,} weeks move in all, where {every['before_weeks']:,} moved before; no plans move "
        f"fewer than {every['least_weeks']:,}, {every['proven_weeks']} are proven to move the fewest. "
        f"{dearer or 'None'} of the cheapest {'is' if dearer == 1 else 'are'} dearer than a fresh solve with 10 s for "
        f"itself; the longest answer took {every['most_seconds']:.1f} s"
    )


def _peers() -> str:
    ours = {row["case"]: row["cost"] for row in rows("peers") if row["method"] == OURS}
    others = [row for row in rows("peers") if row["method"] not in (OURS, RULE)]
    names = ", ".join(dict.fromkeys(row["method"] for row in others))
    dearer = [100 * (row["cost"] / ours[row["case"]] - 1) for row in others]
    gaps = [row["gap"] for row in others if row["gap"] is not None]
    return (
        f"{names}: {min(dearer):.0f} to {max(dearer):.0f} % dearer after {others[0]['limit']:.0f} s each, with gaps "
        f"from {100 * min(gaps):.0f} to {100 * max(gaps):.0f} % or none"
    )


def requirements() -> str:
    """How many requirements there are, and how far they have come: the sentence of their page."""
    page = (DOCS / "requirements.md").read_text(encoding="utf-8")
    return next(line for line in page.splitlines() if re.match(r"Of \d+ requirements", line))


def options() -> str:
    """The options and their mix: where the figures come from, the table, the pictures."""
    document = _document("options")
    table = (RESULTS / "options-measures.md").read_text(encoding="utf-8").rstrip()
    machine = ", ".join(f"{name} {value}" for name, value in document["machine"].items())
    pictures = "\n\n".join(f"![{words}](pictures/{name})" for name, words in PICTURES.items())
    return f"`{document['command']}` ({machine}).\n\n{fill(document['what'], WIDTH)}\n\n{table}\n\n{pictures}"


FIGURES: dict[tuple[Path, str], Callable[[], str]] = {
    (README, "national"): national,
    (README, "targets"): targets,
    (README, "requirements"): requirements,
    (DOCS / "options-figures.md", "options"): options,
}
"""What stands between which marks of which page."""


def written(text: str, name: str, new: str) -> str:
    """The page with another part between its marks."""
    before, rest = text.split(f"<!-- begin {name} -->\n")
    _, after = rest.split(f"<!-- end {name} -->")
    return f"{before}<!-- begin {name} -->\n{new}\n<!-- end {name} -->{after}"


def main() -> None:
    """Write the pages, and copy their pictures."""
    for (page, name), figures in FIGURES.items():
        text = page.read_text(encoding="utf-8")
        page.write_text(written(text, name, figures()), encoding="utf-8")
    for name in PICTURES:
        copyfile(RESULTS / name, DOCS / "pictures" / name)


def _document(name: str) -> dict[str, Any]:
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))


def _percent(fraction: float) -> str:
    return "0" if fraction == 0 else f"{100 * fraction:.2g} %"


if __name__ == "__main__":
    main()
