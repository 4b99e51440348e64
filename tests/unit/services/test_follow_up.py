"""Follow-up of a review: owners, monitors, the statement, actions, priority actions (C5; R085, R089-R093, R096)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, Partner, session
from services.casework.follow_up.checks import hold_check, plan_check
from services.casework.follow_up.recommending import (
    Recommended,
    change_recommendation,
    recommend,
    withdraw_recommendation,
)
from services.casework.follow_up.statements import (
    accept_statement,
    answer_recommendation,
    receive_statement,
    return_statement,
)
from services.casework.sign_offs import agree_date, sign_off
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, Refused
from services.shown.follow_up import follow_up_of
from services.shown.recommendations import all_recommendations, monitored
from tests.followed import (
    AREA,
    CODE,
    COUNCIL,
    POLICE,
    PUBLISHED,
    STATEMENT,
    TRUST,
    programme,
    recommended,
    report_out,
    review,
    step,
    word,
)
from tests.people import holder

APPROVED = date(2006, 11, 7)
DUE = date(2007, 1, 31)
NO_REPORT = WaiverReason("critical_event")
"""Nobody has written the report here: what is told is about its recommendations."""


@pytest.fixture
def followed(engine: Engine) -> Engine:
    programme(engine)
    return engine


def refusals(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [str(finding) for finding in error.value.findings]


def sign(opened: Session, name: str, day: date, waiver: WaiverReason | None = None) -> None:
    row = step(opened, name)
    sign_off(opened, row.id or 0, day, word(day), waiver=waiver, signer=holder(opened, row))


# --- Owners and the report ------------------------------------------------------------------------------------


def test_the_isle_of_wight_answers_sixteen_recommendations_in_time_r089(followed: Engine) -> None:
    """Published 14 August 2006; circulation by 26 September, statement by 21 November; approved on the 7th."""
    with session(followed) as opened:
        rows = [recommended(opened, COUNCIL).id or 0 for _ in range(16)]
        report_out(opened)
        assert step(opened, "circulation").due_on == date(2006, 9, 26)
        assert step(opened, "action_statement").due_on == STATEMENT
        for row in rows[:-1]:
            answer_recommendation(opened, row, "We shall", word(APPROVED))
        receive_statement(opened, review(opened).id or 0, date(2006, 11, 6), word(APPROVED))
        with pytest.raises(Refused) as refused:
            sign(opened, "action_statement", APPROVED)
        assert "recommendation 16 has no answer. (R092)" in refusals(refused)[0]
        with pytest.raises(Refused, match="recommendation 16 has no answer"):
            accept_statement(opened, review(opened).id or 0, "The Secretary of State", word(APPROVED))
        answer_recommendation(opened, rows[-1], "We shall", word(APPROVED))
        sign(opened, "action_statement", APPROVED)
        held = accept_statement(opened, review(opened).id or 0, "The Secretary of State", word(APPROVED))
        assert (held.state, held.decided_by, held.decided_on) == (
            "accepted",
            "The Secretary of State",
            APPROVED,
        )
        made = step(opened, "action_statement")
        assert (made.state, made.actual_on, made.waiver_needed) == ("done", APPROVED, "")
        (shown,) = follow_up_of(opened, CODE, APPROVED)
        assert shown.statement == (
            "Came on 6 November 2006, accepted by The Secretary of State on 7 November 2006"
        )
        assert len(shown.recommendations) == 16


def test_haringey_answers_on_an_earlier_day_that_was_agreed_without_a_waiver_r092(followed: Engine) -> None:
    """Published 1 December 2008; by the rule 12 March 2009, set to 27 February; approved 17 April; progress 3 July."""
    published, set_on = date(2008, 12, 1), date(2009, 2, 27)
    with session(followed) as opened:
        row = recommended(opened, COUNCIL, day=published).id or 0
        report_out(opened, published)
        statement = step(opened, "action_statement")
        assert statement.due_on == date(2009, 3, 12)
        agree_date(opened, statement.id or 0, set_on, word(published, "set by the Secretary of State"))
        assert (statement.due_on, statement.waiver_needed) == (set_on, "")
        answer_recommendation(opened, row, "A plan for all of it", word(set_on))
        receive_statement(opened, review(opened).id or 0, set_on, word(set_on))
        sign(opened, "action_statement", set_on)
        approved = date(2009, 4, 17)
        accept_statement(opened, review(opened).id or 0, "The Secretary of State", word(approved))
        progress = date(2009, 7, 3)
        check = plan_check(opened, review(opened).id or 0, progress, word(approved))
        hold_check(opened, check.id or 0, progress, "Half of it is done", word(progress))
        (shown,) = follow_up_of(opened, CODE, progress)
        assert [(line.held_on, line.finding) for line in shown.checks] == [(progress, "Half of it is done")]


def test_nothing_is_published_before_each_recommendation_has_an_owner_r191(followed: Engine) -> None:
    with session(followed) as opened:
        day = date(2006, 6, 28)
        row = recommended(opened, day=day)
        recommended(opened, POLICE, day=day)
        report_out(opened, day)
        publication = step(opened, "publication")
        publication.state, publication.actual_on = "awaiting_sign_off", None
        opened.flush()
        with pytest.raises(Refused) as refused:
            sign(opened, "publication", day, NO_REPORT)
        (told,) = refusals(refused)
        assert "recommendation 1 has no owner. (R191)" in told
        assert "jarcycle recommendations change sheffield-jar 1 --owner NAME" in told
        change_recommendation(opened, row.id or 0, Recommended(owners=(TRUST,)), word(day))
        sign(opened, "publication", day, NO_REPORT)
        assert step(opened, "publication").state == "done"


def test_the_owners_kind_says_who_monitors_r090(followed: Engine) -> None:
    """A recommendation to the PCT is on the Healthcare Commission's list, and not in the APA 2007."""
    with session(followed) as opened:
        for owner in (COUNCIL, TRUST, POLICE):
            recommended(opened, owner)
        report_out(opened)
        lines = {line.owner: line for line in all_recommendations(opened, PUBLISHED)}
        assert (lines[TRUST].monitor, lines[TRUST].agenda) == ("Healthcare Commission", "")
        assert lines[COUNCIL].agenda == "APA 2007"
        assert [line.owner for line in monitored(opened, PUBLISHED, "HC")] == [TRUST]
        assert [line.owner for line in monitored(opened, PUBLISHED, "annual_assessment")] == [COUNCIL]
        assert [line.owner for line in monitored(opened, PUBLISHED, "HMIC")] == [POLICE]


def test_a_partner_of_another_kind_is_monitored_by_whom_its_file_names_r090(followed: Engine) -> None:
    with session(followed) as opened:
        opened.add(
            Partner(
                area_code=AREA,
                name="Connexions",
                kind="connexions",
                chief_officer="Cy",
                email="",
                monitor_code="ofsted",
            )
        )
        opened.flush()
        row = recommended(opened, "connexions")
        assert (row.owner, row.monitor) == ("Connexions", "ofsted")


def test_no_list_has_a_recommendation_before_it_is_published(followed: Engine) -> None:
    with session(followed) as opened:
        recommended(opened, TRUST)
        assert monitored(opened, PUBLISHED, "HC") == []
        report_out(opened)
        assert len(monitored(opened, PUBLISHED, "HC")) == 1


def test_of_two_owners_one_leads_r191(followed: Engine) -> None:
    with session(followed) as opened:
        number = review(opened).id or 0
        said = Recommended("Share information", (TRUST, POLICE))
        with pytest.raises(Refused, match=r"it has 2 owners, and none leads. \(R191\)"):
            recommend(opened, number, said, word(PUBLISHED))
        led = Recommended("Share information", (TRUST, POLICE), lead=POLICE)
        row = recommend(opened, number, led, word(PUBLISHED))
        assert (row.owner, row.others, row.monitor) == (POLICE, TRUST, "constabulary")


def test_everything_wrong_with_a_recommendation_is_told_at_once_r085(followed: Engine) -> None:
    with session(followed) as opened:
        said = Recommended(" ", ("Sheffield Trust", "Nobody's"), cause="capacty")
        with pytest.raises(Refused) as refused:
            recommend(opened, review(opened).id or 0, said, word(PUBLISHED))
        told = refusals(refused)
        assert "it does not say what is recommended" in told[0]
        assert "the policy has no cause 'capacty'. (R085) Try 'capacity'." in told[1]
        assert "there is no such organisation" in told[2]
        assert len(told) == 4
    with session(followed) as opened:
        caused = Recommended("Fill the posts", (COUNCIL,), cause="capacity")
        assert recommend(opened, review(opened).id or 0, caused, word(PUBLISHED)).number == 1


def test_what_makes_no_recommendations_takes_none(followed: Engine) -> None:
    with session(followed) as opened, pytest.raises(Refused, match="makes no recommendations"):
        recommended(opened, TRUST, code="sheffield-ca")


def test_what_is_published_is_changed_or_withdrawn_with_a_reason_only(followed: Engine) -> None:
    with session(followed) as opened:
        row = recommended(opened, TRUST)
        report_out(opened)
        with pytest.raises(Refused, match="changing what is published needs a reason"):
            change_recommendation(opened, row.id or 0, Recommended(text="Train some"), word(PUBLISHED))
    with session(followed) as opened:
        row = recommended(opened, TRUST)
        change_recommendation(opened, row.id or 0, Recommended(text="Train some"), word(PUBLISHED, "a slip"))
        with pytest.raises(AlreadySo):
            change_recommendation(
                opened, row.id or 0, Recommended(text="Train some"), word(PUBLISHED, "a slip")
            )
        with pytest.raises(Refused, match="withdrawing it needs a reason"):
            withdraw_recommendation(opened, row.id or 0, word(PUBLISHED))
        withdraw_recommendation(opened, row.id or 0, word(PUBLISHED, "made twice"))
        with pytest.raises(Refused, match="it was withdrawn: made twice"):
            withdraw_recommendation(opened, row.id or 0, word(PUBLISHED, "again"))
        assert recommended(opened, TRUST).number == row.number + 1
        entries = opened.exec(select(AuditEntry.action)).all()
        assert "withdraw recommendation" in entries


def test_somebody_who_has_no_part_in_the_publication_recommends_nothing(followed: Engine) -> None:
    with session(followed) as opened:
        said = Recommended("Train all staff", (TRUST,))
        with pytest.raises(Refused, match="Amy Wye may not say this"):
            recommend(opened, review(opened).id or 0, said, word(PUBLISHED, who="Amy Wye"))


# --- The statement ---------------------------------------------------------------------------------------------


def test_a_statement_that_is_returned_is_none_until_another_comes_r089(followed: Engine) -> None:
    with session(followed) as opened:
        row = recommended(opened, COUNCIL).id or 0
        number = review(opened).id or 0
        with pytest.raises(Refused, match="its recommendations are not published yet"):
            receive_statement(opened, number, PUBLISHED, word(PUBLISHED))
        report_out(opened)
        answer_recommendation(opened, row, "We shall", word(APPROVED))
        receive_statement(opened, number, APPROVED, word(APPROVED))
        with pytest.raises(AlreadySo):
            receive_statement(opened, number, APPROVED, word(APPROVED))
        with pytest.raises(Refused, match="this needs a reason"):
            return_statement(opened, number, "The Secretary of State", word(APPROVED))
        return_statement(opened, number, "The Secretary of State", word(APPROVED, "no days are given"))
        with pytest.raises(Refused, match="it was returned: no days are given"):
            sign(opened, "action_statement", APPROVED)
        receive_statement(opened, number, STATEMENT, word(STATEMENT))
        with pytest.raises(Refused, match="nobody is named who approved it"):
            accept_statement(opened, number, "", word(STATEMENT))
        accept_statement(opened, number, "The Secretary of State", word(STATEMENT))
        with pytest.raises(Refused, match="a correction needs a reason"):
            answer_recommendation(opened, row, "We may", word(STATEMENT))


def test_no_statement_comes_before_the_publication_or_on_a_day_ahead(followed: Engine) -> None:
    with session(followed) as opened:
        recommended(opened, COUNCIL)
        report_out(opened)
        for day in (PUBLISHED - timedelta(days=1), APPROVED + timedelta(days=1)):
            with pytest.raises(Refused, match="is outside 14 August 2006 to 7 November 2006"):
                receive_statement(opened, review(opened).id or 0, day, word(APPROVED))
