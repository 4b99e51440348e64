"""What comes again must end and be met: each fault of a round is named with file, row and advice (R140, R143)."""

from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlmodel import col, select

from models import Activity, ActivityGrade, AuditEntry, Step, session
from scheduler.values.errors import InvalidProblem
from services.imports import ImportProblem, ImportRefused, import_batch, read_folder
from services.problem import build_problem
from services.shown.round_progress import rounds
from tests.import_files import Rows, files_of_2009, write_files
from tests.tables import AT, WHO

VISIT = {"area": "855", "kind": "cra"}
ANNIVERSARY = "anniversary_years = 3\nmonths_either_side = 6\n"
OUTCOME = 'after_months = { "1" = 60, "3" = 18 }\nmonths_either_side = 1\n'


@pytest.fixture
def files(home: Path) -> dict[str, Rows]:
    return files_of_2009(home)


def faults(folder: Path, files: dict[str, Rows]) -> tuple[ImportProblem, ...]:
    with pytest.raises(ImportRefused) as refused:
        read_folder(write_files(folder, files))
    return refused.value.findings


def window(first: str, last: str, **cells: str) -> dict[str, str]:
    return VISIT | {"round": "", "window_first_day": first, "window_last_day": last} | cells


def past(first: str, stage: str = "visit", **cells: str) -> dict[str, str]:
    return VISIT | {"round": "", "stage": stage, "first_day": first, "last_day": "", "state": "done"} | cells


def with_rule(home: Path, text: str) -> None:
    """Give the long inspection another recurrence."""
    path = home / "frameworks" / "safeguarding-2009.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("by = 2012-03-31\n", text), encoding="utf-8")


def last_of(**cells: str) -> Rows:
    return [
        {"area": area, "kind": "sglac", "ended_on": "2007-06-15", "outcome": ""} | cells
        for area in ("830", "831", "855", "856", "857", "925")
    ]


def test_the_second_visit_of_a_financial_year_is_refused(files, tmp_path):
    """R140: 10 June 2009 and 30 March 2010 both count for 2009-10; 6 April 2010 counts for 2010-11."""
    files["inspections_due.csv"] = [window("2009-06-10", "2009-06-10"), window("2010-03-30", "2010-03-30")]
    (found,) = faults(tmp_path / "files", files)
    assert (found.file, found.row, found.column) == ("inspections_due.csv", 3, "window_first_day")
    assert found.message == "it counts for 2009-10, as does the window of 10 June 2009 (row 2)."
    files["inspections_due.csv"][1] = window("2010-04-06", "2010-04-12")
    assert len(read_folder(write_files(tmp_path / "files", files)).inspections_due) == 2


def test_a_visit_across_the_end_of_the_year_counts_by_its_first_day_and_is_remarked_on(files, tmp_path):
    """R140: Wednesday 31 March and Thursday 1 April 2010 count for 2009-10."""
    files["inspections_due.csv"] = [window("2010-03-31", "2010-03-31")]
    (remark,) = read_folder(write_files(tmp_path / "files", files)).remarks
    assert (remark.file, remark.row, remark.value) == ("inspections_due.csv", 2, "2010-03-31")
    assert (
        remark.message == "it ends on 1 April 2010, in the next year; it counts for 2009-10 by its first day."
    )
    files["inspections_due.csv"] = [window("2010-03-24", "2010-03-24")]
    assert read_folder(write_files(tmp_path / "files", files)).remarks == ()


def test_of_two_visits_that_are_done_the_second_of_a_year_is_refused(files, tmp_path):
    """R140: the same of what is done."""
    files["programme.csv"][0]["planned_on"] = "2010-05-03"
    files["past_reviews.csv"] = [past("2009-06-08"), past("2010-03-29")]
    (found,) = faults(tmp_path / "files", files)
    assert (found.file, found.row, found.column) == ("past_reviews.csv", 3, "first_day")
    assert found.message == "it counts for 2009-10 by its first day, as does that of 8 June 2009 (row 2)."
    files["past_reviews.csv"][1] = past("2010-04-12")
    assert len(read_folder(write_files(tmp_path / "files", files)).past_reviews) == 2


def test_a_window_of_one_year_cannot_reach_into_the_next(files, tmp_path):
    files["inspections_due.csv"] = [window("2010-03-22", "2010-04-09")]
    (found,) = faults(tmp_path / "files", files)
    assert (found.column, found.value) == ("window_last_day", "2010-04-09")
    assert "counts for 2010-11, not 2009" in found.message


def test_a_round_that_is_not_the_year_of_the_window_is_refused(files, tmp_path):
    files["inspections_due.csv"] = [window("2009-06-08", "2009-06-12", round="2010")]
    assert {found.column for found in faults(tmp_path / "files", files)} == {
        "window_first_day",
        "window_last_day",
    }


def test_two_windows_of_a_kind_need_a_round(files, tmp_path, home):
    with_rule(home, ANNIVERSARY)
    files["last_inspections.csv"] = last_of()
    row = {"area": "855", "kind": "sglac", "round": ""}
    days = {"window_first_day": "2010-05-03", "window_last_day": "2010-06-30"}
    files["inspections_due.csv"] = [row | days, row | days]
    (found,) = faults(tmp_path / "files", files)
    assert found.message == "duplicate of row 2."
    assert "column round" in found.advice


def test_a_programme_without_a_whole_financial_year_cannot_have_a_yearly_kind(files, tmp_path):
    files["programme.csv"][0]["last_start_on"] = "2010-03-30"
    (found,) = faults(tmp_path / "files", files)
    assert (found.column, found.advice) == ("last_start_on", "Give a later day.")
    assert "none ends between 2009-04-06 and 2010-03-30" in found.message


def test_a_recurrence_that_never_ends_is_refused(files, tmp_path):
    files["programme.csv"][0]["last_start_on"] = "2034-03-31"
    (found,) = faults(tmp_path / "files", files)
    assert "25 times in every area, and no end in sight" in found.message
    assert "Check the year" in found.advice


def test_what_is_due_before_the_programme_is_refused(files, tmp_path):
    """R143: to be done by 31 March 2012, in a programme that starts after it."""
    files["programme.csv"][0] |= {"first_start_on": "2012-04-02", "last_start_on": "2013-03-31"}
    (found,) = faults(tmp_path / "files", files)
    assert (found.column, found.value) == ("first_start_on", "2012-04-02")
    assert "to be done by 31 March 2012" in found.message


def test_an_area_without_a_last_one_is_named(files, tmp_path, home):
    with_rule(home, ANNIVERSARY)
    files["last_inspections.csv"] = last_of()[1:]
    (found,) = faults(tmp_path / "files", files)
    assert (found.file, found.value) == ("last_inspections.csv", "830")
    assert "the last sglac of Derbyshire is unknown" in found.message


def test_an_overdue_anniversary_is_refused_unless_the_area_has_a_window(files, tmp_path, home):
    with_rule(home, ANNIVERSARY)
    files["last_inspections.csv"] = last_of()
    files["last_inspections.csv"][2]["ended_on"] = "2005-06-15"
    (found,) = faults(tmp_path / "files", files)
    assert (found.row, found.column) == (4, "ended_on")
    assert "due about 15 June 2008, before the programme starts (6 April 2009)" in found.message
    files["inspections_due.csv"] = [
        {
            "area": "855",
            "kind": "sglac",
            "round": "",
            "window_first_day": "2009-05-04",
            "window_last_day": "2009-07-03",
        }
    ]
    assert read_folder(write_files(tmp_path / "files", files)).inspections_due


def test_an_outcome_that_the_framework_does_not_know_is_named(files, tmp_path, home):
    with_rule(home, OUTCOME)
    files["last_inspections.csv"] = last_of(outcome="3", ended_on="2008-06-15")
    files["last_inspections.csv"][0]["outcome"] = "4"
    (found,) = faults(tmp_path / "files", files)
    assert (found.row, found.column, found.value) == (2, "outcome", "4")


def test_a_last_one_in_the_future_or_of_a_kind_that_needs_none_is_refused(files, tmp_path, home):
    files["last_inspections.csv"] = last_of()[:1]
    (found,) = faults(tmp_path / "files", files)
    assert "counts from the last one of this kind" in found.message
    with_rule(home, ANNIVERSARY)
    files["last_inspections.csv"] = [*last_of()[:-1], last_of(ended_on="2009-03-20")[-1]]
    (found,) = faults(tmp_path / "files", files)
    assert (found.row, found.advice) == (7, "Check the year.")


def test_activities_have_the_year_in_their_code_and_keep_their_windows(files, tmp_path, database):
    """A second import draws nothing anew, and a window of the file takes the place of a drawn one."""
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        first = windows(opened)
        assert len(first) == 6 * 4
        assert {"855-cra-2009", "855-cra-2010", "855-cra-2011", "855-sglac"} <= first.keys()
        summary = import_batch(opened, read_folder(tmp_path / "files"), WHO, AT, Random(2))
        assert (summary.is_any, windows(opened)) == (False, first)
        files["inspections_due.csv"] = [window("2009-06-08", "2009-06-12")]
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(3))
        changed = {code for code, days in windows(opened).items() if days != first[code]}
    assert changed == {"855-cra-2009"}


def test_a_window_that_has_passed_is_drawn_anew_within_its_year(files, tmp_path, database):
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        files["programme.csv"][0]["planned_on"] = "2010-01-04"
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        ends = [str(days[1]) for code, days in windows(opened).items() if code.endswith("cra-2009")]
    assert all("2010-01-04" < end <= "2010-04-01" for end in ends)


def test_what_was_not_begun_in_its_year_lapses_and_is_named(files, tmp_path, database):
    """R140: the years after it are planned as before."""
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        files["programme.csv"][0]["planned_on"] = "2010-04-01"
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        states = dict(opened.exec(select(Activity.code, Activity.state)).all())
        assert (states["855-cra-2009"], states["855-cra-2010"]) == ("cancelled", "planned")
        problem = build_problem(opened, 4)
        missed = [due for due in rounds(opened, date(2010, 4, 1)) if due.period == "in 2009-10"]
        log = opened.exec(select(AuditEntry.why).where(AuditEntry.action == "lapse")).all()
    assert {activity.id[-4:] for activity in problem.activities if activity.kind == "cra"} == {"2010", "2011"}
    assert [without.is_missed for without in missed[0].without] == [True] * 6
    assert missed[0].time_left() == "none left after 31 March 2010"
    assert set(log) == {"2009-10 is over, and it had not begun."}


def test_a_year_is_cut_by_the_life_of_an_area(files, tmp_path, database):
    """Rutland ends on 30 June 2010, in the second of three years: a visit of that year is before it."""
    for area in files["areas.csv"]:
        area["ends_on"] = "2010-06-30" if area["code"] == "857" else ""
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        found = {code: days for code, days in windows(opened).items() if code.startswith("857")}
    assert found.keys() == {"857-cra-2009", "857-cra-2010", "857-sglac"}
    assert found["857-cra-2010"][1] <= date(2010, 7, 5)
    assert found["857-sglac"][1] <= date(2010, 6, 21)


def test_what_is_overdue_is_told_when_it_is_solved(files, tmp_path, database):
    """R143: planned in April 2012, it cannot be done by 31 March any more."""
    files["programme.csv"][0] |= {"planned_on": "2012-04-02", "last_start_on": "2013-03-31"}
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        with pytest.raises(InvalidProblem, match=r"855-sglac \(Leicestershire\): no Monday"):
            build_problem(opened, 4)


def test_a_pin_in_another_year_is_refused(files, tmp_path, database):
    """R140: Wednesday 31 March 2010 counts for 2009-10, and there is a visit for it already."""
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        visit = opened.exec(select(Activity).where(Activity.code == "855-cra-2010")).one()
        visit.pinned_on = date(2010, 3, 29)
        opened.flush()
        with pytest.raises(InvalidProblem, match=r"31 March 2010 it would count for 2009-10, not 2010-11"):
            build_problem(opened, 4)
        visit.pinned_on = date(2010, 4, 5)
        opened.flush()
        assert build_problem(opened, 4).pair is None


def test_what_follows_the_last_one_lies_around_its_anniversary(files, tmp_path, database, home):
    with_rule(home, ANNIVERSARY)
    files["last_inspections.csv"] = last_of()
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        days = windows(opened)["855-sglac-2010"]
    assert [str(day) for day in days] == ["2009-12-15", "2010-12-16"]


def windows(opened):
    rows = opened.exec(select(Activity).order_by(col(Activity.code)))
    return {row.code: (row.window_start_on, row.window_end_on) for row in rows}


def test_the_next_counts_from_what_was_done_here_and_its_grade(files, tmp_path, database, home):
    """SEND: graded 3 on its last day of 26 March 2010, the next is due about 18 months later."""
    with_rule(home, OUTCOME)
    path = home / "frameworks" / "safeguarding-2009.toml"
    slot = '\n[[judgements]]\nid = "overall"\nname = "Overall"\nscale = ["3", "2", "1"]\n'
    slot += 'decided_at = "on_site"\nis_overall = true\n'
    path.write_text(path.read_text(encoding="utf-8") + slot, encoding="utf-8")
    files["last_inspections.csv"] = last_of(outcome="3", ended_on="2008-06-15")
    with session(database) as opened:
        import_batch(opened, read_folder(write_files(tmp_path / "files", files)), WHO, AT, Random(1))
        done = opened.exec(select(Activity).where(Activity.code == "855-sglac-2009")).one()
        done.state = "done"
        stage = Step(
            activity_id=done.id, step_id="on_site", position=1, kind="stage", name="On site", state="done"
        )
        stage.start_on, stage.end_on, stage.actual_on = (
            date(2010, 3, 15),
            date(2010, 3, 27),
            date(2010, 3, 26),
        )
        said = {"decided_on": date(2010, 3, 26), "said_by": WHO, "said_at": AT}
        opened.add_all([stage, ActivityGrade(activity_id=done.id, judgement="overall", grade="3", **said)])
        opened.flush()
        import_batch(opened, read_folder(tmp_path / "files"), WHO, AT, Random(1))
        found = {code: days for code, days in windows(opened).items() if code.startswith("855-sglac")}
    assert found.keys() == {"855-sglac-2009", "855-sglac-2011"}
    assert [str(day) for day in found["855-sglac-2011"]] == ["2011-08-26", "2011-10-27"]
