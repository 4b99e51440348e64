"""`replan`: files and stored plans, words and JSON, refusals."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import session
from scheduler.replanning.result import Choice, ReplanResult
from services.plans import plan_store
from services.shown.replan_report import proof_in_words
from tests.commands import Run
from tests.replanning import published as announced
from tests.replanning import three_reviews

ABSENCE = {"kind": "absence", "inspector": "ann", "weeks": {"first": "2005-11-14", "end": "2005-11-19"}}


@pytest.fixture
def given(tmp_path: Path, home: Path) -> dict[str, Path]:
    """A problem, its plan and an event as files."""
    problem = three_reviews()
    texts = {
        "input": problem.model_dump_json(),
        "plan": announced(problem).model_dump_json(),
        "event": json.dumps(ABSENCE),
    }
    paths = {name: tmp_path / f"{name}.json" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name])
    return paths


def arguments(given: dict[str, Path], **changes: Any) -> list[Any]:
    return [part for name, path in {**given, **changes}.items() for part in (f"--{name}", path)]


def test_files_are_replanned_and_the_new_plan_passes_the_check(
    run: Run, given: dict[str, Path], tmp_path: Path
):
    new, problem = tmp_path / "new.json", tmp_path / "new-problem.json"
    answer = run("replan", *arguments(given), "--output", new, "--new-problem", problem)
    assert answer.code == ExitCode.DONE
    assert "Inspector ann is away from 14 November 2005 to 18 November 2005." in answer.err
    assert "South: jar-south, leader: ann -> dan" in answer.err
    assert "Proven: no published date has to move." in answer.err
    assert run("check", "--input", problem, "--plan", new).code == ExitCode.DONE


def test_json_tells_proof_and_differences(run: Run, given: dict[str, Path]):
    answer = run("replan", *arguments(given), "--alternatives", "--json")
    found = answer.document
    assert (found["is_proven_fewest"], found["moved_bound"], found["status"]) == (True, 0, "optimal")
    main = found["choices"][0]
    assert (main["moved"], main["people_changed"], main["version"]) == (0, 1, None)
    assert main["difference"]["people"][0]["into"] == "dan"
    assert {name for choice in found["choices"] for name in choice["names"]} == {
        "fewest_moves",
        "fewest_weeks",
        "fewest_people",
        "lowest_cost",
        "dates_kept",
    }


def test_an_event_about_nobody_is_refused_with_the_name_of_its_file(run: Run, given: dict[str, Path]):
    given["event"].write_text(json.dumps({**ABSENCE, "inspector": "anne"}))
    answer = run("replan", *arguments(given))
    assert answer.code == ExitCode.INVALID_INPUT
    assert f"{given['event']}: inspector: 'anne': there is no such inspector. Try ann." in answer.err


def test_a_wrong_event_file_is_refused(run: Run, given: dict[str, Path]):
    given["event"].write_text('{"kind": "absence"}')
    answer = run("replan", *arguments(given))
    assert answer.code == ExitCode.INVALID_INPUT
    assert f"{given['event']}: inspector: Field required" in answer.err


def test_a_wrong_day_is_told(run: Run, given: dict[str, Path]):
    answer = run("replan", *arguments(given), "--now", "May")
    assert (answer.code, "--now is 'May': this is not a date" in answer.err) == (ExitCode.USAGE, True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["replan", "published"], "no event is named"),
        (
            ["replan", "1", "--event", "e.json", "--output", "o.json"],
            "--output and --new-problem go with --input",
        ),
        (["replan", "--event", "e.json"], "no plan is named"),
    ],
)
def test_wrong_usage_is_told(run: Run, home: Path, options: list[str], told: str):
    answer = run(*options)
    assert answer.code == ExitCode.USAGE
    assert told in answer.err


def test_a_stored_plan_is_replanned_into_a_draft(run: Run, published: Engine, tmp_path: Path):
    event = tmp_path / "event.json"
    event.write_text('{"kind": "conflict", "inspector": "wigan-1", "area": "wigan"}')
    replan = ("replan", "published", "--event", event, "--now", "2006-01-30", "--one", "--json")
    looked = run(*replan, "--dry-run")
    assert looked.document["choices"][0]["version"] is None
    answer = run(*replan, "--as", "ada")
    assert answer.code == ExitCode.DONE
    version = answer.document["choices"][0]["version"]
    with session(published) as opened:
        row = plan_store.find_version(opened, version)
        assert (row.status, row.created_by) == ("draft", "ada")
        assert "wigan-1 may not work in Wigan" in row.reason


def test_an_event_calls_people_and_areas_by_name(run: Run, published: Engine, tmp_path: Path):
    event = tmp_path / "event.json"
    event.write_text('{"kind": "conflict", "inspector": "inspector 2.1", "area": "Wigan"}')
    look = ("replan", "published", "--event", event, "--now", "2006-01-30", "--one", "--dry-run")
    answer = run(*look, "--json")
    assert answer.code == ExitCode.DONE
    assert (answer.document["event"]["inspector"], answer.document["event"]["area"]) == ("wigan-1", "wigan")
    assert "wigan-1 is Inspector 2.1." in run(*look).err
    event.write_text('{"kind": "conflict", "inspector": "Inspector 2.9", "area": "Wigam"}')
    refused = run(*look)
    assert refused.code == ExitCode.INVALID_INPUT
    assert "Try Wigan (wigan)." in refused.err
    assert "'Inspector 2.9': there is no such inspector." in refused.err


def test_the_schema_of_events_names_every_kind(run: Run, home: Path):
    answer = run("schema", "event")
    kinds = ("absence", "resignation", "incident", "postponement", "closed_weeks", "conflict", "late_finish")
    assert all(f'"{kind}"' in answer.out for kind in kinds)


def test_without_a_proof_that_the_places_cannot_be_covered_that_is_said():
    """Nothing moves, so nothing moves fewer; but other dates may cover the place."""
    unproven = ReplanResult.model_construct(
        choices=(Choice.model_construct(moved=0, uncovered=2),),
        moved_bound=0,
        uncovered_bound=0,
        is_proven_fewest=False,
        seconds=1.0,
    )
    assert "but 2 places stay uncovered; it is proven that at least 0 must" in proof_in_words(unproven)
