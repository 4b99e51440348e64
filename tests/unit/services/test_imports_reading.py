"""Files as people save them: encodings, quotation marks, headers, workbooks, forms of numbers and days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from services.imports import ImportProblem, ImportRefused, read_folder, template_files, template_workbook
from services.imports.tables import TABLES
from tests.import_files import Rows, right_files, write_files

Files = dict[str, Rows]


def faults(path: Path) -> list[ImportProblem]:
    with pytest.raises(ImportRefused) as refused:
        read_folder(path)
    return list(refused.value.findings)


def places(path: Path) -> list[tuple[str, int | None]]:
    found = faults(path)
    assert all(fault.advice for fault in found), found
    return [(fault.file, fault.row) for fault in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "files", right_files())


def changed(tmp_path: Path, change: Callable[[Files], object]) -> Path:
    files = right_files()
    change(files)
    return write_files(tmp_path / "files", files)


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row(folder: Path) -> None:
    rows = "".join(f"I{number % 8 + 1},2006-03-06,2006-03-10,0\n" for number in range(9000))
    first = '"I1,2006-01-09,2006-01-13,0\n'
    (folder / "absences.csv").write_text(f"inspector,first_day,last_day,percent_available\n{first}{rows}")
    (found,) = faults(folder)
    assert (found.file, found.row, found.message) == (
        "absences.csv",
        2,
        "a quotation mark in this row is never closed.",
    )
    assert found.advice


def test_a_quotation_mark_that_another_row_closes_is_named_where_it_began(folder: Path) -> None:
    (folder / "closures.csv").write_text(
        'area,first_day,last_day,reason\n201,2006-06-05,2006-06-09,"Move\n373,2006-06-05,2006-06-09,"Move, too"\n'
    )
    assert places(folder) == [("closures.csv", 2)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_how_to_read(folder: Path, encoding: str) -> None:
    text = (folder / "closures.csv").read_text(encoding="utf-8").replace("Move", "Déménagement")
    (folder / "closures.csv").write_bytes(text.encode(encoding))
    assert read_folder(folder).closures[0].reason == "Déménagement of offices"


def test_a_workbook_under_a_text_files_name_is_told(folder: Path) -> None:
    (folder / "closures.csv").write_bytes(template_workbook(date(2005, 8, 1)))
    (found,) = faults(folder)
    assert (found.message, found.advice) == (
        "this is a workbook, not a text file.",
        "Call it closures.xlsx.",
    )


def test_what_is_neither_text_nor_workbook_is_told(folder: Path) -> None:
    (folder / "closures.csv").write_bytes(b"area\0\1\2")
    assert places(folder) == [("closures.csv", 1)]


def test_a_title_above_the_header_is_one_finding_that_names_the_headers_row(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_text("Areas of the programme,,,\n\n" + path.read_text())
    (found,) = faults(folder)
    assert (found.file, found.row) == ("areas.csv", 3)
    assert found.message == "the header is in row 3, and something else stands above it."


def test_blank_rows_above_the_header_do_no_harm_and_rows_are_counted_with_them(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_text("\n,,\n" + path.read_text())
    assert [area.row for area in read_folder(folder).areas] == [4, 5, 6]


def test_rows_without_a_header_are_one_finding_that_shows_it(folder: Path) -> None:
    path = folder / "closures.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    (found,) = faults(folder)
    assert (found.file, found.row, found.message) == (
        "closures.csv",
        1,
        "this row names no column of the file.",
    )
    assert "area,first_day,last_day,reason" in found.advice


def test_a_row_with_too_few_cells_is_told_how_to_fill_it(folder: Path) -> None:
    path = folder / "closures.csv"
    path.write_text(f"{path.read_text()}373\n")
    (found,) = faults(folder)
    assert found.message == "this row has 1 cell, the header 4."
    assert found.advice.startswith("Fill it up")


def test_one_file_of_a_folder_is_told_to_be_given_with_its_folder(folder: Path) -> None:
    (found,) = faults(folder / "areas.csv")
    assert found.advice.startswith("Give the folder that it is in")


def test_a_header_may_be_written_in_any_letters(folder: Path) -> None:
    path = folder / "closures.csv"
    path.write_text(path.read_text().replace("first_day", "First day").replace("last_day", " LAST-DAY "))
    assert read_folder(folder).closures[0].first_day == date(2006, 6, 5)


def test_an_advice_lists_each_column_once(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_text(path.read_text().replace("region", "xyzzy"))
    unknown = next(fault for fault in faults(folder) if fault.value == "xyzzy")
    assert unknown.advice.count("region") == 1


def test_a_column_without_name_and_cells_is_passed_over(folder: Path) -> None:
    path = folder / "closures.csv"
    path.write_text("".join(f"{line},,\n" for line in path.read_text().splitlines()))
    assert len(read_folder(folder).closures) == 1


def test_reasons_of_absences_are_passed_over_with_a_remark(folder: Path) -> None:
    (folder / "absences.csv").write_text(
        "inspector,first_day,last_day,Reason\nI1,2006-01-09,2006-01-13,An operation\n"
    )
    batch = read_folder(folder)
    (remark,) = batch.remarks
    assert (remark.file, remark.column, "not kept" in remark.message) == ("absences.csv", "reason", True)
    assert "operation" not in repr(batch)


def test_decimal_commas_thousands_and_per_cents_are_understood(tmp_path: Path) -> None:
    def write(files: Files) -> None:
        files["areas.csv"][0].update(lat="51,5144", lon="-0,0922", population_0_19="120,000")
        files["absences.csv"][0].update(percent_available="50 %")
        files["inspectors.csv"][0].update(percent="100.0")

    batch = read_folder(changed(tmp_path, write))
    area = batch.areas[0]
    assert (area.lat, area.lon, area.population_0_19) == (51.5144, -0.0922, 120_000)
    assert (batch.absences[0].percent_available, batch.inspectors[0].percent) == (50, 100)


@pytest.mark.parametrize("text", ["1,5", "1_0", "1.5", "१"])
def test_a_number_that_is_not_whole_is_refused_with_its_cell(tmp_path: Path, text: str) -> None:
    (found,) = faults(changed(tmp_path, lambda files: files["areas.csv"][1].update(urgency=text)))
    assert (found.file, found.row, found.column, found.value) == ("areas.csv", 3, "urgency", text)


def test_line_ends_and_signs_without_a_width_do_not_get_into_names(tmp_path: Path) -> None:
    files = changed(
        tmp_path, lambda files: files["areas.csv"][1].update(name="\u200bSheffield\n  City\u00a0")
    )
    assert read_folder(files).areas[1].name == "Sheffield City"


def test_a_sign_that_turns_the_writing_around_is_refused_with_its_cell(tmp_path: Path) -> None:
    files = right_files()
    files["areas.csv"][0]["name"] = "City of \u202eLondon"
    (found,) = faults(write_files(tmp_path / "files", files))
    assert (found.row, found.column, "U+202E" in found.message) == (2, "name", True)


def test_a_character_that_nobody_sees_is_refused_with_its_cell(tmp_path: Path) -> None:
    (found,) = faults(changed(tmp_path, lambda files: files["areas.csv"][1].update(name="Shef\x07field")))
    assert (found.row, found.column, "U+0007" in found.message) == (3, "name", True)


ADDRESSES = ["a@b.example;c@b.example", "jane@", "nobody", "<script>@x", "@evil:a@x", "jane @b.example"]


@pytest.mark.parametrize("text", ADDRESSES)
@pytest.mark.parametrize("file", ["contacts.csv", "inspectors.csv"])
def test_every_table_refuses_the_same_addresses(tmp_path: Path, file: str, text: str) -> None:
    (found,) = faults(changed(tmp_path, lambda files: [row.update(email="") for row in files["inspectors.csv"]]
                      and files[file][0].update(email=text)))  # fmt: skip
    assert (found.file, found.row, found.column, found.value) == (file, 2, "email", text)


def test_one_person_in_two_spellings_is_a_duplicate(tmp_path: Path) -> None:
    def twice(files: Files) -> None:
        first = files["contacts.csv"][0]
        files["contacts.csv"].append(first | {"email": first["email"].upper()})

    (found,) = faults(changed(tmp_path, twice))
    assert found.message == "duplicate of row 2."


@pytest.mark.parametrize(
    "file", ["areas.csv", "bodies.csv", "skills.csv", "inspectors.csv", "partner_groups.csv", "pools.csv"]
)
def test_a_code_that_nothing_could_carry_is_refused_where_it_is_defined(tmp_path: Path, file: str) -> None:
    def slash(files: Files) -> None:
        files[file].append({**files[file][-1], "code": "820/1", "gss_code": "E1", "name": "Another"}
                           if file == "areas.csv" else {**files[file][-1], "code": "820/1"})  # fmt: skip

    found = faults(changed(tmp_path, slash))
    assert ("code", "820/1") in [(fault.column, fault.value) for fault in found if fault.file == file]


def in_one_workbook(path: Path, files: Files) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in files.items():
        sheet = book.create_sheet(name.removesuffix(".csv").replace("_", " ").capitalize())
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([_typed(cell) for cell in row.values()])
    book.save(path)
    return path


def _typed(text: str) -> object:
    """As a spreadsheet keeps it: days as days, numbers as numbers."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return float(text) if text.replace(".", "", 1).replace("-", "", 1).isdigit() else text or None


def test_a_workbook_says_the_same_as_its_files(tmp_path: Path, folder: Path) -> None:
    book = read_folder(in_one_workbook(tmp_path / "facts.xlsx", right_files()))
    files = read_folder(folder)
    assert book.areas == files.areas
    assert book.absences == files.absences
    assert book.inspectors == files.inspectors
    assert book.programme == files.programme
    assert book.digest != files.digest


def test_a_file_of_a_folder_may_be_a_workbook(tmp_path: Path, folder: Path) -> None:
    in_one_workbook(folder / "absences.xlsx", {"absences.csv": right_files()["absences.csv"]})
    assert [(fault.file, "absences.xlsx as well" in fault.message) for fault in faults(folder)] == [
        ("absences.csv", True)
    ]
    (folder / "absences.csv").unlink()
    assert len(read_folder(folder).absences) == 1


def test_a_fault_in_a_workbook_is_named_by_sheet_and_row(tmp_path: Path) -> None:
    files = right_files()
    files["areas.csv"][1]["urgency"] = "high"
    files["absences.csv"][0]["inspector"] = "nobody"
    path = in_one_workbook(tmp_path / "facts.xlsx", files)
    assert places(path) == [("facts.xlsx, sheet Areas", 3), ("facts.xlsx, sheet Absences", 2)]


def test_a_sheet_that_is_missing_or_unknown_is_named(tmp_path: Path) -> None:
    files = right_files()
    files["absence.csv"] = files.pop("absences.csv")
    assert places(in_one_workbook(tmp_path / "facts.xlsx", files)) == [
        ("facts.xlsx, sheet Absence", None),
        ("facts.xlsx, sheet absences", None),
    ]


def test_cells_without_a_value_of_their_own_are_named(tmp_path: Path) -> None:
    path = in_one_workbook(tmp_path / "facts.xlsx", right_files())
    book = load_workbook(path)
    book["Areas"]["H3"], book["Areas"]["I3"] = "=1+1", "#REF!"
    book["Areas"]["I3"].data_type = "e"
    book.save(path)
    found = faults(path)
    assert [fault.message for fault in found] == [
        "cell H3 holds a formula that was never calculated.",
        "cell I3 holds an error instead of a value.",
    ]
    assert {fault.row for fault in found} == {3}


def test_per_cents_and_leading_zeros_are_read_as_they_are_seen(tmp_path: Path) -> None:
    path = in_one_workbook(tmp_path / "facts.xlsx", right_files())
    book = load_workbook(path)
    absences, areas = book["Absences"], book["Areas"]
    absences["D2"], absences["D2"].number_format = 0.55, "0%"
    areas["B2"], areas["B2"].number_format = 7, "000"
    book.save(path)
    batch = read_folder(path)
    assert (batch.absences[0].percent_available, batch.areas[0].gss_code) == (55, "007")


def test_a_sheet_of_notes_may_be_deleted(tmp_path: Path) -> None:
    path = in_one_workbook(tmp_path / "facts.xlsx", right_files())
    book = load_workbook(path)
    book.create_sheet("Notes")["A1"] = "Ask Ann."
    book.save(path)
    (found,) = faults(path)
    assert found.advice.endswith("Delete it if it says something else.")


def test_a_broken_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(b"PK\x03\x04 half a file")
    (found,) = faults(path)
    assert (found.file, found.message) == ("facts.xlsx", "this is not a workbook that can be read.")


def test_empty_templates_are_read_and_only_lack_rows(tmp_path: Path) -> None:
    folder, book = tmp_path / "files", tmp_path / "facts.xlsx"
    folder.mkdir()
    for name, content in template_files().items():
        (folder / name).write_bytes(content)
    book.write_bytes(template_workbook(date(2005, 8, 1)))
    need_rows = [table.file for table in TABLES if not table.may_be_empty]
    need_rows += ["inspectors.csv", "skills.csv"]  # nothing says yet that no framework has a team
    for path in (folder, book):
        assert [fault.message for fault in faults(path)] == ["this file has a header but no rows."] * len(
            need_rows
        )


def test_the_workbook_of_templates_says_what_belongs_into_each_column(tmp_path: Path) -> None:
    book = tmp_path / "facts.xlsx"
    book.write_bytes(template_workbook(date(2005, 8, 1)))
    sheets = load_workbook(book)
    assert sheets.sheetnames == [table.name for table in TABLES]
    assert sheets["inspectors"]["A1"].comment.text == "code of the person (needed)"
