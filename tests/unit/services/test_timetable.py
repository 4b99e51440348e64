"""The timetable of a review: every step on its date (R043, R124), and what is said about dates that cannot be."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.framework_files import FOLDER, frameworks, load_framework
from services.casework.review_timetable import InvalidTimetable, timetable
from services.casework.rule_words import step_in_words
from services.casework.whole_length import whole_review
from services.days.working_days import is_working_day
from tests.framework_texts import write_visit

FRAMEWORKS = frameworks([FOLDER])
JAR = FRAMEWORKS["jar-2005"]
START = date(2006, 1, 9)
MONDAYS = st.integers(0, 400).map(lambda n: date(2005, 1, 3) + timedelta(weeks=n))


def _steps(start=START, framework=JAR, **given):
    return {step.id: step for step in timetable(framework, start, **given)}


def _findings(start=START, framework=JAR, **given):
    with pytest.raises(InvalidTimetable) as caught:
        timetable(framework, start, **given)
    return [(finding.place, str(finding)) for finding in caught.value.findings]


# --- One review in spring 2006, counted by hand -------------------------------------------------------------


def test_notice_is_given_twelve_weeks_before_the_analysis_r064():
    assert _steps()["notification"].due == date(2005, 10, 17)


def test_self_assessment_is_due_four_and_the_set_up_meeting_eight_weeks_before_r044_r071():
    assert _steps()["self_assessment"].due == date(2005, 12, 12)
    assert _steps()["set_up"].due == date(2005, 11, 14)


def test_consultation_runs_from_the_set_up_meeting_to_the_analysis_r046():
    consultation = _steps()["consultation"]
    assert (consultation.start, consultation.end) == (date(2005, 11, 15), date(2006, 1, 6))


def test_analysis_takes_a_week_and_fieldwork_the_two_after_two_clear_weeks_r047_r049():
    steps = _steps()
    assert (steps["analysis"].start, steps["analysis"].end) == (date(2006, 1, 9), date(2006, 1, 13))
    assert (steps["fieldwork"].start, steps["fieldwork"].end) == (date(2006, 1, 30), date(2006, 2, 10))
    assert steps["fieldwork"].end_exclusive == date(2006, 2, 11)


def test_feedback_is_on_the_last_fieldwork_day_r051():
    assert _steps()["feedback"].due == date(2006, 2, 10)


def test_the_draft_is_due_eight_calendar_weeks_after_the_last_fieldwork_day_r052():
    draft = _steps()["draft_report"]
    assert (draft.due, draft.binding) == (date(2006, 4, 7), "hard")


def test_comments_take_ten_working_days_over_easter_r066():
    # 10-13, 18-21, 24-25 April: Good Friday is the 14th, Easter Monday the 17th.
    assert _steps()["accuracy_comments"].due == date(2006, 4, 25)


def test_the_discussion_is_within_fifteen_working_days_of_the_comments_r053():
    # 26-28 April, 2-5 May, 8-12 May, 15-17 May: 1 May is a bank holiday.
    assert _steps()["discussion"].due == date(2006, 5, 17)


def test_the_report_is_published_about_six_weeks_after_the_discussion_r053():
    publication = _steps()["publication"]
    assert (publication.due, publication.binding) == (date(2006, 6, 28), "soft")


def test_circulation_and_action_statement_follow_30_and_70_working_days_after_publication_r089():
    steps = _steps()
    assert steps["circulation"].due == date(2006, 8, 9)
    assert steps["action_statement"].due == date(2006, 10, 5)  # the bank holiday of 28 August does not count


def test_every_step_says_what_it_is_counted_from_by_which_rule_and_who_acts_r124():
    steps = timetable(JAR, START)
    assert [step.id for step in steps] == [rule.id for rule in JAR.steps]
    assert all(step.rule and step.who for step in steps)
    assert [step.id for step in steps if step.counted_from is None] == ["analysis"]
    draft = next(step for step in steps if step.id == "draft_report")
    assert draft.rule == "8 weeks after the last day of 'Fieldwork'"
    assert draft.rule_cited == "8 weeks after the last day of 'Fieldwork' (R052, R066)"
    assert (draft.who, draft.told, draft.counted_on) == (("team_leader",), ("director",), date(2006, 2, 10))


OF_TODAY = date(2016, 1, 1)
"""From then on frameworks rest on other sources than the papers with numbered rules."""


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_what_is_mailed_of_a_step_cites_no_requirement(framework):
    """Directors read it; the numbers are for the inspectorates, as in `rule_cited`."""
    steps = timetable(framework, START)
    said = [text for step in steps for text in (step.name, step.rule, *step.notes)]
    said += framework.roles.values()
    assert [text for text in said if re.search(r"\bR\d{3}\b", text)] == []
    if framework.valid_from < OF_TODAY:
        assert any(re.search(r"\(R\d{3}", step.rule_cited) for step in steps)


def test_evidence_and_outputs_hang_on_their_steps_r048_r069_r070():
    steps = _steps()
    assert steps["analysis"].outputs == ("agreed_findings", "hypotheses", "fieldwork_plan")
    assert (len(steps["analysis"].evidence), len(steps["fieldwork"].evidence)) == (7, 8)


def test_the_whole_takes_about_seven_months_r054():
    whole = whole_review(JAR, timetable(JAR, START))
    assert (whole.first_on, whole.last_on) == (date(2005, 11, 14), date(2006, 6, 28))
    assert (whole.months, whole.days, whole.about_months) == (7, 14, 7)


def test_a_framework_need_not_measure_the_whole():
    ca = FRAMEWORKS["corporate-assessment-2002"]
    assert whole_review(ca, timetable(ca, date(2006, 9, 11))) is None


def test_a_corporate_assessment_has_ten_weeks_notice_and_two_weeks_on_site():
    steps = _steps(date(2006, 9, 11), FRAMEWORKS["corporate-assessment-2002"])
    assert steps["notification"].due == date(2006, 7, 3)
    assert steps["notification"].rule == "10 weeks before the first day of the on-site weeks"
    assert (steps["on_site"].start, steps["on_site"].end) == (date(2006, 9, 11), date(2006, 9, 22))


# --- Dates that fall on no working day -----------------------------------------------------------------------


def test_a_draft_due_on_good_friday_is_due_the_day_before_r052():
    steps = _steps(date(2006, 1, 16))
    assert steps["fieldwork"].end == date(2006, 2, 17)
    assert steps["draft_report"].due == date(2006, 4, 13)  # 14 April 2006 is Good Friday


def test_a_notice_due_on_a_bank_holiday_is_given_before_it_r064():
    assert _steps(date(2006, 7, 10))["notification"].due == date(2006, 4, 13)  # 17 April is Easter Monday


def test_nobody_meets_between_christmas_and_new_year_r044():
    """Eight weeks before 20 February 2006 is 26 December; the first working day after it, the 28th, is no better."""
    meeting = _steps(date(2006, 2, 20))["set_up"]
    assert meeting.due == date(2006, 1, 3)  # 2 January is a bank holiday
    assert meeting.notes == ("moved from 28 December 2005, which is in the Christmas closure",)
    agreed = _steps(date(2006, 2, 20), overrides={"set_up": date(2005, 12, 28)})["set_up"]
    assert agreed.due == date(2005, 12, 28)  # unless they want to


def test_a_set_up_meeting_on_a_bank_holiday_moves_to_the_next_day_r044():
    assert _steps(date(2006, 6, 26))["set_up"].due == date(2006, 5, 2)  # 1 May is a bank holiday


# --- Actual dates ----------------------------------------------------------------------------------------------


def test_an_actual_publication_moves_what_counts_from_it_r089():
    steps = _steps(actuals={"publication": date(2006, 8, 14)})
    assert steps["publication"].due == date(2006, 6, 28), "its own due date stays"
    assert steps["publication"].day == date(2006, 8, 14)
    assert steps["circulation"].due == date(2006, 9, 26)
    assert steps["action_statement"].due == date(2006, 11, 21)


def test_an_actual_draft_moves_comments_discussion_and_publication_r053():
    planned, actual = _steps(), _steps(actuals={"draft_report": date(2006, 4, 21)})
    for step in ("accuracy_comments", "discussion", "publication", "circulation", "action_statement"):
        assert actual[step].due > planned[step].due
    assert actual["accuracy_comments"].due == date(2006, 5, 8)


def test_fieldwork_that_ended_early_brings_the_draft_forward_r052():
    assert _steps(actuals={"fieldwork": date(2006, 2, 8)})["draft_report"].due == date(2006, 4, 5)


def test_what_counts_from_the_plan_stays_when_something_earlier_was_late_r049():
    late = _steps(actuals={"set_up": date(2005, 11, 24), "notification": date(2005, 10, 14)})
    assert late["fieldwork"].start == date(2006, 1, 30)
    assert late["consultation"].start == date(2005, 11, 25)


def test_the_plans_mondays_take_the_place_of_the_shortest_lag_r049():
    steps = _steps(date(2006, 10, 9), starts={"fieldwork": date(2006, 11, 6)})
    assert steps["fieldwork"].end == date(2006, 11, 17)
    assert steps["fieldwork"].rule.startswith("3 clear weeks after 'Analysis week'")
    assert steps["fieldwork"].waiver_needed == ""


def test_fieldwork_without_a_planned_monday_follows_an_analysis_that_took_longer_r049():
    steps = _steps(actuals={"analysis": date(2006, 1, 18)})
    assert steps["fieldwork"].start == date(2006, 2, 6)
    assert steps["fieldwork"].rule.startswith("2 clear weeks")


# --- Pre-election periods ----------------------------------------------------------------------------------------

POLLS = [(date(2006, 6, 20), date(2006, 7, 8))]  # until Friday 7 July, included


def test_publication_moves_to_the_first_working_day_after_a_pre_election_period():
    steps = _steps(blocked_publication=POLLS)
    assert steps["publication"].due == date(2006, 7, 10)
    assert steps["publication"].notes == ("moved from 28 June 2006, which is in a pre-election period",)
    assert steps["circulation"].due == date(2006, 8, 21)


def test_nothing_but_publication_is_held_back():
    free, held = _steps(), _steps(blocked_publication=[(date(2005, 1, 1), date(2006, 6, 29))])
    before = [step.id for step in JAR.steps[: [s.id for s in JAR.steps].index("publication")]]
    assert [held[step] for step in before] == [free[step] for step in before]
    assert held["publication"].due == date(2006, 6, 29)


@pytest.mark.parametrize(
    "span", [(date(2006, 6, 29), date(2006, 7, 8)), (date(2006, 6, 1), date(2006, 6, 28))]
)
def test_a_period_that_ends_before_or_starts_after_leaves_publication_alone(span):
    assert _steps(blocked_publication=[span])["publication"].due == date(2006, 6, 28)


def test_two_periods_one_after_the_other_are_both_waited_for():
    spans = [(date(2006, 7, 10), date(2006, 7, 15)), *POLLS]
    assert _steps(blocked_publication=spans)["publication"].due == date(2006, 7, 17)


def test_a_report_published_in_a_pre_election_period_needs_a_waiver():
    steps = _steps(blocked_publication=POLLS, actuals={"publication": date(2006, 6, 28)})
    assert "in a pre-election period" in steps["publication"].waiver_needed
    assert not _steps(actuals={"publication": date(2006, 6, 28)})["publication"].waiver_needed


# --- Waivers -------------------------------------------------------------------------------------------------------


def test_a_late_notice_needs_a_waiver_r094():
    late, timely = date(2005, 10, 18), date(2005, 10, 17)
    assert "17 October 2005" in _steps(actuals={"notification": late})["notification"].waiver_needed
    assert "17 October 2005" in _steps(overrides={"notification": late})["notification"].waiver_needed
    assert _steps(actuals={"notification": timely})["notification"].waiver_needed == ""


def test_a_hard_date_agreed_for_later_needs_a_waiver_and_a_soft_one_does_not_r052_r053():
    agreed = {"draft_report": date(2006, 4, 12), "publication": date(2006, 7, 31)}
    steps = _steps(overrides=agreed)
    assert steps["draft_report"].due == date(2006, 4, 12)
    assert steps["draft_report"].waiver_needed
    assert steps["publication"].due == date(2006, 7, 31)
    assert steps["publication"].waiver_needed == ""
    assert steps["circulation"].due > _steps()["circulation"].due


def test_a_hard_date_agreed_for_earlier_needs_no_waiver_r052():
    assert _steps(overrides={"draft_report": date(2006, 4, 3)})["draft_report"].waiver_needed == ""


def test_analysis_and_fieldwork_over_more_than_six_weeks_need_a_waiver_r050():
    start = date(2006, 9, 11)
    within = _steps(start, starts={"fieldwork": start + timedelta(weeks=4)})
    beyond = _steps(start, starts={"fieldwork": start + timedelta(weeks=5)})
    assert within["fieldwork"].waiver_needed == ""
    assert (
        "'Analysis week' to 'Fieldwork' takes 7 weeks, the rule is 6 (R050)"
        in beyond["fieldwork"].waiver_needed
    )


def test_fewer_than_two_clear_weeks_need_a_waiver_r049():
    steps = _steps(date(2006, 9, 11), starts={"fieldwork": date(2006, 9, 25)})
    assert "1 clear week lies before it, the rule is 2 to 3" in steps["fieldwork"].waiver_needed


def test_a_stage_that_ended_on_a_monday_leaves_the_weeks_after_its_own_clear_r049():
    """What the words count is what the rule counts."""
    start = date(2006, 9, 11)
    fieldwork = _steps(start, starts={"fieldwork": start + timedelta(weeks=2)}, actuals={"analysis": start})[
        "fieldwork"
    ]
    assert fieldwork.rule.startswith("1 clear week after 'Analysis week'")
    assert fieldwork.broken_rules == "clear_weeks=1"


@pytest.mark.parametrize(
    ("start", "stage", "reason"),
    [
        (date(2006, 5, 1), "analysis", "May Day"),
        (date(2005, 12, 5), "fieldwork", "Christmas closure"),
        (date(2006, 3, 20), "fieldwork", "Good Friday"),
    ],
)
def test_a_stage_in_a_closed_week_needs_a_waiver(start, stage, reason):
    assert reason in _steps(start)[stage].waiver_needed


def test_a_stage_that_ends_on_good_friday_has_its_last_day_before_it_r051():
    steps = _steps(date(2006, 3, 13))
    assert steps["fieldwork"].end == date(2006, 4, 13)
    assert steps["feedback"].due == date(2006, 4, 13)


# --- Dates that cannot be --------------------------------------------------------------------------------------------


def test_everything_wrong_is_reported_together():
    with pytest.raises(InvalidTimetable) as caught:
        timetable(
            JAR,
            date(2006, 1, 10),
            starts={"feldwork": date(2006, 1, 30)},
            actuals={"set_upp": date(2005, 11, 14), "publication": date(2006, 1, 2)},
            overrides={"consultation": date(2006, 1, 2)},
            blocked_publication=[(date(2006, 5, 4), date(2006, 4, 13))],
        )
    found = caught.value.findings
    places = [finding.place for finding in found]
    assert places[:5] == [
        "starts feldwork",
        "actual set_upp",
        "start of 'Analysis week'",
        "agreed day of 'Consultation with children, young people, parents and carers'",
        "pre-election period",
    ]
    assert set(places[5:]) == {"actual date of 'Report published'"}
    assert all(finding.advice for finding in found)


def test_a_report_cannot_be_published_before_fieldwork_ends_r043():
    assert any("'Fieldwork'" in text for _p, text in _findings(actuals={"publication": date(2006, 2, 9)}))
    assert _steps(actuals={"publication": date(2006, 2, 10)})


def test_a_step_cannot_be_done_before_one_that_comes_first_was_r043():
    actuals = {"draft_report": date(2006, 4, 7), "publication": date(2006, 4, 6)}
    assert [place for place, _text in _findings(actuals=actuals)] == ["actual date of 'Report published'"]
    assert _steps(actuals={**actuals, "publication": date(2006, 4, 7)})


def test_the_set_up_meeting_cannot_follow_the_start_of_the_analysis_r043():
    assert [p for p, _text in _findings(actuals={"set_up": date(2006, 1, 10)})] == [
        "actual date of 'Setting-up meeting and briefing'"
    ]
    assert _steps(actuals={"set_up": date(2006, 1, 9)})


def test_a_set_up_meeting_on_the_last_day_leaves_none_for_consultation_and_says_so_r046():
    consultation = _steps(actuals={"set_up": date(2006, 1, 6)})["consultation"]
    assert consultation.start == consultation.end == date(2006, 1, 9)
    assert consultation.notes


def test_a_stage_cannot_end_before_it_starts():
    assert "before its start on 30 January 2006" in _findings(actuals={"fieldwork": date(2006, 1, 27)})[0][1]


def test_fieldwork_cannot_start_before_the_analysis_ends_r043():
    found = _findings(starts={"fieldwork": date(2006, 1, 9)})
    assert [place for place, _text in found] == ["start of 'Fieldwork'"]


def test_the_first_monday_is_given_once():
    assert _steps(starts={"analysis": START, "fieldwork": date(2006, 1, 30)})
    found = _findings(starts={"analysis": date(2006, 1, 16), "fieldwork": date(2006, 2, 6)})
    assert [place for place, _text in found] == ["start of 'Analysis week'"]


def test_rules_call_steps_by_the_names_that_people_know():
    """Not by their ids, in whatever form: nobody knows 'set up' or 'draft report' as names."""
    for framework in frameworks([FOLDER]).values():
        known = {step.in_rules() for step in framework.steps}
        for step in timetable(framework, START):
            if step.counted_from is not None:
                assert any(name in step.rule for name in known), step.rule
                assert framework.step(step.counted_from).in_rules() in step.rule
        for step in framework.steps:
            said = step_in_words(framework, step)
            named = (count.counted_from for count in step.counts().values())
            assert all(framework.step(name).in_rules() in said for name in named)


# --- Another framework is a file -----------------------------------------------------------------------------------


def test_a_second_framework_needs_a_file_and_no_code_r127(tmp_path):
    visit = load_framework(write_visit(tmp_path))
    steps = _steps(date(2019, 6, 3), visit)
    assert (steps["visit"].start, steps["visit"].end) == (date(2019, 6, 17), date(2019, 7, 5))
    assert steps["letter"].due == date(2019, 7, 11), "the first day counts here"
    assert steps["letter"].rule == "5 working days after the last day of 'Visit', first day counted"
    assert steps["follow_up"].due == date(2019, 10, 11)


def test_calendar_months_that_end_on_a_saturday_go_on_to_the_next_working_day(tmp_path):
    visit = load_framework(write_visit(tmp_path))
    assert _steps(date(2019, 4, 29), visit)["follow_up"].due == date(2019, 9, 6)
    assert _steps(date(2019, 9, 2), visit, actuals={"letter": date(2019, 11, 29)})["follow_up"].due == date(
        2020, 3, 2
    )


def test_a_rule_may_ignore_what_really_happened(tmp_path):
    path = write_visit(tmp_path, ('counted_from = "letter"', 'counted_from = "letter"\nuse_actual = false'))
    visit = load_framework(path)
    given = {"actuals": {"letter": date(2019, 8, 30)}}
    assert _steps(date(2019, 6, 3), visit, **given)["follow_up"].due == date(2019, 10, 11)


# --- Properties ------------------------------------------------------------------------------------------------------


@given(MONDAYS, st.integers(1, 30))
def test_a_later_start_never_brings_a_date_forward(start, weeks):
    earlier, later = timetable(JAR, start), timetable(JAR, start + timedelta(weeks=weeks))
    assert all(one.day <= other.day for one, other in zip(earlier, later, strict=True))


@given(MONDAYS)
def test_steps_follow_each_other_and_fall_on_working_days_r043(start):
    steps = {step.id: step for step in timetable(JAR, start)}
    days = [
        step.day for name, step in steps.items() if name not in ("notification", "self_assessment", "set_up")
    ]
    assert days == sorted(days)
    assert (
        steps["notification"].day
        < steps["set_up"].day
        < steps["self_assessment"].day
        < steps["analysis"].start
    )
    assert all(is_working_day(step.day) for step in steps.values())


@given(MONDAYS, st.integers(0, 60), st.integers(1, 60))
def test_a_later_actual_publication_never_brings_a_deadline_forward_r089(start, days, more):
    due = _steps(start)["publication"].due
    one = _steps(start, actuals={"publication": due + timedelta(days=days)})
    other = _steps(start, actuals={"publication": due + timedelta(days=days + more)})
    for step in ("circulation", "action_statement", "evaluation"):
        assert one[step].due <= other[step].due


@given(MONDAYS, MONDAYS, st.integers(1, 60))
def test_a_pre_election_period_is_never_published_in(start, first, days):
    span = (first, first + timedelta(days=days))
    due = _steps(start, blocked_publication=[span])["publication"].due
    assert not span[0] <= due < span[1]
    assert due >= _steps(start)["publication"].due
