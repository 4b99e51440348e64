"""Whatever is named that there is not: every command that wants something named says so, and none fails over it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from cli.main import COMMANDS, command_named
from cli.shown.exit_codes import ExitCode
from tests.commands import Run


@cache
def wanting() -> dict[str, Any]:
    """The commands of the table that want something named."""
    known = {name: command_named(name) for name in COMMANDS}
    return {name: found for name, found in known.items() if any(each.required for each in found.params)}


def said(command: Any, unknown: str) -> Iterator[str]:
    """All that a command asks for, each of it unknown."""
    for each in command.params:
        if each.required:
            yield from (unknown,) if each.param_type_name == "argument" else (each.opts[0], unknown)


@pytest.mark.parametrize("unknown", ["999999", "no-such-thing"])
@pytest.mark.parametrize("name", wanting())
def test_a_command_refuses_what_there_is_not(
    run: Run, published: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, unknown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(name, *said(wanting()[name], unknown))
    assert answer.code != ExitCode.UNEXPECTED, answer.err
    assert "Traceback" not in answer.err
