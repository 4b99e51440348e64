"""The pages about frameworks: every key of the models, and nothing else; its examples can be read."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from config import framework, recurrence, reporting, steps, team_rule
from config.entry import Entry
from config.framework import Framework
from config.framework_files import load_framework
from services.casework.framework_trial import try_out

DOCS = Path(__file__).parents[3] / "docs"
PAGES = (DOCS / "frameworks.md", *sorted((DOCS / "frameworks").glob("*.md")))
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
MODELS = {
    model.__name__: model
    for file in (framework, recurrence, reporting, steps, team_rule)
    for model in vars(file).values()
    if isinstance(model, type) and issubclass(model, Entry) and model not in (Entry, steps.Cited)
}
SECTIONS = {
    "The file": ("Framework",),
    "`stages`": ("PlannedStage",),
    "`steps`": ("StepRule",),
    "`repeat`": ("Repeat",),
    "`outputs`": ("Output",),
    "`specification`": ("Specification",),
    "`consultation`": ("Consultation",),
    "`follow_up`": ("FollowUp",),
    "`due`, `starts`, `ends`": ("Count", "CountIf"),
    "`limits` and `length`": ("Limit", "WholeLength"),
    "`evidence`": ("EvidenceItem",),
    "`judgements`": ("Judgement",),
    "`grade_limits`": ("GradeLimit",),
    "`contributions`": ("Contribution",),
    "`findings`": ("FindingRules",),
    "`report`": ("ReportRules",),
    "`sections` and `feeds`": ("Section", "Feed"),
    "`only_if`": ("Condition",),
    "`team`": ("TeamRule",),
    "`quotas`": ("Quota",),
    "`extents`": ("Extent",),
    "`added_places`": ("AddedPlaces",),
    "`extent_choice` and its `rows`": ("ExtentChoice", "ExtentRow"),
    "`recurrence`": ("Recurrence",),
    "`spread`": ("Spread",),
    "`reductions`, `joint_teams` and `pools`": ("Reduction", "JointTeam", "Pool"),
}
"""Headings of the pages, and the models whose keys stand under them."""


def section(title: str) -> str:
    return re.split(r"^## ", TEXT.split(f"\n## {title}\n")[1], flags=re.MULTILINE)[0]


def examples(text: str) -> list[dict[str, Any]]:
    blocks = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [tomllib.loads(block) for block in blocks]


@pytest.mark.parametrize("title", SECTIONS)
def test_every_key_is_on_a_page_and_no_other(title: str) -> None:
    cells = re.findall(r"^\| (`.*?) \|", section(title), re.MULTILINE)
    told = {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}
    known: list[type[BaseModel]] = [MODELS[name] for name in SECTIONS[title]]
    assert told == {key for model in known for key in model.model_fields}


def test_every_model_has_its_section() -> None:
    assert {name for names in SECTIONS.values() for name in names} == set(MODELS)


@pytest.mark.parametrize("title", SECTIONS)
def test_every_example_can_be_read(title: str) -> None:
    for example in examples(section(title)):
        for key, value in example.items():
            TypeAdapter(Framework.model_fields[key].annotation).validate_python(value)
    assert examples(section(title)) or title in ("`outputs`", "`quotas`")


def test_the_whole_file_is_right(tmp_path: Path) -> None:
    block = re.findall(r"^```toml\n(.*?)^```$", section("A whole file"), re.MULTILINE | re.DOTALL)[0]
    path = tmp_path / "contact-2009.toml"
    path.write_text(block, encoding="utf-8")
    assert try_out(load_framework(path)) == []
