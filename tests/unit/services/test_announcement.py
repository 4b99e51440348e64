"""R068: an unannounced activity stays with the inspectorate until its step, and is the authority's from then on."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config.framework_files import load_framework
from models import Activity, Contact, PlannedStage, Reminder, Step, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.cases import published_cases
from services.casework.contacts import Contacts
from services.casework.reminders import plan_reminders
from services.casework.stages_to_come import stages_ahead
from services.casework.steps import date_steps
from services.casework.undoing import undo
from services.plans.cancelling import cancel
from services.programme import rules_of
from services.shown.export_calendar import calendar_events
from services.shown.outlook import step_lines
from services.shown.shown_plan import Audience, read_plan
from tests.framework_texts import CONTACT
from tests.people import sign as signs
from tests.tables import at, published
from tests.told import DIRECTOR, send, text_of

WEDNESDAY = date(2006, 6, 7)
VISIT = "sheffield-contact"


@pytest.fixture
def programme(engine: Engine, home: Path) -> Engine:
    """A published programme with a visit of two days from Wednesday 7 June 2006 in Sheffield."""
    (home / "frameworks").mkdir()
    (home / "frameworks" / "contact-2009.toml").write_text(CONTACT)
    published(engine, num_areas=1)
    with session(engine) as opened:
        activity = Activity(
            code=VISIT, area_code="sheffield", kind="contact", framework_id="contact-2009", plan_version=1
        )
        activity.precision = "final"
        monday = WEDNESDAY - timedelta(days=2)
        stage = PlannedStage(
            plan_version=1, activity_code=VISIT, stage="visit", start_on=monday, end_on=monday
        )
        opened.add_all(
            [activity, stage, Contact(role="inspectorate", name="Ofsted", email="desk@ofsted.example")]
        )
        opened.flush()
        date_steps(opened, activity, rules_of(opened).of(activity), WEDNESDAY - timedelta(weeks=20))
    return engine


def _begin(opened: Session) -> None:
    """The first day is signed off; those who are told of it hear."""
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    step = opened.exec(query.where(Activity.code == VISIT, Step.step_id == "arrival")).one()
    advance(opened, WEDNESDAY)
    signs(opened, step.id or 0, WEDNESDAY, Word("desk", at(WEDNESDAY), WEDNESDAY))


def _told(opened: Session) -> set[tuple[str, str]]:
    query = select(Reminder, Step).join(Step, col(Step.id) == col(Reminder.step_id))
    rows = opened.exec(query.join(Activity).where(Activity.code == VISIT))
    return {(step.step_id, reminder.recipient) for reminder, step in rows}


def _seen(opened: Session) -> list[bool]:
    """Whether the authority's page, export and calendar, and the names of runs, hold the visit."""
    authority = read_plan(opened, 1, audience=Audience.AUTHORITY)
    inspectorate = read_plan(opened, 1)
    return [
        VISIT in {line.activity for line in step_lines(opened, WEDNESDAY, audience=Audience.AUTHORITY)},
        VISIT in {activity.row.code for activity in authority.activities},
        any(VISIT in event.uid for event in calendar_events(opened, inspectorate)),
        "contact" in {stage.kind for stage in stages_ahead(opened, date(2006, 1, 1), date(2007, 1, 1))},
    ]


def test_no_word_of_a_visit_reaches_the_authority_before_its_step_r068(programme: Engine) -> None:
    """C10: on 9 June nothing shows; here a day before Wednesday 7 June 2006."""
    with session(programme) as opened:
        plan_reminders(opened, WEDNESDAY - timedelta(days=1))
        assert {person for _step, person in _told(opened)} == {"desk@ofsted.example"}
        assert _seen(opened) == [False, False, False, False]
        assert VISIT in {line.activity for line in step_lines(opened, WEDNESDAY)}


def test_from_its_step_on_the_visit_is_the_authoritys_too_r068(programme: Engine) -> None:
    """C10: after 'begun' the visit and the letter due are seen, and the director gets the letter's word."""
    with session(programme) as opened:
        _begin(opened)
        assert ("arrival", "director@sheffield.example") in _told(opened)
        assert _seen(opened)[:3] == [True, True, True]
        lines = step_lines(opened, WEDNESDAY, audience=Audience.AUTHORITY)
        letter = next(line for line in lines if line.activity == VISIT and line.step_id == "letter")
        assert letter.last_on == date(2006, 7, 6)


def test_nobody_holds_a_role_before_it_may_know_r068(programme: Engine) -> None:
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == VISIT)).one()
        contacts = Contacts(opened, rules_of(opened))
        assert {person.role for person in contacts.holders(activity, "director")} == {"operations"}
        _begin(opened)
        assert {person.role for person in contacts.holders(activity, "director")} == {"director"}


def test_a_stand_in_of_the_framework_is_told_if_nobody_holds_a_role(programme: Engine) -> None:
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == VISIT)).one()
        contacts = Contacts(opened, rules_of(opened))
        _begin(opened)
        assert {person.role for person in contacts.holders(activity, "assistant")} == {"director"}


def test_who_heard_of_a_visit_hears_that_its_step_is_not_done_after_all_r068(programme: Engine) -> None:
    """Nobody of the authority's side hears anything but that, until it is done again."""
    with session(programme) as opened:
        _begin(opened)
    first = send(programme, WEDNESDAY)[DIRECTOR]
    assert "This is notice of the unannounced visit in Sheffield." in text_of(first)
    assert "Done on" not in text_of(first)  # the notice says so
    with session(programme) as opened:
        query = select(Step).where(Step.step_id == "arrival")
        word = Word("desk", at(WEDNESDAY), WEDNESDAY, "it was another authority")
        undo(opened, opened.exec(query).one().id or 0, word)
        plan_reminders(opened, WEDNESDAY + timedelta(days=1))
    text = text_of(send(programme, WEDNESDAY + timedelta(days=1))[DIRECTOR])
    assert "The notice that you had of the unannounced visit in Sheffield is withdrawn." in text
    assert "Why: it was another authority." in text
    assert DIRECTOR not in send(programme, WEDNESDAY + timedelta(days=2))


def test_who_heard_of_a_visit_hears_that_it_is_called_off_r068(programme: Engine) -> None:
    with session(programme) as opened:
        _begin(opened)
    send(programme, WEDNESDAY)
    with session(programme) as opened:
        cancel(opened, VISIT, Word("desk", at(WEDNESDAY), WEDNESDAY, "it was another authority"))
    found = send(programme, WEDNESDAY + timedelta(days=1))
    assert "does not take place" in text_of(found[DIRECTOR])


def test_a_day_that_has_only_come_announces_nothing_r068(programme: Engine) -> None:
    """The step is due, begun or left out, but nobody has said that it is done."""
    for state in ("awaiting_sign_off", "overdue", "left_out", "superseded"):
        with session(programme) as opened:
            opened.exec(select(Step).where(Step.step_id == "arrival")).one().state = state
            opened.flush()
            assert _seen(opened) == [False, False, False, False]
            [case] = [case for case in published_cases(opened) if case.activity.code == VISIT]
            assert not case.is_announced


def test_an_announcement_is_one_question_of_framework_and_steps(tmp_path: Path) -> None:
    file = tmp_path / "contact-2009.toml"
    file.write_text(CONTACT)
    framework = load_framework(file)
    assert not framework.is_announced(["letter"])
    assert framework.is_announced(["arrival"])
    always, never = (framework.model_copy(update={"announce_from": word}) for word in ("yes", "never"))
    assert always.is_announced([])
    assert not never.is_announced(["arrival", "letter"])
