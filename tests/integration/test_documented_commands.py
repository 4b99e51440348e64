"""Every command of the README and of the pages about commands runs as printed, in order, and answers what is shown."""

import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKER = runpy.run_path(str(ROOT / "docs" / "make_commands.py"))
README = ROOT / "README.md"
PAGES = MAKER["command_pages"]()
SHOWN = {page: MAKER["shown_in"](page.read_text(encoding="utf-8")) for page in [README, *PAGES]}


def answers(pages: list[Path], folder: Path) -> Iterator[tuple[str, str]]:
    """Of each command of the pages that answers otherwise: what is shown, and what came."""
    home = MAKER["Home"](folder)
    for page in pages:
        for shown in SHOWN[page]:
            answer = home.run(shown.command)
            if shown.answer is None and answer.code:
                yield f"{page.name}: {shown.command}", "\n".join(answer.lines)
            elif shown.answer is not None and not MAKER["fits"](shown.answer, answer.lines):
                yield "\n".join([f"{page.name}: {shown.command}", *shown.answer]), "\n".join(answer.lines)


def test_every_command_of_the_readme_runs_and_answers_as_shown(tmp_path: Path) -> None:
    assert list(answers([README], tmp_path)) == []


def test_every_command_of_the_pages_runs_and_answers_as_shown(tmp_path: Path) -> None:
    assert list(answers(PAGES, tmp_path)) == []


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
