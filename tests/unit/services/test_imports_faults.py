"""Every fault of an import is named with file, row, column, value and advice, and all of them together."""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.imports import ImportProblem, ImportRefused, read_folder
from tests.import_files import Rows, right_files, write_files

Files = dict[str, Rows]
Damage = Callable[[Files], object]


def faults(folder: Path) -> tuple[ImportProblem, ...]:
    with pytest.raises(ImportRefused) as refused:
        read_folder(folder)
    return refused.value.findings


def only_fault(tmp_path: Path, damage: Damage) -> ImportProblem:
    files = right_files()
    damage(files)
    found = faults(write_files(tmp_path / "files", files))
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def put(file: str, row: int, **cells: str) -> Damage:
    """Overwrite cells of a row, counted as in a spreadsheet."""
    return lambda files: files[file][row - 2].update(cells)


def test_right_files_are_read(tmp_path):
    batch = read_folder(write_files(tmp_path / "files", right_files()))
    assert [area.code for area in batch.areas] == ["201", "373", "875"]
    assert batch.inspectors[4].skills == ("education", "camhs")


def test_british_days_are_read_as_iso_days_are(tmp_path):
    files = right_files()
    put("programme.csv", 2, planned_on="01/08/2005")(files)
    assert (
        read_folder(write_files(tmp_path / "files", files)).programme.planned_on.isoformat() == "2005-08-01"
    )


CELLS: list[tuple[str, Damage, str, int, str, str, str]] = [
    ("a bad number", put("areas.csv", 3, urgency="high"), "areas.csv", 3, "urgency", "high", "whole number"),
    ("a number out of range", put("areas.csv", 3, urgency="11"), "areas.csv", 3, "urgency", "11", "1 and 10"),
    ("exchanged degrees", put("areas.csv", 2, lat="-1.5"), "areas.csv", 2, "lat", "-1.5", "49 and 61"),
    ("a bad day", put("absences.csv", 2, last_day="2006-02-30"), "absences.csv", 2, "last_day", "2006-02-30",
     "not a date"),
    ("a blank cell", put("areas.csv", 4, name=""), "areas.csv", 4, "name", "", "blank"),
    ("neither yes nor no", put("bodies.csv", 2, has_duty="sure"), "bodies.csv", 2, "has_duty", "sure", "neither"),
    ("no email address", put("contacts.csv", 2, email="me"), "contacts.csv", 2, "email", "me", "email address"),
    ("an unknown role", put("contacts.csv", 4, role="directr"), "contacts.csv", 4, "role", "directr", "unknown"),
    ("an unknown body", put("inspectors.csv", 2, body="Ofstead"), "inspectors.csv", 2, "body", "Ofstead", "bodies.csv"),
    (
        "an unknown skill",
        put("inspectors.csv", 6, skills="education;camsh"),
        "inspectors.csv",
        6,
        "skills",
        "camsh",
        "skills.csv",
    ),
    ("a skill twice", put("inspectors.csv", 6, skills="education;education"), "inspectors.csv", 6, "skills",
     "education;education", "more than once"),
    ("an unknown area", put("conflicts.csv", 2, area="337"), "conflicts.csv", 2, "area", "337", "areas.csv"),
    ("an unknown calendar", put("areas.csv", 2, holiday_calendar="nord"), "areas.csv", 2, "holiday_calendar", "nord",
     "school_holidays.csv"),
    ("an unknown group", put("partner_members.csv", 2, group="polce"), "partner_members.csv", 2, "group", "polce",
     "partner_groups.csv"),
    ("an unknown kind", put("inspections_due.csv", 2, kind="yott"), "inspections_due.csv", 2, "kind", "yott",
     "no framework"),
    ("an unknown type", put("elections.csv", 2, area_type="countie"), "elections.csv", 2, "area_type", "countie",
     "no area"),
    ("an unknown policy", lambda f: f["programme.csv"][0].update(policy="defalt"), "programme.csv", 2, "policy",
     "defalt", "no such policy"),
    ("an unknown extent", lambda f: [row.update(extent="standard") for row in f["areas.csv"]]
     and f["areas.csv"][1].update(extent="ful"), "areas.csv", 3, "extent", "ful", "no such extent"),
    ("days in the wrong order", put("absences.csv", 2, last_day="2006-01-06"), "absences.csv", 2, "last_day",
     "2006-01-06", "earlier than first_day"),
    ("a window in the wrong order", put("inspections_due.csv", 2, window_last_day="2006-02-01"),
     "inspections_due.csv", 2, "window_last_day", "2006-02-01", "earlier than window_first_day"),
    ("a rating that is no grade", put("ratings.csv", 2, value="good"), "ratings.csv", 2, "value", "good",
     "not a grade"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "file", "row", "column", "value", "message"),
    [case[1:] for case in CELLS],
    ids=[case[0] for case in CELLS],
)
def test_a_wrong_cell_is_named(tmp_path, damage, file, row, column, value, message):
    found = only_fault(tmp_path, damage)
    assert (found.file, found.row, found.column, found.value) == (file, row, column, value)
    assert message in found.message
    assert found.advice


def test_an_area_twice_is_named(tmp_path):
    """R013: each area has one review in the round."""
    files = right_files()
    files["areas.csv"].append(files["areas.csv"][1] | {"gss_code": "E08000099", "name": "Sheffield again"})
    found = faults(write_files(tmp_path / "files", files))
    assert [(own.file, own.row, own.column, own.value) for own in found] == [("areas.csv", 5, "code", "373")]
    assert "duplicate of row 3" in found[0].message


def only_remark(tmp_path: Path, damage: Damage) -> ImportProblem:
    files = right_files()
    damage(files)
    (remark,) = read_folder(write_files(tmp_path / "files", files)).remarks
    return remark


def test_a_person_who_can_fill_no_place_is_a_remark(tmp_path):
    found = only_remark(
        tmp_path,
        lambda files: files["inspectors.csv"].append(
            files["inspectors.csv"][7] | {"code": "I9", "is_leader": "no"}
        ),
    )
    assert (found.row, "fills no place" in found.message) == (10, True)


@pytest.mark.parametrize(
    ("damage", "advice"),
    [
        (put("inspectors.csv", 2, body="Ofstead"), "'Ofsted'"),
        (put("inspectors.csv", 6, skills="education;camsh"), "'camhs'"),
        (put("conflicts.csv", 2, area="E08000019"), "'373'"),
        (put("conflicts.csv", 2, area="Sheffield"), "'373'"),
        (put("contacts.csv", 4, role="directr"), "'director'"),
    ],
)
def test_a_misspelt_name_gets_the_nearest_one_as_advice(tmp_path, damage, advice):
    assert advice in only_fault(tmp_path, damage).advice


def test_all_faults_are_reported_together(tmp_path):
    files = right_files()
    put("areas.csv", 2, urgency="high", lat="north")(files)
    put("inspectors.csv", 2, body="Ofstead")(files)
    put("absences.csv", 2, last_day="2005-01-01")(files)
    found = faults(write_files(tmp_path / "files", files))
    assert [(own.file, own.row, own.column) for own in found] == [
        ("areas.csv", 2, "lat"),
        ("areas.csv", 2, "urgency"),
        ("inspectors.csv", 2, "body"),
        ("absences.csv", 2, "last_day"),
    ]


def test_a_row_that_is_wrong_elsewhere_is_not_an_unknown_reference_as_well(tmp_path):
    assert only_fault(tmp_path, put("areas.csv", 3, population_0_19="many")).column == "population_0_19"


@pytest.mark.parametrize(
    ("column", "day", "message"),
    [
        ("last_start_on", "2105-08-01", "more than 25 years after"),
        ("planned_on", "2015-08-01", "after the last start"),
    ],
)
def test_a_year_that_is_a_slip_is_named(tmp_path, column, day, message):
    found = only_fault(tmp_path, put("programme.csv", 2, **{column: day}))
    assert (found.column, message in found.message) == (column, True)


def test_a_pool_whose_row_is_wrong_is_not_missing_as_well(tmp_path):
    assert only_fault(tmp_path, put("pools.csv", 2, units="0")).column == "units"


def test_what_is_wrong_in_many_rows_in_the_same_way_takes_one_line(tmp_path):
    files = right_files()
    files["areas.csv"][1]["code"] = "374"
    with pytest.raises(ImportRefused) as refused:
        read_folder(write_files(tmp_path / "files", files))
    rows = [found.row for found in refused.value.findings if found.file == "contacts.csv"]
    assert rows == [3]
    again = [ImportProblem("ratings.csv", row, "area", "373", "no such code.") for row in (2, 3, 4, 7, 9)]
    assert ImportRefused([*again, *again[:1]]).lines == [
        "ratings.csv, rows 2 to 4, 7 and 9, column area: no such code. (given: '373')"
    ]


def test_a_missing_file_is_named(tmp_path):
    found = only_fault(tmp_path, lambda files: files.pop("pools.csv"))
    assert (found.file, found.row, found.message) == ("pools.csv", None, "this file is missing.")


def test_a_file_with_a_misspelt_name_is_named(tmp_path):
    found = faults(
        write_files(tmp_path / "files", right_files() | {"absence.csv": right_files()["absences.csv"]})
    )
    assert [(own.file, own.advice) for own in found] == [("absence.csv", "Try 'absences.csv'.")]


def test_no_folder_at_all_is_said(tmp_path):
    assert faults(tmp_path / "nowhere")[0].message == "this is not a folder."


def test_a_missing_column_is_named(tmp_path):
    found = only_fault(tmp_path, lambda files: [row.pop("region") for row in files["areas.csv"]])
    assert (found.file, found.row, found.column, found.message) == (
        "areas.csv",
        1,
        "region",
        "this column is missing.",
    )


def test_a_column_with_a_default_may_be_missing(tmp_path):
    files = right_files()
    for row in files["areas.csv"]:
        row.pop("option")
    assert read_folder(write_files(tmp_path / "files", files)).areas[2].option is None


def test_an_unknown_column_gets_the_missing_one_as_advice(tmp_path):
    def rename(files: Files) -> None:
        for row in files["areas.csv"]:
            row["regoin"] = row.pop("region")

    files = right_files()
    rename(files)
    found = faults(write_files(tmp_path / "files", files))
    assert [(own.column, own.message) for own in found] == [
        ("regoin", "this column is unknown."),
        ("region", "this column is missing."),
    ]
    assert "'region'" in found[0].advice
    assert found[1].advice == "Add it."


def test_a_column_twice_is_named(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    (folder / "pools.csv").write_text("code,name,units,units\nca_teams,Teams,2,2\n")
    assert [own.message for own in faults(folder)] == ["this column is there twice."]


def test_semicolons_between_columns_are_named(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    (folder / "pools.csv").write_text("code;name;units\nca_teams;Teams;2\n")
    assert "not separated by commas" in faults(folder)[0].message


def test_a_row_with_too_many_cells_is_named(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    (folder / "closures.csv").write_text(
        "area,first_day,last_day,reason\n201,2006-06-05,2006-06-09,Move, and more\n"
    )
    assert [(own.row, own.message) for own in faults(folder)] == [(2, "this row has 5 cells, the header 4.")]


def test_a_comma_in_quotes_is_no_further_cell(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    (folder / "closures.csv").write_text(
        'area,first_day,last_day,reason\n201,2006-06-05,2006-06-09,"Move, too"\n'
    )
    assert read_folder(folder).closures[0].reason == "Move, too"


def test_an_empty_file_is_named(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    (folder / "closures.csv").write_text("")
    assert [(own.file, own.message) for own in faults(folder)] == [("closures.csv", "this file is empty.")]


def test_a_header_alone_is_refused_where_rows_are_needed(tmp_path):
    """Nor is anything said of what refers to the rows that are not there."""
    for file in ("inspectors.csv", "areas.csv", "skills.csv", "bodies.csv"):
        (found,) = faults(write_files(tmp_path / file, right_files() | {file: []}))
        assert (found.file, found.message) == (file, "this file has a header but no rows.")


def test_a_header_alone_is_right_where_there_may_be_nothing_to_say(tmp_path):
    files = right_files() | {"absences.csv": [], "closures.csv": [], "elections.csv": []}
    assert read_folder(write_files(tmp_path / "files", files)).absences == ()


def test_a_wrong_encoding_is_named(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    text = (folder / "closures.csv").read_text(encoding="utf-8").replace("Move", "Déménagement")
    (folder / "closures.csv").write_bytes(text.encode("cp1252"))
    found = faults(folder)
    assert [(fault.file, fault.row) for fault in found] == [("closures.csv", 2)]
    assert "UTF-8" in found[0].advice


def test_a_byte_order_mark_and_blank_rows_do_no_harm(tmp_path):
    folder = write_files(tmp_path / "files", right_files())
    text = (folder / "areas.csv").read_text(encoding="utf-8")
    (folder / "areas.csv").write_text("\ufeff" + text + ",,,,,,,,,,\n", encoding="utf-8")
    assert len(read_folder(folder).areas) == 3


def test_an_inspector_absent_all_year_is_a_remark(tmp_path):
    found = only_remark(tmp_path, put("absences.csv", 2, first_day="2006-04-01", last_day="2007-03-31"))
    assert (found.file, found.row, found.column) == ("absences.csv", 2, "last_day")
    assert "inspector I1 has no working day from 2006-04-01 to 2007-03-31" in found.message


def test_absences_that_follow_each_other_over_a_weekend_are_one(tmp_path):
    def two_halves(files: Files) -> None:
        files["absences.csv"][0].update(first_day="2006-04-03", last_day="2006-09-29")
        files["absences.csv"].append({"inspector": "I1", "first_day": "2006-10-02", "last_day": "2007-04-06"})

    assert "from 2006-04-03 to 2007-04-06" in only_remark(tmp_path, two_halves).message


@pytest.mark.parametrize(
    ("first_day", "last_day", "num_remarks"),
    [("2006-04-01", "2007-03-29", 0), ("2007-06-01", "2009-12-31", 1), ("2004-01-01", "2015-12-31", 1)],
    ids=["nearly a year", "left for good", "longer than the programme"],
)
def test_a_long_absence_is_taken(tmp_path, first_day, last_day, num_remarks):
    files = right_files()
    put("absences.csv", 2, first_day=first_day, last_day=last_day)(files)
    batch = read_folder(write_files(tmp_path / "files", files))
    assert (len(batch.absences), len(batch.remarks)) == (1, num_remarks)


def test_a_skill_that_the_framework_demands_and_nobody_has_is_named_once(tmp_path):
    """R059: demand nobody can meet."""
    found = only_fault(tmp_path, put("inspectors.csv", 2, skills="management"))
    assert (found.file, found.column, found.value) == ("inspectors.csv", "skills", "safeguarding")
    assert "no inspectors have it" in found.message


def test_a_programme_without_any_leader_is_refused(tmp_path):
    """R057: a leader in every team."""
    found = only_fault(tmp_path, put("inspectors.csv", 9, is_leader="no", skills="camhs"))
    assert (found.column, "nobody is qualified to lead" in found.message) == ("is_leader", True)


def test_inspectors_of_one_body_only_are_refused(tmp_path):
    """R056: at least two bodies."""
    found = only_fault(tmp_path, lambda files: [row.update(body="CSCI") for row in files["inspectors.csv"]])
    assert (found.column, "R056" in found.message) == ("body", True)


def test_a_missing_pool_is_named(tmp_path):
    found = only_fault(tmp_path, put("pools.csv", 2, code="ca_team"))
    assert (found.file, found.value) == ("pools.csv", "ca_teams")


def test_an_area_whose_director_is_unknown_is_refused(tmp_path):
    """R064: notification goes to the director or a nominated officer."""
    found = only_fault(tmp_path, put("contacts.csv", 3, role="chief_executive"))
    assert (found.file, found.row, found.value) == ("areas.csv", 3, "373")


def test_a_nominated_officer_stands_in_for_a_director(tmp_path):
    """R064."""
    files = right_files()
    put("contacts.csv", 3, role="nominated_officer")(files)
    assert read_folder(write_files(tmp_path / "files", files)).contacts[1].role == "nominated_officer"


def test_a_problem_reads_as_one_line():
    problem = ImportProblem(
        "areas.csv", 3, "urgency", "high", "this is not a whole number.", "Write digits only."
    )
    assert str(problem) == (
        "areas.csv, row 3, column urgency: this is not a whole number. (given: 'high') Write digits only."
    )
