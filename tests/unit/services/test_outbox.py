"""From due reminders to messages: one a person and day, each sent at most once, the rest in plain sight."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.policy import default as default_policy
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from config.addresses import parse_sender
from models import Activity, AuditEntry, Contact, Delivery, Heartbeat, Reminder, Step, session
from services import heartbeats
from services.audit import Word
from services.casework.contacts import Person
from services.casework.reminders import plan_reminders
from services.errors import NotFound, Refused
from services.messages.claims import LEASE
from services.messages.contents import Content, Due
from services.messages.deliveries import STOP_AFTER
from services.messages.digests import message_id
from services.messages.outbox import (
    MAX_ATTEMPTS,
    MAX_DEFERRALS,
    SendSummary,
    message_of,
    send_due,
)
from services.messages.settling import Fate, send_again, settle
from services.messages.transports import FolderTransport, Transport
from services.shown.attention import concerns_of_messages
from tests.fakes import DEFERRED, REFUSED, SENT, UNCLEAR, UNREACHABLE, FakeTransport
from tests.kept import kept
from tests.known import known
from tests.people import sign as signs
from tests.tables import WHO, at, published

DAY = date(2005, 11, 28)
"""Ten working days before Sheffield's self-assessment, twenty before nothing, and Cheshire's notification is near."""


TOLD_ON = date(2005, 8, 2)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    told(engine)
    return engine


@kept
def told(engine: Engine) -> None:
    """Two areas, everybody told of the dates: what comes are reminders."""
    published(engine, num_areas=2)
    assert remind(engine, FakeTransport(), TOLD_ON).is_complete


@pytest.fixture
def untold(engine: Engine) -> Engine:
    """Two areas of which nobody has heard: there are messages for many."""
    published(engine, num_areas=2)
    return engine


def remind(
    engine: Engine, transport: Transport, day: date = DAY, later: timedelta = timedelta(0)
) -> SendSummary:
    with session(engine) as opened:
        plan_reminders(opened, day)
    return send_due(engine, day, lambda: at(day) + later, transport)


def deliveries(engine: Engine) -> list[Delivery]:
    with session(engine, read_only=True) as opened:
        query = select(Delivery).where(Delivery.as_of > TOLD_ON).order_by(col(Delivery.id))
        return list(opened.exec(query))


def reminder_states(opened: Session) -> list[str]:
    return sorted(opened.exec(select(Reminder.state)))


def test_a_person_gets_one_message_a_day_with_everything_in_it(programme: Engine) -> None:
    transport = FakeTransport()
    summary = remind(programme, transport)
    recipients = [str(message["To"]) for message in transport.messages]
    assert len(recipients) == len(set(recipients)) == summary.messages == summary.sent
    assert summary.reminders > summary.messages
    text = text_of(next(m for m in transport.messages if m["To"] == "lead@ofsted.example"))
    assert "Sheffield, joint area review: Notification" in text
    assert "Cheshire, joint area review: Notification" in text


def text_of(message: EmailMessage) -> str:
    """What it says in plain text."""
    return str(known(message.get_body(("plain",))).get_content())


def test_a_day_run_twice_sends_nothing_twice(programme: Engine) -> None:
    transport = FakeTransport()
    remind(programme, transport)
    number = len(transport.messages)
    assert remind(programme, transport) == SendSummary()
    assert len(transport.messages) == number > 0


def test_the_same_reminders_always_make_the_same_message_id() -> None:
    """Whatever the numbers and the order of their rows; other reminders make another one."""

    def due(number: int, occurrence: int) -> Due:
        words = {
            "rule": "before",
            "occurrence": occurrence,
            "due_on": DAY,
            "remind_on": DAY,
            "role": "director",
        }
        reminder = Reminder(id=number, activity_id=number, step_id=number, recipient="d@x.example", **words)
        step = Step(
            id=number, activity_id=number, step_id="set_up", position=2, kind="milestone", name="Set-up"
        )
        return Due(reminder, step, Activity(code="380-jar"))

    def named(*found: Due) -> str:
        return message_id(Content(Person("D", "d@x.example", "director"), due=list(found)), DAY)

    assert named(due(1, 20), due(2, 10)) == named(due(70, 10), due(60, 20))
    assert named(due(1, 20)) != named(due(1, 10))


def test_a_message_carries_its_id_and_says_that_a_machine_sent_it(programme: Engine) -> None:
    transport = FakeTransport()
    with session(programme) as opened:
        plan_reminders(opened, DAY)
    send_due(
        programme, DAY, lambda: at(DAY), transport, "programme@ofsted.example", "https://reviews.example.org"
    )
    message = transport.messages[0]
    assert message["Message-ID"] == deliveries(programme)[0].message_id
    assert (message["From"], message["Auto-Submitted"]) == ("programme@ofsted.example", "auto-generated")
    assert "https://reviews.example.org/areas/sheffield" in text_of(message)
    assert message["List-Unsubscribe"] == "<mailto:programme@ofsted.example?subject=unsubscribe>"


def test_a_refused_message_is_tried_again_later_and_given_up_in_the_end(programme: Engine) -> None:
    """Not five times in a minute: after one hour, four hours, a day and two days."""
    states, waits = [], [0, 0.5, 1, 4.5, 5, 29, 77, 78]
    for hours in waits:
        remind(programme, FakeTransport(REFUSED), later=timedelta(hours=hours))
        states.append(refused_row(programme).state)
    assert states == ["refused"] * 6 + ["failed"] * 2
    assert refused_row(programme).attempts == MAX_ATTEMPTS
    assert refused_row(programme).error == "550 no such mailbox"


def refused_row(engine: Engine) -> Delivery:
    """The one message that was refused."""
    return next(row for row in deliveries(engine) if row.state != "sent")


def test_a_message_refused_once_goes_out_the_next_time(programme: Engine) -> None:
    transport = FakeTransport(REFUSED)
    first = remind(programme, transport)
    second = remind(programme, transport, later=timedelta(hours=1))
    assert (first.refused, second.sent, second.messages) == (1, 1, 0)
    assert {row.state for row in deliveries(programme)} == {"sent"}
    assert second.is_complete
    assert not first.is_complete


def test_a_message_that_was_put_off_is_tried_again_soon_and_costs_no_attempt(untold: Engine) -> None:
    """A server that takes three messages a run: on the fifth run the rest is out, and nothing has failed."""
    counts, later = [], timedelta(0)
    while not counts or counts[-1].deferred:
        counts.append(remind(untold, FakeTransport(*[SENT] * 3, *[DEFERRED] * 100), later=later))
        later += timedelta(hours=4)
    assert [row.state for row in deliveries(untold) if row.state != "sent"] == []
    assert counts[0].deferred == counts[0].messages - 3 > 0
    assert {row.attempts for row in deliveries(untold)} == {1}
    assert max(row.deferrals for row in deliveries(untold)) == len(counts) - 1


def test_what_waits_to_be_tried_again_is_named_and_no_success(programme: Engine) -> None:
    put_off = remind(programme, FakeTransport(DEFERRED)).deferred
    summary = remind(programme, FakeTransport(), later=timedelta(minutes=5))
    assert (summary.later, summary.sent) == (put_off, 0)
    assert not summary.is_complete
    assert str(summary) == "0 reminders in 0 new messages, 0 sent, 1 tried again later."


def test_a_message_that_is_put_off_for_ever_is_given_up(programme: Engine) -> None:
    remind(programme, FakeTransport(DEFERRED))
    for number in range(1, MAX_DEFERRALS):
        assert refused_row(programme).state == "deferred"
        remind(programme, FakeTransport(DEFERRED), later=timedelta(hours=4 * number))
    assert (refused_row(programme).state, refused_row(programme).attempts) == ("failed", 0)


def test_a_server_that_refuses_everything_ends_the_run_and_is_a_concern(untold: Engine) -> None:
    """The next run begins with one test message."""
    first, second = FakeTransport(*[REFUSED] * 100), FakeTransport(*[REFUSED] * 100)
    summary = remind(untold, first)
    assert len(first.messages) == summary.refused == STOP_AFTER
    assert summary.left == summary.messages - STOP_AFTER > 0
    assert "takes no message" in summary.trouble
    remind(untold, second, later=timedelta(minutes=10))
    assert len(second.messages) == 1
    with session(untold, read_only=True) as opened:
        assert [concern.kind for concern in concerns_of_messages(opened)] == ["mail-refused"]
    assert remind(untold, FakeTransport(), later=timedelta(hours=2)).is_complete
    with session(untold, read_only=True) as opened:
        assert concerns_of_messages(opened) == []


def test_a_server_that_drops_every_text_leaves_few_messages_unresolved(untold: Engine) -> None:
    summary = remind(untold, FakeTransport(*[UNCLEAR] * 100))
    assert (summary.unresolved, summary.left) == (STOP_AFTER, summary.messages - STOP_AFTER)


def test_a_message_to_no_address_fails_alone(programme: Engine) -> None:
    """It ended the sender, with 14 of 32 messages sent. The right address makes it good."""
    with session(programme) as opened:
        opened.exec(update(Contact).where(col(Contact.email) == "lead@ofsted.example").values(email="jane@"))
    transport = FakeTransport()
    summary = remind(programme, transport)
    assert (summary.failed, summary.sent) == (1, summary.messages - 1)
    assert "'jane@': this is not an email address" in refused_row(programme).error
    assert remind(programme, FakeTransport(), later=timedelta(days=1)).failed == 0
    with session(programme) as opened:
        opened.exec(update(Contact).where(col(Contact.email) == "jane@").values(email="jane@ofsted.example"))
    assert remind(programme, transport).sent == 1
    assert transport.messages[-1]["To"] == "jane@ofsted.example"
    assert {row.state for row in deliveries(programme)} == {"sent"}


def test_a_host_of_the_office_needs_no_dot(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(
            update(Contact).where(col(Contact.email) == "lead@ofsted.example").values(email="lead@mailhost")
        )
    transport = FakeTransport()
    assert remind(programme, transport).failed == 0
    assert "lead@mailhost" in {str(message["To"]) for message in transport.messages}


def test_whoever_unsubscribes_writes_to_the_address_of_a_named_sender() -> None:
    row = Delivery(
        message_id="<1@x>",
        as_of=date(2006, 1, 2),
        channel="mail",
        recipient="jane@york.example",
        subject="Reminder",
        body="Soon.",
        occasions="reminder",
    )
    sender = parse_sender("Avon, Jané <desk@ofsted.example>")
    message = message_of(row, sender, datetime(2006, 1, 2, tzinfo=UTC))
    assert message["List-Unsubscribe"] == "<mailto:desk@ofsted.example?subject=unsubscribe>"
    head = message.as_bytes(policy=SMTP).split(b"\r\n\r\n")[0].decode("ascii")  # nothing is left unencoded
    read = BytesParser(policy=default_policy).parsebytes(head.encode())["From"].addresses
    assert [(found.display_name, found.addr_spec) for found in read] == [
        ("Avon, Jané", "desk@ofsted.example")
    ]


def test_an_unsent_message_goes_to_who_holds_the_role_now(programme: Engine) -> None:
    remind(programme, FakeTransport(UNREACHABLE))
    with session(programme) as opened:
        opened.exec(
            update(Contact)
            .where(col(Contact.email) == "lead@ofsted.example")
            .values(email="new@ofsted.example")
        )
    transport = FakeTransport()
    remind(programme, transport)
    recipients = {str(message["To"]) for message in transport.messages}
    assert "new@ofsted.example" in recipients
    assert "lead@ofsted.example" not in recipients


def test_one_mailbox_in_two_spellings_gets_one_message(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(
            update(Contact)
            .where(col(Contact.role) == "chief_executive", col(Contact.area_code) == "sheffield")
            .values(email="LEAD@Ofsted.example", role="lead_inspectorate")
        )
    transport = FakeTransport()
    remind(programme, transport)
    recipients = [str(message["To"]).lower() for message in transport.messages]
    assert recipients.count("lead@ofsted.example") == 1


def test_a_reminder_of_a_date_that_moved_while_it_was_planned_is_not_sent(programme: Engine) -> None:
    """On PostgreSQL two processes do both at once: the row of the old date stays planned."""
    with session(programme) as opened:
        plan_reminders(opened, DAY)
        opened.exec(update(Step).values(start_on=None, end_on=None, due_on=DAY + timedelta(days=200)))
    assert send_due(programme, DAY, lambda: at(DAY), FakeTransport()).reminders == 0
    with session(programme, read_only=True) as opened:
        assert set(reminder_states(opened)) == {"superseded"}


def test_what_is_done_while_the_run_lasts_is_not_reminded_of(programme: Engine) -> None:
    class Busy(FakeTransport):
        def deliver(self, message):  # type: ignore[no-untyped-def]
            with session(programme) as opened:
                opened.exec(update(Step).values(state="done"))
            return super().deliver(message)

    transport = Busy()
    remind(programme, transport)
    assert len(transport.messages) == 1


def test_the_clock_is_read_for_each_message(programme: Engine) -> None:
    """A run of half an hour: nobody takes its later messages for abandoned ones."""
    hours = iter(range(1000))
    with session(programme) as opened:
        plan_reminders(opened, DAY)
    send_due(programme, DAY, lambda: at(DAY) + timedelta(minutes=next(hours)), FakeTransport())
    claimed = [row.claimed_at for row in deliveries(programme)]
    assert len(set(claimed)) == len(claimed) > 1


def test_all_that_failed_for_one_reason_is_sent_again_with_one_word(programme: Engine) -> None:
    remind(programme, FakeTransport(REFUSED, DEFERRED))
    with session(programme) as opened:
        with pytest.raises(NotFound, match="550 no such mailbox"):
            send_again(opened, "relay denied", WHO, at(DAY))
        assert send_again(opened, "NO SUCH mailbox", WHO, at(DAY)) == 1
    assert remind(programme, FakeTransport()).sent == 1
    assert [row.state for row in deliveries(programme) if row.state != "sent"] == ["deferred"]


def test_a_message_that_came_back_is_written_down_with_its_reason(programme: Engine) -> None:
    remind(programme, FakeTransport())
    number = deliveries(programme)[0].id or 0
    with session(programme) as opened:
        with pytest.raises(Refused, match="a bounce needs its reason"):
            settle(opened, number, Fate.BOUNCED, WHO, at(DAY), " ")
        settle(opened, number, Fate.BOUNCED, WHO, at(DAY), "550 user unknown")
        assert [concern.kind for concern in concerns_of_messages(opened)] == ["bounced"]
        settle(opened, number, Fate.AGAIN, WHO, at(DAY), "the address was right")
        with pytest.raises(Refused, match="so it can't have come back"):
            settle(opened, number, Fate.BOUNCED, WHO, at(DAY), "550 user unknown")
    assert remind(programme, FakeTransport()).sent == 1


def test_a_message_of_unclear_fate_is_never_sent_again_by_itself(programme: Engine) -> None:
    transport = FakeTransport(UNCLEAR)
    summary = remind(programme, transport)
    number = len(transport.messages)
    assert remind(programme, transport).sent == 0
    assert len(transport.messages) == number
    assert summary.unresolved == 1
    assert [row.error for row in deliveries(programme) if row.state == "unresolved"] == ["the line went dead"]


def test_an_unreachable_server_costs_no_attempt_and_ends_the_run(programme: Engine) -> None:
    transport = FakeTransport(UNREACHABLE)
    first = remind(programme, transport)
    assert (first.sent, first.left, first.trouble) == (0, first.messages, "nobody answers")
    assert {(row.state, row.attempts) for row in deliveries(programme)} == {("waiting", 0)}
    assert remind(programme, transport).sent == first.messages


def test_a_server_that_was_away_for_days_gets_one_message_a_person_that_is_true_today(
    programme: Engine,
) -> None:
    """What was done meanwhile is not asked for any more."""
    remind(programme, FakeTransport(), date(2005, 10, 7))
    for day in (date(2005, 10, 10), date(2005, 10, 14), date(2005, 10, 17)):
        assert remind(programme, FakeTransport(UNREACHABLE), day).sent == 0
    with session(programme) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        row = opened.exec(query.where(Activity.code == "sheffield-jar", Step.step_id == "notification")).one()
        signs(opened, row.id or 0, date(2005, 10, 17), Word("lead", at(day), day))
    transport = FakeTransport()
    remind(programme, transport, date(2005, 10, 18))
    said = {str(mail["To"]): str(mail["Subject"]) for mail in transport.messages}
    assert len(said) == len(transport.messages)
    assert said["director@sheffield.example"].startswith("Sheffield: notice of the joint area review")
    assert "Notification" not in "".join(
        text_of(mail) for mail in transport.messages if mail["To"] == "lead@ofsted.example"
    )
    assert {row.state for row in deliveries(programme)} == {"sent"}


def test_a_run_that_reached_nobody_leaves_no_heartbeat(programme: Engine) -> None:
    remind(programme, FakeTransport(UNREACHABLE))
    with session(programme, read_only=True) as opened:
        assert opened.get_one(Heartbeat, heartbeats.REMIND).as_of == TOLD_ON


def test_a_claim_whose_process_died_is_unresolved_after_a_while(programme: Engine) -> None:
    transport = FakeTransport(UNREACHABLE)
    remind(programme, transport)
    claimed = {"state": "claimed", "claimed_at": at(DAY), "claimed_by": "smtp"}
    with session(programme) as opened:
        opened.exec(update(Delivery).where(col(Delivery.state) != "sent").values(**claimed))
    assert remind(programme, transport, later=LEASE - timedelta(minutes=1)).sent == 0
    assert {row.state for row in deliveries(programme)} == {"claimed"}
    summary = remind(programme, transport, later=LEASE)
    assert summary.unresolved == len(deliveries(programme))
    assert len(transport.messages) == 1
    assert "Search the mail server for the Message-ID" in deliveries(programme)[0].error


def test_what_another_sender_claimed_is_left_to_it(programme: Engine) -> None:
    class Rival(FakeTransport):
        def deliver(self, message):  # type: ignore[no-untyped-def]
            with session(programme) as opened:
                opened.exec(
                    update(Delivery)
                    .where(col(Delivery.state) == "waiting")
                    .values(state="claimed", claimed_by="smtp", claimed_at=at(DAY))
                )
            return super().deliver(message)

    rival = Rival()
    summary = remind(programme, rival)
    assert len(rival.messages) == summary.sent == 1


def test_a_person_decides_on_a_message_of_unclear_fate(programme: Engine) -> None:
    transport = FakeTransport(UNCLEAR, UNCLEAR)
    remind(programme, transport)
    one, other = (row.id or 0 for row in deliveries(programme) if row.state == "unresolved")
    with session(programme) as opened:
        settle(opened, one, Fate.ARRIVED, WHO, at(DAY), "it is in the inbox")
        settle(opened, other, Fate.AGAIN, WHO, at(DAY), "the server has no trace of it")
        with pytest.raises(Refused, match="it is sent; nobody needs to decide"):
            settle(opened, one, Fate.ARRIVED, WHO, at(DAY), "")
        with pytest.raises(NotFound, match="no such message"):
            settle(opened, 999, Fate.ARRIVED, WHO, at(DAY), "")
        entries = opened.exec(select(AuditEntry).where(AuditEntry.action == "resolve delivery")).all()
    assert [entry.why for entry in entries] == ["it is in the inbox", "the server has no trace of it"]
    assert remind(programme, transport).sent == 1
    assert {row.state for row in deliveries(programme)} == {"sent"}


def test_after_a_silence_only_the_latest_word_about_each_step_is_made(programme: Engine) -> None:
    """Of the notification of 17 October 20, 10 and 5 days before were missed: one reminder says it all."""
    day = date(2005, 10, 14)
    transport = FakeTransport()
    summary = remind(programme, transport, day)
    with session(programme, read_only=True) as opened:
        row = opened.exec(select(Reminder)).one()
    assert (summary.reminders, row.occurrence, row.state) == (1, 1, "included")
    assert remind(programme, transport, day + timedelta(days=400)).is_complete
    with session(programme, read_only=True) as opened:
        counts = Counter((row.step_id, row.recipient) for row in opened.exec(select(Reminder)))
    assert max(counts.values()) == 2


def test_what_was_planned_while_the_server_was_away_is_said_in_one_line(programme: Engine) -> None:
    with session(programme) as opened:
        for day in (date(2005, 9, 30), date(2005, 10, 10), date(2005, 10, 14)):
            plan_reminders(opened, day)
        assert reminder_states(opened) == ["planned"] * 3  # 10, 5 and 1 days before
    transport = FakeTransport()
    send_due(programme, day, lambda: at(day), transport)
    with session(programme, read_only=True) as opened:
        assert reminder_states(opened) == ["included", "skipped", "skipped"]
    assert text_of(transport.messages[0]).count("Notification of precise dates") == 1


def test_a_run_leaves_its_heartbeat(programme: Engine) -> None:
    remind(programme, FakeTransport())
    with session(programme, read_only=True) as opened:
        beat = opened.get_one(Heartbeat, heartbeats.REMIND)
    assert (beat.as_of, beat.ended_at) == (DAY, at(DAY))
    assert "sent" in beat.summary


def test_a_folder_keeps_each_message_once_in_a_file_named_after_its_id(
    programme: Engine, tmp_path: Path
) -> None:
    folder = FolderTransport(tmp_path / "mailbox")
    summary = remind(programme, folder)
    paths = {folder.path_of(row.message_id) for row in deliveries(programme)}
    assert set((tmp_path / "mailbox").iterdir()) == paths
    assert len(paths) == summary.sent == summary.messages


def test_a_folder_that_has_the_message_already_counts_as_delivered(programme: Engine, tmp_path: Path) -> None:
    folder = FolderTransport(tmp_path / "mailbox")
    remind(programme, folder)
    path = folder.path_of(deliveries(programme)[0].message_id)
    path.write_text("read and annotated")
    with session(programme) as opened:
        opened.exec(update(Delivery).values(state="waiting"))
    remind(programme, folder)
    assert path.read_text() == "read and annotated"
    assert {row.state for row in deliveries(programme)} == {"sent"}


def test_a_folder_that_cannot_be_written_loses_nothing(programme: Engine, tmp_path: Path) -> None:
    blocked = tmp_path / "mailbox"
    blocked.write_text("a file where the folder should be")
    summary = remind(programme, FolderTransport(blocked))
    assert summary.sent == 0
    assert "Check that the disk is not full" in summary.trouble
    blocked.unlink()
    assert remind(programme, FolderTransport(blocked)).sent == summary.messages
