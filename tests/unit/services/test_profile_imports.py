"""Profiles from files: those of the areas and quarters in them, all or nothing; what is wrong is told (R150, R152)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import AuditEntry, PerformanceProfile, session
from services.errors import NotFound
from services.imports import ImportRefused
from services.imports.profile_files import import_profiles, read_profiles, read_sent_profiles
from services.naming.areas import find_area
from services.rating.profiles import quarters_of, read_profile
from services.rating.quarters import Quarter, parse_quarter
from tests.rated import AMBER, AREA, GREEN, RATED_ON, REGIME, files_of, imported, on
from tests.tables import fill


def change(folder: Path, block: str, old: str, new: str) -> None:
    path = folder / f"profile_{block}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(engine: Engine, folder: Path) -> str:
    with session(engine) as opened:
        fill(opened)
    with session(engine) as opened, pytest.raises(ImportRefused) as told:
        import_profiles(opened, read_profiles(folder), on(RATED_ON))
    return "\n".join(map(str, told.value.findings))


def test_a_profile_has_three_blocks_and_tells_the_age_of_judgements(engine: Engine, tmp_path: Path) -> None:
    """R150, R195."""
    rows = ["contact_visit,2009-06-10,strengths; development,Letter"]
    imported(engine, files_of(tmp_path / "two", {**GREEN, **AMBER}, rows))
    with session(engine, read_only=True) as opened:
        profile = read_profile(opened, find_area(opened, AREA), REGIME)
    assert profile.quarter == Quarter(2009, 3)
    assert [len(block) for block in (profile.groups, profile.findings, profile.indicators)] == [9, 1, 2]
    assert profile.groups[0].oldest_on == date(2006, 10, 4)
    assert profile.findings[0].outcome_names == ("Strengths", "Areas for development")
    assert profile.missing == ()


def test_a_quarter_is_replaced_and_others_stay(engine: Engine, tmp_path: Path) -> None:
    """R152: updated each quarter; the trend is that of the year before (R195)."""
    imported(engine, files_of(tmp_path / "q2", {**GREEN, "schools": (50, 79)}, quarter="2009-Q3"))
    with session(engine) as opened:
        later = read_profiles(files_of(tmp_path / "q3", GREEN, quarter="2010-Q3"))
        done = import_profiles(opened, later, on(date(2010, 10, 4)))
        assert (done.added, done.changed, done.same) == (1, 0, 0)
        again = import_profiles(opened, later, on(date(2010, 10, 5)))
        assert (again.added, again.changed, again.same) == (0, 0, 1)
        other = read_profiles(files_of(tmp_path / "mended", {**GREEN, **AMBER}, quarter="2010-Q3"))
        assert import_profiles(opened, other, on(date(2010, 10, 6))).changed == 1
        assert quarters_of(opened, AREA) == [Quarter(2010, 3), Quarter(2009, 3)]
        area = find_area(opened, AREA)
        newest, first = (read_profile(opened, area, REGIME, Quarter(year, 3)) for year in (2010, 2009))
        assert newest.groups[0].year_before == (50, 79)
        assert (first.groups[0].good_or_better, first.groups[0].year_before) == (50, None)
        assert len(opened.exec(select(AuditEntry).where(AuditEntry.action == "import profiles")).all()) == 4


def test_what_was_found_once_is_carried_into_later_profiles(engine: Engine, tmp_path: Path) -> None:
    """R096: a priority action is considered in later inspections."""
    rows = ["contact_visit,2009-06-10,priority_action,Letter"]
    imported(engine, files_of(tmp_path / "q3", GREEN, rows))
    imported(engine, files_of(tmp_path / "q4", GREEN, quarter="2009-Q4"), is_filled=True)
    with session(engine, read_only=True) as opened:
        found = read_profile(opened, find_area(opened, AREA), REGIME).findings
    assert [(one.outcomes, one.quarter) for one in found] == [(("priority_action",), Quarter(2009, 3))]


def test_everything_wrong_is_told_with_its_row_and_nothing_is_stored(engine: Engine, tmp_path: Path) -> None:
    rows = ["contact_visits,2009-06-10,strengths,Letter", "case_review,2009-10-01,grade_9,Evaluation"]
    folder = files_of(tmp_path / "files", {**GREEN, "adopton": (1, 1)}, rows)
    change(folder, "indicators", f"{AREA},2009-Q3,NI 59", "atlantis,2009-Q3,NI 59")
    told = refused(engine, folder)
    assert "profile_groups.csv, row 11, column group: england-2009 has no such group in 2009-Q3." in told
    assert "(given: 'adopton') Try 'adoption'." in told
    assert (
        "column kind: england-2009 has no such kind of finding on that day. (given: 'contact_visits')" in told
    )
    assert "column outcomes: 'case_review' has no such outcome. (given: 'grade_9') Try 'grade_" in told
    assert "column day: it is later than the last day of 2009-Q3." in told
    assert "profile_indicators.csv, row 2, column area: the programme has no such area." in told
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(PerformanceProfile)).all() == []


@pytest.mark.parametrize(
    ("block", "old", "new", "told"),
    [
        ("groups", "adoption,1,1", "adoption,1,2", "2 of 1 is more than all."),
        ("groups", "2009-Q3,schools", "2009-Q5,schools", "'2009-Q5' is no quarter."),
        ("groups", "2009-Q3,schools", "2008-Q4,schools", "no rating regime holds at its end."),
        ("groups", "2006-10-04", "2009-10-01", "it is later than the last day of 2009-Q3."),
        ("groups", "adult_learning", "schools", "duplicate of row 2."),
        ("groups", AREA, "Sheffield", "Use 'sheffield'."),
        ("indicators", "in time,2009,", "in time,,", "column year: this cell must not be blank."),
        ("indicators", "78.4", "many", "this is not a number."),
    ],
)
def test_a_cell_that_can_not_be_so_is_refused(
    engine: Engine, tmp_path: Path, block: str, old: str, new: str, told: str
) -> None:
    """A share above all, an indicator without year, a quarter before the regime, and so on."""
    folder = files_of(tmp_path / "files")
    change(folder, block, old, new)
    assert told in refused(engine, folder)


def test_a_group_without_inspections_is_taken(engine: Engine, tmp_path: Path) -> None:
    imported(engine, files_of(tmp_path / "files", {**GREEN, "adoption": (0, 0)}))
    with session(engine, read_only=True) as opened:
        groups = read_profile(opened, find_area(opened, AREA), REGIME).groups
    assert [(group.id, group.band) for group in groups if group.inspected == 0] == [("adoption", None)]


def test_a_misspelt_file_and_a_missing_one_are_told(tmp_path: Path) -> None:
    folder = files_of(tmp_path / "files")
    (folder / "profile_findings.csv").rename(folder / "profile_finding.csv")
    with pytest.raises(ImportRefused) as told:
        read_profiles(folder)
    said = "\n".join(map(str, told.value.findings))
    assert "profile_finding.csv: this file is unknown. Try 'profile_findings.csv'." in said
    assert "profile_findings.csv: this file is missing." in said


def test_files_that_are_sent_are_read_like_a_folder(tmp_path: Path) -> None:
    folder = files_of(tmp_path / "files")
    sent = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert read_sent_profiles(sent).groups == read_profiles(folder).groups
    from_windows = {f"C:\\Profiles\\{name}": content for name, content in sent.items()}
    assert read_sent_profiles(from_windows).groups == read_profiles(folder).groups
    with pytest.raises(ImportRefused, match="no file was chosen"):
        read_sent_profiles({})


def test_a_quarter_without_a_profile_names_those_that_there_are(engine: Engine, tmp_path: Path) -> None:
    imported(engine, files_of(tmp_path / "files"))
    with session(engine, read_only=True) as opened, pytest.raises(NotFound, match="Ask for one of: 2009-Q3"):
        read_profile(opened, find_area(opened, AREA), REGIME, Quarter(2009, 2))


def test_quarters_are_those_of_the_calendar() -> None:
    assert parse_quarter("2009-Q2").last_day == date(2009, 6, 30)
    assert parse_quarter("2009-Q4").last_day == date(2009, 12, 31)
    assert str(parse_quarter("2010q1").year_before) == "2009-Q1"
