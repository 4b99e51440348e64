"""Publishing: one plan at a time, its dates indicative, confirmed, final (R015-R019)."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Evidence, EvidenceNeed, PlannedStage, Reminder, Step, session
from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.values.problem import Activity as SolverActivity
from scheduler.values.value import WeekSpan
from services.audit import Word, entries
from services.casework.advancing import advance
from services.casework.reminders import plan_reminders
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import PlanRefused, Refused
from services.plans import plan_store
from services.plans.plan_store import store_plan
from services.plans.publication import MovedStage, Publication, Waiver, publish
from services.plans.waived_rules import WAIVABLE_RULES, waivers_of
from services.problem.build import build_problem
from services.shown.chart_bars import Detail, Drawer
from tests.known import known
from tests.people import sign as signs
from tests.tables import (
    AT,
    MONDAYS,
    PLANNED_ON,
    WHO,
    at,
    fill,
    plan_for,
    published,
    result_of,
    store,
    thawed,
)

LATER = {"wigan": MONDAYS["wigan"] + timedelta(weeks=4)}


def publish_now(
    opened: Session,
    version: int,
    precision: str = "indicative",
    as_of: date = PLANNED_ON,
    reason: str = "",
    **given: Any,
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


def hand_made(opened: Session) -> tuple[int, set[str]]:
    """A plan with a review at Easter, and the rules that it breaks."""
    problem = build_problem(opened, 3)
    plan = plan_for(problem, {**MONDAYS, "wigan": date(2006, 4, 10)})
    version = store_plan(opened, problem, result_of(problem, plan), "3", WHO, AT)
    return version, {violation.rule for violation in check(problem, plan)}


ILLNESS = WaiverReason("illness", "nobody else could go")


def test_a_plan_that_breaks_rules_is_published_with_a_waiver_for_each(engine: Engine) -> None:
    """R094: each with its reason, kept with the plan, shown in its chart and in the log."""
    with session(engine) as opened:
        fill(opened)
        version, rules = hand_made(opened)
        assert rules
        assert rules <= WAIVABLE_RULES.keys()
        with pytest.raises(PlanRefused, match="waive closed_week for a reason"):
            publish_now(opened, version)
        publish_now(opened, version, broken=dict.fromkeys(rules, ILLNESS))
        assert plan_store.published_version(opened).version == version  # type: ignore[union-attr]
        kept = waivers_of(opened, version)
        assert {row.rule for row in kept} == rules
        assert {(row.code, row.why, row.waived_by) for row in kept} == {
            ("illness", "nobody else could go", WHO)
        }
        assert "wigan-jar" in {row.activity_code for row in kept}
        assert "wigan-jar" in Drawer.over(opened, None, Detail.ALL).planned_with_waiver
        logged = json.loads(entries(opened, f"plan {version}")[0].after or "")
        assert logged["broken rules waived"].keys() == rules
        publish_now(opened, version, "confirmed")  # what is waived stays so
        assert len(waivers_of(opened, version)) == len(kept)


@pytest.mark.parametrize(
    ("waived", "told"),
    [
        ({"closed_week": WaiverReason("whim")}, "no reason 'whim'"),
        ({"closed_week": WaiverReason("other")}, "says nothing by itself"),
        ({"closed_weeks": ILLNESS}, "no such rule"),
        ({"rest": ILLNESS}, "the plan keeps this rule"),
    ],
)
def test_a_waiver_without_sense_is_refused_and_nothing_is_kept(
    engine: Engine, waived: dict[str, WaiverReason], told: str
) -> None:
    with session(engine) as opened:
        fill(opened)
        version, rules = hand_made(opened)
        with pytest.raises(PlanRefused, match=told):
            publish_now(opened, version, broken={**dict.fromkeys(rules, ILLNESS), **waived})
        assert waivers_of(opened, version) == []
        assert plan_store.published_version(opened) is None


def test_one_person_in_two_places_is_never_waived(engine: Engine) -> None:
    """R028, R047."""
    with session(engine) as opened:
        fill(opened)
        problem = build_problem(opened, 3)
        full = plan_for(problem)
        twice = [
            member.model_copy(update={"inspector": full.members[0].inspector}) for member in full.members[:2]
        ]
        plan = make_plan(problem, full.starts(), [*twice, *full.members[2:]])
        rules = {violation.rule for violation in check(problem, plan)}
        assert "two_seats" in rules
        version = store_plan(opened, problem, result_of(problem, plan), "3", WHO, AT)
        with pytest.raises(PlanRefused, match=r"two_seats.*cannot be waived"):
            publish_now(opened, version, broken=dict.fromkeys(rules, ILLNESS))
        assert plan_store.published_version(opened) is None


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
    assert states == {(date(2006, 2, 20), "before"): "superseded"}
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
        signs(opened, notice.id or 0, day, Word("lead", at(day), day))
        advance(opened, day)
        publish_now(opened, store(opened, LATER), as_of=day, moving={"wigan-jar"})
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


NOTICE_ON = date(2006, 2, 20)
"""The day on which notice of Wigan's review is due."""


def notified(engine: Engine, *also: str) -> None:
    """A published plan of which Wigan has had notice; further steps of its review are signed off on that day."""
    published(engine)
    with session(engine) as opened:
        for name in ("notification", *also):
            row = step(opened, "wigan-jar", name)
            signs(opened, row.id or 0, NOTICE_ON, Word("lead", at(NOTICE_ON), NOTICE_ON))


FINAL = frozenset({Waiver.MOVED_FINAL})


def test_a_review_that_has_had_its_notice_moves_only_by_name(engine: Engine) -> None:
    """R019: whatever is waived."""
    notified(engine)
    with session(engine) as opened:
        second = store(opened, LATER)
        told = (
            "wigan-jar analysis: notice is given .* move from 15 May 2006 to 12 June 2006.*--move wigan-jar"
        )
        with pytest.raises(PlanRefused, match=told):
            publish_now(opened, second, as_of=NOTICE_ON, waivers=frozenset(Waiver), reason="hurry")


def test_of_a_review_that_moves_by_name_notice_is_given_anew(engine: Engine) -> None:
    """R019, R064: the notice waits to be signed off for the new dates; what was handed in since stays done."""
    notified(engine, "self_assessment")
    with session(engine) as opened:
        done = publish_now(
            opened, store(opened, LATER), as_of=NOTICE_ON, waivers=FINAL, reason="flood", moving={"wigan-jar"}
        )
        notice = step(opened, "wigan-jar", "notification")
        assert done.notices == ("wigan-jar",)
        assert (notice.state, notice.actual_on, notice.due_on) == ("planned", None, date(2006, 3, 20))
        assert step(opened, "wigan-jar", "self_assessment").state == "done"
        assert {entry.why for entry in entries(opened, "wigan-jar notification")} == {"flood", ""}
        with pytest.raises(Refused, match="no record about it to undo"):
            undo(opened, notice.id or 0, Word("lead", at(NOTICE_ON), NOTICE_ON, "a mistake"))


def test_a_review_whose_parties_have_met_moves_for_nobody(engine: Engine) -> None:
    """R043: the set-up meeting was held, so the review has begun, whatever is waived or named."""
    notified(engine, "set_up")
    with session(engine) as opened:
        assert activity(opened, "wigan-jar").state == "under_way"
        moved = {"wigan": MONDAYS["wigan"] + timedelta(weeks=4)}
        problem = thawed(build_problem(opened, 3))
        loose = problem.with_activity("wigan-jar", lambda known: unpinned(known))
        plan = plan_for(loose, {**MONDAYS, **moved})
        second = store_plan(opened, loose, result_of(loose, plan), "3", WHO, AT)
        told = "wigan-jar is under way and stays on 15 May 2006.*jarcycle cancel wigan-jar --why"
        with pytest.raises(PlanRefused, match=told):
            publish_now(
                opened, second, as_of=NOTICE_ON, waivers=frozenset(Waiver), reason="x", moving={"wigan-jar"}
            )


def unpinned(own: SolverActivity) -> SolverActivity:
    """An activity as if it had not begun."""
    usual = {"pinned_starts": None, "start_window": WeekSpan(first=0, end=60)}
    return own.model_copy(update=usual)


def test_the_work_to_come_of_a_review_may_be_put_later_by_name_once_the_work_has_begun(
    engine: Engine,
) -> None:
    """R043: the analysis is over; the fieldwork finds the offices closed."""
    published(engine)
    day = date(2006, 5, 22)
    with session(engine) as opened:
        second = store(opened)
        stage = select(PlannedStage).where(
            PlannedStage.plan_version == second,
            col(PlannedStage.activity_code).startswith("wigan"),
            col(PlannedStage.stage).in_(["fieldwork", "on_site"]),
        )
        for row in opened.exec(stage):
            row.start_on, row.end_on = row.start_on + timedelta(weeks=1), row.end_on + timedelta(weeks=1)
        for name in ("notification", "self_assessment", "set_up", "consultation", "analysis"):
            step(opened, "wigan-jar", name).state = "done"
        opened.flush()
        with pytest.raises(PlanRefused, match="its stage moves from 5 June 2006 to 12 June 2006"):
            publish_now(opened, second, as_of=day, waivers=FINAL, reason="flood")
        done = publish_now(opened, second, as_of=day, waivers=FINAL, reason="flood", moving={"wigan-jar"})
        assert ([stage.stage for stage in done.moved], done.notices) == (["on_site", "fieldwork"], ())


def test_no_date_is_published_that_is_past(filled: Engine) -> None:
    """R019: neither of what is new nor of what moves."""
    with session(filled) as opened:
        with pytest.raises(PlanRefused, match="sheffield-jar analysis: it would begin on 9 January 2006"):
            publish_now(opened, 1, as_of=date(2006, 1, 10))
        publish_now(opened, 1)
        earlier = store(opened, {"wigan": date(2006, 4, 24)})
        with pytest.raises(PlanRefused, match="wigan-jar analysis: it would begin on 24 April 2006"):
            publish_now(opened, earlier, as_of=date(2006, 5, 1))


def test_the_plan_that_is_published_already_is_no_news(filled: Engine) -> None:
    with session(filled) as opened:
        assert publish_now(opened, 1).is_news
        before = len(entries(opened, "plan 1"))
        assert not publish_now(opened, 1, as_of=date(2005, 8, 2)).is_news
        assert len(entries(opened, "plan 1")) == before
        assert plan_store.find_version(opened, 1).published_at == at(PLANNED_ON)
        assert publish_now(opened, 1, "confirmed").is_news


def test_a_name_that_nothing_has_is_refused(filled: Engine) -> None:
    with session(filled) as opened, pytest.raises(PlanRefused, match="wigan-jra: there is no activity"):
        publish_now(opened, 1, moving={"wigan-jra"})
