"""R124: anyone can see a timetable before anything is planned."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

import models
from cli.shown.exit_codes import ExitCode
from models import session
from tests.commands import Run

JAR = ("timeline", "jar-2005", "--start", "2006-01-09")
STEPS = [
    *("notification", "self_assessment", "set_up", "consultation", "analysis", "fieldwork", "feedback"),
    *("draft_report", "accuracy_comments", "discussion", "publication", "circulation"),
    *("action_statement", "evaluation"),
]
KEYS = ["id", "name", "kind", "start", "end", "due", "counted_from", "rule", "who"]


def test_every_step_of_a_review_has_its_date_and_its_rule(run: Run, home: Path) -> None:
    """R124, R049, R052"""
    steps = run(*JAR, "--json").document
    assert [step["id"] for step in steps] == STEPS
    by_id = {step["id"]: step for step in steps}
    assert list(by_id["fieldwork"])[:9] == KEYS
    assert (by_id["fieldwork"]["start"], by_id["fieldwork"]["end"]) == ("2006-01-30", "2006-02-10")
    assert by_id["draft_report"]["due"] == "2006-04-07"
    assert by_id["draft_report"]["counted_from"] == "fieldwork"
    assert "8 weeks after the last day of 'Fieldwork'" in by_id["draft_report"]["rule"]
    assert by_id["analysis"]["due"] is None
    assert list(home.iterdir()) == []  # no database is needed, none is made


def test_people_get_a_table_in_the_order_of_the_days(run: Run, home: Path) -> None:
    answer = run(*JAR)
    places = [answer.out.index(text) for text in ("17 October 2005", "9 January 2006 to", "7 April 2006")]
    assert places == sorted(places)
    assert "7 months" in answer.err


def test_what_counts_from_an_actual_date_moves_along(run: Run, home: Path) -> None:
    steps = run(*JAR, "--actual", "publication=2006-08-14", "--json").document
    by_id = {step["id"]: step for step in steps}
    assert by_id["publication"]["actual"] == "2006-08-14"
    assert by_id["circulation"]["counted_on"] == "2006-08-14"
    assert by_id["circulation"]["due"] == "2006-09-26"


def test_another_stage_may_be_given(run: Run, home: Path) -> None:
    steps = run(*JAR, "--stage", "fieldwork=2006-02-06", "--json").document
    assert next(step["start"] for step in steps if step["id"] == "fieldwork") == "2006-02-06"


@pytest.mark.parametrize("code", ["sheffield", "E08000000"])
def test_an_areas_elections_hold_its_publication_back(run: Run, draft: Engine, code: str) -> None:
    late = ("timeline", "jar-2005", "--start", "2005-10-31")
    with session(draft) as opened:
        opened.add(
            models.Election(
                area_type="metropolitan district",
                kind="local",
                pre_election_start_on=date(2006, 3, 20),
                polling_on=date(2006, 5, 4),
            )
        )
    free, held = (
        next(step for step in run(*late, *area, "--json").document if step["id"] == "publication")
        for area in ((), ("--area", code))
    )
    assert date(2006, 3, 20) <= date.fromisoformat(free["due"]) < date(2006, 5, 5)
    assert held["due"] >= "2006-05-05"
    assert held["notes"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("jar-2006", "--start", "2006-01-09"), "jar-2005"),
        (("jar-2005", "--start", "2006-01-10"), "is a Tuesday"),
        (("jar-2005", "--start", "2006-01-09", "--actual", "publicatio=2006-08-14"), "'publication'"),
        (("jar-2005", "--start", "2006-01-09", "--actual", "fieldwork=2006-01-02"), "before its start"),
    ],
)
def test_dates_that_cannot_be_are_invalid(
    run: Run, home: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = run("timeline", *arguments, "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert answer.document["findings"]
    assert words in answer.err


@pytest.mark.parametrize(
    ("actual", "advice"),
    [
        ("publication", "Write it like publication=2006-08-14."),
        ("publication=soon", "Write it as 2005-09-05 or 05/09/2005."),
        ("publication=2006-08-14 --actual publication=2006-08-15", "Give it once"),
    ],
)
def test_an_actual_date_is_written_as_step_and_day(run: Run, home: Path, actual: str, advice: str) -> None:
    answer = run(*JAR, "--actual", *actual.split())
    assert answer.code == ExitCode.USAGE
    assert advice in answer.err


def test_an_unknown_area_is_told(run: Run, draft: Engine) -> None:
    assert run(*JAR, "--area", "999").code == ExitCode.INVALID_INPUT
