"""Confirmation of the programme and the annual performance assessment: days that come every year."""

from datetime import date

import pytest

from config.policy import load_policy
from services.yearly_dates import annual_assessment, confirm_by, final_by

POLICY = load_policy()


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        (date(2006, 4, 3), date(2005, 12, 31)),
        (date(2007, 3, 26), date(2005, 12, 31)),
        (date(2007, 4, 2), date(2006, 12, 31)),
    ],
)
def test_a_financial_year_is_confirmed_by_the_end_of_the_december_before_r016(first_day, expected):
    assert confirm_by(POLICY.confirmation, first_day) == expected


@pytest.mark.parametrize(
    ("first_day", "expected"),
    [
        (date(2006, 9, 11), date(2006, 3, 31)),
        (date(2006, 4, 24), date(2006, 1, 30)),  # 12 weeks before, earlier than 31 March
        (date(2007, 3, 26), date(2006, 3, 31)),
    ],
)
def test_dates_are_final_by_31_march_or_12_weeks_before_whichever_is_earlier_r017(first_day, expected):
    assert final_by(POLICY.confirmation, first_day) == expected


def test_the_annual_assessment_has_fixed_days_r109_r111_r115():
    days = annual_assessment(POLICY.annual_assessment, 2005, is_reviewed=False)
    assert (days.field_first, days.field_last) == (date(2005, 6, 1), date(2005, 7, 31))
    assert (days.self_assessment_first, days.self_assessment_last) == (date(2005, 1, 1), date(2005, 2, 28))
    assert (days.completed_by, days.cpa_published_by) == (date(2005, 11, 30), date(2005, 12, 31))


def test_a_reviewed_area_has_no_field_exercise_that_year_r113():
    days = annual_assessment(POLICY.annual_assessment, 2006, is_reviewed=True)
    assert (days.field_first, days.field_last) == (None, None)
    assert days.completed_by == date(2006, 11, 30)
