"""The frameworks of today: every worked example with its dates, by the files that come with jarcycle."""

from datetime import date, timedelta

import pytest

from config.applying import applied
from config.conditions import Circumstances
from config.framework import Framework
from config.framework_files import FOLDER, frameworks
from services.casework.dated_steps import Step
from services.casework.review_timetable import timetable
from services.days.recurrence import Last, occasions

KNOWN = frameworks([FOLDER])
TODAY = (
    "area-send-2023",
    "care-assessment-2023",
    "ilacs-2018",
    "ilacs-focused-visit-2018",
    "ilacs-monitoring-visit-2018",
    "jtai-2016",
    "peel-2023",
)
ON_SITE = "ilacs-2018"


def steps(framework: Framework, monday: date, **given: object) -> dict[str, Step]:
    return {step.id: step for step in timetable(framework, monday, **given)}  # type: ignore[arg-type]


def after(grade: str) -> Framework:
    """The inspection of children's services in an area whose last one had this overall grade."""
    return applied(KNOWN[ON_SITE], Circumstances(last_grades={"overall": grade}))


def test_the_next_inspection_is_due_within_six_months_of_the_third_anniversary() -> None:
    """Last ended on 16 June 2023: from 16 December 2025 to 16 December 2026, both included."""
    last = Last(date(2023, 6, 16))
    (found,) = occasions(KNOWN[ON_SITE], date(2025, 9, 1), date(2028, 8, 31), last)
    assert (found.start_on, found.end_on) == (date(2025, 12, 16), date(2026, 12, 17))


@pytest.mark.parametrize("grade", ["good", "outstanding"])
def test_a_short_inspection_takes_a_week(grade: str) -> None:
    found = steps(after(grade), date(2026, 1, 12))
    assert "second_week" not in found
    assert (found["first_week"].start, found["first_week"].end) == (date(2026, 1, 12), date(2026, 1, 16))
    assert found["publication"].due == date(2026, 2, 27)


@pytest.mark.parametrize("grade", ["inadequate", "requires_improvement"])
def test_a_standard_inspection_takes_two_weeks_and_its_report_counts_from_the_second(grade: str) -> None:
    found = steps(after(grade), date(2026, 1, 12))
    assert (found["second_week"].start, found["second_week"].end) == (date(2026, 1, 19), date(2026, 1, 23))
    assert found["publication"].due == date(2026, 3, 6)


def test_from_april_2026_on_four_judgements_are_made_and_none_overall() -> None:
    before, since = (KNOWN[ON_SITE].judgements_on(day) for day in (date(2026, 3, 31), date(2026, 4, 1)))
    assert [slot.id for slot in before if slot.is_overall] == ["overall"]
    assert [slot.id for slot in since] == ["leaders", "help_and_protection", "in_care", "care_leavers"]


def test_a_letter_with_a_priority_action_asks_for_a_plan_in_two_drafts() -> None:
    """Received on 2 March 2026: draft plan by 30 March, the final one by 12 June."""
    whole = KNOWN["ilacs-focused-visit-2018"]
    asked = applied(whole, Circumstances(grades={"priority_action": "yes"}))
    found = steps(asked, date(2026, 1, 19), actuals={"letter": date(2026, 3, 2)})
    assert found["draft_action_plan"].due == date(2026, 3, 30)
    assert found["action_plan"].due == date(2026, 6, 12)
    assert "action_plan" not in steps(
        applied(whole, Circumstances(grades={"priority_action": "no"})), date(2026, 1, 19)
    )


def test_a_targeted_inspection_is_announced_ten_working_days_before_its_week_on_site() -> None:
    """On site from Monday 22 June 2026: notice on 8 June, day 1 of the three weeks."""
    found = steps(KNOWN["jtai-2016"], date(2026, 6, 22))
    assert found["notification"].due == date(2026, 6, 8)
    assert (found["preparation"].start, found["preparation"].end) == (date(2026, 6, 8), date(2026, 6, 19))


def test_comments_on_the_report_about_a_force_are_due_within_56_days_with_its_own_day() -> None:
    """Report of 2 March 2026: by Sunday 26 April; eight weeks after it would be the 27th, a day late."""
    published_on = date(2026, 3, 2)
    found = steps(KNOWN["peel-2023"], date(2025, 9, 15), actuals={"publication": published_on})
    comments = found["policing_body_comments"]
    assert (comments.due, comments.binding) == (date(2026, 4, 26), "hard")
    assert comments.due.weekday() == 6
    assert published_on + timedelta(weeks=8) == date(2026, 4, 27)


def test_a_force_has_notice_eight_weeks_before_its_fieldwork_and_its_report_follows_the_comments() -> None:
    found = steps(KNOWN["peel-2023"], date(2026, 6, 8))
    assert (found["fieldwork"].start, found["fieldwork"].end) == (date(2026, 6, 8), date(2026, 6, 19))
    assert found["notification"].due == date(2026, 4, 13)
    assert found["draft_report"].due == date(2026, 9, 11)
    assert found["accuracy_comments"].due == date(2026, 9, 25)
    assert found["publication"].due == date(2026, 11, 6)


@pytest.mark.parametrize(
    ("outcome", "due_on"),
    [("3", date(2026, 9, 21)), ("2", date(2028, 3, 21)), ("1", date(2030, 3, 21))],
)
def test_the_next_send_inspection_follows_the_outcome(outcome: str, due_on: date) -> None:
    """Outcome of 21 March 2025: a monitoring inspection after 18 months, a full one after three or five years."""
    last = Last(date(2025, 3, 21), outcome)
    (found,) = occasions(KNOWN["area-send-2023"], date(2025, 9, 1), date(2030, 12, 31), last)
    assert found.number == due_on.year
    assert (found.start_on, found.end_on - timedelta(days=1)) == (
        due_on.replace(month=due_on.month - 1),
        due_on.replace(month=due_on.month + 1),
    )


def test_interviews_begin_nine_to_eleven_weeks_after_the_notice() -> None:
    """Notice on 7 September 2026: interviews from 9 to 23 November."""
    found = steps(KNOWN["care-assessment-2023"], date(2026, 11, 9))
    assert found["notification"].due == date(2026, 9, 7)
    later = steps(
        KNOWN["care-assessment-2023"], date(2026, 11, 23), actuals={"notification": date(2026, 9, 7)}
    )
    for given in (found, later):
        assert (given["first_interviews"].start, given["first_interviews"].end) == (
            date(2026, 11, 9),
            date(2026, 11, 23),
        )


def test_comments_on_an_assessment_are_due_in_ten_working_days_and_later_only_by_a_waiver() -> None:
    rule = KNOWN["care-assessment-2023"]
    draft = {"draft_report": date(2027, 1, 22)}
    comments = steps(rule, date(2026, 11, 9), actuals=draft)["accuracy_comments"]
    assert (comments.due, comments.binding) == (date(2027, 2, 5), "hard")
    agreed = {"accuracy_comments": date(2027, 2, 8)}
    late = steps(rule, date(2026, 11, 9), actuals=draft, overrides=agreed)["accuracy_comments"]
    assert "agreed for 8 February 2027" in late.waiver_needed


@pytest.mark.parametrize("name", TODAY)
def test_nothing_of_today_is_announced_before_the_notice_is_signed_off_r068(name: str) -> None:
    framework = KNOWN[name]
    assert not framework.is_announced(())
    assert framework.is_announced(("notification",))
    assert framework.step("notification").sign_off in framework.inspectorate_roles


@pytest.mark.parametrize("name", TODAY)
def test_every_figure_of_today_is_verified_or_assumed_with_its_source(name: str) -> None:
    framework = KNOWN[name]
    counted = [step for step in framework.steps if step.counts()]
    recurring = [framework.recurrence] if framework.recurrence is not None else []
    for entry in (*framework.stages, *counted, *framework.judgements, *recurring):
        assert entry.certainty in ("verified", "assumed"), entry
        assert entry.source, entry
