"""A person's word about a step, and every date that counts from it."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Election, Reminder, SignOff, Step, session
from services import audit
from services.audit import Word
from services.casework.advancing import advance, advance_activity
from services.casework.reminders import plan_reminders
from services.casework.review_timetable import InvalidTimetable
from services.casework.sign_offs import agree_date, record_actual, sign_off, waive
from services.casework.steps import last_day
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, NotFound, Refused
from services.plans.publication import publish
from tests import people
from tests.kept import kept
from tests.known import known
from tests.tables import PLANNED_ON, WHO, at, fill, published, store

FIELD_END = date(2006, 2, 10)
DRAFT_DUE = date(2006, 4, 7)
UNTIL_FIELD_END = (
    "notification",
    "self_assessment",
    "set_up",
    "consultation",
    "analysis",
    "fieldwork",
    "feedback",
)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=1)
    return engine


@pytest.fixture
def drafting(engine: Engine) -> Engine:
    fed_back(engine)
    return engine


@kept
def fed_back(engine: Engine) -> None:
    """Everything up to the headline feedback was signed off on its day."""
    published(engine, num_areas=1)
    with session(engine) as opened:
        for name in UNTIL_FIELD_END:
            row = step(opened, name)
            end = (row.end_on - timedelta(days=1)) if row.end_on else row.due_on
            assert end
            sign(opened, name, end)


def step(opened: Session, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.kind == "jar", Step.step_id == step_id)).one()


def word(as_of: date, note: str = "") -> Word:
    return Word("leader", at(as_of), as_of, note)


def sign(opened: Session, name: str, day: date, as_of: date | None = None, **given: object) -> list[str]:
    moved = people.sign(opened, step(opened, name).id or 0, day, word(as_of or day), **given)
    return [item.step_id for item in moved]


def test_a_sign_off_keeps_who_when_and_for_which_revision(programme: Engine) -> None:
    day = date(2005, 10, 14)
    with session(programme) as opened:
        sign(opened, "notification", day)
        row, kept = step(opened, "notification"), opened.exec(select(SignOff)).one()
        assert (row.state, row.actual_on) == ("done", day)
        assert (kept.signed_by, kept.signed_at, kept.happened_on, kept.revision) == (
            "Lead Office",
            at(day),
            day,
            1,
        )
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "sign off")).one()
        assert (entry.who, entry.subject) == ("leader", "sheffield-jar notification")


def test_what_is_done_on_its_day_moves_nothing(drafting: Engine) -> None:
    with session(drafting) as opened:
        assert sign(opened, "draft_report", DRAFT_DUE) == []
        assert opened.exec(select(Activity.revision).where(Activity.kind == "jar")).one() == 1


def test_an_early_draft_moves_what_counts_from_it(drafting: Engine) -> None:
    """R053: comments, discussion and publication follow the day on which the draft was really there."""
    day = date(2006, 3, 24)
    with session(drafting) as opened:
        moved = sign(opened, "draft_report", day)
        comments = step(opened, "accuracy_comments")
        assert moved[:3] == ["accuracy_comments", "discussion", "publication"]
        assert (comments.due_on, comments.counted_on, comments.revision) == (date(2006, 4, 7), day, 2)
        assert step(opened, "draft_report").due_on == DRAFT_DUE
        assert step(opened, "fieldwork").revision == 1
        entry = known(opened.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first())
        assert json.loads(entry.after or "")["moved"]["accuracy_comments"] == ["2006-04-25", "2006-04-07"]


def test_after_publication_30_and_70_working_days_count_from_the_real_day(drafting: Engine) -> None:
    """R089."""
    with session(drafting) as opened:
        sign(opened, "draft_report", DRAFT_DUE)
        for name in ("accuracy_comments", "discussion"):
            due = step(opened, name).due_on
            assert due
            sign(opened, name, due)
        sign(opened, "publication", date(2006, 8, 14))
        dues = [step(opened, name).due_on for name in ("circulation", "action_statement")]
    assert dues == [date(2006, 9, 26), date(2006, 11, 21)]


def test_unsent_reminders_of_a_done_step_are_superseded_and_others_are_told(drafting: Engine) -> None:
    with session(drafting) as opened:
        advance(opened, DRAFT_DUE)
        before = reminders_of(opened, "draft_report")
        sign(opened, "draft_report", DRAFT_DUE)
        after = reminders_of(opened, "draft_report")
    assert {state for (rule, _to), state in before.items() if rule != "done"} == {"planned"}
    assert {state for (rule, _to), state in after.items() if rule != "done"} == {"superseded"}
    assert after["done", "director@sheffield.example"] == "planned"


def reminders_of(opened: Session, name: str) -> dict[tuple[str, str], str]:
    query = select(Reminder).where(Reminder.step_id == step(opened, name).id)
    return {(row.rule, row.recipient): row.state for row in opened.exec(query)}


def test_a_done_step_is_not_signed_off_again(programme: Engine) -> None:
    day = date(2005, 10, 14)
    with session(programme) as opened:
        sign(opened, "notification", day)
        with pytest.raises(Refused, match="done on 14 October 2005"):
            sign(opened, "notification", day)


def test_nothing_is_signed_off_before_what_comes_first(programme: Engine) -> None:
    """R043."""
    with session(programme) as opened:
        with pytest.raises(Refused, match=r"comes after Notification of precise dates.*\(R043\)"):
            sign(opened, "set_up", date(2005, 11, 14))
        sign(opened, "notification", date(2005, 10, 17))
        sign(opened, "set_up", date(2005, 11, 14))


def test_nothing_is_signed_off_for_a_day_that_lies_ahead(programme: Engine) -> None:
    with (
        session(programme) as opened,
        pytest.raises(Refused, match="17 October 2005 is later than today, 16 October"),
    ):
        sign(opened, "notification", date(2005, 10, 17), as_of=date(2005, 10, 16))


def test_a_sign_off_of_dates_that_changed_meanwhile_is_refused(programme: Engine) -> None:
    day = date(2005, 10, 17)
    with session(programme) as opened:
        with pytest.raises(
            Refused, match="changed since revision 0 and is at revision 1 now: its day is 17 October 2005"
        ):
            sign(opened, "notification", day, seen=0)
        sign(opened, "notification", day, seen=1)


def test_every_reason_against_a_sign_off_is_named_together(programme: Engine) -> None:
    with session(programme) as opened, pytest.raises(Refused) as error:
        sign(opened, "set_up", date(2005, 11, 14), as_of=date(2005, 11, 1), seen=5)
    assert len(error.value.findings) == 3  # nothing else speaks against it


def test_a_late_notice_needs_a_waiver_whose_reason_is_kept(programme: Engine) -> None:
    """R094."""
    day = date(2005, 10, 24)
    with (
        pytest.raises(Refused, match=r"needs a waiver: .*17 October 2005.*\(R094\)"),
        session(programme) as opened,
    ):
        sign(opened, "notification", day)
    with session(programme) as opened:
        assert step(opened, "notification").state == "planned"
        sign(opened, "notification", day, waiver=WaiverReason("critical_event"))
        assert step(opened, "notification").waiver_code == "critical_event"


def test_a_day_that_cannot_be_is_refused_and_changes_nothing(drafting: Engine) -> None:
    with pytest.raises(InvalidTimetable), session(drafting) as opened:
        sign(opened, "draft_report", FIELD_END - timedelta(days=7), as_of=DRAFT_DUE)
    with session(drafting) as opened:
        assert step(opened, "draft_report").state == "planned"
        assert (
            opened.exec(select(SignOff).where(SignOff.step_id == step(opened, "draft_report").id)).all() == []
        )


def test_publication_in_a_pre_election_period_moves_to_the_day_after_the_poll(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened, 1)
        opened.add(
            Election(
                area_type="all",
                polling_on=date(2006, 6, 29),
                pre_election_start_on=date(2006, 6, 8),
                kind="general",
            )
        )
        publish(opened, store(opened), "final", Word(WHO, at(PLANNED_ON), PLANNED_ON))
        row = step(opened, "publication")
    assert row.due_on == date(2006, 6, 30)
    assert "pre-election period" in row.notes


def test_a_step_that_ends_by_itself_takes_an_actual_date_but_no_sign_off(programme: Engine) -> None:
    day = date(2005, 10, 12)
    with session(programme) as opened:
        opened.exec(update(Step).where(col(Step.step_id) == "notification").values(needs_sign_off=False))
        number = step(opened, "notification").id or 0
        with pytest.raises(Refused, match="nobody needs to sign it off"):
            sign_off(opened, number, day, word(day))
    with session(programme) as opened:
        opened.exec(update(Step).where(col(Step.step_id) == "notification").values(needs_sign_off=False))
        record_actual(opened, number, day, word(day))
        assert (step(opened, "notification").state, step(opened, "notification").actual_on) == ("done", day)


def test_an_actual_date_is_no_way_round_a_sign_off(programme: Engine) -> None:
    day = date(2005, 10, 17)
    with session(programme) as opened, pytest.raises(Refused, match="somebody must sign it off"):
        record_actual(opened, step(opened, "notification").id or 0, day, word(day))


def test_a_correction_needs_a_reason_and_moves_what_counts_from_it(drafting: Engine) -> None:
    with session(drafting) as opened:
        sign(opened, "draft_report", DRAFT_DUE)
        number = step(opened, "draft_report").id or 0
        real = date(2006, 4, 6)
        with pytest.raises(Refused, match="a correction needs a reason"):
            record_actual(opened, number, real, word(DRAFT_DUE))
        moved = record_actual(opened, number, real, word(DRAFT_DUE, "it came a day earlier"))
        assert [item.step_id for item in moved][:1] == ["accuracy_comments"]
        assert step(opened, "accuracy_comments").due_on == date(2006, 4, 24)


def test_an_agreed_day_takes_the_place_of_the_counted_one_until_it_is_taken_back(programme: Engine) -> None:
    day = date(2005, 11, 10)
    with session(programme) as opened:
        number = step(opened, "set_up").id or 0
        moved = agree_date(opened, number, day, word(date(2005, 10, 20), "both are free"))
        assert [item.step_id for item in moved] == ["set_up", "consultation"]
        assert (step(opened, "set_up").due_on, step(opened, "consultation").start_on) == (
            day,
            date(2005, 11, 11),
        )
        agree_date(opened, number, None, word(date(2005, 10, 21)))
        assert step(opened, "set_up").due_on == date(2005, 11, 14)


def test_a_day_that_has_passed_or_comes_too_early_is_not_agreed(programme: Engine) -> None:
    """R043."""
    with session(programme) as opened:
        number_of = {name: step(opened, name).id or 0 for name in ("draft_report", "set_up")}
    with session(programme) as opened, pytest.raises(Refused, match="10 November 2001 is earlier than today"):
        agree_date(opened, number_of["set_up"], date(2001, 11, 10), word(PLANNED_ON))
    with (
        session(programme) as opened,
        pytest.raises(Refused, match=r"earlier than Headline feedback.* on 10 February 2006"),
    ):
        agree_date(opened, number_of["draft_report"], FIELD_END - timedelta(days=1), word(PLANNED_ON))


@pytest.mark.parametrize(
    ("name", "day", "message", "next_day"),
    [
        ("set_up", date(2005, 11, 12), "12 November 2005 is a Saturday", "14 November 2005"),
        ("publication", date(2006, 5, 29), "a bank holiday (Spring Bank Holiday)", "30 May 2006"),
        ("draft_report", date(2006, 2, 9), "is earlier than Headline feedback", "10 February 2006"),
        ("self_assessment", date(2006, 1, 16), "is too late for Analysis week", "9 January 2006"),
        ("set_up", date(2006, 1, 9), "is too late for Analysis week", "6 January 2006"),
        ("set_up", date(2005, 10, 2), "is earlier than today", "17 October 2005"),
    ],
)
def test_a_refused_day_comes_with_the_next_possible_one(
    programme: Engine, name: str, day: date, message: str, next_day: str
) -> None:
    """R043: people work on it, and it lies between what comes before and what must follow."""
    with session(programme) as opened, pytest.raises(Refused) as refused:
        agree_date(opened, step(opened, name).id or 0, day, word(date(2005, 10, 17)))
    found = [finding for finding in refused.value.findings if message in finding.message]
    assert len(found) == 1
    assert found[0].advice.endswith(f"Agree {next_day}, the next possible day.")
    with session(programme) as opened:
        assert step(opened, name).agreed_on is None


def test_what_counts_from_an_agreed_day_moves_along_and_does_not_bound_it(programme: Engine) -> None:
    with session(programme) as opened:
        agree_date(opened, step(opened, "publication").id or 0, date(2006, 9, 4), word(PLANNED_ON))
        agree_date(opened, step(opened, "set_up").id or 0, date(2006, 1, 6), word(PLANNED_ON))
        assert step(opened, "publication").due_on == date(2006, 9, 4)


def test_a_word_that_is_said_again_is_written_once(drafting: Engine) -> None:
    """Saying the same again is no fault, and nothing is logged."""
    as_of, illness = date(2006, 3, 1), WaiverReason("illness", "the leader was ill")
    with session(drafting) as opened:
        feedback, draft = (step(opened, name).id or 0 for name in ("feedback", "draft_report"))
        agree_date(opened, draft, date(2006, 4, 10), word(as_of), waiver=illness)
        logged = len(opened.exec(select(AuditEntry)).all())
        with pytest.raises(AlreadySo, match="it happened on 10 February 2006"):
            record_actual(opened, feedback, FIELD_END, word(as_of, "again"))
        for given in ({}, {"waiver": illness}):
            with pytest.raises(AlreadySo, match="it is on 10 April 2006"):
                agree_date(opened, draft, date(2006, 4, 10), word(as_of), **given)
        with pytest.raises(AlreadySo, match="waived for that reason"):
            waive(opened, draft, illness, word(as_of))
        with pytest.raises(AlreadySo, match="the day that the rules count"):
            agree_date(opened, step(opened, "publication").id or 0, None, word(as_of))
        assert len(opened.exec(select(AuditEntry)).all()) == logged


def test_a_hard_deadline_is_agreed_for_later_only_with_a_waiver(drafting: Engine) -> None:
    """R094."""
    later = DRAFT_DUE + timedelta(days=6)
    with pytest.raises(Refused, match="needs a waiver"), session(drafting) as opened:
        agree_date(opened, step(opened, "draft_report").id or 0, later, word(date(2006, 3, 1)))
    with session(drafting) as opened:
        number = step(opened, "draft_report").id or 0
        agree_date(
            opened,
            number,
            later,
            word(date(2006, 3, 1)),
            waiver=WaiverReason("illness", "the leader was ill"),
        )
        row = step(opened, "draft_report")
        assert (row.due_on, row.waiver_reason) == (later, "the leader was ill")


def test_reminders_of_an_agreed_day_take_the_place_of_the_old_ones(programme: Engine) -> None:
    as_of = date(2005, 11, 7)
    with session(programme) as opened:
        sign(opened, "notification", date(2005, 10, 17))
        plan_reminders(opened, as_of)
        agree_date(opened, step(opened, "set_up").id or 0, date(2005, 11, 21), word(as_of))
        plan_reminders(opened, as_of)
        query = select(Reminder).where(Reminder.step_id == step(opened, "set_up").id)
        found = {(row.due_on, row.occurrence, row.state) for row in opened.exec(query)}
    assert found >= {(date(2005, 11, 14), 5, "superseded"), (date(2005, 11, 21), 10, "planned")}
    assert not {state for due, _count, state in found if due == date(2005, 11, 14)} - {"superseded"}


def test_a_waiver_is_kept_only_where_a_rule_is_broken(programme: Engine) -> None:
    with session(programme) as opened:
        row = step(opened, "fieldwork")
        with pytest.raises(Refused, match="its dates break no rule"):
            waive(opened, row.id or 0, WaiverReason("other", "why not"), word(PLANNED_ON))
        row.waiver_needed = "4 clear weeks lie before it"
        with pytest.raises(Refused, match="the reason 'other' says nothing by itself"):
            waive(opened, row.id or 0, WaiverReason("other", " "), word(PLANNED_ON))
        waive(opened, row.id or 0, WaiverReason("holiday", "the school is closed"), word(PLANNED_ON))
        assert row.waiver_reason == "the school is closed"


@pytest.mark.parametrize("broken", ["agreed_late=2006-04-13>2006-04-07", None])
def test_a_waiver_holds_as_long_as_the_same_rules_are_broken_however_they_are_worded(
    drafting: Engine, broken: str | None
) -> None:
    later = DRAFT_DUE + timedelta(days=6)
    with session(drafting) as opened:
        row = step(opened, "draft_report")
        agree_date(
            opened,
            row.id or 0,
            later,
            word(date(2006, 3, 1)),
            waiver=WaiverReason("illness", "the leader was ill"),
        )
        assert row.broken_rules == "agreed_late=2006-04-13>2006-04-07"
        row.waiver_needed, row.broken_rules = "as an earlier version put it", broken
        opened.flush()
        agree_date(opened, step(opened, "discussion").id or 0, date(2006, 6, 12), word(date(2006, 3, 1)))
        assert row.waiver_reason == "the leader was ill"
        assert "agreed for 13 April 2006" in row.waiver_needed
        agree_date(opened, row.id or 0, None, word(date(2006, 3, 1)))
        assert row.waiver_reason == ""


def test_the_log_calls_the_reason_of_a_waiver_a_reason(programme: Engine) -> None:
    with session(programme) as opened:
        row = step(opened, "fieldwork")
        row.waiver_needed = "4 clear weeks lie before it"
        waive(opened, row.id or 0, WaiverReason("holiday", "the school is closed"), word(PLANNED_ON))
        (entry,) = audit.entries(opened, subject="sheffield-jar fieldwork")
    assert json.loads(entry.after or "") == {
        "edition": 2,
        "moved": {},
        "reason": "holiday: the school is closed",
    }


def test_an_unknown_step_is_not_signed_off(programme: Engine) -> None:
    with session(programme) as opened, pytest.raises(NotFound):
        sign_off(opened, 999, PLANNED_ON, word(PLANNED_ON))


def states(opened: Session) -> dict[str, tuple[object, ...]]:
    """Everything that a word may change, step by step."""
    rows = opened.exec(select(Step).join(Activity).where(Activity.kind == "jar")).all()
    return {
        row.step_id: (row.state, row.actual_on, row.agreed_on, row.start_on, row.due_on, row.waiver_reason)
        for row in rows
    }


def taken_back(opened: Session, name: str, why: str = "a slip of the pen") -> list[str]:
    found = undo(opened, step(opened, name).id or 0, word(DRAFT_DUE, why))
    return [item.step_id for item in found.moved]


def test_an_undone_sign_off_leaves_every_date_as_it_was(drafting: Engine) -> None:
    with session(drafting) as opened:
        before = states(opened)
        moved = sign(opened, "draft_report", date(2006, 3, 24))
        assert states(opened) != before
        assert taken_back(opened, "draft_report") == moved
        assert states(opened) == before
        assert (
            opened.exec(select(SignOff).where(SignOff.step_id == step(opened, "draft_report").id)).all() == []
        )
        newest = opened.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
        assert (newest.action, known(newest).subject, known(newest).why) == (
            "undo",
            "sheffield-jar draft_report",
            "a slip of the pen",
        )
        sign(opened, "draft_report", DRAFT_DUE)
        assert step(opened, "draft_report").actual_on == DRAFT_DUE


def test_words_are_undone_one_after_the_other_the_last_one_first(drafting: Engine) -> None:
    with session(drafting) as opened:
        before = states(opened)
        number = step(opened, "draft_report").id or 0
        agree_date(opened, number, date(2006, 4, 5), word(date(2006, 3, 1)))
        sign(opened, "draft_report", DRAFT_DUE)
        record_actual(opened, number, date(2006, 4, 6), word(DRAFT_DUE, "a day earlier"))
        taken_back(opened, "draft_report")
        assert step(opened, "draft_report").actual_on == DRAFT_DUE
        taken_back(opened, "draft_report")
        assert (step(opened, "draft_report").state, step(opened, "draft_report").agreed_on) == (
            "planned",
            date(2006, 4, 5),
        )
        taken_back(opened, "draft_report")
        assert states(opened) == before
        with pytest.raises(Refused, match="there is no record about it to undo"):
            taken_back(opened, "draft_report")


def test_a_step_that_was_overdue_is_overdue_again_when_its_new_day_is_undone(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, "notification", date(2005, 10, 17))
        advance(opened, date(2005, 11, 15))
        before = states(opened)
        assert step(opened, "set_up").state == "overdue"
        agree_date(opened, step(opened, "set_up").id or 0, date(2005, 11, 21), word(date(2005, 11, 15)))
        assert step(opened, "set_up").state == "planned"
        taken_back(opened, "set_up")
        assert states(opened)["set_up"] == before["set_up"]


def test_an_undone_waiver_is_given_again_as_it_was(programme: Engine) -> None:
    with session(programme) as opened:
        row = step(opened, "fieldwork")
        row.waiver_needed = "4 clear weeks lie before it"
        waive(opened, row.id or 0, WaiverReason("holiday", "the school is closed"), word(PLANNED_ON))
        waive(opened, row.id or 0, WaiverReason("holiday", "the hall is closed"), word(PLANNED_ON))
        taken_back(opened, "fieldwork")
        assert step(opened, "fieldwork").waiver_reason == "the school is closed"


def test_a_word_is_undone_only_with_a_reason(drafting: Engine) -> None:
    with session(drafting) as opened:
        sign(opened, "draft_report", DRAFT_DUE)
        with pytest.raises(Refused, match="needs a reason"):
            taken_back(opened, "draft_report", " ")
        assert step(opened, "draft_report").state == "done"


def test_what_a_later_step_builds_upon_is_undone_after_it(drafting: Engine) -> None:
    """R043."""
    with session(drafting) as opened:
        sign(opened, "draft_report", DRAFT_DUE)
        sign(opened, "accuracy_comments", date(2006, 4, 25))
        with pytest.raises(
            Refused, match=r"came after it and is done. \(R043\) Undo accuracy_comments first"
        ):
            taken_back(opened, "draft_report")
        taken_back(opened, "accuracy_comments")
        taken_back(opened, "draft_report")
        assert step(opened, "draft_report").state == "planned"


def test_a_stage_that_began_because_of_an_undone_step_waits_again(programme: Engine) -> None:
    """R043."""
    monday = date(2006, 1, 9)
    with session(programme) as opened:
        for name in ("notification", "self_assessment", "set_up", "consultation"):
            row = step(opened, name)
            sign(opened, name, last_day(row), as_of=monday)
        advance_activity(opened, "sheffield-jar", monday)
        assert step(opened, "analysis").state == "open"
        taken_back(opened, "consultation")
        assert step(opened, "analysis").state == "planned"
        taken_back(opened, "set_up")
        assert step(opened, "consultation").state == "planned"
        assert opened.exec(select(Activity.state).where(Activity.kind == "jar")).one() == "planned"
        sign(opened, "set_up", date(2005, 11, 14), as_of=monday)
        advance_activity(opened, "sheffield-jar", monday)
        begun = [step(opened, name).state for name in ("consultation", "analysis")]
        assert begun == ["awaiting_sign_off", "planned"]


def test_whoever_had_the_word_that_a_step_is_done_is_told_that_it_is_not(drafting: Engine) -> None:
    director = "director@sheffield.example"
    with session(drafting) as opened:
        sign(opened, "draft_report", DRAFT_DUE)
        opened.exec(update(Reminder).where(col(Reminder.rule) == "done").values(state="included"))
        taken_back(opened, "draft_report")
        assert reminders_of(opened, "draft_report")["undone", director] == "planned"
        sign(opened, "draft_report", DRAFT_DUE)
        rows = opened.exec(
            select(Reminder).where(
                Reminder.step_id == step(opened, "draft_report").id,
                Reminder.rule == "done",
                Reminder.recipient == director,
            )
        ).all()
        assert sorted((row.occurrence, row.state) for row in rows) == [(0, "included"), (1, "planned")]


def test_a_word_that_did_not_go_out_is_dropped_without_another(drafting: Engine) -> None:
    with session(drafting) as opened:
        sign(opened, "draft_report", DRAFT_DUE)
        assert reminders_of(opened, "draft_report")["done", "director@sheffield.example"] == "planned"
        taken_back(opened, "draft_report")
        assert not {rule for rule, _to in reminders_of(opened, "draft_report")} & {"done", "undone"}


def test_days_that_were_accepted_under_other_arrows_stay_and_block_nothing(programme: Engine) -> None:
    """R043: a consultation that ended in the analysis week, before the analysis had to wait for it."""
    with session(programme) as opened:
        for name in UNTIL_FIELD_END[:5]:
            sign(opened, name, last_day(step(opened, name)))
        step(opened, "consultation").actual_on = date(2006, 1, 11)
        opened.flush()
        sign(opened, "fieldwork", FIELD_END)
        publish(opened, 1, "final", Word(WHO, at(FIELD_END), FIELD_END))
        assert step(opened, "consultation").actual_on == date(2006, 1, 11)
        consultation = step(opened, "consultation").id or 0
    with (
        session(programme) as opened,
        pytest.raises(InvalidTimetable, match="later than the start of 'Analysis week'"),
    ):
        record_actual(opened, consultation, date(2006, 1, 10), word(FIELD_END, "a slip of the pen"))
    with session(programme) as opened:
        record_actual(opened, consultation, date(2006, 1, 6), word(FIELD_END, "a slip of the pen"))
