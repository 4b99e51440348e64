"""The two inspections of 2009 as their frameworks have them: days, teams, letter, evidence, judgements (R139-R147)."""

from datetime import date

import pytest

from config.framework import Framework
from config.framework_files import find_framework
from services.casework.overall import overall_grade
from services.casework.review_timetable import timetable
from services.days.recurrence import occasions
from tests.known import known

VISIT, INSPECTION = find_framework("contact-visit-2009"), find_framework("safeguarding-2009")
IN_2010 = date(2010, 6, 18)


def days(framework: Framework, monday: date) -> dict[str, tuple[date, date]]:
    """First and last day of each step of one that is planned for the week of a Monday."""
    steps = timetable(framework, monday)
    return {step.id: (step.start or step.day, step.end or step.day) for step in steps}


def test_a_visit_lasts_two_working_days_without_notice_and_a_letter_follows() -> None:
    """R141, R142: 9 and 10 June 2010."""
    found = days(VISIT, date(2010, 6, 7))
    assert found["visit"] == (date(2010, 6, 9), date(2010, 6, 10))
    assert set(found) == {"visit", "letter"}
    assert (VISIT.notice, VISIT.announce_from) == (None, "visit")


def test_152_areas_have_456_visits_in_three_years() -> None:
    """R140: one in each area each financial year."""
    due = list(occasions(VISIT, date(2009, 4, 1), date(2012, 3, 31)))
    assert [occasion.number for occasion in due] == [2009, 2010, 2011]
    assert 152 * len(due) == 456


def test_the_letter_has_three_lists_and_no_grade() -> None:
    """R142: without a list it can't be signed off; an empty one is recorded as such."""
    lists = [output.id for output in VISIT.step("letter").outputs]
    assert lists == ["strengths", "development", "priority_action"]
    assert VISIT.judgements == ()


def test_the_aspects_are_data() -> None:
    """R192: eleven of the visit; two of safeguarding and ten of children in care."""
    assert len(VISIT.outcomes) == 11
    in_care = [name for name in INSPECTION.outcomes.values() if name.startswith("Children in care: ")]
    assert (len(INSPECTION.outcomes), len(in_care)) == (12, 10)


def test_an_inspection_lasts_ten_working_days_and_is_announced_ten_before() -> None:
    """R143: 7 to 18 June 2010 with notice on 21 May: 31 May is a bank holiday."""
    found = days(INSPECTION, date(2010, 6, 7))
    assert found["on_site"] == (date(2010, 6, 7), date(2010, 6, 18))
    assert found["notice"][0] == date(2010, 5, 21)


def test_after_a_bank_holiday_it_begins_on_the_tuesday() -> None:
    """R143: from 1 June 2010 ten working days end on Monday 14 June."""
    assert days(INSPECTION, date(2010, 5, 31))["on_site"] == (date(2010, 6, 1), date(2010, 6, 14))


def test_an_inspection_by_31_march_2012_begins_by_the_19th() -> None:
    """R143."""
    (due,) = occasions(INSPECTION, date(2009, 4, 1), date(2012, 12, 31))
    assert due.start_on <= date(2012, 3, 19) < due.end_on <= date(2012, 3, 26)


def test_its_team_has_three_of_one_body_and_one_of_the_other() -> None:
    """R144."""
    team = known(INSPECTION.team)
    assert team.min_bodies == 2
    assert [(quota.body, quota.minimum) for quota in team.quotas] == [("Ofsted", 3), ("CQC", 1)]


def test_two_surveys_and_the_own_audit_of_files_are_asked_for_in_numbers() -> None:
    """R145: what children said is nobody's name."""
    items = {item.id: item.confidential for item in INSPECTION.evidence}
    assert items == {
        "held_documents": False,
        "own_evidence": False,
        "survey_in_care": True,
        "survey_left_care": True,
        "audit_of_files": True,
    }


@pytest.mark.parametrize(
    ("grades", "overall", "reason"),
    [
        ("1333", "1", "Safeguarding is 1, so it is at most 1 (R147)"),
        ("2133", None, "no rule limits it"),
    ],
)
def test_inadequate_safeguarding_makes_the_whole_inadequate(
    grades: str, overall: str | None, reason: str
) -> None:
    """R146, R147: four grades from 1 to 4, 4 being outstanding."""
    names = ("safeguarding", "looked_after", "provision", "leadership")
    found = overall_grade(INSPECTION, dict(zip(names, grades, strict=True)), IN_2010)
    assert (found.grade, found.reason) == (overall, reason)
    assert all(INSPECTION.judgement(name).scale == ("1", "2", "3", "4") for name in names)
