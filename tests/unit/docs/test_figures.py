"""No figure of the documentation is copied by hand: what stands between marks is what the results say."""

import re
import runpy
from pathlib import Path

import pytest

from benchmarks import page
from scheduler.simulating import Disturbances

ROOT = Path(__file__).parents[3]
MAKER = runpy.run_path(str(ROOT / "docs" / "make_figures.py"))
MARKED = re.compile(r"<!-- begin (\w+) -->\n(.*?)\n?<!-- end \1 -->", re.DOTALL)


@pytest.mark.parametrize(("path", "name"), MAKER["FIGURES"], ids=lambda value: getattr(value, "name", value))
def test_figures_are_those_of_the_results(path: Path, name: str) -> None:
    shown = dict(MARKED.findall(path.read_text(encoding="utf-8")))
    assert shown[name] == MAKER["FIGURES"][path, name](), "run docs/make_figures.py"


def test_the_tables_of_the_benchmarks_are_those_of_the_results() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(text) == text, "run python -m benchmarks plots"


def test_pictures_are_those_of_the_results() -> None:
    for name in MAKER["PICTURES"]:
        made, shown = MAKER["RESULTS"] / name, ROOT / "docs" / "pictures" / name
        assert shown.read_bytes() == made.read_bytes()


def test_figures_are_written_between_their_marks_and_nowhere_else() -> None:
    text = "a\n<!-- begin one -->\nold\n<!-- end one -->\nb\n<!-- begin two -->\nkept\n<!-- end two -->\n"
    new = MAKER["written"](text, "one", "new")
    assert new == text.replace("old", "new")
    assert MAKER["written"](new, "one", "new") == new


def test_every_gap_and_every_second_of_the_readme_stands_between_marks() -> None:
    by_hand = MARKED.sub("", MAKER["README"].read_text(encoding="utf-8"))
    prose = re.sub(r"^```.*?^```$", "", by_hand, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"\d[\d.,]* (?:%|s|seconds|MB)(?!\w)", prose) == []


def test_the_assumed_rates_are_those_of_the_simulation() -> None:
    text = (ROOT / "docs" / "robustness.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", text, re.MULTILINE)
    assert {name: float(value) for name, value in shown} == Disturbances().model_dump()
