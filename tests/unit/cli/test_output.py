from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from cli.shown.output import percent, plain, print_json, print_table, say
from scheduler.values.value import WeekSpan


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Pair:
    day: date
    spans: tuple[WeekSpan, ...]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2006, 1, 9), "2006-01-09"),
        (datetime(2006, 1, 9, 8, tzinfo=UTC), "2006-01-09T08:00:00+00:00"),
        (Colour.RED, "red"),
        ({Colour.RED: (1, None)}, {"red": [1, None]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Path("x.json"), "x.json"),
        (float("nan"), None),
        (float("inf"), None),
        (0.25, 0.25),
        (
            Pair(date(2006, 1, 9), (WeekSpan(first=1, end=2),)),
            {"day": "2006-01-09", "spans": [{"first": 1, "end": 2}]},
        ),
    ],
)
def test_a_value_becomes_jsons_own_types(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def test_a_document_is_utf_8(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "Ynys Môn"})
    assert '"Ynys Môn"' in capsys.readouterr().out


def test_texts_are_data_and_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("[bold]", ("[red]",), [("[/red] :smile:",)])
    say("activities[3] [bold] :smile:")
    out, err = capsys.readouterr()
    assert "[bold]" in out
    assert "[red]" in out
    assert "[/red] :smile:" in out
    assert err == "activities[3] [bold] :smile:\n"


def test_unknown_is_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("", ("a", "b"), [(None, 0)])
    assert "-  " in capsys.readouterr().out.splitlines()[-2]
    assert percent(None) == "-"
    assert percent(0.00123) == "0.123 %"
