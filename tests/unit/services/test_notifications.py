"""Messages of their own about cases: appeals, queries, years, reports, statements and meetings; each is said once."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Contact, Delivery, Partner, YearlyAssessment, session
from services.casework.circulation import circulate
from services.casework.follow_up.statements import (
    accept_statement,
    answer_recommendation,
    receive_statement,
    return_statement,
)
from services.errors import NotFound
from services.messages.deliveries import (
    WantedMessages,
    days_of_messages,
    find_message,
    messages_made,
    put_off,
    troubled,
)
from services.messages.settling import Fate, send_again, settle
from services.notifications.of_the_day import queue_notifications
from services.preparation.members import NewMember, add_member
from services.rating import appeals
from services.rating.annual import NewRating, rate
from services.rating.appeal_objections import AppealVerdict, Said
from services.rating.data_queries import NewQuery, answer_query, ask_query
from services.rating.letters import LetterTexts, draft_letter
from services.years import judging, steps
from services.years.made import find_assessment, make_year
from tests import followed, preparing, rated, tables, york

ADDRESS = "https://reviews.example.org"
DIRECTOR, POINT, OFFICE = "director@sheffield.example", "lead@ofsted.example", "operations@ofsted.example"
LODGED, DECIDED, TOLD = date(2009, 9, 28), date(2009, 10, 20), date(2009, 10, 23)


def queued(opened: Session, day: date, occasion: str) -> list[Delivery]:
    """What is new on a day, by mailbox; on the same day again nothing is."""
    known = set(opened.exec(select(Delivery.id)))
    queue_notifications(opened, day, ADDRESS)
    assert queue_notifications(opened, day, ADDRESS) == 0
    query = select(Delivery).where(Delivery.occasions == occasion).order_by(col(Delivery.recipient))
    return [row for row in opened.exec(query) if row.id not in known]


def recipients(found: Sequence[Delivery]) -> list[str]:
    return [row.recipient for row in found]


@pytest.fixture
def lodged(engine: Engine, tmp_path: Path) -> Engine:
    """An area has appealed against its rating."""
    rated.imported(engine, rated.files_of(tmp_path / "files", {**rated.GREEN, **rated.AMBER}))
    with session(engine) as opened:
        rating = NewRating("well", "Ann Lee", "Review of 2009")
        rate(opened, rated.AREA, 2009, rating, rated.on(rated.RATED_ON))
        draft_letter(opened, rated.AREA, 2009, LetterTexts("Schools", "Units"), rated.on(rated.DRAFTED))
        appeals.lodge(opened, rated.AREA, 2009, Said("Counted twice.", "The director"), rated.on(LODGED))
    return engine


def test_both_sides_hear_that_an_appeal_is_lodged_and_when_it_is_decided_r153(lodged: Engine) -> None:
    """Twenty working days after 28 September 2009: 26 October."""
    with session(lodged) as opened:
        found = queued(opened, LODGED, "appeal")
        assert recipients(found) == [DIRECTOR, POINT]
        assert all("What comes next: decide, by 26 October 2009." in row.body for row in found)
        assert found[0].subject == "Sheffield: the rating of 2009, your appeal is lodged"
        assert f"{ADDRESS}/areas/sheffield" in found[0].body
        assert "Lead Office" in found[0].body
        assert "Lead Office, " not in found[1].body  # nobody asks themselves
        assert queued(opened, LODGED + timedelta(days=3), "appeal") == []


def test_an_authority_reads_the_decision_only_once_it_is_told_r162(lodged: Engine) -> None:
    with session(lodged) as opened:
        number = appeals.decide_appeal(
            opened, 1, AppealVerdict("not-upheld", "Bea Roy", ""), rated.on(DECIDED, "Counted anew.")
        ).id
        to_authority, to_point = queued(opened, DECIDED, "appeal")
        assert "not upheld" in to_point.body
        assert "not upheld" not in to_authority.subject + to_authority.body
        assert "Counted anew." not in to_authority.body
        assert "tell the area, by 27 October 2009" in to_authority.body
        appeals.tell(opened, number or 0, Said("Units count one by one.", "Bea Roy"), rated.on(TOLD))
        to_authority, to_point = queued(opened, TOLD, "appeal")
        assert "is decided: not upheld." in to_authority.body
        assert "Units count one by one." in to_authority.body
        assert "Nothing more is to be done about it." in to_point.body


def test_what_happened_weeks_ago_is_no_news_any_more(lodged: Engine) -> None:
    """A programme that is brought up to date after a pause writes to nobody about all of it."""
    with session(lodged) as opened:
        assert queued(opened, LODGED + timedelta(days=15), "appeal") == []
        assert len(queued(opened, LODGED + timedelta(days=14), "appeal")) == 2


def test_who_speaks_for_the_authority_hears_the_answer_to_a_query_r156(lodged: Engine) -> None:
    with session(lodged) as opened:
        new = NewQuery(rated.AREA, "Are both units counted?", "Dee Avon")
        number = ask_query(opened, new, rated.on(LODGED)).id or 0
        assert queued(opened, LODGED, "query") == []
        answer_query(opened, number, "Yes, both.", "Lee Office", rated.on(DECIDED))
        (found,) = queued(opened, DECIDED, "query")
    assert found.recipient == DIRECTOR
    for words in ("Are both units counted?", "Lee Office answered on 20 October 2009:", "Yes, both."):
        assert words in found.body


def test_a_nominated_officer_hears_it_where_there_is_no_director_r064(lodged: Engine) -> None:
    with session(lodged) as opened:
        contact = opened.exec(select(Contact).where(Contact.email == DIRECTOR)).one()
        contact.role, contact.email = "nominated_officer", "officer@sheffield.example"
        opened.flush()
        assert recipients(queued(opened, LODGED, "appeal")) == [POINT, "officer@sheffield.example"]


def test_the_director_is_asked_for_the_self_assessment_and_told_the_result_r109_r111(engine: Engine) -> None:
    """30 April 2006 is a Sunday, so the self-assessment is asked for by the 28th."""
    asked_on, judged_on = date(2006, 1, 3), date(2006, 11, 14)
    with session(engine) as opened:
        tables.fill(opened, num_areas=1)
        assert queued(opened, asked_on, "assessment") == []
        make_year(opened, 2006, york.word(date(2006, 1, 2)))
        (found,) = queued(opened, asked_on, "assessment")
        assert (found.recipient, "28 April 2006" in found.subject) == (DIRECTOR, True)
        row = find_assessment(opened, "sheffield", 2006)
        judged(opened, row, judged_on)
        (found,) = queued(opened, judged_on, "assessment")
        assert (found.recipient, found.subject) == (DIRECTOR, "Sheffield: the result of APA 2006")
        assert found.body.count(": 3\n") == 3


def judged(opened: Session, row: YearlyAssessment, day: date) -> None:
    steps.say_returned(opened, row, date(2006, 4, 3), york.word(date(2006, 4, 3)))
    steps.begin_field(opened, row, date(2006, 6, 5), york.word(date(2006, 6, 5)))
    grades = {"overall": "3", "education": "3", "social_care": "3"}
    judging.judge_area(opened, row, grades, day, york.word(day))


def test_a_partner_hears_that_it_has_the_draft_and_that_the_report_is_published_r066_r083(
    engine: Engine,
) -> None:
    sent_on, out_on = date(2006, 7, 24), date(2006, 10, 6)
    york.york(engine)
    with session(engine) as opened:
        for name, email in (("Police", "amy@police.example"), ("Trust", "bea@trust.example")):
            values = {"area_code": york.AREA, "kind": "partner", "chief_officer": name.upper()}
            opened.add(Partner(name=name, email=email, **values))
        draft = york.step_of(opened, york.JAR, "draft_report")
        draft.state, draft.actual_on = "done", date(2006, 7, 21)
        opened.flush()
        circulate(opened, york.JAR, ["Police"], sent_on, york.word(sent_on))
        (found,) = queued(opened, sent_on, "report")
        assert found.recipient == "amy@police.example"
        assert "Please send comments on its accuracy by 4 August 2006." in found.body
        report = york.step_of(opened, york.JAR, "publication")
        report.state, report.actual_on = "done", out_on
        opened.flush()
        (found,) = queued(opened, out_on, "report")
    assert (found.recipient, "was published on 6 October 2006" in found.body) == ("amy@police.example", True)


def accepted(engine: Engine) -> date:
    """A statement came in and is accepted on a day."""
    day = date(2006, 11, 7)
    followed.programme(engine)
    with session(engine) as opened:
        followed.report_out(opened)
        row = followed.recommended(opened, followed.COUNCIL).id or 0
        answer_recommendation(opened, row, "We shall", followed.word(day))
        number = followed.review(opened).id or 0
        receive_statement(opened, number, date(2006, 11, 6), followed.word(day))
        assert queued(opened, day, "statement") == []
        accept_statement(opened, number, "The Secretary of State", followed.word(day))
    return day


def test_the_secretary_of_state_hears_of_a_statement_once_it_is_accepted_r092(engine: Engine) -> None:
    day, minister = accepted(engine), "minister@dfes.example"
    with session(engine) as opened:
        opened.add(Contact(role="secretary_of_state", name="Secretary of State", email=minister))
        opened.flush()
        (found,) = queued(opened, day, "statement")
    assert found.recipient == minister
    assert "came in on 6 November 2006." in found.body
    assert "- 1. Train all staff in safeguarding" in found.body


def test_operations_hear_of_it_where_nobody_holds_that_role_and_nobody_once_it_is_returned(
    engine: Engine,
) -> None:
    day = accepted(engine)
    with session(engine) as opened:
        assert recipients(queued(opened, day, "statement")) == [OFFICE]
        number = followed.review(opened).id or 0
        return_statement(opened, number, "Ann Lee", followed.word(day, "a priority action is missing"))
        opened.add(Contact(role="secretary_of_state", name="Minister", email="minister@dfes.example"))
        opened.flush()
        assert queued(opened, day + timedelta(days=1), "statement") == []


@pytest.fixture
def preparing_group(engine: Engine, home: Path) -> Engine:
    """A group with two members, which meets on 11 January and 22 February 2010."""
    preparing.write_framework(home)
    preparing.prepare(engine)
    with session(engine) as opened:
        preparing.start(opened)
        member = NewMember("Kit Moss", "Sheffield Health Trust", "", "kit@trust.example")
        add_member(opened, preparing.AREA, member, preparing.word())
    return engine


NEAR = date(2010, 2, 15)
MEMBERS = ["kit@trust.example", "nia@council.example"]


def test_members_are_reminded_of_a_meeting_five_working_days_before_r166(preparing_group: Engine) -> None:
    with session(preparing_group) as opened:
        assert queued(opened, NEAR - timedelta(days=1), "meeting") == []
        found = queued(opened, NEAR, "meeting")
        assert recipients(found) == MEMBERS
        assert {row.subject for row in found} == {
            "Sheffield: the preparation group meets on 22 February 2010"
        }
        assert not any(text in row.body for row in found for text in (POINT, OFFICE, ADDRESS))


def test_a_meeting_that_notice_has_cut_is_not_reminded_of_r166(preparing_group: Engine) -> None:
    with session(preparing_group) as opened:
        preparing.add_inspection(opened, date(2010, 2, 22))
        assert queued(opened, NEAR, "meeting") == []


def test_no_list_or_count_of_messages_shows_one_to_a_preparation_group_c17(preparing_group: Engine) -> None:
    """Nor is it found by its number, nor sent again by somebody of the inspectorate."""
    with session(preparing_group) as opened:
        hidden, _other = queued(opened, NEAR, "meeting")
        for state in ("waiting", "refused", "failed", "unresolved"):
            hidden.state, hidden.error = state, "no such mailbox"
            opened.flush()
            assert messages_made(opened, WantedMessages(), 50) == ([], 0)
            assert messages_made(opened, WantedMessages(words="kit"), 50) == ([], 0)
            assert (days_of_messages(opened), troubled(opened), put_off(opened)) == ([], [], [])
            with pytest.raises(NotFound):
                find_message(opened, hidden.id or 0)
            with pytest.raises(NotFound):
                settle(opened, hidden.id or 0, Fate.AGAIN, "Ann", preparing.word().at, "")
            with pytest.raises(NotFound, match="No message has failed") as caught:
                send_again(opened, "no such mailbox", "Ann", preparing.word().at)
            assert "kit" not in str(caught.value)


def test_any_other_message_is_in_the_lists_and_found_by_its_number(lodged: Engine) -> None:
    """The acceptance twin of what is hidden."""
    with session(lodged) as opened:
        found = queued(opened, LODGED, "appeal")
        assert messages_made(opened, WantedMessages(), 50)[1] == 2
        assert [line.messages for line in days_of_messages(opened)] == [2]
        assert find_message(opened, found[0].id or 0) is found[0]
