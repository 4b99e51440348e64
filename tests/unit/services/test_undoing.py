"""What hangs on a sign-off goes with it when it is undone: requests, ticks, a final team, steps that ended since."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Circulation, Evidence, Partner, Reminder, session
from services.casework.advancing import finish
from services.casework.circulation import circulate
from services.casework.contacts import Contacts
from services.casework.evidence.answers import receive
from services.casework.evidence.kept_files import Receipt
from services.casework.final_team import confirm_team, planned_teams
from services.casework.reminders import DONE, UNDONE
from services.casework.sign_offs import record_actual, sign_off
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import Refused
from services.previews import preview
from services.programme import rules_of
from tests.people import holder
from tests.york import AREA, CA, CA_NOTICE, JAR, NOTICE, SET_UP, needs, sign, step_of, word, york

SHORT = WaiverReason("short_notice")
UNTIL_DRAFT = (
    ("notification", NOTICE),
    ("set_up", SET_UP),
    ("self_assessment", date(2006, 3, 27)),
    ("consultation", date(2006, 4, 21)),
    ("analysis", date(2006, 4, 28)),
)


@pytest.fixture
def york_engine(engine: Engine) -> Engine:
    york(engine)
    return engine


def take_back(opened: Session, step: str, day: date) -> dict[str, tuple[str, ...]]:
    number = step_of(opened, JAR, step).id or 0
    return {gone.kind: gone.names for gone in undo(opened, number, word(day, "a slip")).gone}


def test_what_was_asked_for_and_not_answered_is_asked_for_no_more(york_engine: Engine) -> None:
    """R116: and asked for anew once the notice is signed off again."""
    with session(york_engine) as opened:
        sign(opened, JAR, "notification", NOTICE)
        receive(opened, JAR, "plans", Receipt(NOTICE), word(NOTICE))
        gone = take_back(opened, "notification", NOTICE)
        assert "Performance data" in gone["evidence"]
        assert list(needs(opened, JAR)) == ["plans"]  # it came: that is a word of its own
        assert [row.state for row in opened.exec(select(Evidence))] == ["received"]
        assert sign(opened, JAR, "notification", NOTICE) == 4
        assert needs(opened, JAR)["performance_data"][1].asked_on == NOTICE


def test_what_another_activity_needs_too_stays_asked_for(york_engine: Engine) -> None:
    """R041, R120: and a deadline that was left out because something served already is one again."""
    with session(york_engine) as opened:
        sign(opened, JAR, "notification", NOTICE)
        sign(opened, CA, "notification", CA_NOTICE)
        assert step_of(opened, CA, "self_assessment").state == "left_out"
        take_back(opened, "notification", CA_NOTICE)
        need, evidence = needs(opened, CA)["self_assessment_material"]
        assert (need.was_asked, evidence.state, evidence.due_on) == (True, "asked", need.due_on)
        undo(opened, step_of(opened, CA, "notification").id or 0, word(CA_NOTICE, "a slip"))
        assert step_of(opened, CA, "self_assessment").state == "planned"
        assert needs(opened, CA) == {}


def test_a_final_team_is_provisional_again_without_the_analysis(york_engine: Engine) -> None:
    """R061."""
    day = date(2006, 4, 28)
    with session(york_engine) as opened:
        for name, on in UNTIL_DRAFT:
            sign(opened, JAR, name, on)
        confirm_team(opened, JAR, word(day))
        assert take_back(opened, "analysis", day)["team"] == (JAR,)
        activity = opened.exec(select(Activity).where(Activity.code == JAR)).one()
        assert not planned_teams(opened, [activity])[JAR].is_final
        said = opened.exec(select(AuditEntry.why).where(AuditEntry.action == "withdraw team")).one()
        assert said == "a slip"


def circulated(opened: Session) -> None:
    """The draft is out on 21 July 2006, and was sent to one partner."""
    opened.add(
        Partner(area_code=AREA, name="York PCT", kind="pct", chief_officer="Amy", email="amy@p.example")
    )
    step = step_of(opened, JAR, "feedback")
    step.state, step.actual_on = "done", date(2006, 5, 26)
    opened.flush()
    draft = step_of(opened, JAR, "draft_report")
    said, waiver = word(date(2006, 7, 24)), WaiverReason("short_notice")
    sign_off(opened, draft.id or 0, date(2006, 7, 21), said, signer=holder(opened, draft), waiver=waiver)
    circulate(opened, JAR, [], date(2006, 7, 24), word(date(2006, 7, 24)))


def test_a_draft_that_is_none_was_sent_to_nobody(york_engine: Engine) -> None:
    """R066: the ticks go, and the log keeps them; a dry run lists them."""
    day = date(2006, 7, 24)
    with session(york_engine) as opened:
        circulated(opened)
    with session(york_engine) as opened:
        number = step_of(opened, JAR, "draft_report").id or 0
        undone, _found = preview(opened, lambda again: undo(again, number, word(day, "a slip")))
        assert [str(gone) for gone in undone.gone] == ["Not sent any more, as far as is known, to: York PCT."]
    with session(york_engine) as opened:
        assert len(opened.exec(select(Circulation)).all()) == 1
        assert take_back(opened, "draft_report", day)["circulation"] == ("York PCT",)
        assert opened.exec(select(Circulation)).all() == []
        query = select(AuditEntry.before).where(AuditEntry.action == "undo circulation")
        assert opened.exec(query).one() == '{"York PCT": "2006-07-24"}'


def test_a_document_is_not_finished_after_it_was_sent(york_engine: Engine) -> None:
    """R066: a correction of its day takes no tick away unseen."""
    with session(york_engine) as opened:
        circulated(opened)
        number = step_of(opened, JAR, "draft_report").id or 0
        with pytest.raises(Refused, match="was sent to York PCT on 24 July 2006"):
            record_actual(opened, number, date(2006, 7, 25), word(date(2006, 7, 26), "a slip"))
        record_actual(opened, number, date(2006, 7, 20), word(date(2006, 7, 26), "a slip"))


def test_what_ended_by_itself_since_is_open_again(york_engine: Engine) -> None:
    """R043: nobody could undo it, for nobody has said a word about it."""
    with session(york_engine) as opened:
        sign(opened, JAR, "notification", NOTICE)
        meeting = step_of(opened, JAR, "set_up")
        meeting.needs_sign_off, meeting.state, meeting.actual_on = False, "done", SET_UP
        opened.flush()
        assert take_back(opened, "notification", SET_UP)["step"] == (meeting.name,)
        assert (meeting.state, meeting.actual_on) == ("planned", None)


def test_who_was_told_that_it_ended_by_itself_is_told_otherwise(york_engine: Engine) -> None:
    """R067: once, and the log tells of that step too, so that the next word about it is a new one."""
    with session(york_engine) as opened:
        sign(opened, JAR, "notification", NOTICE)
        sign(opened, JAR, "set_up", SET_UP)
        consultation = step_of(opened, JAR, "consultation")
        consultation.needs_sign_off, consultation.told = False, "director"
        activity = opened.get_one(Activity, consultation.activity_id)
        finish(opened, activity, consultation, SET_UP, SET_UP, Contacts(opened, rules_of(opened)))
        words = select(Reminder).where(
            Reminder.step_id == consultation.id,
            col(Reminder.rule).in_((DONE, UNDONE)),
            Reminder.state != "superseded",
        )
        for row in opened.exec(words).all():
            row.state = "included"
        take_back(opened, "set_up", SET_UP)
        assert [(row.rule, row.role) for row in opened.exec(words)] == [
            (DONE, "director"),
            (UNDONE, "director"),
        ]
        assert consultation.times_withdrawn == 1
        entry = opened.exec(select(AuditEntry).where(AuditEntry.subject == f"{JAR} consultation")).one()
        assert (entry.action, entry.before) == ("undo", '{"actual_on": "2006-02-27"}')
