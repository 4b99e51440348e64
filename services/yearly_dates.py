"""Days that come every year: when dates must be confirmed and final, and the annual performance assessment."""

from datetime import date, timedelta
from typing import NamedTuple

from config.policy import AnnualAssessment, ConfirmationRules, day_in


class AnnualDays(NamedTuple):
    """The annual performance assessment of one year; first and last days are both included."""

    self_assessment_first: date
    self_assessment_last: date
    field_first: date | None
    field_last: date | None
    completed_by: date
    cpa_published_by: date


def financial_year_start(day: date) -> date:
    """The 1 April on which the financial year of a day began."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def confirm_by(rules: ConfirmationRules, first_day: date) -> date:
    """By when an activity that starts on `first_day` is confirmed: end of December before its financial year (R016)."""
    start = financial_year_start(first_day)
    day = day_in(start.year, rules.confirm_by)
    return day if day < start else day_in(start.year - 1, rules.confirm_by)


def final_by(rules: ConfirmationRules, first_day: date) -> date:
    """By when its dates are final: 31 March before its financial year or 12 weeks before it, the earlier (R017)."""
    start = financial_year_start(first_day)
    in_spring = day_in(start.year, rules.final_by)
    in_spring = in_spring if in_spring < start else day_in(start.year - 1, rules.final_by)
    return min(in_spring, first_day - timedelta(weeks=rules.final_weeks_before))


def annual_assessment(rules: AnnualAssessment, year: int, *, is_reviewed: bool) -> AnnualDays:
    """Days of the annual performance assessment of a year (R109, R111, R115).

    Where the area `is_reviewed` in that year the review supplies what fieldwork would, so there is none (R113).
    """
    has_field = not (is_reviewed and rules.not_in_review_year)
    return AnnualDays(
        day_in(year, rules.self_assessment_first),
        day_in(year, rules.self_assessment_last),
        day_in(year, rules.field_first) if has_field else None,
        day_in(year, rules.field_last) if has_field else None,
        day_in(year, rules.completed_by),
        day_in(year, rules.cpa_published_by),
    )
