"""Consultation: survey in term, groups not too often, concerns answered, feedback given (C3; R046, R074, R088)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, session
from services.casework.actions import RequiredAction, required_actions
from services.casework.cases import published_cases
from services.casework.consultation.feeding_back import feed_back
from services.casework.consultation.groups import choose_group, consult, drop_group
from services.casework.consultation.raised_concerns import close_concern, raise_concern
from services.casework.consultation.surveys import Surveyed, record_study, record_survey, survey_days
from services.casework.sign_offs import sign_off
from services.casework.step_turns import Action
from services.casework.steps import date_steps, last_day, steps_of
from services.errors import AlreadySo, NotFound, Refused
from services.programme import rules_of
from services.shown.consultation import ConsultationView, consultation_of
from tests.followed import report_out, review
from tests.known import known
from tests.people import hand_in, holder
from tests.york import CA, JAR, step_of, word, york

SENT, RETURNED = date(2006, 2, 28), date(2006, 4, 7)
PUBLISHED = date(2006, 10, 6)


@pytest.fixture
def yorks(engine: Engine) -> Engine:
    york(engine)
    return engine


def number(opened: Session) -> int:
    return review(opened, JAR).id or 0


def shown(opened: Session, day: date = RETURNED) -> ConsultationView:
    (view,) = consultation_of(opened, JAR, day)
    return view


def surveyed(opened: Session, returned: int, why_fewer: str = "") -> None:
    said = Surveyed(15, "every kind of school and ward", SENT, returned, RETURNED, why_fewer)
    record_survey(opened, number(opened), said, word(RETURNED))


def required(opened: Session, day: date, action: Action) -> list[RequiredAction]:
    case = next(case for case in published_cases(opened) if case.activity.code == JAR)
    return [found for found in required_actions(case, day) if found.action is action]


# --- The survey ------------------------------------------------------------------------------------------------------


def test_a_survey_of_york_can_run_for_29_working_days_of_term_r046_r074(yorks: Engine) -> None:
    """Set-up on 27 February; consultation 28 February to 21 April; the Easter holiday begins on 10 April."""
    with session(yorks, read_only=True) as opened:
        stage = step_of(opened, JAR, "consultation")
        assert (stage.start_on, last_day(stage)) == (SENT, date(2006, 4, 21))
        days = known(shown(opened).days)
        assert (days.first, days.last, days.working_days) == (SENT, RETURNED, 29)


def test_no_day_is_left_where_all_are_holidays() -> None:
    assert survey_days(SENT, RETURNED, [(SENT, date(2006, 4, 8))]) is None


def test_thirteen_of_fifteen_are_enough_r074(yorks: Engine) -> None:
    with session(yorks) as opened:
        surveyed(opened, 13)
        assert shown(opened).survey.startswith("13 of 15 schools returned it by 7 April 2006")
        sign_analysis(opened)
        assert step_of(opened, JAR, "analysis").state == "done"


def test_of_nine_of_fifteen_the_leader_says_why_before_the_analysis_r074(yorks: Engine) -> None:
    with session(yorks) as opened:
        surveyed(opened, 9)
        with pytest.raises(Refused, match=r"9 of 15 schools answered the survey, 12 should. \(R074\)"):
            sign_analysis(opened)
        surveyed(opened, 9, "six schools closed for snow")
        sign_analysis(opened)
        assert step_of(opened, JAR, "analysis").state == "done"


def sign_analysis(opened: Session) -> None:
    """Everything before the analysis is done, and it has what else it needs."""
    activity = review(opened, JAR)
    for row in steps_of(opened, activity):
        if row.step_id == "analysis":
            break
        row.state, row.actual_on = "done", last_day(row)
    row = step_of(opened, JAR, "analysis")
    row.state = "awaiting_sign_off"
    date_steps(opened, activity, rules_of(opened).of(activity), last_day(row))
    hand_in(opened, row, word(last_day(row)))
    sign_off(opened, row.id or 0, None, word(last_day(row)), signer=holder(opened, row))


def test_everything_wrong_with_a_survey_is_told_at_once_r074(yorks: Engine) -> None:
    with session(yorks) as opened:
        said = Surveyed(9, "", date(2006, 4, 12), 10, date(2006, 4, 11))
        with pytest.raises(Refused) as refused:
            record_survey(opened, number(opened), said, word(date(2006, 4, 13)))
        told = " ".join(str(finding) for finding in refused.value.findings)
        assert len(refused.value.findings) == 5
        assert "it goes to 12 to 18" in told
        assert "12 April 2006 is outside 28 February 2006 to 7 April 2006" in told
        with pytest.raises(Refused, match="nobody is consulted in it"):
            record_survey(opened, review(opened, CA).id or 0, said, word(RETURNED))


def test_a_neighbourhood_is_studied_in_three_parts_on_grounds_r075(yorks: Engine) -> None:
    with session(yorks) as opened:
        with pytest.raises(Refused) as refused:
            record_study(opened, number(opened), "", "", {"visits_on": RETURNED}, word(SENT))
        assert len(refused.value.findings) == 3
        record_study(opened, number(opened), "Tang Hall", "low income", {"context_on": SENT}, word(RETURNED))
        record_study(opened, number(opened), "", "", {"visits_on": RETURNED}, word(RETURNED))
        assert shown(opened).study == (
            "Tang Hall (low income): context 28 February 2006, visits 7 April 2006, discussions to come"
        )


# --- Groups -----------------------------------------------------------------------------------------------------------


def test_a_local_group_needs_grounds_and_the_fixed_ones_stay_r081_r129_r179(yorks: Engine) -> None:
    with session(yorks) as opened:
        with pytest.raises(Refused, match=r"on which grounds the group is chosen. \(R129\)"):
            choose_group(opened, number(opened), "asylum_seekers", "", word(SENT))
        with pytest.raises(Refused, match=r"Looked-after children are always consulted. \(R081\)"):
            drop_group(opened, number(opened), "looked_after", word(SENT, "too many meetings"))
        with pytest.raises(Refused, match="no local group 'homless'"):
            choose_group(opened, number(opened), "homless", "hostels", word(SENT))
        choose_group(opened, number(opened), "asylum_seekers", "two hostels", word(SENT))
        with pytest.raises(AlreadySo):
            choose_group(opened, number(opened), "asylum_seekers", "two hostels", word(SENT))
        assert [line.code for line in shown(opened).groups] == [
            "looked_after",
            "special_needs",
            "asylum_seekers",
        ]
        drop_group(opened, number(opened), "asylum_seekers", word(SENT, "the hostels have closed"))
        assert len(shown(opened).groups) == 2


def test_further_groups_of_the_paper_can_be_chosen_r190(yorks: Engine) -> None:
    with session(yorks) as opened:
        for code in (
            "chronic_illness",
            "young_parents",
            "in_transition",
            "young_offenders",
            "minority_ethnic",
        ):
            choose_group(opened, number(opened), code, "as the area's profile says", word(SENT))
        assert len(shown(opened).groups) == 7


def test_a_third_consultation_within_a_year_is_warned_of_by_name_r121(yorks: Engine) -> None:
    """Looked-after children: YOT 6 March 2006, JAR survey 20 March, thematic study 3 April."""
    with session(yorks) as opened:

        def ask(day: date, name: str, is_statutory: bool = False) -> tuple[str, ...]:
            said = word(max(day, SENT))
            done = consult(opened, number(opened), "looked_after", day, name, said, is_statutory=is_statutory)
            return done.warnings

        assert ask(date(2006, 3, 6), "YOT inspection") == ()
        assert ask(date(2006, 3, 20), "JAR survey") == ()
        assert ask(date(2006, 3, 27), "Health survey", is_statutory=True) == ()
        (warning,) = ask(date(2006, 4, 3), "Thematic study")
        assert warning == (
            "Looked-after children are consulted more than 2 times within 12 months: before by "
            "YOT inspection on 6 March 2006 and JAR survey on 20 March 2006."
        )
        assert ask(date(2007, 4, 4), "Next survey") == ()
        with pytest.raises(AlreadySo):
            ask(date(2006, 4, 3), "Thematic study")


# --- Concerns and feedback ----------------------------------------------------------------------------------


def test_a_concern_is_answered_or_referred_by_the_next_working_day_else_escalated_r184(yorks: Engine) -> None:
    friday, monday = date(2006, 3, 3), date(2006, 3, 6)
    with session(yorks) as opened:
        row = raise_concern(opened, number(opened), friday, word(friday, "Jo of Tang Hall")).id or 0
        (waits,) = required(opened, monday, Action.HEED)
        assert (waits.role, waits.due, waits.is_late) == ("team_leader", monday, False)
        (late,) = required(opened, monday + timedelta(days=1), Action.HEED)
        assert (late.role, late.is_late) == ("lead_inspectorate", True)
        assert "escalated" in shown(opened, monday + timedelta(days=1)).concerns[0].status
        with pytest.raises(Refused, match="is earlier than it was raised"):
            close_concern(opened, row, friday - timedelta(days=1), "", word(monday))
        close_concern(opened, row, monday, "social services", word(monday))
        assert shown(opened).concerns[0].status == "referred to social services on 6 March 2006"
        assert required(opened, monday, Action.HEED) == []
        with pytest.raises(NotFound):
            close_concern(opened, 99, monday, "", word(monday))
        entries = opened.exec(select(AuditEntry)).all()
        assert not any("Jo of" in f"{entry.after} {entry.why}" for entry in entries)


def test_those_who_were_consulted_hear_what_came_of_it_by_the_evaluation_r088_r191(yorks: Engine) -> None:
    with session(yorks) as opened:
        surveyed(opened, 13)
        with pytest.raises(Refused, match="the report is not published yet"):
            feed_back(opened, number(opened), "children", "a letter", RETURNED, word(RETURNED))
        report_out(opened, PUBLISHED, JAR)
        by = known(step_of(opened, JAR, "evaluation").due_on)
        (waits,) = required(opened, PUBLISHED, Action.FEED_BACK)
        assert (waits.role, waits.since, waits.due) == ("team_leader", PUBLISHED, by)
        assert not shown(opened, by).is_feedback_late
        assert shown(opened, by + timedelta(days=1)).is_feedback_late
        (late,) = required(opened, by + timedelta(days=1), Action.FEED_BACK)
        assert late.is_late
        with pytest.raises(Refused, match="is earlier than the publication"):
            feed_back(opened, number(opened), "children", "a letter", RETURNED, word(by))
        feed_back(opened, number(opened), "Children in care", "a letter and a meeting", by, word(by))
        assert not shown(opened, by + timedelta(days=1)).is_feedback_late
        assert required(opened, by, Action.FEED_BACK) == []
