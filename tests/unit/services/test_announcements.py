"""Whoever is concerned is told once, and only they: dates, changes, places in a team, notices, what is asked for."""

from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, delete, update
from sqlmodel import col, select

from models import Activity, Announcement, Contact, Inspector, PlanVersion, Step, TeamPlace, session
from services.casework.advancing import advance
from tests.fakes import UNREACHABLE, FakeTransport
from tests.known import known
from tests.tables import PLANNED_ON, store
from tests.told import (
    ANALYSIS,
    CHIEF,
    DIRECTOR,
    INSPECTOR,
    LEAD,
    LEADER,
    NOTICE,
    done,
    events_of,
    give_notice,
    move,
    publish_york,
    send,
    step_of,
    text_of,
)


@pytest.fixture
def york(engine: Engine) -> Engine:
    """York's dates are published."""
    publish_york(engine)
    return engine


def test_york_hears_nothing_before_its_notice_and_then_everything_at_once(york: Engine) -> None:
    """R064, R065: 14 dates and the five items that are asked for, on 10 February 2006."""
    for day in (PLANNED_ON, date(2005, 12, 1), date(2006, 2, 9)):
        with session(york) as opened:
            advance(opened, day)
        assert not {DIRECTOR, CHIEF} & send(york, day).keys()
    give_notice(york)
    found = send(york, NOTICE)
    assert {DIRECTOR, CHIEF} <= found.keys()
    text = text_of(found[DIRECTOR])
    dates = text.split("What happens when:")[1].split("What you are asked to do")[0]
    assert dates.count("\n- ") == 14
    for line in (
        "24 to 28 April 2006: Analysis week",
        "15 to 26 May 2006: Fieldwork",
        "21 July 2006: Draft report to the director",
        "6 October 2006: Report published",
    ):
        assert f"- {line}\n" in dates
    asked = text.split("What is asked for:")[1].split("The dates are")[0]
    assert asked.count("\n- ") == 5
    assert "Self-assessment by the council and its partners" in asked
    assert not {DIRECTOR, CHIEF} & send(york, NOTICE + timedelta(days=3)).keys()


def test_a_notice_says_whom_to_ask_and_where_to_look(york: Engine) -> None:
    with session(york) as opened:
        opened.exec(
            update(Contact).where(col(Contact.role) == "lead_inspectorate").values(telephone="020 7421 6800")
        )
    give_notice(york)
    message = send(york, NOTICE)[DIRECTOR]
    text = text_of(message)
    assert "- Inspector 0.0, Leader of the review team, sheffield-0@inspectors.example\n" in text
    assert "- Lead Office, Lead inspectorate (Ofsted), 020 7421 6800, lead@ofsted.example\n" in text
    assert "https://reviews.example.org/areas/sheffield" in text
    assert message["List-Unsubscribe"] is None  # nobody can do without a notice
    assert str(message["Subject"]) == (
        "Sheffield: notice of the joint area review, fieldwork 15 to 26 May 2006"
    )


def test_stages_and_meetings_are_attached_under_the_identities_of_the_feeds(york: Engine) -> None:
    give_notice(york)
    events = events_of(send(york, NOTICE)[DIRECTOR])
    assert events["sheffield-jar-fieldwork@jarcycle.invalid"] == (
        date(2006, 5, 15),
        date(2006, 5, 27),
        "CONFIRMED",
    )
    assert "sheffield-jar-set_up@jarcycle.invalid" in events
    assert "sheffield-jar-draft_report@jarcycle.invalid" not in events  # a deadline takes no time


def test_the_same_words_are_there_as_a_page(york: Engine) -> None:
    give_notice(york)
    shown = str(known(send(york, NOTICE)[DIRECTOR].get_body(("html",))).get_content())
    assert "<li>15 to 26 May 2006: Fieldwork</li>" in shown
    assert "<h2>Whom to ask</h2>" in shown
    assert '<a href="https://reviews.example.org/areas/sheffield">' in shown


def test_the_team_hears_once_that_it_is_one(york: Engine) -> None:
    found = send(york, PLANNED_ON)
    assert {LEADER, INSPECTOR, LEAD} <= found.keys()
    assert "Your place: Leader of the review team." in text_of(found[LEADER])
    assert "15 to 26 May 2006: Fieldwork" in text_of(found[INSPECTOR])
    assert "Draft report" not in text_of(found[INSPECTOR])  # which is not theirs
    assert send(york, PLANNED_ON + timedelta(days=1)) == {}


def test_changed_dates_are_told_with_the_old_ones_and_the_reason(york: Engine) -> None:
    """R019: to those who had been told, and to nobody else."""
    send(york, PLANNED_ON)
    day = date(2005, 9, 5)
    move(york, date(2006, 6, 12), day)
    found = send(york, day)
    assert {LEADER, INSPECTOR, LEAD} <= found.keys()
    assert not {DIRECTOR, CHIEF} & found.keys()
    text = text_of(found[INSPECTOR])
    assert "- Fieldwork: 3 to 14 July 2006\n  Before: 15 to 26 May 2006." in text
    assert "Why: the director has fallen ill." in text
    event = events_of(found[INSPECTOR])["sheffield-jar-fieldwork@jarcycle.invalid"]
    assert event[:2] == (date(2006, 7, 3), date(2006, 7, 15))


def test_what_moved_back_before_anybody_heard_is_not_told(york: Engine) -> None:
    send(york, PLANNED_ON)
    move(york, date(2006, 6, 12), date(2005, 9, 5))
    move(york, ANALYSIS, date(2005, 9, 6))
    assert send(york, date(2005, 9, 6)) == {}


def test_what_moved_twice_is_told_once(york: Engine) -> None:
    send(york, PLANNED_ON)
    move(york, date(2006, 6, 12), date(2005, 9, 5))
    move(york, date(2006, 6, 19), date(2005, 9, 6))
    assert "Before: 15 to 26 May 2006." in text_of(send(york, date(2005, 9, 6))[INSPECTOR])


def test_dates_that_follow_a_late_step_are_told_with_that_as_the_reason(york: Engine) -> None:
    give_notice(york)
    send(york, NOTICE)
    with session(york) as opened:
        draft, comments = (step_of(opened, name) for name in ("draft_report", "accuracy_comments"))
        draft.state, draft.actual_on = "done", date(2006, 7, 26)
        comments.due_on = date(2006, 8, 9)
    text = text_of(send(york, date(2006, 7, 26))[DIRECTOR])
    assert "- Comments on accuracy from the director: 9 August 2006\n  Before: 4 August 2006." in text
    assert "Why: Draft report to the director was done on 26 July 2006." in text


def other_inspector(engine: Engine) -> None:
    """The published plan has another person in the place of an inspector."""
    with session(engine) as opened:
        row = opened.exec(select(Inspector).where(Inspector.code == "sheffield-1")).one()
        new = {**row.model_dump(), "code": "new-1", "name": "New Person", "email": "new@inspectors.example"}
        opened.add(Inspector(**new))
        opened.flush()
        opened.exec(
            update(TeamPlace)
            .where(col(TeamPlace.inspector_code) == "sheffield-1")
            .values(inspector_code="new-1")
        )


def test_who_leaves_a_team_and_who_joins_it_is_told(york: Engine) -> None:
    send(york, PLANNED_ON)
    other_inspector(york)
    found = send(york, PLANNED_ON + timedelta(days=1))
    assert found.keys() == {INSPECTOR, "new@inspectors.example"}
    assert "You are no longer in the team of the joint area review in Sheffield." in text_of(found[INSPECTOR])
    assert {status for *_days, status in events_of(found[INSPECTOR]).values()} == {"CANCELLED"}
    assert "Your place: Inspectors of the review team." in text_of(found["new@inspectors.example"])
    assert send(york, PLANNED_ON + timedelta(days=2)) == {}


def test_who_leaves_hears_of_the_days_that_they_knew(york: Engine) -> None:
    """The plan that leaves them out has moved the review as well."""
    send(york, PLANNED_ON)
    move(york, date(2006, 6, 12), date(2005, 9, 5))
    with session(york) as opened:
        opened.exec(delete(TeamPlace).where(col(TeamPlace.inspector_code) == "sheffield-1"))
    text = text_of(send(york, date(2005, 9, 5))[INSPECTOR])
    assert "these days are free again:\n\n- 24 to 28 April 2006: Analysis week\n" in text


def test_a_leader_who_leaves_hears_of_single_meetings_but_of_nothing_that_is_over(york: Engine) -> None:
    send(york, PLANNED_ON)
    day = date(2006, 4, 28)
    with session(york) as opened:
        for name in ("set_up", "analysis"):
            done(opened, name, day)
        opened.exec(delete(TeamPlace).where(col(TeamPlace.inspector_code) == "sheffield-0"))
    text = text_of(send(york, day)[LEADER])
    assert (
        "these days are free again:\n\n- 15 to 26 May 2006: Fieldwork\n- 26 May 2006: Headline feedback"
        in text
    )
    assert "Analysis week" not in text


def test_a_corrected_address_gets_the_dates_and_the_old_one_no_farewell(york: Engine) -> None:
    send(york, PLANNED_ON)
    with session(york) as opened:
        opened.exec(
            update(Inspector)
            .where(col(Inspector.code) == "sheffield-1")
            .values(email="right@inspectors.example")
        )
    assert send(york, PLANNED_ON + timedelta(days=1)).keys() == {"right@inspectors.example"}


def test_a_new_director_gets_the_notice_and_no_one_else(york: Engine) -> None:
    give_notice(york)
    send(york, NOTICE)
    with session(york) as opened:
        opened.exec(
            update(Contact).where(col(Contact.email) == DIRECTOR).values(email="new@sheffield.example")
        )
    found = send(york, NOTICE + timedelta(days=3))
    assert "new@sheffield.example" in found
    assert "15 to 26 May 2006: Fieldwork" in text_of(found["new@sheffield.example"])
    assert DIRECTOR not in found


def test_whoever_was_told_hears_that_a_review_is_cancelled(york: Engine) -> None:
    give_notice(york)
    told = send(york, NOTICE).keys() - {"operations@ofsted.example"}
    with session(york) as opened:
        opened.exec(update(Activity).values(state="cancelled"))
    found = send(york, NOTICE + timedelta(days=3))
    assert found.keys() == told
    assert "does not take place" in text_of(found[DIRECTOR])
    assert send(york, NOTICE + timedelta(days=4)) == {}


def test_what_is_asked_for_later_is_asked_once(york: Engine) -> None:
    give_notice(york)
    send(york, NOTICE)
    day = date(2006, 2, 27)
    with session(york) as opened:
        done(opened, "set_up", day)
        advance(opened, day)
    text = text_of(send(york, day)[DIRECTOR])
    assert "you are asked for:\n\n" in text
    assert "- A sample of case files, read from more than one service per child: by" in text
    assert "Performance data" not in text  # the notice has asked for it
    with session(york) as opened:
        advance(opened, date(2006, 2, 28))
    later = send(york, date(2006, 2, 28)).get(DIRECTOR)
    assert later is None or "case files" not in text_of(later)


def test_who_has_had_a_message_today_hears_the_rest_tomorrow(york: Engine) -> None:
    send(york, PLANNED_ON)
    move(york, date(2006, 6, 12), PLANNED_ON)
    assert send(york, PLANNED_ON) == {}
    assert INSPECTOR in send(york, PLANNED_ON + timedelta(days=1))


def test_what_did_not_arrive_was_not_told(york: Engine) -> None:
    send(york, PLANNED_ON, FakeTransport(UNREACHABLE))
    with session(york) as opened:
        assert len(opened.exec(select(Announcement)).all()) > 0
    move(york, date(2006, 6, 12), date(2005, 9, 5))
    text = text_of(send(york, date(2005, 9, 5))[INSPECTOR])
    assert "You are in the team" in text
    assert "3 to 14 July 2006: Fieldwork" in text
    assert "Before" not in text


def test_dates_that_move_while_the_run_lasts_go_out_anew(york: Engine) -> None:
    class Busy(FakeTransport):
        def deliver(self, message: EmailMessage):  # type: ignore[no-untyped-def]
            with session(york) as opened:
                opened.exec(
                    update(Step).where(col(Step.step_id) == "fieldwork").values(start_on=date(2006, 5, 22))
                )
            return super().deliver(message)

    transport = Busy()
    send(york, PLANNED_ON, transport)
    assert len(transport.messages) == 1
    assert "22 to 26 May 2006: Fieldwork" in text_of(send(york, PLANNED_ON)[INSPECTOR])


def test_a_plan_without_a_reason_is_called_a_new_one(york: Engine) -> None:
    send(york, PLANNED_ON)
    move(york, date(2006, 6, 12), date(2005, 9, 5))
    with session(york) as opened:
        opened.exec(update(PlanVersion).values(reason=""))
    assert "Why: a new plan was published." in text_of(send(york, date(2005, 9, 5))[INSPECTOR])


def test_what_a_new_plan_did_not_move_is_not_told_with_its_reason(york: Engine) -> None:
    """R019: the reason may be another review's."""
    give_notice(york)
    send(york, NOTICE)
    with session(york) as opened:
        opened.exec(update(Activity).values(plan_version=store(opened)))
        opened.exec(update(PlanVersion).values(reason="illness in another area"))
        draft, comments = (step_of(opened, name) for name in ("draft_report", "accuracy_comments"))
        draft.state, draft.actual_on = "done", date(2006, 7, 26)
        comments.due_on = date(2006, 8, 9)
    text = text_of(send(york, date(2006, 7, 26))[DIRECTOR])
    assert "illness" not in text
    assert "Why: Draft report to the director was done on 26 July 2006." in text
