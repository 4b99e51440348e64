"""Narrow scopes: activities that look at some outcomes of their framework only (C4, R008)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.framework_files import load_framework
from models import Activity, session
from services.audit import Word
from services.casework.actions import required_actions
from services.casework.cases import published_cases
from services.casework.judging import judge
from services.casework.scope import scope_in_words
from services.casework.step_turns import Action
from services.casework.steps import date_steps, steps_of
from services.errors import Refused
from services.imports import ImportRefused, import_folder
from services.programme import rules_of
from services.shown.judgements import judgement_lines
from services.shown.outlook import step_lines
from tests import tables
from tests.framework_texts import TEN_DAYS
from tests.import_files import Rows, right_files, write_files
from tests.unit.services.test_judging import LAST_DAY, MONDAY, add_inspection

OUTCOMES = '[outcomes]\nstay_safe = "Staying safe"\nbe_healthy = "Being healthy"\n\n[roles]'
SCOPED = (
    TEN_DAYS.replace("[roles]", OUTCOMES, 1)
    .replace('name = "Safeguarding"', 'name = "Safeguarding"\noutcome = "stay_safe"')
    .replace('name = "Quality of provision"', 'name = "Quality of provision"\noutcome = "be_healthy"')
)


@pytest.fixture
def programme(engine: Engine, home: Path) -> Engine:
    """An inspection in Sheffield from 5 June 2006 that looks at one of two outcomes."""
    (home / "frameworks").mkdir()
    (home / "frameworks" / "ten-2009.toml").write_text(SCOPED)
    tables.published(engine, num_areas=1)
    with session(engine) as opened:
        add_inspection(opened, "sheffield-ten", MONDAY).scope = "stay_safe"
    return engine


def find(opened: Session, code: str = "sheffield-ten") -> Activity:
    return opened.exec(select(Activity).where(Activity.code == code)).one()


def say(opened: Session, **grades: str) -> list[str]:
    """What is refused of these grades."""
    try:
        judge(
            opened,
            find(opened).id or 0,
            grades,
            LAST_DAY,
            Word("Lead Office", tables.at(LAST_DAY), LAST_DAY, ""),
        )
    except Refused as refusal:
        return [str(finding) for finding in refusal.findings]
    return []


def test_what_lies_outside_the_scope_is_not_judged_r008(programme: Engine) -> None:
    with session(programme) as opened:
        (refused,) = say(opened, provision="3")
    assert "sheffield-ten provision" in refused
    assert "it is not within the scope: Staying safe." in refused
    assert "R008" in refused


def test_what_lies_within_the_scope_or_has_no_outcome_is_judged_r008(programme: Engine) -> None:
    with session(programme) as opened:
        assert say(opened, safeguarding="3", leadership="3", overall="3") == []


def test_everything_is_judged_within_a_full_scope_r008(programme: Engine) -> None:
    with session(programme) as opened:
        find(opened).scope = None
        assert say(opened, safeguarding="3", provision="3") == []


def test_a_narrow_scope_is_shown_and_a_full_one_is_not(programme: Engine) -> None:
    with session(programme) as opened:
        row = find(opened)
        row.precision = "final"
        date_steps(opened, row, rules_of(opened).of(row), date(2006, 1, 2))
        lines = step_lines(opened, date(2006, 1, 2))
    assert {line.scope for line in lines if line.activity == "sheffield-ten"} == {"Staying safe"}
    assert {line.scope for line in lines if line.activity != "sheffield-ten"} == {""}


def test_all_outcomes_together_are_the_full_scope_r008(tmp_path: Path) -> None:
    (tmp_path / "ten-2009.toml").write_text(SCOPED)
    framework = load_framework(tmp_path / "ten-2009.toml")
    assert framework.scope(["be_healthy", "stay_safe"]) is None
    assert framework.scope(["be_healthy"]) == "be_healthy"
    both = Activity(
        code="x", area_code="x", kind="ten", framework_id="ten-2009", scope="stay_safe be_healthy"
    )
    assert scope_in_words(framework, both) == "Staying safe and Being healthy"


def test_what_lies_outside_the_scope_is_not_asked_for_r008(programme: Engine) -> None:
    with session(programme) as opened:
        find(opened).precision = "final"
        next(step for step in steps_of(opened, find(opened)) if step.step_id == "inspection").state = "open"
        case = next(one for one in published_cases(opened) if one.activity.code == "sheffield-ten")
        asked = [action.what for action in required_actions(case, LAST_DAY) if action.action is Action.JUDGE]
        shown = [line.id for line in judgement_lines(opened, find(opened))]
    assert asked == [
        "Safeguarding",
        "Looked-after children",
        "Leadership and management",
        "The whole inspection",
    ]
    assert shown == ["safeguarding", "looked_after", "leadership", "overall"]


# --- scopes.csv -----------------------------------------------------------------------------------------------

ROW = {"area": "373", "kind": "jar", "outcomes": "stay_safe; be_healthy"}
OTHER = {"area": "875", "kind": "jar", "outcomes": "contribute"}


def imported(engine: Engine, tmp_path: Path, *rows: dict[str, str], is_there: bool = True) -> None:
    files: dict[str, Rows] = right_files()
    columns = ("area", "kind", "round", "outcomes")
    if is_there:
        files["scopes.csv"] = [{column: row.get(column, "") for column in columns} for row in rows]
    (tmp_path / "files" / "scopes.csv").unlink(missing_ok=True)
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)


def scopes(engine: Engine) -> dict[str, tuple[str, ...]]:
    with session(engine, read_only=True) as opened:
        return {row.code: row.outcomes for row in opened.exec(select(Activity)) if row.outcomes is not None}


def test_a_file_of_scopes_says_which_are_narrow_and_without_it_they_stay(
    engine: Engine, tmp_path: Path
) -> None:
    imported(engine, tmp_path, ROW)
    assert scopes(engine) == {"373-jar": ("be_healthy", "stay_safe")}
    imported(engine, tmp_path, is_there=False)
    assert scopes(engine) == {"373-jar": ("be_healthy", "stay_safe")}
    imported(engine, tmp_path, OTHER)
    assert scopes(engine) == {"875-jar": ("contribute",)}


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (ROW | {"kind": "jarr"}, "kind", "no framework"),
        (ROW | {"outcomes": ""}, "outcomes", "no outcome is named"),
        (ROW | {"outcomes": "stay_save"}, "outcomes", "jar-2005 has no such outcome"),
        (ROW | {"kind": "ca"}, "outcomes", "corporate-assessment-2002 has no such outcome"),
        (ROW | {"round": "7"}, "kind", "no such activity (373-jar-7)"),
        (ROW | {"area": "374"}, "area", "areas.csv"),
    ],
)
def test_a_row_that_names_no_scope_is_refused(
    engine: Engine, tmp_path: Path, row: dict[str, str], column: str, words: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(engine, tmp_path, row)
    found = refused.value.findings[0]
    assert (found.file, found.row, found.column) == ("scopes.csv", 2, column)
    assert words in found.message
    assert found.advice


def test_what_has_begun_keeps_its_scope(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, ROW)
    with session(engine) as opened:
        find(opened, "373-jar").state = "under_way"
    imported(engine, tmp_path, OTHER)
    assert scopes(engine)["373-jar"] == ("be_healthy", "stay_safe")
    with pytest.raises(ImportRefused, match="has begun"):
        imported(engine, tmp_path, ROW | {"outcomes": "contribute"})
