"""Special reviews in the short form: scope, days of their own, a waiver for each broken rule (C8; R003, R008, R094)."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.framework_files import frameworks
from config.special_terms import InvalidTerms
from models import Activity, Inspector, RuleSetAside, SpecialReview, Step, session
from scheduler.checking.checker import check
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.casework.actions import required_actions
from services.casework.advancing import advance
from services.casework.announcements import news
from services.casework.cases import published_cases
from services.casework.contacts import Contacts
from services.casework.steps import steps_of
from services.errors import PlanRefused, Refused
from services.events.deciding import Verdict, decide
from services.events.event_entries import show_event
from services.events.replans import event_to_replan
from services.kept_frameworks import earlier_texts
from services.plans import plan_store
from services.plans.cancelling import cancel
from services.plans.moved_stages import stages_moved
from services.plans.publication import publish
from services.problem.build import build_problem
from services.programme import rules_of
from services.shown.shown_plan import Selection, read_plan
from services.shown.shown_steps import StepsOf
from tests.known import known
from tests.people import sign
from tests.special import (
    REQUEST_ON,
    SPECIAL,
    TERMS,
    on,
    planned,
    published_to_2008,
    requested,
    special,
    terms,
    with_dates,
)


def test_each_broken_rule_of_the_long_form_is_one_named_waiver(engine: Engine, tmp_path: Path) -> None:
    """Request of 12 November 2008: fieldwork 13-26 November, report on 1 December; four rules are set aside."""
    published_to_2008(engine)
    answer = special(engine, tmp_path)
    assert answer.activity == SPECIAL
    assert [(found.step_id, found.rule.rule) for found in answer.waivers] == [
        ("notification", "later"),
        ("fieldwork", "clear_weeks"),
        ("accuracy_comments", "earlier"),
        ("publication", "earlier"),
    ]
    words = [found.rule.words for found in answer.waivers]
    assert "12 weeks before" in words[0]
    assert "no clear weeks lie before it, the rule is 2 to 3" in words[1]
    assert "10 working days after" in words[2]
    assert "6 weeks after" in words[3]
    assert len(answer.left_out) == 5
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(RuleSetAside)).all()) == 4
        assert opened.exec(select(SpecialReview)).one().approved_by == "The Secretary of State"
        activity = opened.exec(select(Activity).where(Activity.code == SPECIAL)).one()
        assert (activity.origin, activity.scope, activity.kind) == ("request", "stay_safe", "special")
        assert activity.pinned_on == date(2008, 11, 10)


def steps(opened: Session) -> dict[str, Step]:
    activity = opened.exec(select(Activity).where(Activity.code == SPECIAL)).one()
    return {step.step_id: step for step in steps_of(opened, activity)}


def test_its_steps_stand_on_the_days_of_the_terms_with_their_waivers(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine, read_only=True) as opened:
        found = steps(opened)
        assert found["notification"].due_on == date(2008, 11, 12)
        fieldwork = found["fieldwork"]
        assert (fieldwork.start_on, fieldwork.end_on) == (date(2008, 11, 13), date(2008, 11, 27))
        assert [
            found[name].due_on for name in ("feedback", "draft_report", "accuracy_comments", "publication")
        ] == [
            date(2008, 11, 26),
            date(2008, 11, 27),
            date(2008, 11, 28),
            date(2008, 12, 1),
        ]
        waived = {name: step.waiver_code for name, step in found.items() if step.waiver_needed}
        names = ("notification", "fieldwork", "accuracy_comments", "publication")
        assert waived == dict.fromkeys(names, "critical_event")
        assert found["fieldwork"].waiver_reason == "requested after the trial"
        assert "analysis" not in found


BAD_TERMS = [
    (("stay_safe", "stay_well"), "jar-2005 has no 'stay_well' there"),
    (('["ofsted", "csci"]', '["ofsted"]'), "a review has two bodies at least"),
    (('["ofsted", "csci"]', '["ofsted", "ofsted"]'), "a review has two bodies at least"),
    (('["ofsted", "csci"]', '["ofsted", "csi"]'), "there is no body 'csi'"),
    (('"self_assessment", ', '"self_asessment", '), "jar-2005 has no 'self_asessment' there"),
    (("[stages.fieldwork]", "[stages.field]"), "jar-2005 has no 'field' there"),
    (('"set_up", ', ""), "it counts from 'Analysis week', which is left out"),
    (("[deadlines]", "[deadlines]\nset_up = 2008-11-11"), "it has a day and is left out"),
    (('"analysis", ', ""), "it does not say when it begins"),
    (
        ("working_days = 10", "working_days = 20"),
        "before Headline feedback by the team leader on 10 December 2008",
    ),
    (("starts_on = 2008-11-13", "starts_on = 2008-11-15"), "15 November 2008 is no working day"),
    (("notification = 2008-11-12", "notification = 2008-11-11"), "11 November 2008, which is past"),
    (
        ("accuracy_comments = 2008-11-28", "accuracy_comments = 2008-11-26"),
        "is earlier than 'Draft report to the director' on 27 November 2008",
    ),
    (
        ("publication = 2008-12-01", ""),
        "it counts from 'Meeting with officers, members and the local strategic partnership', which is left out",
    ),
    (("draft_report = 2008-11-27", "fieldwork = 2008-11-27"), "jar-2005 has no 'fieldwork' there"),
    (('why = "requested', 'waiver = "whim"\nwhy = "requested'), "there is no reason 'whim' for a waiver"),
    (('extent = "light"', 'extent = "huge"'), "jar-2005 has no 'huge' there"),
    (('"discussion"]', '"discussion", "publication"]'), "it has a day and is left out"),
    (('"discussion"]', '"discussion", "fieldwork"]'), "no stage is left"),
]


@pytest.mark.parametrize(("change", "message"), BAD_TERMS)
def test_terms_that_cannot_be_are_refused_and_nothing_is_stored(
    engine: Engine, tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    published_to_2008(engine)
    with pytest.raises(Refused, match=re.escape(message)):
        special(engine, tmp_path, change)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(SpecialReview)).all() == []
        assert opened.exec(select(Activity).where(Activity.code == SPECIAL)).first() is None


@pytest.mark.parametrize("key", ["scope", "approved_by", "bodies", "framework", "starts_on"])
def test_a_short_form_without_what_it_needs_is_refused(tmp_path: Path, key: str) -> None:
    line = next(line for line in TERMS.splitlines() if line.startswith(key))
    with pytest.raises(InvalidTerms, match=key):
        terms(tmp_path, (line, ""))


def test_an_empty_scope_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidTerms, match="scope"):
        terms(tmp_path, ('["stay_safe"]', "[]"))


def test_the_weeks_that_the_long_form_avoids_are_named(engine: Engine, tmp_path: Path) -> None:
    """Fieldwork over Christmas: three bank holidays and the closure are set aside, and it lasts as long as it says."""
    published_to_2008(engine)
    answer = special(
        engine,
        tmp_path,
        ("starts_on = 2008-11-13", "starts_on = 2008-12-15"),
        ("draft_report = 2008-11-27", "draft_report = 2009-01-05"),
        ("accuracy_comments = 2008-11-28", "accuracy_comments = 2009-01-19"),
        ("publication = 2008-12-01", "publication = 2009-03-02"),
    )
    rules = {(found.step_id, found.rule.rule) for found in answer.waivers}
    assert {("fieldwork", "bank_holiday"), ("fieldwork", "christmas")} <= rules
    assert ("accuracy_comments", "earlier") not in rules
    (draft,) = planned(engine)
    with session(engine, read_only=True) as opened:
        assert check(*_problem_and_plan(opened, draft)) == ()


def _problem_and_plan(opened: Session, version: int) -> tuple[Problem, Plan]:
    stored = plan_store.load_plan(opened, version)
    return stored.problem, stored.plan


def test_the_event_and_its_draft_know_each_other_and_nobody_else_moves(
    engine: Engine, tmp_path: Path
) -> None:
    """An activity that stands: fixed weeks, a team of two bodies, and the plan for all others as it was."""
    published_to_2008(engine)
    special(engine, tmp_path)
    (draft,) = planned(engine)
    with session(engine, read_only=True) as opened:
        entry = show_event(opened, 1)
        assert entry.plans == ((draft, "draft"),)
        assert entry.outcome == f"special review: {SPECIAL}"
        assert known(entry.terms).waivers[0].step == "Notification of precise dates"
        row = plan_store.find_version(opened, draft)
        assert (
            row.reason.startswith("Event 1: Sheffield (sheffield) gets one more review"),
            row.is_stale,
        ) == (True, False)
        problem, plan = _problem_and_plan(opened, draft)
        assert check(problem, plan) == ()
        (week,) = plan.starts()[SPECIAL]
        assert problem.first_monday + timedelta(weeks=week) == date(2008, 11, 10)
        assert stages_moved(opened, list(opened.exec(select(Activity))), draft) == []
        people = {member.inspector for member in plan.members if member.activity == SPECIAL}
        bodies = {opened.get_one(Inspector, person).body_code for person in people}
        assert bodies == {"ofsted", "csci"}


def test_a_plan_without_it_is_not_published(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    special(engine, tmp_path)
    with session(engine) as opened, pytest.raises(PlanRefused, match=SPECIAL):
        publish(opened, 1, "final", on(REQUEST_ON, "as before"))


def test_the_next_solve_and_publication_keep_it_where_it_stands(engine: Engine, tmp_path: Path) -> None:
    """Its text is no file's: neither a new plan nor a new publication gives it the long form again."""
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine) as opened:
        problem = build_problem(opened, 3, date(2008, 11, 12))
        activity = next(known for known in problem.activities if known.id == SPECIAL)
        assert [stage.id for stage in activity.stages] == ["fieldwork"]
        assert len(activity.start_window.weeks()) == 1
        publish(opened, 2, "final", on(REQUEST_ON, "again"))
        assert "analysis" not in steps(opened)
        assert earlier_texts(opened, frameworks()) == []


def test_the_round_counts_the_area_once(engine: Engine, tmp_path: Path) -> None:
    """Its review of 2006 and a special one of 2008: one of the round, the other beside it."""
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine, read_only=True) as opened:
        rows = list(opened.exec(select(Activity).where(Activity.area_code == "sheffield")))
        assert [row.code for row in rows if row.kind == "jar"] == ["sheffield-jar"]
        problem = build_problem(opened, 3, REQUEST_ON)
        limits = [limit for limit in problem.period_limits if "special" in limit.kinds]
        assert limits == []


def test_it_takes_the_place_of_the_areas_review_only_if_that_is_said(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    answer = special(engine, tmp_path, takes_place=True)
    assert answer.cancelled == "sheffield-jar"
    with session(engine, read_only=True) as opened:
        rows = list(
            opened.exec(select(Activity).where(Activity.kind == "jar", Activity.area_code == "sheffield"))
        )
        assert {row.code: row.state for row in rows} == {"sheffield-jar": "cancelled", SPECIAL: "planned"}
        with pytest.raises(Refused, match="takes the place of a review that was called off"):
            event_to_replan(opened, 1, 1, REQUEST_ON)


def test_a_review_under_way_keeps_its_place(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one().state = "under_way"
    with pytest.raises(Refused, match="it is under way and keeps its place"):
        special(engine, tmp_path, takes_place=True)


def test_its_casework_runs_like_any_review(engine: Engine, tmp_path: Path) -> None:
    """The lead inspectorate hears of it at once, the director with the notice; then fieldwork begins and ends."""
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine) as opened:
        rules = rules_of(opened)
        told = {
            item.person.role
            for item in news(opened, rules, Contacts(opened, rules))
            if item.activity.code == SPECIAL
        }
        assert "lead_inspectorate" in told
        assert not told & {"director", "chief_executive"}
        advance(opened, REQUEST_ON)
        sign(opened, steps(opened)["notification"].id or 0, REQUEST_ON, on(REQUEST_ON))
        heard = {
            item.person.role: item.occasion
            for item in news(opened, rules, Contacts(opened, rules))
            if item.activity.code == SPECIAL
        }
        assert heard["director"] == "notice"
    with session(engine) as opened:
        advance(opened, date(2008, 11, 13))
        assert steps(opened)["fieldwork"].state == "open"
        advance(opened, date(2008, 11, 27))
        fieldwork = steps(opened)["fieldwork"]
        assert fieldwork.state == "awaiting_sign_off"
        sign(opened, fieldwork.id or 0, date(2008, 11, 26), on(date(2008, 11, 27)))
        [case] = [found for found in published_cases(opened, "sheffield") if found.activity.code == SPECIAL]
        waits = {(action.step, action.role) for action in required_actions(case, date(2008, 11, 27))}
        assert ("draft_report", "team_leader") in waits


def test_its_dates_and_waivers_are_in_the_calendar_and_where_steps_are_shown(
    engine: Engine, tmp_path: Path
) -> None:
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine, read_only=True) as opened:
        plan = read_plan(opened, 2, Selection(areas=frozenset({"sheffield"})))
        special_plan = next(activity for activity in plan.activities if activity.row.code == SPECIAL)
        shown = {step.step_id: step for step in StepsOf(opened)(special_plan)}
        assert shown["fieldwork"].waivers == (
            "no clear weeks lie before it, the rule is 2 to 3 (R049, R050): Critical event: requested after the trial",
        )
        assert special_plan.framework.name == "Special review (Joint area review)"


def test_it_is_not_planned_anew_but_decided_about_again(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    special(engine, tmp_path)
    with session(engine) as opened:
        with pytest.raises(Refused, match="the days of a special review are those of its terms"):
            cancel(opened, SPECIAL, on(REQUEST_ON, "withdrawn"), again=True)
        cancel(opened, SPECIAL, on(REQUEST_ON, "withdrawn"))
        verdict = Verdict("none", "Ofsted", is_correction=True)
        assert decide(opened, 1, verdict, on(REQUEST_ON, "withdrawn")).activity == ""


def test_only_a_decision_that_changes_the_plan_is_replanned(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    with session(engine) as opened:
        requested(opened)
        with pytest.raises(Refused, match="nothing is decided about it"):
            event_to_replan(opened, 1, 1, REQUEST_ON)
        decide(opened, 1, Verdict("watch", "Ofsted"), on(REQUEST_ON, "quiet"))
        with pytest.raises(Refused, match="the decision is 'watch', which changes no plan"):
            event_to_replan(opened, 1, 1, REQUEST_ON)


def test_a_published_special_review_is_not_added_twice(engine: Engine, tmp_path: Path) -> None:
    published_to_2008(engine)
    with_dates(engine, tmp_path)
    with session(engine, read_only=True) as opened, pytest.raises(Refused, match="it is published already"):
        event_to_replan(opened, 1, 1, REQUEST_ON)
