"""The pages about commands and about operations say what the code says."""

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from cli.main import COMMANDS
from cli.shown.exit_codes import ExitCode
from config import settings
from services.plans.publication import Waiver
from tests.commands import Run
from tests.unit.cli.test_solve import FIGURES

DOCS = Path(__file__).parents[3] / "docs"


def pages(name: str) -> str:
    """A page with those of its folder."""
    folder = DOCS / name.removesuffix(".md").replace("command-line", "commands")
    paths = [DOCS / name, *sorted(folder.glob("*.md"))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


PAGE = pages("command-line.md")
OPERATIONS = pages("operations.md")
EVERYTHING = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*DOCS.glob("**/*.md"), DOCS.parent / "README.md", *DOCS.parent.glob("examples/*/README.md")]
)
AREAS = [
    own
    for own in vars(settings).values()
    if isinstance(own, type) and issubclass(own, BaseSettings) and own is not BaseSettings
]


def known_commands() -> dict[str, object]:
    return dict(COMMANDS)


def test_every_command_has_its_example() -> None:
    assert [name for name in known_commands() if f"jarcycle {name}" not in PAGE] == []


@pytest.mark.parametrize("name", sorted(known_commands()))
def test_every_option_is_explained(run: Run, name: str) -> None:
    options = set(re.findall(r"^  (--[a-z-]+)", run(name, "--help").out, re.MULTILINE)) - {"--help"}
    assert [option for option in options if f"`{option}" not in PAGE and f" {option}" not in PAGE] == []


def test_no_example_has_an_option_that_is_unknown(run: Run) -> None:
    for line in sorted(set(re.findall(r"^(?:\$ )?jarcycle (.+)$", EVERYTHING, re.MULTILINE))):
        name, *words = line.partition("#")[0].split()
        name = longer if words and (longer := f"{name} {words[0]}") in COMMANDS else name
        shown = run(name, "--help").out
        assert [word for word in words if word.startswith("--") and word not in shown] == [], line


def test_every_exit_code_is_in_the_table() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert codes == {int(code) for code in ExitCode}


def test_every_figure_of_a_solve_and_every_waiver_is_named() -> None:
    assert [figure for figure in FIGURES if f'"{figure}"' not in PAGE] == []
    assert [waiver for waiver in Waiver if f"`{waiver.value}`" not in PAGE] == []


def test_every_setting_is_in_the_table_of_operations() -> None:
    named = {
        f"{area.model_config['env_prefix']}{field}".upper() for area in AREAS for field in area.model_fields
    }
    assert len(named) > 15
    assert [name for name in sorted(named) if f"`{name}`" not in OPERATIONS] == []
    used = set(re.findall(r"JARCYCLE_[A-Z_]+", OPERATIONS + PAGE))
    assert used - named == set()
