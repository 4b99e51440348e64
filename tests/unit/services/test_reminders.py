"""Who is reminded of what, when: 20, 10, 5 and 1 working days before, on the day, and every third day after it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from config.policy import load_policy
from models import Activity, Contact, Inspector, Reminder, Step, session
from models.insertion import insert_new
from services.casework.advancing import advance, finish
from services.casework.contacts import Contacts
from services.casework.reminders import Moment, moments, plan_reminders
from services.casework.steps import date_steps
from services.programme import rules_of
from tests.tables import published

RULES = load_policy().reminders
DUE = date(2006, 4, 7)
LONG_AGO = date(2005, 8, 1)


def deadline(dated_on: date = LONG_AGO, due_on: date = DUE) -> Step:
    return Step(
        activity_id=1, step_id="draft_report", position=0, kind="deadline", name="Draft", due_on=due_on,
        dated_on=dated_on, needs_sign_off=True,
    )  # fmt: skip


def stage() -> Step:
    return Step(
        activity_id=1, step_id="analysis", position=0, kind="stage", name="Analysis", needs_sign_off=True,
        start_on=date(2006, 1, 9), end_on=date(2006, 1, 14), dated_on=LONG_AGO,
    )  # fmt: skip


def days(step: Step, as_of: date) -> list[tuple[str, int, date]]:
    return [(moment.rule, moment.occurrence, moment.remind_on) for moment in moments(step, RULES, as_of)]


def test_a_deadline_is_announced_20_10_5_and_1_working_days_before_and_on_the_day() -> None:
    assert days(deadline(), DUE) == [
        ("before", 20, date(2006, 3, 10)),
        ("before", 10, date(2006, 3, 24)),
        ("before", 5, date(2006, 3, 31)),
        ("before", 1, date(2006, 4, 6)),
        ("on_the_day", 0, DUE),
    ]


def test_bank_holidays_do_not_count() -> None:
    """Good Friday and Easter Monday lie between 12 and 20 April 2006."""
    found = days(deadline(due_on=date(2006, 4, 20)), date(2006, 4, 12))
    assert ("before", 5, date(2006, 4, 11)) in found


def test_a_late_step_is_asked_after_every_third_working_day_one_level_higher_each_time() -> None:
    late = [m for m in moments(deadline(), RULES, date(2006, 4, 25)) if m.rule == "overdue"]
    assert [(m.occurrence, m.remind_on, m.level) for m in late] == [
        (1, date(2006, 4, 12), 0),
        (2, date(2006, 4, 19), 1),
        (3, date(2006, 4, 24), 2),
    ]
    assert {m.due_on for m in late} == {DUE}


def test_a_stage_is_announced_before_its_first_day_and_asked_after_once_it_is_over() -> None:
    found = moments(stage(), RULES, date(2006, 1, 19))
    ahead = [m for m in found if not m.of_the_end]
    assert [(m.rule, m.remind_on) for m in ahead][-2:] == [
        ("before", date(2006, 1, 6)),
        ("on_the_day", date(2006, 1, 9)),
    ]
    assert [m for m in found if m.of_the_end] == [
        Moment("on_the_day", 0, date(2006, 1, 16), date(2006, 1, 16), 0, True),
        Moment("overdue", 1, date(2006, 1, 16), date(2006, 1, 19), 0, True),
    ]


def test_of_what_had_passed_when_the_date_was_set_only_the_latest_is_left() -> None:
    assert days(deadline(dated_on=date(2006, 3, 28)), date(2006, 4, 3)) == [
        ("before", 10, date(2006, 3, 24)),
        ("before", 5, date(2006, 3, 31)),
    ]


def test_being_late_counts_from_the_day_on_which_anybody_could_know() -> None:
    found = days(deadline(dated_on=date(2006, 6, 5)), date(2006, 6, 8))
    assert found == [("on_the_day", 0, DUE), ("overdue", 1, date(2006, 6, 8))]


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=2)
    return engine


def reminders_of(opened: Session, code: str, step_id: str) -> list[Reminder]:
    query = (
        select(Reminder)
        .join(Step, col(Step.id) == col(Reminder.step_id))
        .join(Activity, col(Activity.id) == col(Reminder.activity_id))
        .where(Activity.code == code, Step.step_id == step_id)
        .order_by(col(Reminder.id))
    )
    return list(opened.exec(query))


def told(rows: list[Reminder], rule: str) -> set[str]:
    return {row.recipient for row in rows if row.rule == rule}


def test_a_reminder_is_planned_once(programme: Engine) -> None:
    day = date(2005, 9, 19)  # 20 working days before Sheffield's notification
    counts = []
    for _ in range(2):
        with session(programme) as opened:
            counts.append(plan_reminders(opened, day))
    assert counts == [1, 0]


def test_the_same_row_planned_by_two_processes_is_there_once(programme: Engine) -> None:
    day = date(2005, 9, 19)
    with session(programme) as opened:
        plan_reminders(opened, day)
        row = opened.exec(select(Reminder)).one().model_dump(exclude={"id"})
        assert insert_new(opened, Reminder, [row, {**row, "recipient": "other@x.example"}]) == 1


def test_who_acts_is_reminded_of_a_deadline(programme: Engine) -> None:
    with session(programme) as opened:
        plan_reminders(opened, date(2005, 9, 19))
        assert told(reminders_of(opened, "sheffield-jar", "notification"), "before") == {
            "lead@ofsted.example"
        }


def test_the_nominated_officer_stands_in_for_a_director(programme: Engine) -> None:
    """R064: Cheshire has appointed none."""
    with session(programme) as opened:
        give_notice(opened, "sheffield-jar", date(2005, 10, 17))
        give_notice(opened, "cheshire-jar", date(2005, 12, 12))
        for day in (date(2005, 11, 14), date(2006, 1, 9)):
            plan_reminders(opened, day)
        found = {
            code: told(reminders_of(opened, f"{code}-jar", "self_assessment"), "before")
            for code in ("sheffield", "cheshire")
        }
    assert found == {
        "sheffield": {"director@sheffield.example"},
        "cheshire": {"nominated_officer@cheshire.example"},
    }


def test_a_late_word_goes_higher_each_time(programme: Engine) -> None:
    """The director, then the chief executive too, then the lead inspectorate; the team leader signs it off."""
    with session(programme) as opened:
        give_notice(opened, "sheffield-jar", date(2005, 10, 17))
        for number in range(15, 30):
            plan_reminders(opened, date(2005, 12, 12) + timedelta(days=number - 15))
        rows = [
            row for row in reminders_of(opened, "sheffield-jar", "self_assessment") if row.rule == "overdue"
        ]
    by_occurrence: dict[int, set[str]] = {}
    for row in rows:
        by_occurrence.setdefault(row.occurrence, set()).add(row.recipient)
    acting, leader = "director@sheffield.example", "sheffield-0@inspectors.example"
    chief, lead = "chief_executive@sheffield.example", "lead@ofsted.example"
    assert by_occurrence[1] == {acting, leader}
    assert by_occurrence[2] == {acting, chief, leader, lead}
    assert by_occurrence[3] == {acting, chief, leader, lead, "operations@ofsted.example"}


def test_the_team_of_the_published_plan_is_told_of_its_stages(programme: Engine) -> None:
    with session(programme) as opened:
        plan_reminders(opened, date(2005, 12, 30))
        found = told(reminders_of(opened, "sheffield-jar", "analysis"), "before")
    assert found == {f"sheffield-{seat}@inspectors.example" for seat in range(4)}


def test_only_who_signs_it_off_is_asked_after_a_stage(programme: Engine) -> None:
    with session(programme) as opened:
        advance(opened, date(2006, 1, 16))
        rows = [
            row
            for row in reminders_of(opened, "sheffield-jar", "analysis")
            if row.due_on == date(2006, 1, 16)
        ]
    assert [(row.rule, row.recipient) for row in rows] == [("on_the_day", "sheffield-0@inspectors.example")]


def give_notice(opened: Session, code: str, day: date) -> None:
    """The notice of an activity is done."""
    notice = step_of(opened, code, "notification")
    activity = opened.get_one(Activity, notice.activity_id)
    finish(opened, activity, notice, day, day, Contacts(opened, rules_of(opened)))


def step_of(opened: Session, code: str, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == code, Step.step_id == step_id)).one()


def test_who_is_told_hears_that_a_step_is_done(programme: Engine) -> None:
    """R066: the director is told of the draft report."""
    day = date(2006, 4, 7)
    with session(programme) as opened:
        give_notice(opened, "sheffield-jar", date(2005, 10, 17))
        draft = step_of(opened, "sheffield-jar", "draft_report")
        activity = opened.get_one(Activity, draft.activity_id)
        finish(opened, activity, draft, day, day, Contacts(opened, rules_of(opened)))
        assert told(reminders_of(opened, "sheffield-jar", "draft_report"), "done") == {
            "director@sheffield.example"
        }


def test_the_notice_is_no_reminder_that_it_is_done(programme: Engine) -> None:
    """R064: it goes out as a message of its own."""
    with session(programme) as opened:
        give_notice(opened, "sheffield-jar", date(2005, 10, 17))
        assert reminders_of(opened, "sheffield-jar", "notification") == []


def test_the_authority_is_reminded_of_nothing_before_its_notice(programme: Engine) -> None:
    """R064: nor of anything that the notice has just said."""
    with session(programme) as opened:
        plan_reminders(opened, date(2005, 11, 14))  # 20 working days before the self-assessment is due
        assert reminders_of(opened, "sheffield-jar", "self_assessment") == []
        give_notice(opened, "sheffield-jar", date(2005, 11, 14))
        plan_reminders(opened, date(2005, 11, 15))
        assert reminders_of(opened, "sheffield-jar", "self_assessment") == []
        plan_reminders(opened, date(2005, 11, 28))
        found = reminders_of(opened, "sheffield-jar", "self_assessment")
    assert [(row.occurrence, row.recipient) for row in found] == [(10, "director@sheffield.example")]


def test_a_new_holder_of_a_role_is_not_told_again_what_was_said_before(programme: Engine) -> None:
    with session(programme) as opened:
        day = date(2006, 1, 10)
        plan_reminders(opened, day)
        number = len(reminders_of(opened, "sheffield-jar", "self_assessment"))
        opened.exec(
            update(Contact).where(col(Contact.role) == "director").values(email="new@sheffield.example")
        )
        assert plan_reminders(opened, day) == 0
        assert len(reminders_of(opened, "sheffield-jar", "self_assessment")) == number


def test_nobody_is_reminded_of_what_is_done_or_cancelled(programme: Engine) -> None:
    day = date(2005, 10, 17)
    with session(programme) as opened:
        opened.exec(update(Step).where(col(Step.step_id) == "notification").values(state="done"))
        opened.exec(update(Activity).where(col(Activity.area_code) == "cheshire").values(state="cancelled"))
        plan_reminders(opened, day + timedelta(days=60))
        assert reminders_of(opened, "sheffield-jar", "notification") == []
        assert reminders_of(opened, "sheffield-jar", "set_up")
        assert reminders_of(opened, "cheshire-jar", "notification") == []


def test_without_any_contact_nobody_is_reminded_and_the_log_says_so(
    programme: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with session(programme) as opened:
        for contact in opened.exec(select(Contact)).all():
            opened.delete(contact)
        opened.flush()
        assert plan_reminders(opened, date(2005, 9, 19)) == 0
    assert "sheffield-jar notification: nobody can be reminded. Add a contact." in caplog.messages


def test_operations_are_told_where_nobody_holds_a_role(programme: Engine) -> None:
    """No contact of the Audit Commission is known."""
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-ca")).one()
        contacts = Contacts(opened, rules_of(opened))
        assert [person.role for person in contacts.holders(activity, "audit_commission")] == ["operations"]


def test_a_leader_without_an_address_is_reached_through_the_lead_inspectorate(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(update(Inspector).where(col(Inspector.code) == "sheffield-0").values(email=""))
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        contacts = Contacts(opened, rules_of(opened))
        assert [person.role for person in contacts.holders(activity, "team_leader")] == ["lead_inspectorate"]


def test_an_authority_never_hears_of_an_unannounced_inspection(programme: Engine) -> None:
    """R068: whatever the step says, only the inspectorate's side is reached."""
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        rules = rules_of(opened)
        hidden = rules.of(activity).model_copy(update={"announce_from": "never"})
        secret = Contacts(opened, type(rules)(rules.policy, {**rules.frameworks, hidden.id: hidden}))
        announced = Contacts(opened, rules)
        for role in ("director", "chief_executive"):
            assert {p.role for p in announced.holders(activity, role)} == {role}
            assert {p.role for p in secret.holders(activity, role)} <= {"lead_inspectorate", "operations"}
            assert {p.role for _level, p in secret.ladder(activity, role, 5)} <= {
                "lead_inspectorate",
                "operations",
            }


def test_a_consultation_begins_once(programme: Engine) -> None:
    """The setting-up meeting of 14 November is held a day late: until then nothing begins 'today'."""
    start, later = date(2005, 11, 15), date(2005, 11, 16)
    with session(programme) as opened:
        give_notice(opened, "sheffield-jar", date(2005, 10, 17))
        plan_reminders(opened, start)
        consultation = step_of(opened, "sheffield-jar", "consultation")
        assert consultation.start_on == start
        assert told(reminders_of(opened, "sheffield-jar", "consultation"), "on_the_day") == set()
        set_up = step_of(opened, "sheffield-jar", "set_up")
        activity = opened.get_one(Activity, set_up.activity_id)
        finish(opened, activity, set_up, start, start, Contacts(opened, rules_of(opened)))
        date_steps(opened, activity, rules_of(opened).of(activity), start)
        plan_reminders(opened, later)
        found = [
            row.due_on
            for row in reminders_of(opened, "sheffield-jar", "consultation")
            if row.rule == "on_the_day" and row.recipient == "director@sheffield.example"
        ]
    assert found == [later]
