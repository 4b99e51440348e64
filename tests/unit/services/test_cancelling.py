"""Calling an activity off: what has begun leaves its dates in no other way (R043)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, col, select

from models import Activity, Announcement, Delivery, Evidence, EvidenceNeed, Reminder, Step, session
from services.audit import Word, entries
from services.casework.advancing import advance
from services.casework.evidence.answers import receive
from services.casework.evidence.kept_files import Receipt
from services.casework.final_team import confirm_team
from services.casework.outputs import record_output
from services.casework.sign_offs import agree_date, record_actual, waive
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import Refused
from services.messages.digests import collect, still_holds
from services.plans import plan_store
from services.plans.cancelling import cancel, original_of
from services.plans.restoring import undo_cancel
from services.previews import preview
from services.problem.build import build_problem
from tests.people import sign as signs
from tests.tables import WHO, at, published

DAY = date(2006, 3, 20)
WIGAN = "wigan-jar"


def word(note: str = "the council is dissolved") -> Word:
    return Word(WHO, at(DAY), DAY, note)


def steps(opened: Session) -> dict[str, Step]:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return {row.step_id: row for row in opened.exec(query.where(Activity.code == WIGAN))}


def begun(engine: Engine) -> None:
    """Wigan's review has had its notice, and the parties have met."""
    published(engine)
    with session(engine) as opened:
        for name in ("notification", "set_up"):
            signs(
                opened,
                steps(opened)[name].id or 0,
                DAY,
                Word("lead", at(DAY), DAY, "x"),
                waiver=WaiverReason("short_notice"),
            )
        advance(opened, DAY)


def tell(opened: Session, day: date) -> None:
    """What is due has gone out on a day."""
    collect(opened, day)
    opened.exec(update(Delivery).values(state="sent"))


def told(opened: Session) -> list[str]:
    """Who hears of a cancellation on the day after it."""
    collect(opened, DAY + timedelta(days=1))
    return sorted(opened.exec(select(Announcement.recipient).where(Announcement.occasion == "cancelled")))


def test_a_review_under_way_is_called_off_and_what_was_done_stays_in_the_history(engine: Engine) -> None:
    begun(engine)
    with session(engine) as opened:
        done = cancel(opened, WIGAN, word())
        found = steps(opened)
        assert opened.exec(select(Activity.state).where(Activity.code == WIGAN)).one() == "cancelled"
        assert (found["set_up"].state, found["analysis"].state) == ("done", "superseded")
        assert (done.successor, done.is_missing, done.stale) == (None, True, (1,))
        waiting = select(Reminder).where(Reminder.state == "planned")
        assert WIGAN not in {opened.get_one(Activity, row.activity_id).code for row in opened.exec(waiting)}
        assert [entry.why for entry in entries(opened, WIGAN)] == ["the council is dissolved"]
        assert "wigan-jar was called off" in plan_store.why_stale(opened, plan_store.find_version(opened, 1))


def test_everybody_with_a_part_in_it_is_told_once(engine: Engine) -> None:
    """R019."""
    begun(engine)
    with session(engine) as opened:
        tell(opened, DAY)
        number = cancel(opened, WIGAN, word()).told
        assert {"director@wigan.example", "wigan-0@inspectors.example", "lead@ofsted.example"} <= set(
            told(opened)
        )
        assert number == len(told(opened)) == len(set(told(opened)))
        query = select(Delivery.body).where(Delivery.recipient == "director@wigan.example")
        [body] = opened.exec(query.where(col(Delivery.occasions).contains("cancelled"))).all()
    assert "Why: the council is dissolved." in body
    assert "- 15 to 19 May 2006: Analysis week" in body


def test_whoever_has_not_heard_of_it_hears_nothing_of_its_end(engine: Engine) -> None:
    published(engine)
    with session(engine) as opened:
        assert cancel(opened, WIGAN, word()).told == 0
        assert told(opened) == []


def test_before_its_notice_the_area_hears_nothing(engine: Engine) -> None:
    published(engine)
    with session(engine) as opened:
        tell(opened, DAY)
        cancel(opened, WIGAN, word())
        assert {address.split("@")[1] for address in told(opened)} == {"inspectors.example", "ofsted.example"}


def test_a_review_that_is_called_off_may_be_planned_anew(engine: Engine) -> None:
    """R043: the new one is free to be in other weeks."""
    begun(engine)
    with session(engine) as opened:
        assert cancel(opened, WIGAN, word(), again=True).successor == "wigan-jar-again"
        found = {activity.id: activity for activity in build_problem(opened, 3, DAY).activities}
    assert WIGAN not in found
    assert found["wigan-jar-again"].pinned_starts is None
    assert found["wigan-jar-again"].published is None


def test_it_needs_a_reason_and_is_done_once(engine: Engine) -> None:
    published(engine)
    with session(engine) as opened:
        with pytest.raises(Refused, match="needs a reason"):
            cancel(opened, WIGAN, word(" "))
        cancel(opened, WIGAN, word())
        with pytest.raises(Refused, match="it is cancelled already"):
            cancel(opened, WIGAN, word())


def test_no_word_about_a_step_takes_a_review_up_again_that_was_called_off(engine: Engine) -> None:
    """R043: nor does taking one back."""
    begun(engine)
    with session(engine) as opened:
        tell(opened, DAY)
        cancel(opened, WIGAN, word())
        number = steps(opened)["set_up"].id or 0
        for say in (
            lambda: undo(opened, number, word("a mistake")),
            lambda: record_actual(opened, number, DAY, word("a mistake")),
            lambda: agree_date(opened, number, DAY, word()),
            lambda: waive(opened, number, WaiverReason("illness"), word()),
        ):
            with pytest.raises(Refused, match="the activity was called off"):
                say()
        assert opened.exec(select(Activity.state).where(Activity.code == WIGAN)).one() == "cancelled"
        assert {row.state for row in steps(opened).values()} <= {"done", "superseded"}


def test_a_message_that_waits_says_nothing_more_of_what_is_called_off(engine: Engine) -> None:
    begun(engine)
    with session(engine) as opened:
        collect(opened, DAY)
        query = select(Announcement.delivery_id).join(Activity).where(Activity.code == WIGAN)
        waiting = [opened.get_one(Delivery, number) for number in set(opened.exec(query))]
        assert {still_holds(opened, row) for row in waiting} == {True}
        cancel(opened, WIGAN, word())
        assert {still_holds(opened, row) for row in waiting} == {False}


def test_the_new_one_keeps_the_window_of_the_old_one(engine: Engine) -> None:
    published(engine)
    window = date(2005, 9, 5), date(2006, 9, 4)
    with session(engine) as opened:
        old = opened.exec(select(Activity).where(Activity.code == WIGAN)).one()
        old.window_start_on, old.window_end_on = window
        cancel(opened, WIGAN, word(), again=True)
        new = opened.exec(select(Activity).where(Activity.code == f"{WIGAN}-again")).one()
        assert (new.window_start_on, new.window_end_on) == window
    assert original_of("wigan-jar-again-2") == original_of(WIGAN) == WIGAN


def test_what_served_two_is_due_for_the_one_that_is_left(engine: Engine) -> None:
    """R120."""
    begun(engine)
    with session(engine) as opened:
        review, other = (
            opened.exec(select(Activity).where(Activity.code == code)).one() for code in (WIGAN, "wigan-ca")
        )
        shared = next(
            opened.get_one(Evidence, need.evidence_id)
            for need in opened.exec(select(EvidenceNeed).where(EvidenceNeed.activity_id == review.id))
        )
        later = shared.due_on + timedelta(weeks=3)
        opened.add(
            EvidenceNeed(
                evidence_id=shared.id or 0,
                activity_id=other.id or 0,
                item="plans",
                needed_for="on_site",
                due_on=later,
            )
        )
        cancel(opened, WIGAN, word())
        assert shared.due_on == later


def test_nothing_is_recorded_of_a_review_that_was_called_off(engine: Engine) -> None:
    begun(engine)
    with session(engine) as opened:
        number = steps(opened)["set_up"].id or 0
        cancel(opened, WIGAN, word())
        for say in (
            lambda: record_output(opened, number, "fieldwork_issues", word(), version="1"),
            lambda: receive(opened, WIGAN, "plans", Receipt(DAY), word()),
            lambda: confirm_team(opened, WIGAN, word()),
        ):
            with pytest.raises(Refused, match="was called off"):
                say()


def test_a_review_that_was_called_off_comes_back_on_its_dates(engine: Engine) -> None:
    """What was done and asked for is as it was, and everybody who heard of the end hears of the dates."""
    begun(engine)
    with session(engine) as opened:
        tell(opened, DAY)
        before = {name: (row.state, row.start_on, row.due_on) for name, row in steps(opened).items()}
        cancel(opened, WIGAN, word(), again=True)
        gone = set(told(opened))
        opened.exec(update(Delivery).values(state="sent"))
    with session(engine) as opened:
        with pytest.raises(Refused, match="needs a reason"):
            undo_cancel(opened, WIGAN, word(""))
        done, seen = preview(opened, lambda again: undo_cancel(again, WIGAN, word("the wrong area")))
        assert {person.address for person in seen.told} >= gone
    with session(engine) as opened:
        done = undo_cancel(opened, WIGAN, word("the wrong area"))
        assert (done.successor, done.is_in_plan) == ("wigan-jar-again", True)
        assert ("analysis", "Analysis week", date(2006, 5, 15)) in done.steps
        advance(opened, DAY)
        after = {name: (row.state, row.start_on, row.due_on) for name, row in steps(opened).items()}
        assert after == before
        states = dict(opened.exec(select(Activity.code, Activity.state)).all())
        assert (states[WIGAN], states["wigan-jar-again"]) == ("under_way", "cancelled")
        with pytest.raises(Refused, match="it is not called off"):
            undo_cancel(opened, WIGAN, word("again"))
        cancel(opened, WIGAN, word("after all"))
        assert undo_cancel(opened, WIGAN, word("once more")).successor is None


def test_what_has_taken_the_place_and_is_published_is_called_off_first(engine: Engine) -> None:
    begun(engine)
    with session(engine) as opened:
        cancel(opened, WIGAN, word(), again=True)
        other = opened.exec(select(Activity).where(Activity.code == "wigan-jar-again")).one()
        other.precision = "indicative"
        opened.flush()
        with pytest.raises(Refused, match="jarcycle cancel wigan-jar-again"):
            undo_cancel(opened, WIGAN, word("the wrong area"))


def test_what_the_files_had_no_more_comes_back_with_them(engine: Engine) -> None:
    published(engine)
    with session(engine) as opened:
        opened.exec(update(Activity).where(col(Activity.code) == WIGAN).values(state="cancelled"))
        opened.expire_all()
        with pytest.raises(Refused, match="nobody called it off"):
            undo_cancel(opened, WIGAN, word("the wrong area"))
