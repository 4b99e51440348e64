"""Publishing: one plan at a time, its dates indicative, confirmed, final (R015-R019)."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Evidence, EvidenceNeed, PlannedStage, Reminder, Step, session
from scheduler.cost import make_plan
from services.audit import Word
from services.casework.advancing import advance
from services.casework.reminders import plan_reminders
from services.casework.sign_offs import sign_off
from services.errors import PlanRefused, Refused
from services.plans import plan_store
from services.plans.plan_store import store_plan
from services.plans.publication import MovedStage, Publication, Waiver, publish
from services.problem.build import build_problem
from tests.known import known
from tests.tables import AT, MONDAYS, PLANNED_ON, WHO, at, fill, plan_for, published, result_of, store

LATER = {"wigan": MONDAYS["wigan"] + timedelta(weeks=4)}


def publish_now(
    opened: Session,
    version: int,
    precision: str = "indicative",
    as_of: date = PLANNED_ON,
    reason: str = "",
    **given: frozenset[Waiver],
) -> Publication:
    return publish(opened, version, precision, Word(WHO, at(as_of), as_of, reason), **given)


def activity(opened: Session, code: str) -> Activity:
    return opened.exec(select(Activity).where(Activity.code == code)).one()


def step(opened: Session, code: str, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == code, Step.step_id == step_id)).one()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with session(engine) as opened:
        fill(opened)
        store(opened)
    return engine


def test_publishing_puts_every_step_on_a_date(filled: Engine) -> None:
    with session(filled) as opened:
        done = publish_now(opened, 1)
        rows = list(opened.exec(select(Step)))
        assert (done.activities, done.new, done.moved, done.replaced) == (6, 6, (), None)
        assert len(rows) == 3 * 14 + 3 * 6
        assert all(row.due_on or (row.start_on and row.end_on) for row in rows)
        assert {row.revision for row in rows} == {1}
        assert activity(opened, "sheffield-jar").plan_version == 1
        assert plan_store.find_version(opened, 1).status == "published"


def test_a_stage_ends_the_day_after_its_last(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, 1)
        fieldwork = step(opened, "sheffield-jar", "fieldwork")
    assert (fieldwork.start_on, fieldwork.end_on) == (date(2006, 1, 30), date(2006, 2, 11))


def test_precision_rises_in_steps_and_never_falls(filled: Engine) -> None:
    """R018."""
    with session(filled) as opened:
        levels = []
        for level in ("indicative", "confirmed", "indicative", "final", "confirmed"):
            publish_now(opened, 1, level)
            levels.append(activity(opened, "sheffield-ca").precision)
    assert levels == ["indicative", "confirmed", "confirmed", "final", "final"]


def test_an_unknown_precision_is_refused(filled: Engine) -> None:
    with session(filled) as opened, pytest.raises(Refused, match=r"no level 'certain'.*\(R018\)"):
        publish_now(opened, 1, "certain")


def test_a_plan_with_violations_is_refused_with_each_of_them(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        problem = build_problem(opened, 3)
        easter = {"sheffield": date(2006, 3, 20), "wigan": date(2006, 4, 10)}
        plan = plan_for(problem, {**MONDAYS, **easter})
        store_plan(opened, problem, result_of(problem, plan), "3", WHO, AT)
        with pytest.raises(PlanRefused) as error:
            publish_now(opened, 1, reason="hurry", waivers=frozenset(Waiver))
        assert plan_store.published_version(opened) is None
    assert {found.place.split(" ")[1] for found in error.value.findings} >= {"sheffield-jar", "wigan-jar"}


def test_uncovered_places_need_a_waiver_with_a_reason(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        problem = build_problem(opened, 3)
        full = plan_for(problem)
        seat = next(n for n, member in enumerate(full.members) if member.skill == "safeguarding")
        members = [*full.members[:seat], *full.members[seat + 1 :]]
        short = make_plan(problem, full.starts(), members)
        store_plan(opened, problem, result_of(problem, short), "3", WHO, AT)
        with pytest.raises(PlanRefused, match="1 place is without an inspector"):
            publish_now(opened, 1)
        with pytest.raises(PlanRefused, match="A waiver needs a reason"):
            publish_now(opened, 1, waivers=frozenset({Waiver.UNCOVERED_PLACES}))
        publish_now(opened, 1, waivers=frozenset({Waiver.UNCOVERED_PLACES}), reason="a person joins in May")
        assert plan_store.find_version(opened, 1).reason == "a person joins in May"


def test_reviews_and_assessments_are_published_together(filled: Engine) -> None:
    """R015: a programme without corporate assessments is no programme."""
    with session(filled) as opened:
        for code in ("sheffield", "cheshire", "wigan"):
            opened.delete(activity(opened, f"{code}-ca"))
        opened.flush()
        with pytest.raises(PlanRefused, match=r"no activity of kind 'ca'.*\(R015\)"):
            publish_now(opened, 1)


def test_no_area_may_be_left_out(filled: Engine) -> None:
    """R013."""
    with session(filled) as opened:
        gone = select(PlannedStage).where(
            PlannedStage.activity_code == "wigan-jar", PlannedStage.stage == "fieldwork"
        )
        opened.delete(opened.exec(gone).one())
        opened.flush()
        with pytest.raises(PlanRefused, match="activity wigan-jar: the plan has no date for its fieldwork"):
            publish_now(opened, 1)


def test_an_older_plan_is_not_published_silently(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, store(opened, LATER))
        with pytest.raises(PlanRefused, match="older than the published plan 2"):
            publish_now(opened, 1)
        publish_now(opened, 1, waivers=frozenset({Waiver.OLDER_PLAN}), reason="the month is open again")
        assert [row.status for row in plan_store.versions(opened)] == ["superseded", "published"]


def test_a_stale_plan_is_not_published_silently(filled: Engine) -> None:
    with session(filled) as opened:
        plan_store.mark_stale(opened, "leave was entered", WHO, AT)
        with pytest.raises(PlanRefused, match="facts have changed"):
            publish_now(opened, 1)
        publish_now(opened, 1, waivers=frozenset({Waiver.STALE_PLAN}), reason="the leave is in another month")
        assert plan_store.find_version(opened, 1).status == "published"


def test_final_dates_move_only_with_a_waiver(filled: Engine) -> None:
    """R018, R019."""
    with session(filled) as opened:
        publish_now(opened, 1, "final")
        second = store(opened, LATER)
        with pytest.raises(PlanRefused, match="moves final dates of wigan-ca, wigan-jar"):
            publish_now(opened, second)
        done = publish_now(opened, second, waivers=frozenset({Waiver.MOVED_FINAL}), reason="a critical event")
    assert {stage.activity for stage in done.moved} == {"wigan-jar", "wigan-ca"}


def test_a_stage_that_has_begun_stays_where_it_is(filled: Engine) -> None:
    """R019: nobody can move the past, whatever is waived."""
    with session(filled) as opened:
        publish_now(opened, 1)
        second = store(opened, LATER)
        step(opened, "wigan-jar", "analysis").state = "open"
        opened.flush()
        with pytest.raises(PlanRefused, match="wigan-jar analysis: it began on 15 May 2006"):
            publish_now(opened, second, waivers=frozenset(Waiver), reason="hurry")


def test_only_activities_whose_dates_change_get_a_new_revision(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, 1)
        done = publish_now(opened, store(opened, LATER))
        revisions = {row.code: row.revision for row in opened.exec(select(Activity))}
        assert done.moved == (
            MovedStage(
                "wigan-ca", "Wigan", "ca", "on_site", "indicative", date(2006, 6, 5), date(2006, 7, 3)
            ),
            MovedStage(
                "wigan-jar", "Wigan", "jar", "analysis", "indicative", date(2006, 5, 15), date(2006, 6, 12)
            ),
            MovedStage(
                "wigan-jar", "Wigan", "jar", "fieldwork", "indicative", date(2006, 6, 5), date(2006, 7, 3)
            ),
        )
    assert {code: number for code, number in revisions.items() if number > 1} == {
        "wigan-jar": 2,
        "wigan-ca": 2,
    }


def test_publishing_again_changes_nothing(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, 1)
        before = [row.model_dump() for row in opened.exec(select(Step))]
        done = publish_now(opened, 1)
        assert (done.new, done.moved, done.replaced) == (0, (), None)
        assert [row.model_dump() for row in opened.exec(select(Step))] == before


def test_reminders_of_moved_steps_are_superseded_and_the_others_kept(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, 1)
        day = date(2006, 1, 31)  # ten working days before Wigan's notification on 20 February
        plan_reminders(opened, day)
        opened.exec(select(Reminder)).all()
        publish_now(opened, store(opened, LATER), as_of=day)
        states = {
            (row.due_on, row.rule): row.state
            for row, own in opened.exec(
                select(Reminder, Activity).join(Activity, col(Activity.id) == col(Reminder.activity_id))
            )
            if own.code == "wigan-jar"
        }
        others = opened.exec(select(Reminder.state).where(Reminder.rule == "before").distinct()).all()
    assert states == {
        (date(2006, 2, 20), "before"): "superseded",
        (date(2006, 6, 12), "moved"): "planned",
        (date(2006, 7, 3), "moved"): "planned",
    }
    assert set(others) == {"planned", "superseded"}


def test_a_date_that_comes_back_brings_its_reminders_back(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, 1)
        day = date(2006, 1, 31)
        plan_reminders(opened, day)
        publish_now(opened, store(opened, LATER), as_of=day)
        publish_now(opened, store(opened), as_of=day)
        plan_reminders(opened, day)
        query = select(Reminder).where(Reminder.due_on == date(2006, 2, 20), Reminder.rule == "before")
        assert {row.state for row in opened.exec(query)} == {"planned"}


def test_open_requests_follow_the_step_they_are_needed_for(filled: Engine) -> None:
    day = date(2006, 2, 20)
    with session(filled) as opened:
        publish_now(opened, 1)
        notice = step(opened, "wigan-jar", "notification")
        sign_off(opened, notice.id or 0, day, Word("lead", at(day), day))
        advance(opened, day)
        publish_now(opened, store(opened, LATER), as_of=day)
        own = activity(opened, "wigan-jar").id
        query = select(EvidenceNeed.item, Evidence.due_on).join(
            Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id)
        )
        due = dict(opened.exec(query.where(EvidenceNeed.activity_id == own)).all())
    assert due.pop("self_assessment_material") == date(2006, 5, 15)
    assert set(due.values()) == {date(2006, 6, 9)}


def test_the_audit_log_keeps_what_a_publication_moved_and_why(filled: Engine) -> None:
    with session(filled) as opened:
        publish_now(opened, 1)
        publish_now(opened, store(opened, LATER), reason="a bridge is closed")
        query = select(AuditEntry).where(AuditEntry.action == "publish").order_by(col(AuditEntry.id).desc())
        entry = known(opened.exec(query).first())
    assert (entry.who, entry.subject, entry.why) == (WHO, "plan 2", "a bridge is closed")
    assert json.loads(entry.before or "")["dates"]["wigan-jar analysis"] == "2006-05-15"
    assert json.loads(entry.after or "")["dates"]["wigan-jar analysis"] == "2006-06-12"


def test_a_done_step_keeps_its_date_when_the_activity_moves(engine: Engine) -> None:
    published(engine)
    day = date(2006, 2, 20)
    with session(engine) as opened:
        notice = step(opened, "wigan-jar", "notification")
        sign_off(opened, notice.id or 0, day, Word("lead", at(day), day))
        second = store(opened, LATER)
        publish_now(
            opened, second, as_of=day, waivers=frozenset({Waiver.MOVED_FINAL}), reason="a critical event"
        )
        assert notice.due_on == day
        assert step(opened, "wigan-jar", "self_assessment").due_on == date(2006, 5, 15)
