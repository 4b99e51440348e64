"""Nothing is planned so early that its notice would have been due before the day of planning (R064, R068, R094)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from config.framework import Framework
from config.framework_files import frameworks, load_framework
from models import Activity as ActivityRow
from models import Closure, session
from scheduler.dates.search import solve_dates
from scheduler.values.problem import Activity
from scheduler.values.result import SolveParams
from services.audit import Word
from services.errors import Refused
from services.imports import ImportSummary, import_folder
from services.option_words import Option
from services.plans.pinning import pin_week
from services.plans.plan_store import load_plan
from services.problem import build_problem
from services.problem.notice import first_with_notice, notice_on
from services.problem.present import with_notice_from
from services.problem.short_notice import short_notices
from tests import tables
from tests.framework_texts import CONTACT, SPECIAL_REVIEW, write_visit
from tests.import_files import Rows, right_files, write_files
from tests.known import known
from tests.york import sign

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)
PLANNED_ON = date(2005, 8, 1)
FIRST_MONDAY = date(2005, 9, 5)

NOTICE = (
    "[[steps]]",
    '[[steps]]\nid = "notice"\nname = "Notice"\nkind = "deadline"\nbinding = "hard"\nwho = ["lead"]\n'
    'waiver_when_late = true\ndue = {{ counted_from = "{}", edge = "start", direction = "before", amount = {}, '
    'unit = "{}", on_non_working_day = "previous" }}\n\n[[steps]]',
)


def week(day: date) -> int:
    return (day - FIRST_MONDAY).days // 7


def imported(engine: Engine, tmp_path: Path, files: dict[str, Rows] | None = None) -> ImportSummary:
    return import_folder(engine, write_files(tmp_path / "files", files or right_files()), "planner", AT)


def first_week(engine: Engine, code: str, as_of: date | None = None, option: Option = 3) -> date:
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, option, as_of)
    (found,) = (own for own in problem.activities if own.id == code)
    return problem.first_monday + timedelta(weeks=found.start_window.first)


def visit(tmp_path: Path, origin: str, amount: int, unit: str) -> Framework:
    old, new = NOTICE
    return load_framework(write_visit(tmp_path, (old, new.format(origin, amount, unit))))


def due(tmp_path: Path, origin: str, amount: int, unit: str) -> date:
    step, day = known(notice_on(visit(tmp_path, origin, amount, unit), date(2019, 9, 2)))
    assert step == "Notice"
    return day


def test_notice_is_counted_as_the_framework_counts_it(tmp_path: Path) -> None:
    """Preparation from Monday 2 September 2019; 26 August is a bank holiday."""
    assert due(tmp_path, "preparation", 6, "working_days") == date(2019, 8, 22)
    assert due(tmp_path, "preparation", 6, "calendar_days") == date(2019, 8, 27)
    assert due(tmp_path, "preparation", 1, "weeks") == date(2019, 8, 23)
    assert due(tmp_path, "preparation", 2, "months") == date(2019, 7, 2)


def test_notice_of_a_later_stage_is_counted_from_the_earliest_week_it_may_have(tmp_path: Path) -> None:
    """The visit begins two weeks after the preparation: one week's work, one clear week."""
    assert due(tmp_path, "visit", 4, "weeks") == date(2019, 8, 19)


def test_a_framework_that_tells_nobody_beforehand_asks_for_no_notice(tmp_path: Path) -> None:
    file = tmp_path / "contact-2009.toml"
    file.write_text(CONTACT)
    unannounced = load_framework(file)
    assert known(notice_on(unannounced, date(2005, 9, 5)))[1] == date(2005, 9, 7)
    assert first_with_notice(unannounced, FIRST_MONDAY, range(10), PLANNED_ON) == 0
    never = unannounced.model_copy(update={"announce_from": "never"})
    assert notice_on(never, date(2005, 9, 5)) is None


def test_a_special_review_needs_its_own_short_notice_only_r003(tmp_path: Path) -> None:
    file = tmp_path / "special-review-2008.toml"
    file.write_text(SPECIAL_REVIEW)
    special = load_framework(file)
    assert notice_on(special, date(2008, 11, 24)) == ("Notification", date(2008, 11, 21))
    assert first_with_notice(special, FIRST_MONDAY, range(10), date(2005, 9, 7)) == 1


def test_no_week_at_all_may_leave_the_notice(tmp_path: Path) -> None:
    jar = frameworks()["jar-2005"]
    assert first_with_notice(jar, FIRST_MONDAY, range(7), PLANNED_ON) is None
    assert first_with_notice(jar, FIRST_MONDAY, range(8), PLANNED_ON) == 7


@pytest.mark.parametrize("option", [1, 2, 3, 4])
def test_a_first_plan_gives_every_area_its_notice_under_each_option_r094(engine, tmp_path, option) -> None:
    imported(engine, tmp_path)
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, option)
    starts = known(solve_dates(problem, SolveParams(dates_seconds=5)).starts)
    mondays = {code: FIRST_MONDAY + timedelta(weeks=weeks[0]) for code, weeks in starts.items()}
    with session(engine, read_only=True) as opened:
        assert short_notices(opened, mondays) == ()
    assert min(mondays.values()) >= date(2005, 10, 10)


def test_the_same_dates_a_week_earlier_are_named_with_the_day_on_which_notice_was_due(engine, tmp_path):
    imported(engine, tmp_path)
    with session(engine, read_only=True) as opened:
        mondays = {"373-jar": date(2005, 10, 17), "875-jar": date(2005, 10, 24)}
        (short,) = short_notices(opened, mondays)
    assert (short.activity, short.due_on, short.today) == ("373-jar", date(2005, 7, 25), PLANNED_ON)
    assert "would have been due on 25 July 2005, before 1 August 2005" in str(short)


def test_a_due_inspection_begins_where_its_window_leaves_the_notice_r094_r098(engine, tmp_path):
    """Its window opens on 6 March 2006; asked for on 1 February, eight weeks' notice leave 3 April on."""
    assert imported(engine, tmp_path).remarks == ()
    assert first_week(engine, "373-yot") == date(2006, 3, 6)
    assert first_week(engine, "373-yot", date(2006, 2, 1)) == date(2006, 4, 3)


def test_a_window_that_ends_before_stays_possible_at_short_notice_and_is_named_on_import_r094(
    engine, tmp_path
):
    files = right_files()
    files["inspections_due.csv"][0] |= {"window_first_day": "2005-09-05", "window_last_day": "2005-09-19"}
    (remark,) = imported(engine, tmp_path, files).remarks
    assert (remark.file, remark.row, remark.column) == ("inspections_due.csv", 2, "window_last_day")
    assert "there is no week with enough notice. 373-yot begins in the week of 19 September 2005" in str(
        remark
    )
    assert first_week(engine, "373-yot") == FIRST_MONDAY


def test_a_window_whose_weeks_with_notice_are_closed_stays_possible_at_short_notice_r094(engine, tmp_path):
    imported(engine, tmp_path)
    with session(engine) as opened:
        closed = {"start_on": date(2006, 4, 3), "end_on": date(2006, 6, 10), "reason": "Move of offices"}
        opened.add(Closure(area_code="373", **closed))
    assert first_week(engine, "373-yot", date(2006, 2, 1)) == date(2006, 3, 6)


def test_a_pinned_week_stays_and_is_named(engine, tmp_path):
    files = right_files()
    files["pins.csv"] = [{"area": "373", "kind": "jar", "week_of": "2005-09-12"}]
    (remark,) = imported(engine, tmp_path, files).remarks
    assert (remark.file, remark.row, remark.column) == ("pins.csv", 2, "week_of")
    assert first_week(engine, "373-jar") == date(2005, 9, 12)


def test_what_is_linked_with_a_pin_follows_it_at_short_notice_r094(engine, tmp_path):
    """Option 3: the assessment is within the fieldwork, three weeks after the analysis."""
    files = right_files()
    files["pins.csv"] = [{"area": "373", "kind": "ca", "week_of": "2005-09-26"}]
    imported(engine, tmp_path, files)
    assert first_week(engine, "373-jar") == FIRST_MONDAY
    assert first_week(engine, "201-jar") == date(2005, 10, 24)
    with session(engine, read_only=True) as opened:
        starts = known(solve_dates(build_problem(opened, 3), SolveParams(dates_seconds=5)).starts)
        begins = FIRST_MONDAY + timedelta(weeks=starts["373-jar"][0])
        (short,) = short_notices(opened, {"373-jar": begins})
    assert (short.activity, begins) == ("373-jar", FIRST_MONDAY)


def test_notice_that_is_given_is_not_asked_for_again(engine):
    tables.published(engine)
    with session(engine) as opened:
        row = opened.exec(select(ActivityRow).where(col(ActivityRow.code) == "sheffield-jar")).one()
        begins, late = {row.code: date(2006, 1, 9)}, date(2005, 12, 1)
        assert [short.activity for short in short_notices(opened, begins, late)] == [row.code]
        sign(opened, row.code, "notification", date(2005, 10, 14))
        assert short_notices(opened, begins, late) == ()


def moved_window(
    engine: Engine, code: str, as_of: date, but_area: str | None = None
) -> tuple[date, Activity]:
    with session(engine, read_only=True) as opened:
        stored = load_plan(opened, 1)
        problem = with_notice_from(opened, stored.problem, stored.plan, as_of, but_area)
    (found,) = (own for own in problem.activities if own.id == code)
    return problem.first_monday + timedelta(weeks=found.start_window.first), found


def test_after_an_event_nothing_moves_into_weeks_that_leave_no_notice_but_may_stay_r094(engine):
    """Wigan's review is analysed from 15 May 2006, Cheshire's from 6 March."""
    tables.published(engine)
    day = date(2006, 1, 9)
    assert moved_window(engine, "wigan-jar", day)[0] == date(2006, 4, 3)
    assert moved_window(engine, "cheshire-jar", day)[0] == date(2006, 3, 6)
    assert moved_window(engine, "wigan-jar", day, but_area="wigan")[0] == date(2005, 10, 24)


def test_a_pin_into_weeks_without_notice_is_refused_with_the_reason(engine, tmp_path):
    imported(engine, tmp_path)
    with session(engine) as opened, pytest.raises(Refused, match="those before leave no notice"):
        pin_week(opened, "373-jar", date(2005, 10, 17), Word("planner", AT, PLANNED_ON))
    with session(engine) as opened:
        assert pin_week(opened, "373-jar", date(2005, 10, 24), Word("planner", AT, PLANNED_ON)).monday
