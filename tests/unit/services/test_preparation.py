"""A preparation group of an authority: meetings, leads, tasks, self-evaluation, in a space of its own (C17)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine
from sqlmodel import select

from models import AuditEntry, Delivery, PreparationEntry, SelfEvaluation, Step, session
from services.errors import AlreadySo, NotFound, Refused
from services.preparation.evaluating import evaluate
from services.preparation.meetings import meeting_days, record_meeting, remind_on
from services.preparation.members import LEADS, NewMember, add_member, hand_over_chair, name_lead, start_group
from services.preparation.planned_tasks import NewTask, add_task, do_task, record_mock
from services.preparation.spaces import account_of_group
from services.shown.meeting_calendar import preparation_calendar
from services.shown.preparation import PreparationView, preparation_view
from tests.preparing import (
    AREA,
    BEGINS_ON,
    LOGIN,
    STARTED_ON,
    add_inspection,
    chair,
    prepare,
    start,
    word,
    write_framework,
)

JUNE = date(2010, 6, 1)
MEETINGS = (date(2010, 1, 11), date(2010, 2, 22), date(2010, 4, 6), date(2010, 5, 17))


@pytest.fixture
def programme(engine: Engine, home: Path) -> Engine:
    write_framework(home)
    prepare(engine)
    return engine


def view(engine: Engine, day: date = STARTED_ON) -> PreparationView:
    with session(engine, read_only=True) as opened:
        return preparation_view(opened, AREA, day)


def own_view(grade: str) -> SelfEvaluation:
    return SelfEvaluation(
        area_code=AREA,
        judgement="safeguarding",
        descriptor="Children are not safe",
        grade=grade,
        evidence_held="An audit of 40 files",
        action_needed="Train the duty team",
        said_on=STARTED_ON,
    )


def test_meetings_are_every_six_weeks_until_the_first_day_and_off_bank_holidays_r166() -> None:
    """C17: 11 Jan, 22 Feb, 6 April (the 5th is Easter Monday), 17 May; the rhythm stays; none on 28 June."""
    assert meeting_days(STARTED_ON, BEGINS_ON) == MEETINGS
    assert meeting_days(STARTED_ON, date(2010, 6, 28)) == MEETINGS
    assert meeting_days(STARTED_ON, date(2010, 6, 29)) == (*MEETINGS, date(2010, 6, 28))


def test_reminders_are_five_working_days_before_a_meeting() -> None:
    """C17: Good Friday and Easter Monday are none of the five before 6 April."""
    assert [remind_on(day) for day in MEETINGS] == [
        date(2010, 1, 4),
        date(2010, 2, 15),
        date(2010, 3, 26),
        date(2010, 5, 10),
    ]


def test_the_calendar_has_meetings_and_reminders_and_cancels_what_notice_cuts_r166(programme: Engine) -> None:
    """C17: five working days before 6 April 2010 is 26 March; none on 28 June."""
    with session(programme, read_only=True) as opened:
        assert b"VEVENT" not in preparation_calendar(opened, AREA, STARTED_ON).content
    with session(programme) as opened:
        start(opened)
        add_inspection(opened)
    with session(programme, read_only=True) as opened:
        calendar = Calendar.from_ical(preparation_calendar(opened, AREA, STARTED_ON).content)
    events = [(str(row["status"]), row["dtstart"].dt, str(row["summary"])) for row in calendar.walk("VEVENT")]
    meetings = [(status, day) for status, day, name in events if name.startswith("Meeting")]
    assert meetings[:4] == [("CONFIRMED", day) for day in MEETINGS]
    assert {status for status, _day in meetings[4:]} == {"CANCELLED"}
    assert ("CANCELLED", date(2010, 6, 28)) in meetings
    reminder = "In five working days the preparation group meets: 6 April 2010"
    assert ("CONFIRMED", date(2010, 3, 26), reminder) in events


def test_meetings_go_on_until_notice_comes_which_cuts_the_rest_r166_r169(programme: Engine) -> None:
    """C17: the group starts on a day of its own, before any notice."""
    with session(programme) as opened:
        start(opened)
    before = view(programme)
    assert before.begins_on is None
    assert [line.held_on for line in before.meetings] == [*MEETINGS, date(2010, 6, 28)]
    with session(programme) as opened:
        add_inspection(opened)
    after = view(programme)
    assert after.begins_on == BEGINS_ON
    assert [line.held_on for line in after.meetings] == list(MEETINGS)


def test_a_date_that_is_not_announced_cuts_nothing_r068(programme: Engine) -> None:
    """The review in the published plan is known to the group only once its notice is signed off."""
    started_on = date(2005, 9, 5)
    with session(programme) as opened:
        start_group(opened, AREA, "jar-2005", "The executive", started_on, word(started_on))
    assert view(programme, started_on).begins_on is None
    with session(programme) as opened:
        query = select(Step).where(Step.step_id == "notification")
        for step in opened.exec(query):
            step.state, step.actual_on = "done", step.due_on
    assert view(programme, started_on).begins_on == date(2006, 1, 9)


def test_four_of_five_leads_leave_an_open_item_r168(programme: Engine) -> None:
    """C17."""
    with session(programme) as opened:
        start(opened)
        for role in list(LEADS)[:4]:
            name_lead(opened, AREA, role, "Nia Farr", word())
    open_items = view(programme).open_items
    assert "No lead is named for: Administration and logistics (R168)." in open_items
    assert "Nobody is nominated by: Sheffield Health Trust (R193)." in open_items


def test_own_grade_1_for_safeguarding_shows_that_the_whole_inspection_would_be_1_r167_r131(
    programme: Engine,
) -> None:
    """C17: shown and not refused, so that honesty costs nothing (R131)."""
    with session(programme) as opened:
        start(opened)
        evaluate(opened, own_view("1"), word())
    found = view(programme)
    assert found.what_if == "The whole inspection would be 1: Safeguarding is 1, so it is at most 1 (R147)"
    assert (
        "Not evaluated: Looked-after children, Quality of provision and Leadership and management (R167)."
        in (found.open_items)
    )
    with session(programme) as opened:
        evaluate(opened, own_view("3"), word())
    assert view(programme).what_if == ""
    with session(programme) as opened, pytest.raises(Refused) as refused:
        evaluate(opened, SelfEvaluation(**{**own_view("9").model_dump(), "descriptor": " "}), word())
    assert [finding.field for finding in refused.value.findings] == ["grade", "descriptor"]


def test_a_second_chair_is_refused_and_so_is_who_is_of_no_partner_r166_r193(programme: Engine) -> None:
    """C17: two chairs; a lead from no partner."""
    with session(programme) as opened:
        start(opened)
        with pytest.raises(Refused, match="Nia Farr is in the chair"):
            add_member(opened, AREA, chair("Sam Holt"), word())
        stranger = NewMember("Al Reed", "Leeds Health Trust", email="al@trust.example")
        with pytest.raises(Refused, match="is no partner of the area"):
            add_member(opened, AREA, stranger, word())
        with pytest.raises(Refused, match="'Al Reed' is no member of the group"):
            name_lead(opened, AREA, "data", "Al Reed", word())
        nominated = NewMember("Al Reed", "Sheffield Health Trust", email="al@trust.example")
        add_member(opened, AREA, nominated, word())
        assert name_lead(opened, AREA, "data", "al reed", word()).name == "Al Reed"
        with pytest.raises(AlreadySo):
            name_lead(opened, AREA, "data", "Al Reed", word())


def test_the_chair_is_handed_over_to_a_member_r166(programme: Engine) -> None:
    with session(programme) as opened:
        start(opened)
        add_member(opened, AREA, replace(chair("Sam Holt"), is_chair=False), word())
        add_member(opened, AREA, replace(chair("Al Reed"), is_chair=False, position=""), word())
        with pytest.raises(Refused, match="the position of Al Reed is not known"):
            hand_over_chair(opened, AREA, "Al Reed", word())
        hand_over_chair(opened, AREA, "Sam Holt", word())
        with pytest.raises(AlreadySo):
            hand_over_chair(opened, AREA, "Sam Holt", word())
    assert [row.name for row in view(programme).members if row.is_chair] == ["Sam Holt"]


def test_a_task_has_an_owner_and_a_day_and_is_done_r167(programme: Engine) -> None:
    """C17: a task without an owner is refused, with all else that is wrong."""
    with session(programme) as opened:
        start(opened)
        with pytest.raises(Refused) as refused:
            add_task(opened, AREA, NewTask(" ", "", None), word())
        assert [finding.field for finding in refused.value.findings] == ["name", "due_on", "owner"]
        task = add_task(opened, AREA, NewTask("Assemble the evidence", "Nia Farr", date(2010, 3, 1)), word())
        number = task.id or 0
    assert "1 task late." in view(programme, date(2010, 3, 2)).open_items
    with session(programme) as opened:
        with pytest.raises(Refused, match="is still to come"):
            do_task(opened, AREA, number, date(2010, 3, 3), word(date(2010, 3, 2)))
        with pytest.raises(NotFound):
            do_task(opened, "cheshire", number, JUNE, word(JUNE))
        do_task(opened, AREA, number, date(2010, 3, 2), word(date(2010, 3, 2)))
    assert "1 task late." not in view(programme, JUNE).open_items


def test_a_mock_inspection_has_an_action_plan_r193(programme: Engine) -> None:
    with session(programme) as opened:
        start(opened)
        day = date(2010, 3, 15)
        mock = record_mock(opened, AREA, day, "Two heads of service", "Case files are thin", word(day))
        number = mock.id
    assert "1 mock inspection without an action plan (R193)." in view(programme, day).open_items
    with session(programme) as opened:
        new = NewTask("Audit 40 files", "Nia Farr", date(2010, 4, 15), number)
        add_task(opened, AREA, new, word(day))
        with pytest.raises(Refused, match="there is no mock inspection 7"):
            add_task(opened, AREA, NewTask("More", "Nia Farr", date(2010, 4, 15), 7), word(day))
        with pytest.raises(Refused) as refused:
            record_mock(opened, AREA, JUNE, "", "", word(day))
        assert [finding.field for finding in refused.value.findings] == ["held_on", "made_by", "found"]
    (line,) = view(programme, day).mocks
    assert [action.task.name for action in line.actions] == ["Audit 40 files"]


def test_only_a_meeting_that_was_held_is_recorded_once_r166(programme: Engine) -> None:
    with session(programme) as opened:
        start(opened)
        with pytest.raises(Refused) as refused:
            record_meeting(opened, AREA, date(2010, 2, 23), "", word())
        assert [finding.field for finding in refused.value.findings] == ["held_on", "held_on", "decided"]
        record_meeting(opened, AREA, MEETINGS[0], "Name the leads", word())
        with pytest.raises(AlreadySo):
            record_meeting(opened, AREA, MEETINGS[0], "Name the leads", word())
    found = view(programme, date(2010, 2, 22))
    assert ([line.held_on for line in found.to_record], found.next_on) == ([MEETINGS[1]], MEETINGS[2])


def test_a_group_reports_to_somebody_and_prepares_for_an_inspection_that_is_known_r166(
    programme: Engine,
) -> None:
    with session(programme) as opened:
        with pytest.raises(Refused) as refused:
            start_group(opened, AREA, "ten-2010", " ", STARTED_ON, word())
        assert [finding.field for finding in refused.value.findings] == ["framework", "reports_to"]
        start(opened)
        with pytest.raises(AlreadySo):
            start(opened)


def test_what_a_group_does_is_in_no_log_or_message_that_the_inspectorate_reads_r167(
    programme: Engine,
) -> None:
    """C17: it lives in the authority's own space, with a log of its own."""
    with session(programme, read_only=True) as opened:
        before = len(opened.exec(select(AuditEntry)).all())
    with session(programme) as opened:
        start(opened)
        record_meeting(opened, AREA, STARTED_ON, "Name the leads", word())
    with session(programme, read_only=True) as opened:
        assert len(opened.exec(select(AuditEntry)).all()) == before
        assert opened.exec(select(Delivery)).all() == []
        entries = opened.exec(select(PreparationEntry)).all()
    assert [(entry.who, entry.action) for entry in entries] == [
        ("Dee Avon", "start group"),
        ("Dee Avon", "add member"),
        ("Dee Avon", "record meeting"),
    ]


@pytest.mark.parametrize("login", ["nobody", "", "ann"])
def test_who_is_of_no_group_has_no_space(programme: Engine, login: str) -> None:
    with session(programme, read_only=True) as opened:
        assert account_of_group(opened, f" {LOGIN.upper()} ").area_code == AREA
        with pytest.raises(NotFound, match="there is no preparation group for this account"):
            account_of_group(opened, login)
