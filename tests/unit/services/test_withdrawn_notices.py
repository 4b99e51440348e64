"""Who had a notice hears that it is withdrawn, and has the next one as one; what nobody heard is not taken back."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from models import Activity, AuditEntry, session
from services.casework.contacts import Contacts
from services.casework.reminders import tell_undone
from services.casework.undoing import undo
from services.plans.cancelling import cancel
from services.programme import rules_of
from tests.fakes import UNREACHABLE, FakeTransport
from tests.kept import kept
from tests.told import (
    CHIEF,
    DIRECTOR,
    INSPECTOR,
    NOTICE,
    done,
    move,
    publish_york,
    send,
    step_of,
    text_of,
)
from tests.york import JAR, SET_UP, sign, word

DAY = timedelta(days=1)
LATER = date(2006, 6, 12)
FIELDWORK = "sheffield-jar-fieldwork@jarcycle.invalid"


@pytest.fixture
def york(engine: Engine) -> Engine:
    noticed(engine)
    return engine


@kept
def noticed(engine: Engine) -> None:
    """York had its notice."""
    publish_york(engine)
    with session(engine) as opened:
        sign(opened, JAR, "notification", NOTICE)


def take_back(engine: Engine, step: str, day: date, why: str = "the wrong week was named") -> None:
    with session(engine) as opened:
        undo(opened, step_of(opened, step).id or 0, word(day, why))


def move_by_name(engine: Engine, day: date) -> None:
    """A plan in which York's review is seven weeks later is published, although its notice was given."""
    move(engine, LATER, day, "the council asked for it", moving=[JAR])


def give_again(engine: Engine, day: date) -> None:
    with session(engine) as opened:
        sign(opened, JAR, "notification", day)


def fieldwork_of(message) -> tuple[int, str]:  # type: ignore[no-untyped-def]
    """Number and status of the event that is attached."""
    [attached] = message.iter_attachments()
    events = Calendar.from_ical(str(attached.get_content())).walk("VEVENT")
    event = next(event for event in events if str(event["UID"]) == FIELDWORK)
    return int(event["SEQUENCE"]), str(event["STATUS"])


def test_who_had_a_notice_hears_once_that_it_is_withdrawn(york: Engine) -> None:
    assert {DIRECTOR, CHIEF} <= send(york, NOTICE).keys()
    take_back(york, "notification", NOTICE + DAY)
    found = send(york, NOTICE + DAY)
    assert {DIRECTOR, CHIEF} <= found.keys()
    assert INSPECTOR not in found
    text = text_of(found[DIRECTOR])
    assert str(found[DIRECTOR]["Subject"]) == "Sheffield: the notice of the joint area review is withdrawn"
    assert "Why: the wrong week was named." in text
    assert "- 15 to 26 May 2006: Fieldwork\n" in text
    assert not {DIRECTOR, CHIEF} & send(york, NOTICE + 2 * DAY).keys()


def test_a_notice_that_nobody_had_is_not_withdrawn(york: Engine) -> None:
    send(york, NOTICE, FakeTransport(UNREACHABLE))
    take_back(york, "notification", NOTICE + DAY)
    assert not {DIRECTOR, CHIEF} & send(york, NOTICE + DAY).keys()


def test_a_notice_withdrawn_and_given_again_before_the_next_message_is_nothing_new(york: Engine) -> None:
    send(york, NOTICE)
    take_back(york, "notification", NOTICE + DAY)
    give_again(york, NOTICE + DAY)
    assert not {DIRECTOR, CHIEF} & send(york, NOTICE + DAY).keys()


def test_evidence_is_asked_for_again_only_of_who_has_heard_of_the_end(york: Engine) -> None:
    send(york, NOTICE)
    with session(york) as opened:
        sign(opened, JAR, "set_up", SET_UP)
    assert "A sample of case files" in text_of(send(york, SET_UP)[DIRECTOR])
    take_back(york, "set_up", SET_UP)
    with session(york) as opened:
        sign(opened, JAR, "set_up", SET_UP)
    found = send(york, SET_UP + DAY)
    assert not any("case files" in text_of(message) for message in found.values())
    take_back(york, "set_up", SET_UP + DAY)
    take_back(york, "notification", SET_UP + DAY)
    assert "is withdrawn" in str(send(york, SET_UP + 2 * DAY)[DIRECTOR]["Subject"])
    with session(york) as opened:
        sign(opened, JAR, "notification", NOTICE)
    send(york, SET_UP + 3 * DAY)
    with session(york) as opened:
        sign(opened, JAR, "set_up", SET_UP)
    assert "A sample of case files" in text_of(send(york, SET_UP + 4 * DAY)[DIRECTOR])


def test_what_was_not_asked_for_before_is_asked_for_when_the_notice_is_given_again(york: Engine) -> None:
    """As if the item had not been among those that went with the notice: a wider scope asks for more."""
    send(york, NOTICE)
    take_back(york, "notification", NOTICE + DAY)
    with session(york) as opened:
        undone = opened.exec(select(AuditEntry).where(AuditEntry.action == "undo")).one()
        undone.after = str(undone.after).replace("Performance data", "Something else")
    give_again(york, NOTICE + DAY)
    assert "Performance data" in text_of(send(york, NOTICE + DAY)[DIRECTOR])


def test_who_was_asked_in_a_message_that_did_not_arrive_is_asked_once(york: Engine) -> None:
    send(york, NOTICE, FakeTransport(UNREACHABLE))
    take_back(york, "notification", NOTICE + DAY)
    give_again(york, NOTICE + DAY)
    assert text_of(send(york, NOTICE + DAY)[DIRECTOR]).count("Performance data") == 1


def test_a_notice_given_anew_is_a_notice_with_all_dates(york: Engine) -> None:
    send(york, NOTICE)
    move_by_name(york, NOTICE + DAY)
    withdrawn = text_of(send(york, NOTICE + DAY)[DIRECTOR])
    assert "- 15 to 26 May 2006: Fieldwork\n" in withdrawn  # which they know
    assert "Why: the council asked for it." in withdrawn
    give_again(york, NOTICE + 5 * DAY)
    message = send(york, NOTICE + 5 * DAY)[DIRECTOR]
    assert str(message["Subject"]) == (
        "Sheffield: notice of the joint area review, fieldwork 3 to 14 July 2006"
    )
    text = text_of(message)
    assert "It takes the place of the notice that you had before." in text
    assert "What you are asked to do:" in text
    assert "have changed" not in text


def test_who_was_not_told_of_the_end_has_the_new_notice_as_one(york: Engine) -> None:
    send(york, NOTICE)
    move_by_name(york, NOTICE + DAY)
    give_again(york, NOTICE + DAY)
    found = send(york, NOTICE + DAY)
    assert "It takes the place of the notice that you had before." in text_of(found[DIRECTOR])
    assert "have changed" in text_of(found[INSPECTOR])


def test_the_numbers_of_a_notice_its_end_and_the_next_rise(york: Engine) -> None:
    first = fieldwork_of(send(york, NOTICE)[DIRECTOR])
    take_back(york, "notification", NOTICE + DAY)
    second = fieldwork_of(send(york, NOTICE + DAY)[DIRECTOR])
    give_again(york, NOTICE + 3 * DAY)
    third = fieldwork_of(send(york, NOTICE + 3 * DAY)[DIRECTOR])
    assert [status for _number, status in (first, second, third)] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert first[0] < second[0] < third[0]


def test_what_is_called_off_after_its_notice_was_withdrawn_is_not_told_again(york: Engine) -> None:
    send(york, NOTICE)
    take_back(york, "notification", NOTICE + DAY)
    send(york, NOTICE + DAY)
    with session(york) as opened:
        cancel(opened, JAR, word(NOTICE + 2 * DAY, "it is not needed"))
    found = send(york, NOTICE + 2 * DAY)
    assert INSPECTOR in found
    assert DIRECTOR not in found


def test_no_reminder_goes_to_who_may_not_hear_any_more(york: Engine) -> None:
    """R064: it was planned while the notice held."""
    with session(york) as opened:
        sign(opened, JAR, "set_up", date(2006, 2, 27))
    take_back(york, "set_up", date(2006, 2, 27))
    take_back(york, "notification", date(2006, 2, 27))
    assert not {DIRECTOR, CHIEF} & send(york, date(2006, 2, 28)).keys()


def test_a_word_that_did_not_go_out_is_not_taken_back(york: Engine) -> None:
    send(york, NOTICE)
    day = date(2006, 7, 21)
    with session(york) as opened:
        done(opened, "draft_report", day)
    send(york, day, FakeTransport(*[UNREACHABLE] * 9))
    reopen(york, "draft_report", day)
    text = " ".join(text_of(message) for message in send(york, day + DAY).values())
    assert "not done after all" not in text.lower()


def reopen(engine: Engine, step_id: str, day: date) -> None:
    """What an undo does to a step and its words."""
    with session(engine) as opened:
        step = step_of(opened, step_id)
        activity = opened.get_one(Activity, step.activity_id)
        step.state, step.actual_on = "planned", None
        tell_undone(opened, activity, step, day, Contacts(opened, rules_of(opened)))
        step.times_withdrawn += 1


def test_a_word_that_went_out_is_taken_back_once_and_said_again(york: Engine) -> None:
    send(york, NOTICE)
    day = date(2006, 7, 21)
    with session(york) as opened:
        done(opened, "draft_report", day)
    assert "Done on 21 July 2006." in text_of(send(york, day)[DIRECTOR])
    reopen(york, "draft_report", day + DAY)
    assert "Not done after all" in text_of(send(york, day + DAY)[DIRECTOR])
    with session(york) as opened:
        done(opened, "draft_report", day)
    assert "Done on 21 July 2006." in text_of(send(york, day + 2 * DAY)[DIRECTOR])


def test_a_word_taken_back_and_said_again_before_the_next_message_is_not_repeated(york: Engine) -> None:
    send(york, NOTICE)
    day = date(2006, 7, 21)
    with session(york) as opened:
        done(opened, "draft_report", day)
    send(york, day)
    reopen(york, "draft_report", day)
    with session(york) as opened:
        done(opened, "draft_report", day)
    later = send(york, day + DAY).get(DIRECTOR)
    assert later is None or "Draft report" not in text_of(later)
