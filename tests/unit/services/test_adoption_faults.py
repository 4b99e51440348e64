"""Every fault in what a programme brings from its past is named with file, row, column, value and advice."""

from pathlib import Path

import pytest

from services.imports import ImportProblem, ImportRefused, read_folder
from tests.adopted_files import adopted_files
from tests.import_files import Rows, write_files

REVIEWS, TEAMS = "past_reviews.csv", "past_teams.csv"
ROWS = {
    f"{area} {stage}": 2 + 2 * number + later
    for number, area in enumerate("ABCDEF")
    for later, stage in enumerate(("analysis", "fieldwork"))
}
"""Row of each stage in past_reviews.csv, as a spreadsheet counts."""


def faults(folder: Path, files: dict[str, Rows]) -> tuple[ImportProblem, ...]:
    with pytest.raises(ImportRefused) as refused:
        read_folder(write_files(folder, files))
    return refused.value.findings


def test_right_files_are_read(tmp_path):
    batch = read_folder(write_files(tmp_path / "files", adopted_files()))
    assert (len(batch.past_reviews), len(batch.past_teams)) == (12, 20)


CASES = [
    ("done in the future", "C fieldwork", {"last_day": "2006-03-10"}, "last_day", "2006-03-10",
     "after the planning date (6 March 2006)", "under_way"),
    ("ended before it began", "C fieldwork", {"last_day": "2006-02-03"}, "last_day", "2006-02-03",
     "earlier than first_day", "swapped"),
    ("published in the past", "E analysis", {"first_day": "2006-02-27"}, "first_day", "2006-02-27",
     "before 6 March 2006", "under_way"),
    ("a published stage that ended", "E fieldwork", {"last_day": "2006-07-07"}, "last_day", "2006-07-07",
     "no actual last day", "blank"),
    ("fieldwork while the analysis goes on", "D fieldwork", {"first_day": "2006-02-20"}, "first_day", "2006-02-20",
     "analysis (row 8) ended on 24 February 2006", "swapped"),
    ("another state", "D fieldwork", {"state": "published"}, "state", "published", "D-jar is 'under_way'", "same"),
    ("an unknown state", "D fieldwork", {"state": "underway"}, "state", "underway", "unknown", "'under_way'"),
    ("an unknown stage", "F fieldwork", {"stage": "feldwork"}, "stage", "feldwork", "no such stage", "'fieldwork'"),
    ("an unknown area", "F fieldwork", {"area": "Area F"}, "area", "Area F", "areas.csv", "'F'"),
    ("an unknown precision", "F fieldwork", {"precision": "finl"}, "precision", "finl", "unknown", "'final'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cells", "column", "value", "message", "advice"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_wrong_cell_of_the_past_is_named(tmp_path, name, cells, column, value, message, advice):
    files = adopted_files()
    files[REVIEWS][ROWS[name] - 2] |= cells
    found = next(own for own in faults(tmp_path / "files", files) if own.column == column)
    assert (found.file, found.row, found.value) == (REVIEWS, ROWS[name], value)
    assert message in found.message
    assert advice in found.advice


def test_a_monday_beside_a_tuesday_is_right(tmp_path):
    """A bank holiday Monday is still the day by which the week is named."""
    files = adopted_files()
    files[REVIEWS][0]["first_day"] = "2005-08-29"
    assert read_folder(write_files(tmp_path / "files", files)).past_reviews[0].first_day.day == 29


def test_the_same_review_twice_is_named(tmp_path):
    files = adopted_files()
    files[REVIEWS].append(files[REVIEWS][2] | {"first_day": "2006-01-02"})
    (found,) = (own for own in faults(tmp_path / "files", files) if own.column == "first_day")
    assert (found.row, found.value) == (14, "2006-01-02")
    assert found.message == "B-jar has its analysis in row 4 already."


def test_a_review_without_one_of_its_stages_is_named(tmp_path):
    files = adopted_files()
    del files[REVIEWS][11]
    (found,) = faults(tmp_path / "files", files)
    assert (found.file, found.row, found.column) == (REVIEWS, 12, "stage")
    assert "F-jar has no row for its stage 'fieldwork'" in found.message


def test_fieldwork_that_has_begun_asks_for_the_end_of_the_analysis(tmp_path):
    """R043."""
    files = adopted_files()
    files[REVIEWS][6]["last_day"] = ""
    files[REVIEWS][7]["first_day"] = "2006-03-06"
    (found,) = faults(tmp_path / "files", files)
    assert (found.row, found.column) == (8, "last_day")
    assert "2006-02-24" in found.advice


PEOPLE = [
    (
        "an unknown inspector",
        {"inspector": "LE9"},
        "inspector",
        "LE9",
        "inspectors.csv has no such code",
        "'LE",
    ),
    ("an unknown skill", {"skill": "leadr"}, "skill", "leadr", "skills.csv", "'leader'"),
    ("no leader", {"inspector": "SA2"}, "skill", "leader", "SA2 is not qualified to lead", "leader"),
    (
        "another skill",
        {"skill": "special_needs"},
        "skill",
        "special_needs",
        "LE1 has no such skill",
        "Add it",
    ),
    ("a team of nothing", {"area": "G"}, "area", "G", "no jar of this area", "Add its stages"),
]


@pytest.mark.parametrize(
    ("cells", "column", "value", "message", "advice"),
    [case[1:] for case in PEOPLE],
    ids=[case[0] for case in PEOPLE],
)
def test_a_wrong_person_of_the_past_is_named(tmp_path, cells, column, value, message, advice):
    files = adopted_files()
    files[TEAMS][0] |= cells
    (found,) = faults(tmp_path / "files", files)
    assert (found.file, found.row, found.column, found.value) == (TEAMS, 2, column, value)
    assert message in found.message
    assert advice in found.advice


def test_two_leaders_and_a_person_twice_are_named(tmp_path):
    """R057, R059."""
    files = adopted_files()
    files[TEAMS] += [files[TEAMS][0] | {"inspector": "LE3"}, files[TEAMS][1]]
    found = faults(tmp_path / "files", files)
    assert [(own.row, own.column) for own in found] == [(22, "skill"), (23, "area")]


def test_a_team_at_work_must_be_known(tmp_path):
    files = adopted_files()
    files[TEAMS] = [row for row in files[TEAMS] if row["area"] != "D"]
    (found,) = faults(tmp_path / "files", files)
    assert (found.file, found.row) == (REVIEWS, 8)
    assert "names nobody" in found.message
