"""Every command that a page prints runs as printed and answers what is shown, or the test says why it does not run."""

import ast
import inspect
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

import scheduler

ROOT = Path(__file__).parents[2]
MAKER = runpy.run_path(str(ROOT / "docs" / "make_commands.py"))
README = ROOT / "README.md"
PAGES = MAKER["command_pages"]()
DOCUMENTS = {*ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")}
SHOWN = {page: MAKER["shown_in"](page.read_text(encoding="utf-8")) for page in {README, *PAGES, *DOCUMENTS}}
OTHERS = [page for page in sorted(DOCUMENTS - set(PAGES)) if SHOWN[page]]

NOT_RUN = {
    "cat ": "shows what only `jarcycle up` has made: tests/e2e/test_up.py starts that",
    "createdb": "needs PostgreSQL: tests/with_postgresql.sh runs the tests on one",
    "export JARCYCLE_DATABASE_URL": "names a database server",
    "export JARCYCLE_PREFECT": "names a Prefect server",
    "for name in": "writes to /backup",
    "jarcycle init": "begins a programme where the pages about commands have begun one",
    "jarcycle options": "solves everything again; another page compares the plans that are stored",
    "jarcycle robustness": "makes 5,000 draws, or replans 20 events; another page makes 200",
    "jarcycle solve": "solves what another page has solved",
    "pip install": "needs a package index",
    "python -m benchmarks": "takes an hour",
    "sqlite3": "is a program that a machine may not have",
}
"""Beginnings of commands of the other pages that are not run here, and why; that their options exist is tested."""


def runs(page: Path, command: str) -> bool:
    return page not in OTHERS or not command.startswith(tuple(NOT_RUN))


def answers(pages: list[Path], folder: Path) -> Iterator[tuple[str, str]]:
    """Of each command of the pages that answers otherwise: what is shown, and what came."""
    home = MAKER["Home"](folder)
    for page in pages:
        for shown in (shown for shown in SHOWN[page] if runs(page, shown.command)):
            answer = home.run(shown.command)
            if shown.answer is None and answer.code:
                yield f"{page.name}: {shown.command}", "\n".join(answer.lines)
            elif shown.answer is not None and not MAKER["fits"](shown.answer, answer.lines):
                yield "\n".join([f"{page.name}: {shown.command}", *shown.answer]), "\n".join(answer.lines)


def test_every_command_of_the_readme_runs_and_answers_as_shown(tmp_path: Path) -> None:
    assert list(answers([README], tmp_path)) == []


def test_every_command_of_the_pages_runs_and_answers_as_shown(tmp_path: Path) -> None:
    """The other pages go on where the pages about commands end."""
    assert list(answers([*PAGES, *OTHERS], tmp_path)) == []


def test_whatever_is_not_run_is_on_a_page_and_not_all_that_is_there() -> None:
    commands = [shown.command for page in OTHERS for shown in SHOWN[page]]
    assert [start for start in NOT_RUN if not any(command.startswith(start) for command in commands)] == []
    assert [command for command in commands if not command.startswith(tuple(NOT_RUN))] != []


@pytest.mark.parametrize("page", sorted(DOCUMENTS), ids=lambda page: page.stem)
def test_every_call_of_python_that_a_page_prints_can_be_made(page: Path) -> None:
    assert [str(call) for call in calls_of_python(page) if not can_be_made(call)] == []


def calls_of_python(page: Path) -> Iterator[ast.Call]:
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for node in (node for block in blocks for node in ast.walk(ast.parse(block))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def can_be_made(call: ast.Call) -> bool:
    try:
        inspect.signature(getattr(scheduler, ast.unparse(call.func))).bind(*call.args)
    except (AttributeError, TypeError):
        return False
    return True


def test_the_pages_show_many_commands() -> None:
    assert len(SHOWN[README]) > 15
    assert sum(len(SHOWN[page]) for page in PAGES) > 30


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (("one", "...", "four"), ("one", "two", "three", "four")),
        (("one … three",), ("one 2.5 s three",)),
        ((), ()),
    ],
)
def test_what_is_cut_or_masked_fits(shown: tuple[str, ...], lines: tuple[str, ...]) -> None:
    assert MAKER["fits"](shown, lines)


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        (("one", "...", "four"), ("one", "two", "three")),
        (("one … three",), ("one 2.5 s four",)),
        ((), ("one",)),
    ],
)
def test_another_answer_does_not_fit(shown: tuple[str, ...], lines: tuple[str, ...]) -> None:
    assert not MAKER["fits"](shown, lines)


@pytest.mark.parametrize("command", ["make nothing", "jarcycle nothing", "source nowhere", "nothing"])
def test_a_command_that_there_is_not_fails(command: str, tmp_path: Path) -> None:
    assert MAKER["Home"](tmp_path).run(command).code != 0


@pytest.mark.parametrize("command", ["make run", "jarcycle up --demo", "source .venv/bin/activate"])
def test_what_starts_a_server_or_a_shell_is_only_looked_up(command: str, tmp_path: Path) -> None:
    assert MAKER["Home"](tmp_path).run(command) == MAKER["Answer"](0, ())


def test_renewing_a_page_keeps_what_is_cut_and_masked(tmp_path: Path) -> None:
    commands = ("$ echo one 2.5 s\none … s", "$ printf 'cost 1\\na\\nb\\ngap 2\\n'")
    page = "\n".join(["```console", *commands, "cost 1", "...", "gap 1", "```", ""])
    renewed = MAKER["renewed"](page, MAKER["Home"](tmp_path))
    assert renewed == page.replace("gap 1", "gap 2")
