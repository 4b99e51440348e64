"""What comes again where areas begin and end: the one that follows takes over what is not done, and nothing else."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from models import Activity, session
from services.imports import import_folder
from tests.import_files import Rows, files_of_2009, write_files
from tests.tables import AT, WHO

OLD, NEW, LATER = "857", "901", "902"
ANNIVERSARY = "anniversary_years = 3\nmonths_either_side = 6\n"


@pytest.fixture
def files(home: Path) -> dict[str, Rows]:
    """Rutland ends on 30 June 2010 and another area follows it on the day after; three years from April 2009."""
    found = files_of_2009(home)
    add_area(found, OLD, NEW, "2010-06-30", "2010-07-01")
    return found


def add_area(files: dict[str, Rows], old: str, new: str, ends_on: str, begins_on: str) -> None:
    """One area that takes the place of another."""
    for area in files["areas.csv"]:
        for column in ("begins_on", "ends_on", "follows"):
            area.setdefault(column, "")
    earlier = next(area for area in files["areas.csv"] if area["code"] == old)
    earlier["ends_on"] = ends_on
    changed = {"code": new, "gss_code": f"E{new}", "name": f"Area {new}", "ends_on": ""}
    files["areas.csv"].append(earlier | changed | {"begins_on": begins_on, "follows": old})
    contact = next(row for row in files["contacts.csv"] if row["area"] == old)
    files["contacts.csv"].append(contact | {"area": new, "email": f"director@c{new}.example"})


def made(database, folder: Path, files: dict[str, Rows], planned_on: str, kind: str) -> set[str]:
    """The codes of a kind in the areas after an import planned on a day."""
    files["programme.csv"][0]["planned_on"] = planned_on
    import_folder(database, write_files(folder, files), WHO, AT)
    with session(database, read_only=True) as opened:
        wanted = col(Activity.area_code).in_([OLD, NEW, LATER])
        query = select(Activity.code).where(Activity.kind == kind, wanted, Activity.state != "cancelled")
        return set(opened.exec(query))


def begin(database, code: str, state: str = "under_way") -> None:
    with session(database) as opened:
        opened.exec(select(Activity).where(Activity.code == code)).one().state = state


def test_a_year_has_one_visit_although_an_area_ends_in_it(database, files, tmp_path):
    """R140: what the old area can still do in 2010-11 the new one does not do again."""
    assert made(database, tmp_path / "files", files, "2009-03-02", "cra") == {
        "857-cra-2009",
        "857-cra-2010",
        "901-cra-2011",
    }


def test_a_visit_that_an_area_can_no_longer_have_passes_to_the_next(database, files, tmp_path):
    made(database, tmp_path / "files", files, "2009-03-02", "cra")
    begin(database, "857-cra-2009", "done")
    assert made(database, tmp_path / "files", files, "2010-06-29", "cra") == {
        "857-cra-2009",
        "901-cra-2010",
        "901-cra-2011",
    }


def test_a_visit_that_has_begun_is_not_taken_over(database, files, tmp_path):
    made(database, tmp_path / "files", files, "2009-03-02", "cra")
    begin(database, "857-cra-2009", "done")
    begin(database, "857-cra-2010", "under_way")
    assert made(database, tmp_path / "files", files, "2010-06-29", "cra") == {
        "857-cra-2009",
        "857-cra-2010",
        "901-cra-2011",
    }


def test_what_was_done_before_the_programme_was_known_is_not_taken_over(database, files, tmp_path):
    """The year of a past visit follows from its day, not from the programme's round."""
    visit = {"area": OLD, "kind": "cra", "round": "", "stage": "visit", "last_day": "", "state": "done"}
    files["past_reviews.csv"] = [visit | {"first_day": day} for day in ("2009-06-08", "2010-05-10")]
    assert made(database, tmp_path / "files", files, "2010-06-29", "cra") == {
        "857-cra-2009",
        "857-cra-2010",
        "901-cra-2011",
    }


def test_the_one_after_next_takes_over_only_what_both_before_it_left(database, files, tmp_path):
    add_area(files, NEW, LATER, "2011-06-30", "2011-07-01")
    first = made(database, tmp_path / "files", files, "2009-03-02", "sglac")
    assert first == {"857-sglac"}
    begin(database, "857-sglac", "done")
    assert made(database, tmp_path / "files", files, "2011-06-29", "sglac") == {"857-sglac"}


def test_the_one_after_next_takes_over_what_nobody_did(database, files, tmp_path):
    add_area(files, NEW, LATER, "2011-06-30", "2011-07-01")
    assert made(database, tmp_path / "files", files, "2011-06-29", "sglac") == {"902-sglac"}


def with_anniversary(home: Path, files: dict[str, Rows], ended_on: str) -> None:
    """The long inspection counts from the last one, which ended on a day everywhere."""
    path = home / "frameworks" / "safeguarding-2009.toml"
    text = path.read_text(encoding="utf-8").replace("by = 2012-03-31\n", ANNIVERSARY)
    path.write_text(text, encoding="utf-8")
    files["last_inspections.csv"] = [
        {"area": area["code"], "kind": "sglac", "ended_on": ended_on, "outcome": ""}
        for area in files["areas.csv"]
        if area["code"] != NEW
    ]


def test_a_new_area_counts_from_the_last_one_of_the_area_before_it(database, home, files, tmp_path):
    """R143: the third anniversary of 15 March 2008, in the life of the new area."""
    with_anniversary(home, files, "2008-03-15")
    assert made(database, tmp_path / "files", files, "2009-03-02", "sglac") == {"901-sglac-2011"}


def test_what_has_begun_of_a_kind_that_counts_from_the_last_is_not_taken_over(
    database, home, files, tmp_path
):
    with_anniversary(home, files, "2007-03-15")
    assert made(database, tmp_path / "files", files, "2009-03-02", "sglac") == {"857-sglac-2010"}
    begin(database, "857-sglac-2010")
    assert made(database, tmp_path / "files", files, "2010-06-29", "sglac") == {"857-sglac-2010"}


def test_what_can_no_longer_be_begun_keeps_its_round_in_the_next_area(database, home, files, tmp_path):
    with_anniversary(home, files, "2007-03-15")
    made(database, tmp_path / "files", files, "2009-03-02", "sglac")
    assert made(database, tmp_path / "files", files, "2010-06-29", "sglac") == {"901-sglac-2010"}
