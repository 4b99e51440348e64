"""Other inspections from files: all or nothing, and each finding with its place (R011, R100-R105, R175)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import AuditEntry, OtherInspection, SettingResult, session
from services.imports import ImportRefused, import_folder
from services.imports.inspection_files import ImportedInspections, read_sent_inspections
from tests.import_files import right_files, write_files
from tests.inspections import ADOPTION, CHILDREN, EDUCATION, RESULT, WELFARE, Rows, files_of, imported
from tests.tables import AT, WHO
from tests.york import AREA, york

CAMHS = {"area": AREA, "type": "camhs", "due_by": "2006-10-27"}


def refused(engine: Engine, folder: Path, inspections: Rows, results: Rows = ()) -> str:
    """Everything that is wrong with two files; and nothing of them is kept."""
    york(engine)
    with pytest.raises(ImportRefused) as told:
        imported(engine, files_of(folder, inspections, results))
    with session(engine, read_only=True) as opened:
        assert not opened.exec(select(OtherInspection)).all()
    return "\n".join(map(str, told.value.findings))


def test_an_inspection_of_childrens_services_in_november_2006_is_refused_r011(
    engine: Engine, tmp_path: Path
) -> None:
    """C9: subsumed since September 2005."""
    told = refused(engine, tmp_path, [CHILDREN])
    assert "other_inspections.csv, row 2, column type: none may be held on 30 November 2006" in told
    assert "the review has taken its place since 1 September 2005 (R011)" in told


def test_one_that_is_over_before_it_ends_is_taken_r011(engine: Engine, tmp_path: Path) -> None:
    """The twin: by 31 August 2005."""
    york(engine)
    done = imported(engine, files_of(tmp_path, [{**CHILDREN, "due_by": "2005-08-31"}]))
    assert done == ImportedInspections(1, 0)


def test_a_separate_inspection_without_a_reason_is_refused_r099_r105(engine: Engine, tmp_path: Path) -> None:
    """C9: child and adolescent mental health services, led by the Healthcare Commission."""
    told = refused(engine, tmp_path, [CAMHS])
    assert "row 2, column reason: it is held apart from the review, and no reason is given (R105)" in told
    assert "concern, high_quality, national_priority, whole_service" in told


def test_with_a_reason_or_within_the_review_it_is_taken_r104_r105(engine: Engine, tmp_path: Path) -> None:
    """The twin."""
    york(engine)
    within = {
        **CAMHS,
        "planned_first_day": "2006-05-15",
        "planned_last_day": "2006-05-19",
        "due_by": "2006-06-30",
    }
    rows = [{**CAMHS, "reason": "whole_service"}, {**within, "relation": "within"}]
    assert imported(engine, files_of(tmp_path, rows)).inspections == 2


def test_an_unknown_reason_is_told_r105(engine: Engine, tmp_path: Path) -> None:
    """With the nearest."""
    assert "Try 'concern'" in refused(engine, tmp_path, [{**CAMHS, "reason": "concerns"}])


def test_within_outside_the_weeks_of_the_review_is_refused_r104(engine: Engine, tmp_path: Path) -> None:
    """York's fieldwork is on 15 to 26 May 2006."""
    late = {"planned_first_day": "2006-05-29", "planned_last_day": "2006-06-02", "relation": "within"}
    told = refused(engine, tmp_path, [{**ADOPTION, **late}])
    assert "row 2, column relation: its days are not within the review (15 May 2006 to 26 May 2006" in told


def test_a_window_after_the_day_by_which_it_is_due_is_refused_r101(engine: Engine, tmp_path: Path) -> None:
    """The day is hard."""
    window = {"window_first_day": "2006-06-05", "window_last_day": "2006-07-07"}
    told = refused(engine, tmp_path, [{**ADOPTION, **window}])
    assert "column window_last_day: it is later than due_by (2006-06-30), which is hard (R101)" in told


def test_an_overlap_area_is_claimed_once_r100(engine: Engine, tmp_path: Path) -> None:
    """By one inspection of the area."""
    claims = {"overlaps": "youth_offending"}
    rows = [{**ADOPTION, **claims}, {**ADOPTION, "type": "fostering", **claims}]
    told = refused(engine, tmp_path, rows)
    assert "row 3, column overlaps: another inspection of the area claims it too" in told


def test_every_problem_is_told_at_once(engine: Engine, tmp_path: Path) -> None:
    """Unknown area, type, overlap, a place that is missing, half of the planned days, and a day without a register."""
    rows = [
        {**ADOPTION, "area": "nowhere"},
        {**ADOPTION, "type": "adopting"},
        {**ADOPTION, "overlaps": "youth"},
        {**WELFARE, "place": ""},
        {**ADOPTION, "due_by": "2006-06-29", "planned_first_day": "2006-06-01"},
        {**ADOPTION, "due_by": "2012-06-29"},
    ]
    told = refused(engine, tmp_path, rows)
    for part in (
        "row 2, column area: the programme has no such area",
        "row 3, column type: england-2005 has no such type of inspection. (given: 'adopting') Try 'adoption'",
        "row 4, column overlaps: england-2005 has no such overlap area",
        "row 5, column place: 'home_welfare' is held at a place",
        "row 6, column planned_last_day: only one of the two planned days is given",
        "row 7, column due_by: no register of inspections holds on 2012-06-29",
    ):
        assert part in told


def test_a_setting_is_judged_on_outcomes_to_which_it_contributes_alone_r175(
    engine: Engine, tmp_path: Path
) -> None:
    """Welfare in a home says nothing of economic well-being; and nothing is found in the future."""
    rows = [{**RESULT, "outcome": "economic_wellbeing"}, {**RESULT, "day": "2006-04-04"}]
    told = refused(engine, tmp_path, [], rows)
    assert "setting_results.csv, row 2, column outcome: 'home_welfare' says nothing of this outcome" in told
    assert "setting_results.csv, row 3, column day: it is later than 3 April 2006" in told


def test_the_inspections_of_an_area_become_what_the_file_says(engine: Engine, tmp_path: Path) -> None:
    """A second import takes the place of the first, and both are in the log; results stay where their file is empty."""
    york(engine)
    imported(engine, files_of(tmp_path / "one", [ADOPTION, WELFARE], [RESULT]))
    imported(engine, files_of(tmp_path / "two", [EDUCATION]))
    with session(engine, read_only=True) as opened:
        assert [row.type for row in opened.exec(select(OtherInspection))] == ["school_education"]
        (result,) = opened.exec(select(SettingResult)).all()
        assert (result.found_on, result.grade) == (date(2006, 3, 10), 3)
        actions = [row.action for row in opened.exec(select(AuditEntry))]
    assert actions.count("import inspections") == 2


def test_files_that_are_sent_are_read_like_a_folder(tmp_path: Path) -> None:
    """And without any, that is told."""
    folder = files_of(tmp_path, [ADOPTION], [RESULT])
    sent = {path.name: path.read_bytes() for path in folder.iterdir()}
    batch = read_sent_inspections(sent)
    assert [row.type for row in batch.inspections] == ["adoption"]
    with pytest.raises(ImportRefused, match="no file was chosen"):
        read_sent_inspections({})


def test_an_inspection_of_the_programmes_facts_is_refused_once_it_is_subsumed_r011(
    database: Engine, tmp_path: Path
) -> None:
    """C9: a children's inspection booked for November 2006 in inspections_due.csv."""
    files = right_files()
    files["inspections_due.csv"].append(
        {
            "area": "373",
            "kind": "csci_children",
            "window_first_day": "2006-11-06",
            "window_last_day": "2006-11-24",
        }
    )
    with pytest.raises(ImportRefused) as told:
        import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
    (problem,) = told.value.findings
    assert (problem.file, problem.row, problem.column) == ("inspections_due.csv", 3, "kind")
    assert problem.message == "the review has taken its place since 1 September 2005 (R011)."


def test_what_is_due_goes_with_its_area(database: Engine, tmp_path: Path) -> None:
    """An area that is no longer in the programme's files takes its other inspections and results along."""
    files = right_files()
    import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
    due, result = {**ADOPTION, "area": "201"}, {**RESULT, "area": "201"}
    imported(database, files_of(tmp_path / "due", [due], [result]))
    for rows in files.values():
        rows[:] = [row for row in rows if row.get("area", row.get("code")) != "201"]
    import_folder(database, write_files(tmp_path / "without", files), WHO, AT)
    with session(database, read_only=True) as opened:
        assert not opened.exec(select(OtherInspection)).all()
        assert not opened.exec(select(SettingResult)).all()
