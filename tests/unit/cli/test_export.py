import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.main import main
from cli.shown.exit_codes import ExitCode
from models import session
from scheduler.values.documents import load_plan
from tests import tables

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture
def programme(database: Engine) -> Engine:
    """Three areas, plan 1 published, plan 2 a draft."""
    tables.published(database)
    with session(database) as opened:
        tables.store(opened, {"wigan": date(2006, 5, 29)})
    return database


def run(capture: Capture, *arguments: str) -> tuple[int, bytes, str]:
    """Exit code, data and words of one command."""
    code = main(["export", *arguments])
    data, words = capture.readouterr()
    return code, data, words.decode()


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("svg", b"<svg "),
        ("html", b"<!DOCTYPE html>"),
        ("ics", b"BEGIN:VCALENDAR"),
        ("csv", b"\xef\xbb\xbfArea code,"),
        ("json", b"{"),
        ("problem", b"{"),
        ("xlsx", b"PK"),
    ],
)
def test_without_output_the_bytes_go_to_stdout(
    programme: Engine, capfdbinary: Capture, format: str, begins: bytes
) -> None:
    code, data, words = run(capfdbinary, "published", "--format", format, "--as-of", "2006-02-01")
    assert code == ExitCode.DONE
    assert data.startswith(begins)
    assert words == ""


def test_a_file_is_written_whole_and_said(programme: Engine, capfdbinary: Capture, tmp_path: Path) -> None:
    target = tmp_path / "plan.xlsx"
    code, data, words = run(capfdbinary, "1", "--format", "xlsx", "--output", str(target))
    assert (code, data) == (ExitCode.DONE, b"")
    assert target.read_bytes().startswith(b"PK")
    assert words.startswith(f"Plan 1 is in {target} (")
    assert list(tmp_path.glob(".*.part")) == []


def test_json_says_what_was_written(programme: Engine, capfdbinary: Capture, tmp_path: Path) -> None:
    target = tmp_path / "plan.svg"
    code, data, _ = run(capfdbinary, "2", "--format", "svg", "--output", str(target), "--json")
    assert code == ExitCode.DONE
    assert json.loads(data) == {
        "plan": 2,
        "format": "svg",
        "output": str(target),
        "bytes": target.stat().st_size,
    }


def test_json_without_output_is_one_document(programme: Engine, capfdbinary: Capture) -> None:
    _, data, _ = run(capfdbinary, "2", "--format", "csv", "--json")
    assert json.loads(data)["content"].startswith("\ufeffArea code,")
    _, data, _ = run(capfdbinary, "2", "--format", "json", "--json")
    assert load_plan(data.decode()).starts()["wigan-jar"] == (38, 41)


@pytest.mark.parametrize("code", ["cheshire", "E08000001"])
def test_area_takes_either_code(programme: Engine, capfdbinary: Capture, code: str) -> None:
    _, data, _ = run(capfdbinary, "published", "--format", "csv", "--area", code)
    lines = data.decode("utf-8-sig").splitlines()[1:]
    assert {line.split(",")[1] for line in lines} == {"Cheshire"}


def test_inspector_gives_a_persons_calendar(programme: Engine, capfdbinary: Capture) -> None:
    _, data, _ = run(capfdbinary, "published", "--format", "ics", "--inspector", "Inspector 2.2")
    assert b"SUMMARY:Wigan: JAR fieldwork" in data
    assert b"Cheshire" not in data


@pytest.mark.parametrize("whose", [("--leader", "Inspector 2.0"), ("--body", "csci")])
def test_a_leader_and_a_body_have_calendars(
    programme: Engine, capfdbinary: Capture, whose: tuple[str, str]
) -> None:
    _, data, _ = run(capfdbinary, "published", "--format", "ics", *whose)
    assert b"SUMMARY:Wigan: JAR fieldwork" in data
    assert b"SUMMARY:Wigan: CA" not in data


def test_as_of_is_the_day_of_the_picture(programme: Engine, capfdbinary: Capture) -> None:
    _, data, _ = run(capfdbinary, "1", "--format", "svg", "--as-of", "2006-05-02")
    assert b"today, 2 May 2006" in data


def test_for_the_authority_uncovered_places_are_left_out(programme: Engine, capfdbinary: Capture) -> None:
    with session(programme) as opened:
        for place in opened.exec(tables.models.TeamPlace.__table__.select()):  # every place of both plans
            opened.get_one(tables.models.TeamPlace, place.id).inspector_code = None
    arguments = ("1", "--format", "html", "--area", "wigan", "--as-of", "2005-08-01")
    _, data, _ = run(capfdbinary, *arguments)
    assert b"4 places uncovered" in data
    _, data, _ = run(capfdbinary, *arguments, "--for-authority")
    assert b"uncovered" not in data


@pytest.mark.parametrize(
    ("arguments", "expected", "words"),
    [
        (
            ("7", "--format", "svg"),
            ExitCode.INVALID_INPUT,
            "plan 7: there is no such version. The newest is 2.",
        ),
        (("1", "--format", "pdf"), ExitCode.USAGE, "'pdf' is not one of"),
        (("1",), ExitCode.USAGE, "Missing option '--format'"),
        (("mine", "--format", "svg"), ExitCode.USAGE, "'mine' is not a stored plan"),
        (
            ("1", "--format", "svg", "--as-of", "soon"),
            ExitCode.USAGE,
            "--as-of is 'soon': this is not a date",
        ),
        (("1", "--format", "svg", "--area", "Wigann"), ExitCode.INVALID_INPUT, "Try Wigan (wigan)."),
        (("1", "--format", "ics", "--inspector", "me"), ExitCode.INVALID_INPUT, "no such inspector"),
        (
            ("1", "--format", "ics", "--body", "me"),
            ExitCode.INVALID_INPUT,
            "Choose one of: audit, csci, ofsted.",
        ),
        (("1", "--format", "ics", "--body", "csci", "--leader", "wigan-0"), ExitCode.USAGE, "Leave one out."),
        (("1", "--format", "json", "--area", "wigan"), ExitCode.INVALID_INPUT, "holds the whole plan"),
        (("1", "--format", "svg", "--for-authority"), ExitCode.USAGE, "Name it with --area"),
        (
            ("1", "--format", "svg", "--area", "wigan", "--for-authority", "--inspector", "wigan-1"),
            ExitCode.USAGE,
            "Leave out --inspector",
        ),
    ],
)
def test_what_cannot_be_exported_is_refused_with_advice(
    programme: Engine, capfdbinary: Capture, arguments: tuple[str, ...], expected: ExitCode, words: str
) -> None:
    code, data, said = run(capfdbinary, *arguments)
    assert code == expected
    assert words in " ".join(said.split())
    assert data == b""


def test_a_workbook_has_no_place_in_a_json_document(programme: Engine, capfdbinary: Capture) -> None:
    code, data, said = run(capfdbinary, "1", "--format", "xlsx", "--json")
    assert code == ExitCode.USAGE
    assert "Name a file with --output" in said
    assert "error" in json.loads(data)


def test_a_folder_that_is_missing_is_said(programme: Engine, capfdbinary: Capture, tmp_path: Path) -> None:
    code, _, said = run(capfdbinary, "1", "--format", "svg", "--output", str(tmp_path / "none" / "plan.svg"))
    assert code == ExitCode.USAGE
    assert "there is no folder" in said


def test_before_publication_there_is_no_published_plan(database: Engine, capfdbinary: Capture) -> None:
    with session(database) as opened:
        tables.fill(opened, 1)
        tables.store(opened)
    code, _, said = run(capfdbinary, "published", "--format", "svg")
    assert code == ExitCode.USAGE
    assert "no plan is published yet" in said
    assert run(capfdbinary, "1", "--format", "svg")[0] == ExitCode.DONE
