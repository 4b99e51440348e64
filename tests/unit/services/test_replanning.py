"""Replanning a stored plan: the event becomes a fact, the plans become drafts that can be published (R094)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Absence, Activity, AuditEntry, Closure, Conflict, PastSeat, PlanVersion, Step, session
from scheduler.checking.checker import check
from scheduler.dates.search import solve_dates
from scheduler.events import (
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.replanning.result import ReplanParams
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Problem
from scheduler.values.value import WeekSpan
from scheduler.verifying.verifier import verify
from services.audit import Word, record
from services.casework.advancing import advance
from services.errors import AlreadySo, NotFound, Refused
from services.naming.names import Names
from services.plans import plan_store
from services.plans.leave import enter_leave
from services.plans.plan_store import store_plan
from services.plans.publication import Waiver, publish
from services.problem.build import build_problem
from services.shown.export_calendar import calendar_events
from services.shown.reasons.incidents import incident_lines
from services.shown.shown_plan import Selection, read_plan
from services.solves.recorded_replans import earlier_drafts
from services.solves.replanning import Keeping, Replanned, replan_stored
from services.solves.solving import Asker
from tests.known import known
from tests.people import sign as signs
from tests.tables import AT, PLANNED_ON, WHO, at, plan_for, published, result_of

WIGAN_WEEK = 36
"""Analysis in Wigan begins on 15 May 2006; fieldwork three weeks later."""


@pytest.fixture
def engine_with_plan(engine: Engine) -> Engine:
    published(engine, precision="indicative")
    return engine


def replanned(
    engine: Engine, event: Event, now_week: int = 20, dry_run: bool = False, again: bool = False
) -> Replanned:
    params = ReplanParams(now_week=now_week, num_workers=1, with_alternatives=False, seconds=60.0)
    keeping = Keeping(dry_run=dry_run, again=again)
    return replan_stored(engine, 1, event, params, Asker(WHO, lambda: AT), keeping=keeping)


def rebuilt(engine: Engine) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 3)


def test_an_absence_becomes_a_fact_and_the_plan_a_draft_that_is_published_as_any(engine_with_plan: Engine):
    event = InspectorAbsence(inspector="wigan-0", weeks=WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 2))
    answer = replanned(engine_with_plan, event)
    assert answer.versions == (2,)
    assert (known(answer.result.main).moved, answer.result.is_proven_fewest) == (0, True)
    with session(engine_with_plan) as opened:
        row = plan_store.find_version(opened, 2)
        assert (row.status, row.is_stale, row.reason) == ("draft", False, answer.result.event_in_words)
        assert row.made_from == answer.before
        assert plan_store.find_version(opened, 1).is_stale
        assert opened.exec(select(Absence)).one().start_on == date(2006, 5, 15)
        publish(opened, 2, "indicative", Word(WHO, AT, PLANNED_ON))
        assert plan_store.find_version(opened, 2).status == "published"
        assert plan_store.find_version(opened, 2).reason == answer.result.event_in_words


def test_the_next_solve_knows_of_the_event(engine_with_plan: Engine):
    """The problem of the draft and the one built from the tables agree on the facts."""
    weeks = WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 2)
    answer = replanned(engine_with_plan, InspectorAbsence(inspector="wigan-0", weeks=weeks))
    assert rebuilt(engine_with_plan).inspectors == answer.result.problem.inspectors


def test_a_draft_says_what_the_prices_of_the_plan_before_prove_of_it(engine_with_plan: Engine):
    with session(engine_with_plan) as opened:
        stored, row = plan_store.load_plan(opened, 1), plan_store.find_version(opened, 1)
        certificates = solve_dates(stored.problem, whole_teams=True).certificates
        row.plan_json = stored.plan.model_copy(update={"certificates": certificates}).model_dump_json()
    weeks = WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 2)
    replanned(engine_with_plan, InspectorAbsence(inspector="wigan-0", weeks=weeks))
    with session(engine_with_plan, read_only=True) as opened:
        draft, row = plan_store.load_plan(opened, 2), plan_store.find_version(opened, 2)
    (proof,) = verify(draft.problem, draft.plan, draft.plan.certificates).proofs
    assert row.date_bound == proof.proven == proof.claimed
    assert 0 < proof.proven <= row.date_cost


def test_a_resignation_and_a_conflict_become_facts(engine_with_plan: Engine):
    replanned(engine_with_plan, Resignation(inspector="wigan-1", from_week=30))
    replanned(engine_with_plan, NewConflict(inspector="wigan-2", area="wigan"))
    with session(engine_with_plan) as opened:
        assert opened.exec(select(Absence)).one().inspector_code == "wigan-1"
        assert opened.exec(select(Conflict)).one().area_code == "wigan"


def test_a_postponement_bounds_the_window_of_its_activity(engine_with_plan: Engine):
    answer = replanned(engine_with_plan, Postponement(activity="wigan-jar", not_before=WIGAN_WEEK + 4))
    assert known(answer.result.main).moved == 2
    own = next(own for own in rebuilt(engine_with_plan).activities if own.id == "wigan-jar")
    assert own.start_window.first == WIGAN_WEEK + 4


def test_a_postponement_keeps_a_later_day_that_was_asked_for_before(engine_with_plan: Engine):
    for week in (WIGAN_WEEK + 4, WIGAN_WEEK + 2):
        replanned(engine_with_plan, Postponement(activity="wigan-jar", not_before=week))
    own = next(own for own in rebuilt(engine_with_plan).activities if own.id == "wigan-jar")
    assert own.start_window.first == WIGAN_WEEK + 4


def test_the_same_event_twice_is_one_event(engine_with_plan: Engine):
    """The second time nothing is searched nor written; asked for again, only new drafts are."""
    event = NewConflict(inspector="wigan-2", area="wigan")
    first = replanned(engine_with_plan, event)
    with pytest.raises(AlreadySo, match=f"plan {first.versions[0]} was made for it"):
        replanned(engine_with_plan, event)
    looked = replanned(engine_with_plan, event, dry_run=True)
    assert (looked.versions, known(looked.result.main).moved) == ((), known(first.result.main).moved)
    again = replanned(engine_with_plan, event, again=True)
    assert again.versions == (first.versions[-1] + 1,)
    with session(engine_with_plan) as opened:
        assert len(opened.exec(select(Conflict)).all()) == 1
        assert not any(
            plan_store.find_version(opened, n).is_stale for n in (*first.versions, *again.versions)
        )


def test_what_was_never_recorded_cannot_be_asked_for_again(engine_with_plan: Engine):
    with pytest.raises(Refused, match="not recorded yet"):
        replanned(engine_with_plan, NewConflict(inspector="wigan-2", area="wigan"), again=True)


def test_an_import_takes_out_what_an_event_told_so_it_may_be_told_again(engine_with_plan: Engine):
    event = NewConflict(inspector="wigan-2", area="wigan")
    replanned(engine_with_plan, event)
    with session(engine_with_plan) as opened:
        assert len(earlier_drafts(opened, event)) == 1
        record(opened, WHO, AT, "import", "facts")
    with session(engine_with_plan, read_only=True) as opened:
        assert earlier_drafts(opened, event) == ()


def test_an_incident_with_all_the_time_in_the_world_ends_with_the_horizon(engine_with_plan: Engine):
    event = CriticalIncident(area="wigan", within_weeks=10**12, like="wigan-jar")
    problem = replanned(engine_with_plan, event).result.problem
    with session(engine_with_plan) as opened:
        row = opened.exec(select(Activity).where(Activity.code == "wigan-jar-incident")).one()
    assert row.window_end_on == problem.first_monday + timedelta(weeks=problem.num_weeks)


def test_drafts_made_without_an_earlier_event_are_marked_and_not_published(engine_with_plan: Engine):
    """The published plan does not know of the first event, nor does what is made from it for the second one."""
    weeks = WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 2)
    replanned(engine_with_plan, InspectorAbsence(inspector="wigan-0", weeks=weeks))
    answer = replanned(engine_with_plan, NewConflict(inspector="wigan-2", area="wigan"))
    assert any("older facts" in remark for remark in answer.result.remarks)
    with session(engine_with_plan) as opened:
        assert plan_store.find_version(opened, 3).is_stale
        with pytest.raises(Refused, match="facts have changed"):
            publish(opened, 3, "indicative", Word(WHO, AT, PLANNED_ON))


def test_drafts_of_which_the_facts_changed_while_they_were_sought_are_stale(engine_with_plan: Engine):
    entered: list[object] = []

    def stop() -> bool:
        if not entered:
            with session(engine_with_plan) as opened:
                word = Word(WHO, AT, PLANNED_ON)
                leave = enter_leave(opened, "wigan-1", date(2006, 3, 6), date(2006, 3, 17), 0, word)
            entered.append(leave)
        return False

    weeks = WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 2)
    params = ReplanParams(now_week=20, num_workers=1, with_alternatives=False)
    event = InspectorAbsence(inspector="wigan-0", weeks=weeks)
    answer = replan_stored(engine_with_plan, 1, event, params, Asker(WHO, lambda: AT, stop=stop))
    assert entered
    with session(engine_with_plan) as opened:
        assert all(plan_store.find_version(opened, version).is_stale for version in answer.versions)


def test_the_draft_of_an_earlier_event_is_replanned_with_both(engine_with_plan: Engine):
    weeks = WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 2)
    replanned(engine_with_plan, InspectorAbsence(inspector="wigan-0", weeks=weeks))
    params = ReplanParams(now_week=20, num_workers=1, with_alternatives=False)
    event = NewConflict(inspector="wigan-2", area="wigan")
    answer = replan_stored(engine_with_plan, 2, event, params, Asker(WHO, lambda: AT))
    assert answer.result.remarks == ()
    assert rebuilt(engine_with_plan).inspectors == answer.result.problem.inspectors
    with session(engine_with_plan) as opened:
        assert not plan_store.find_version(opened, 3).is_stale


def test_an_incident_pulls_forward_or_makes_an_activity_that_can_be_published(engine_with_plan: Engine):
    """R003: at somebody's request."""
    event = CriticalIncident(area="wigan", within_weeks=8, like="wigan-jar")
    answer = replanned(engine_with_plan, event)
    with session(engine_with_plan) as opened:
        row = opened.exec(select(Activity).where(Activity.code == "wigan-jar-incident")).one()
        assert (row.origin, row.kind) == ("request", "incident")
        publish(opened, answer.versions[0], "indicative", Word(WHO, AT, PLANNED_ON))
    own = next(own for own in rebuilt(engine_with_plan).activities if own.id == "wigan-jar-incident")
    assert own.start_window == WeekSpan(first=20, end=29)
    pulled = replanned(
        engine_with_plan, CriticalIncident(area="wigan", within_weeks=9, activity="wigan-jar"), 22
    )
    assert known(pulled.result.main).plan.starts()["wigan-jar"][0] <= 31


def test_closed_weeks_become_a_closure_of_the_area_or_everywhere(engine_with_plan: Engine):
    weeks = WeekSpan(first=WIGAN_WEEK + 3, end=WIGAN_WEEK + 5)
    replanned(engine_with_plan, ClosedWeeks(area="wigan", weeks=weeks, reason="flood"))
    replanned(engine_with_plan, ClosedWeeks(calendar="closed", weeks=WeekSpan(first=60, end=61)))
    with session(engine_with_plan) as opened:
        rows = sorted(opened.exec(select(Closure)), key=lambda row: row.start_on)
        assert [(row.area_code, row.reason) for row in rows] == [("wigan", "flood"), (None, "event")]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            ClosedWeeks(area="wigan", weeks=WeekSpan(first=50, end=52), stages=("fieldwork",)),
            "for all stages",
        ),
        (ClosedWeeks(calendar="bank-holidays", weeks=WeekSpan(first=50, end=52)), "is computed"),
    ],
)
def test_what_the_tables_cannot_hold_is_refused_and_nothing_is_stored(
    engine_with_plan: Engine, event: Event, told: str
):
    with pytest.raises(Refused, match=told):
        replanned(engine_with_plan, event)
    with session(engine_with_plan) as opened:
        assert len(opened.exec(select(PlanVersion)).all()) == 1
        assert not plan_store.find_version(opened, 1).is_stale


def test_a_late_finish_keeps_its_people_from_other_work(engine_with_plan: Engine):
    """Fieldwork in Sheffield is in weeks 21 and 22."""
    answer = replanned(engine_with_plan, LateFinish(activity="sheffield-jar", weeks=1), now_week=22)
    with session(engine_with_plan) as opened:
        rows = list(opened.exec(select(Absence)))
        assert {row.inspector_code for row in rows} == {f"sheffield-{seat}" for seat in range(4)}
        assert {row.start_on for row in rows} == {date(2006, 2, 13)}
        stored = plan_store.load_plan(opened, answer.versions[0])
        assert check(stored.problem, stored.plan) == ()


def test_a_look_stores_nothing(engine_with_plan: Engine):
    event = Resignation(inspector="wigan-1", from_week=30)
    assert replanned(engine_with_plan, event, dry_run=True).versions == ()
    with session(engine_with_plan) as opened:
        assert opened.exec(select(Absence)).all() == []


def test_the_audit_log_tells_of_the_event(engine_with_plan: Engine):
    answer = replanned(engine_with_plan, NewConflict(inspector="wigan-2", area="wigan"))
    with session(engine_with_plan) as opened:
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "replan")).one()
    assert (entry.subject, entry.why) == ("plan 1", answer.result.event_in_words)


def test_unknown_names_and_versions_are_refused(engine_with_plan: Engine):
    with pytest.raises(InvalidProblem, match="no inspector 'wigan-9'"):
        replanned(engine_with_plan, Resignation(inspector="wigan-9", from_week=30))
    params = ReplanParams(now_week=20)
    event = Resignation(inspector="wigan-1", from_week=30)
    with pytest.raises(NotFound, match="no such version"):
        replan_stored(engine_with_plan, 9, event, params, Asker(WHO, lambda: AT))


def signed(engine: Engine, *names: str) -> None:
    """Steps of Wigan's review, signed off on the day its notice is due."""
    day = date(2006, 2, 20)
    with session(engine) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        steps = {row.step_id: row for row in opened.exec(query.where(Activity.code == "wigan-jar"))}
        for name in names:
            signs(opened, steps[name].id or 0, day, Word("lead", at(day), day))


PULLED = CriticalIncident(area="torbay", within_weeks=8, activity="torbay-jar")
"""Torbay's review is to begin by 15 May 2006, when Wigan's does."""


@pytest.mark.parametrize("steps", [("notification",), ("notification", "set_up")])
def test_a_review_that_has_had_its_notice_stays_when_another_is_pulled_forward(
    engine: Engine, steps: tuple[str, ...]
):
    """R019, R043: as Haringey does when the assessment of another area is pulled forward."""
    published(engine, 4, precision="indicative")
    signed(engine, *steps)
    found = replanned(engine, PULLED, now_week=28).result
    assert known(found.main).plan.starts()["wigan-jar"][0] == WIGAN_WEEK
    assert known(found.main).plan.starts()["torbay-jar"][0] <= WIGAN_WEEK


def test_an_event_that_makes_dates_impossible_which_have_to_stay_is_refused(engine: Engine):
    """R019, R043."""
    published(engine, precision="indicative")
    signed(engine, "notification")
    flood = ClosedWeeks(area="wigan", weeks=WeekSpan(first=WIGAN_WEEK, end=WIGAN_WEEK + 1))
    with pytest.raises(InvalidProblem, match="wigan-jar: it has had its notice and keeps its dates"):
        replanned(engine, flood)
    params = ReplanParams(now_week=20, num_workers=1, with_alternatives=False)
    asker = Asker(WHO, lambda: AT)
    named = replan_stored(
        engine, 1, flood, params, asker, moving={"wigan-jar"}, keeping=Keeping(dry_run=True)
    )
    assert known(named.result.main).moved == 1
    signed(engine, "set_up")
    with pytest.raises(InvalidProblem, match=r"may move: 'wigan-jar' is under way\. Call it off"):
        replan_stored(engine, 1, flood, params, asker, moving={"wigan-jar"})


def test_in_a_week_that_has_begun_nothing_begins_any_more(engine: Engine):
    """R094: on a Wednesday the review begins on the next Monday at the earliest."""
    published(engine, 4, precision="indicative")
    wednesday = date(2006, 1, 25)
    params = ReplanParams(now_week=20, num_workers=1, with_alternatives=False)
    event = CriticalIncident(area="torbay", within_weeks=1, like="torbay-jar")
    answer = replan_stored(
        engine, 1, event, params, Asker(WHO, lambda: AT, day=wednesday), keeping=Keeping(dry_run=True)
    )
    assert known(answer.result.main).plan.starts()["torbay-jar-incident"][0] == 21


def at_work(engine: Engine) -> None:
    """Sheffield's analysis is over, and its fieldwork of 30 January to 10 February is open."""
    with session(engine) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        for row in opened.exec(query.where(Activity.code == "sheffield-jar")):
            if row.step_id in ("notification", "self_assessment", "set_up", "consultation", "analysis"):
                row.state, row.actual_on = "done", row.end_on or row.due_on
            elif row.step_id == "fieldwork":
                row.state = "open"
        opened.flush()
        advance(opened, date(2006, 2, 1))


WEDNESDAY = date(2006, 2, 1)


def test_whoever_leaves_a_team_at_work_has_worked_until_then(engine_with_plan: Engine):
    """R019: the others stay, nothing of the past is taken back, and the next solve knows of both."""
    at_work(engine_with_plan)
    event = InspectorAbsence(inspector="sheffield-1", weeks=WeekSpan(first=22, end=23))
    params = ReplanParams(now_week=21, num_workers=1, with_alternatives=False)
    answer = replan_stored(engine_with_plan, 1, event, params, Asker(WHO, lambda: AT, day=WEDNESDAY))
    team = [own for own in known(answer.result.main).plan.members if own.activity == "sheffield-jar"]
    assert {own.inspector for own in team} >= {"sheffield-0", "sheffield-2", "sheffield-3"}
    assert known(answer.result.main).people_changed == 1
    with session(engine_with_plan) as opened:
        seat = opened.exec(select(PastSeat)).one()
        assert (seat.activity_code, seat.inspector_code) == ("sheffield-jar", "sheffield-1")
        assert seat.until_on == date(2006, 2, 6)
        word = Word(WHO, AT, WEDNESDAY, "ill")
        publish(opened, 2, "indicative", word, frozenset({Waiver.UNCOVERED_PLACES}))
        own = next(own for own in build_problem(opened, 3, WEDNESDAY).activities if own.id == "sheffield-jar")
    assert {seated.inspector for seated in known(known(own.team).at_work)} == {own.inspector for own in team}
    assert [stage.uses_team for stage in own.stages] == [False, True]


def test_a_calendar_takes_back_nothing_of_what_was_done(engine_with_plan: Engine):
    at_work(engine_with_plan)
    event = InspectorAbsence(inspector="sheffield-1", weeks=WeekSpan(first=22, end=23))
    params = ReplanParams(now_week=21, num_workers=1, with_alternatives=False)
    replan_stored(engine_with_plan, 1, event, params, Asker(WHO, lambda: AT, day=WEDNESDAY))
    with session(engine_with_plan) as opened:
        word = Word(WHO, AT, WEDNESDAY, "ill")
        publish(opened, 2, "indicative", word, frozenset({Waiver.UNCOVERED_PLACES}))
        selection = Selection(who="sheffield-1")
        view = read_plan(opened, 2, selection)
        events = {event.name: event.status for event in calendar_events(opened, view, selection)}
    kept = {name for name, value in events.items() if value.name != "CANCELLED"}
    assert kept == {"Sheffield: JAR analysis", "Sheffield: JAR fieldwork"}


def test_a_plan_of_a_review_whose_work_goes_on_exchanges_nobody(engine_with_plan: Engine):
    """R019: whatever a stand-in would save."""
    at_work(engine_with_plan)
    with session(engine_with_plan) as opened:
        problem = build_problem(opened, 3, WEDNESDAY)
    own = next(own for own in problem.activities if own.id == "sheffield-jar")
    assert sorted(seated.inspector for seated in known(known(own.team).at_work)) == [
        f"sheffield-{seat}" for seat in range(4)
    ]


def test_an_incident_with_nobody_stores_nothing_and_says_what_would_help(engine: Engine):
    """R094: everybody with the skills is away, but for the team of a review that has had its notice."""
    published(engine, precision="indicative")
    signed(engine, "notification")
    with session(engine) as opened:
        for area in ("sheffield", "cheshire"):
            for seat in range(4):
                days = {"start_on": date(2006, 4, 20), "end_on": date(2006, 12, 31)}
                opened.add(Absence(inspector_code=f"{area}-{seat}", **days))
        opened.flush()
        problem = build_problem(opened, 3)
        plan = plan_for(problem)
        version = store_plan(opened, problem, result_of(problem, plan), "3", WHO, AT)
    event = CriticalIncident(area="sheffield", within_weeks=1, like="sheffield-jar")
    params = ReplanParams(now_week=35, num_workers=1, with_alternatives=False)
    answer = replan_stored(engine, version, event, params, Asker(WHO, lambda: AT))
    lacks = known(answer.result.unstaffed)
    assert (answer.versions, lacks.has_nobody) == ((), True)
    assert [(donor.activity, donor.hold, donor.is_enough) for donor in lacks.donors] == [
        ("wigan-jar", "notified", True)
    ]
    with session(engine) as opened:
        assert opened.exec(select(Activity).where(Activity.kind == "incident")).all() == []
        names = Names(answer.result.problem)
    told = list(incident_lines(names, answer.result))
    assert "has no team at all; it lacks" in told[0]
    assert any(
        "in other weeks (its notice is given; name it as one that may move) would give" in line
        for line in told
    )
