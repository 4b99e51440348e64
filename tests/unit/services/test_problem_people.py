"""Inspectors in weeks: training, absences as shares of a week, part-time, conflicts."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models import Absence as AbsenceRow
from models import session
from scheduler.values.problem import Absence, Inspector
from scheduler.values.value import WeekSpan
from services.imports import import_folder
from services.problem import build_problem
from services.problem.people import absences, pro_rata
from services.problem.planning_horizon import Horizon
from tests.import_files import right_files, write_files

HORIZON = Horizon(date(2005, 9, 5), 173, 213)
EASTER_WEEK = (date(2006, 4, 17) - HORIZON.first_monday).days // 7


def people(engine: Engine, tmp_path: Path, **cells: str) -> dict[str, Inspector]:
    files = right_files()
    files["inspectors.csv"][0].update(cells)
    import_folder(engine, write_files(tmp_path / "files", files), "planner", datetime(2005, 8, 1, tzinfo=UTC))
    with session(engine, read_only=True) as opened:
        return {own.id: own for own in build_problem(opened, 3).inspectors}


def away(start: date, end: date, percent_available: int = 0) -> AbsenceRow:
    return AbsenceRow(inspector_code="I1", start_on=start, end_on=end, percent_available=percent_available)


def span(first: int, end: int, percent: int) -> Absence:
    return Absence(span=WeekSpan(first=first, end=end), percent_available=percent)


def test_facts_of_a_person_arrive(engine, tmp_path):
    own = people(engine, tmp_path)["I1"]
    assert (own.body, own.skills, own.is_leader, own.rest_weeks) == ("Ofsted", ("safeguarding",), False, 1)
    assert own.conflicts == ("373",)
    assert own.absences == (span(18, 19, 0),)


def test_a_previous_review_is_no_conflict_of_interest(engine, tmp_path):
    """Decision: rotation, not the same area twice running."""
    files = right_files()
    files["conflicts.csv"][0]["kind"] = "previous"
    import_folder(engine, write_files(tmp_path / "files", files), "planner", datetime(2005, 8, 1, tzinfo=UTC))
    with session(engine, read_only=True) as opened:
        own = next(own for own in build_problem(opened, 3).inspectors if own.id == "I1")
    assert (own.conflicts, own.previous_areas) == ((), ("373",))


@pytest.mark.parametrize(
    ("day", "week"), [("", 0), ("2005-08-01", 0), ("2005-09-05", 0), ("2005-09-06", 1), ("2005-09-12", 1)]
)
def test_nobody_is_deployed_before_the_first_whole_week_after_training(engine, tmp_path, day, week):
    """R062."""
    assert people(engine, tmp_path, trained_from=day)["I1"].trained_from == week


def test_a_whole_week_away_leaves_nothing_of_it():
    assert absences([away(date(2006, 1, 9), date(2006, 1, 14))], 100, HORIZON) == (span(18, 19, 0),)


def test_a_day_away_leaves_four_fifths_of_the_week():
    assert absences([away(date(2006, 1, 10), date(2006, 1, 11))], 100, HORIZON) == (span(18, 19, 80),)


def test_a_week_is_available_at_the_share_of_its_working_days():
    """Easter Monday is no working day: who is away on the Tuesday misses one day of four."""
    found = absences([away(date(2006, 4, 18), date(2006, 4, 19))], 100, HORIZON)
    assert found == (span(EASTER_WEEK, EASTER_WEEK + 1, 75),)


def test_a_bank_holiday_away_costs_nothing():
    assert absences([away(date(2006, 4, 17), date(2006, 4, 18))], 100, HORIZON) == ()


def test_a_weekend_away_costs_nothing():
    assert absences([away(date(2006, 1, 14), date(2006, 1, 16))], 100, HORIZON) == ()


def test_half_available_days_halve_the_week():
    assert absences([away(date(2006, 1, 9), date(2006, 1, 14), 50)], 100, HORIZON) == (span(18, 19, 50),)


def test_absences_that_overlap_count_once():
    rows = [away(date(2006, 1, 9), date(2006, 1, 11)), away(date(2006, 1, 10), date(2006, 1, 12), 50)]
    assert absences(rows, 100, HORIZON) == (span(18, 19, 50),)


def test_part_time_and_leave_multiply():
    """Decision: a place is filled only in weeks with at least 0.8 of a week; four days less one of leave are 0.64."""
    assert absences([away(date(2006, 1, 10), date(2006, 1, 11))], 80, HORIZON) == (span(18, 19, 64),)


def test_neighbouring_weeks_with_equal_shares_make_one_span():
    rows = [away(date(2006, 1, 9), date(2006, 1, 21)), away(date(2006, 1, 30), date(2006, 2, 4))]
    assert absences(rows, 100, HORIZON) == (span(18, 20, 0), span(21, 22, 0))


def test_absences_outside_the_horizon_are_cut_off():
    rows = [away(date(2005, 8, 1), date(2005, 9, 10)), away(date(2009, 9, 28), date(2010, 5, 1))]
    assert absences(rows, 100, HORIZON) == (span(0, 1, 0), span(212, 213, 0))


@pytest.mark.parametrize(
    ("maximum", "percent", "expected"), [(4, 100, 4), (4, 80, 3), (2, 60, 1), (1, 50, 1)]
)
def test_the_yearly_maximum_is_pro_rata(maximum, percent, expected):
    """Decision on part-time inspectors: rounded down, at least one."""
    assert pro_rata(maximum, percent) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("", {"financial_year": 3}), ("2", {"financial_year": 3, "calendar_year": 1})],
    ids=["blank", "both years"],
)
def test_maxima_of_both_kinds_of_year_arrive_pro_rata_r028(engine, tmp_path, cell, expected):
    found = people(engine, tmp_path, percent="80", max_reviews_per_calendar_year=cell)["I1"]
    assert found.max_reviews == expected
