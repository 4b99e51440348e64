"""Runs the commands of the README and of the pages about commands, and renews what the pages show of their answers.

`python docs/make_commands.py` writes the pages; a test compares them. The README begins with a home of its own, the
pages about commands go on from one to the next. What is shown of an answer may be cut and masked, and stays so when
renewed: a line of `...` stands for any lines, a `…` within a line for what varies, such as seconds or a path.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[1]
INDEX = ROOT / "docs" / "command-line.md"
BLOCK = re.compile(r"^```(console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CUT, MASK = "...", "…"
VARYING = (
    (re.compile(r"\b\d+\.\d (s\b|seconds\b)"), rf"{MASK} \1"),
    (re.compile(r"^(  \w+ seconds +).+"), rf"\1{MASK}"),
    (re.compile(r'^(  "\w+_seconds": )[\d.]+'), rf"\1{MASK}"),
    (re.compile(r"^(The data is kept in ).*/"), rf"\1{MASK}/"),
    (re.compile(r"^  20[2-9]\d-\d\d-\d\d \d\d:\d\d "), f"  {MASK}{' ' * 16}"),
)
"""What never is the same twice, and is masked wherever an answer is written anew."""
ONLY_LOOKED_UP = {"up", "sync"}
"""Commands that start or need servers: they are not run here."""


@dataclass(frozen=True)
class Shown:
    """A command as a page prints it, with what the page shows of its answer (None: nothing is said of it)."""

    command: str
    answer: tuple[str, ...] | None


@dataclass(frozen=True)
class Answer:
    """What a command did: its exit code, and the lines of both its streams."""

    code: int
    lines: tuple[str, ...]


def command_pages() -> list[Path]:
    """The pages about commands, in the order of the index: each goes on where the one before it ended."""
    names = re.findall(r"\]\((commands/[\w-]+\.md)", INDEX.read_text(encoding="utf-8"))
    return [INDEX, *(INDEX.parent / name for name in dict.fromkeys(names))]


def shown_in(text: str) -> list[Shown]:
    """Every command of a page, in order."""
    return [shown for kind, body in BLOCK.findall(text) for shown in _of_block(kind, body)]


def _of_block(kind: str, body: str) -> Iterator[Shown]:
    if kind == "sh":
        yield from (Shown(line, None) for line in body.splitlines() if line and not line.startswith("#"))
        return
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, *answer = part.rstrip("\n").split("\n")
        yield Shown(command, tuple(answer))


def fits(answer: tuple[str, ...], lines: tuple[str, ...]) -> bool:
    """Whether the lines are what is shown, but for what is cut or masked; blanks after a mask fill the column."""
    parts = (
        r"(?:.*\n)*"
        if line.strip() == CUT
        else ".*".join(re.escape(piece) for piece in re.split(rf"{MASK} *", line)) + r"\n"
        for line in answer
    )
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in lines)) is not None


class Home:
    """A fresh home folder and a folder to work in that looks like a clone; commands run in it one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            name: value for name, value in os.environ.items() if not name.startswith("JARCYCLE_")
        } | {"JARCYCLE_HOME": str(folder / ".jarcycle")}
        for name in ("examples", "config", "Makefile"):
            (folder / name).symlink_to(ROOT / name)

    def run(self, command: str) -> Answer:
        """Run a command as printed; those that start servers are only looked up."""
        words = shlex.split(command, comments=True)
        if words[0] == "export":
            self._environment |= {
                name: value for name, _, value in (word.partition("=") for word in words[1:])
            }
            return _looked_up(True)
        if words[0] == "make":
            return _looked_up(all(f"\n{word}:" in _makefile() for word in words[1:]))
        if words[0] == "source":
            return _looked_up(words[1:] == [".venv/bin/activate"])
        if words[0] == "jarcycle" and words[1] in ONLY_LOOKED_UP:
            return _looked_up(words[1] in COMMANDS)
        with chdir(self._folder), patch.dict(os.environ, self._environment, clear=True):
            return _jarcycle(words[1:]) if words[0] == "jarcycle" else _shell(command)


def _looked_up(is_there: bool) -> Answer:
    return Answer(0 if is_there else 127, ())


def _makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def _jarcycle(words: list[str]) -> Answer:
    target = Path(words.pop()) if words[-2:-1] == [">"] else None
    words = [word for word in words if word != ">"]
    out, both = _Stream(), _Stream()
    with redirect_stdout(out if target else both), redirect_stderr(both):
        code = main(words)
    if target:
        target.write_text(out.getvalue(), encoding="utf-8")
    return Answer(code, tuple(line.rstrip() for line in both.getvalue().rstrip().splitlines()))


def _shell(command: str) -> Answer:
    done = subprocess.run(
        ["/bin/sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Answer(done.returncode, tuple(done.stdout.splitlines()))


class _Stream(StringIO):
    """A stream that says it takes every letter, as a terminal does."""

    encoding = "utf-8"  # type: ignore[assignment]


def renewed(text: str, home: Home) -> str:
    """The page with the answers of today, cut and masked where it was; what still fits stays as it is."""
    return BLOCK.sub(lambda block: _block_renewed(block, home), text)


def _block_renewed(block: re.Match[str], home: Home) -> str:
    lines = []
    for shown in _of_block(block[1], block[2]):
        answer, before = home.run(shown.command), shown.answer or ()
        lines.append(f"$ {shown.command}")
        lines += before if fits(before, answer.lines) else _cut(before, answer.lines)
    return block[0] if block[1] == "sh" else "\n".join(["```console", *lines, "```"])


def _cut(answer: tuple[str, ...], lines: tuple[str, ...]) -> list[str]:
    """New lines in place of the old ones, cut where those were cut."""
    old, new = [_shape(line) for line in answer], [_shape(line) for line in lines]
    kept: list[str] = []
    for tag, before, after, first, end in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag != "equal" and CUT in old[max(before - 1, 0) : after + 1]:
            kept += [CUT] if first < end and kept[-1:] != [CUT] else []
        else:
            kept += map(_masked, lines[first:end])
    return kept


def _masked(line: str) -> str:
    for pattern, mask in VARYING:
        line = pattern.sub(mask, line)
    return line


def _shape(line: str) -> str:
    """A line without its figures; a cut stays a cut however it is indented."""
    return CUT if line.strip() == CUT else re.sub(r"[\d.]+", "0", line)


def renew(pages: list[Path]) -> None:
    """Write the pages, each going on in the home of the one before."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder))
        for page in pages:
            before = page.read_text(encoding="utf-8")
            if (after := renewed(before, home)) != before:
                page.write_text(after, encoding="utf-8")
                print(page.relative_to(ROOT))


if __name__ == "__main__":
    renew([ROOT / "README.md"])
    renew(command_pages())
