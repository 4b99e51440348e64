"""After a plan that breaks rules was published with a waiver for each, planning goes on (R016, R094)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Activity, PartnerGroup, PartnerMember, PlannedStage, Programme, session
from scheduler import Plan, Problem, SolveParams, check, explain, solve
from scheduler.checking.checker import SHORTAGE_RULES
from scheduler.cost import make_plan
from scheduler.events import WEEK_RULES, ClosedWeeks, Event, InspectorAbsence, apply, with_kept_dates
from scheduler.replanning.result import ReplanParams
from scheduler.values.value import Starts
from services.audit import Word
from services.casework.waiver_reasons import WaiverReason
from services.plans.candidates import people_for, weeks_for
from services.plans.plan_store import load_plan, store_plan
from services.plans.prepared_plans import PreparedPlans
from services.plans.publication import Waiver, publish
from services.problem.build import build_problem
from services.problem.people_today import with_people_of_today
from services.problem.present import as_it_stands
from services.problem.waived_dates import waived_weeks
from services.solves.replanning import Replanned, replan_stored
from services.solves.solving import Asker
from tests.builders import span
from tests.known import known
from tests.policy_files import DEFAULT, write_policy
from tests.tables import AT, MONDAYS, PLANNED_ON, WHO, fill, plan_for, result_of

ILLNESS = WaiverReason("illness", "nobody else could go")
QUICK = SolveParams(dates_seconds=10, teams_seconds=10, num_workers=1)
ONE_A_YEAR = 'period = "financial_year"\nmaximum = 60', 'period = "financial_year"\nmaximum = 1'
SAME_WEEKS = dict.fromkeys(("sheffield", "cheshire"), date(2006, 1, 9))


class Broken(NamedTuple):
    """A plan that breaks a rule: other Mondays, other weeks of activities, a change of its people and of a policy."""

    rule: str
    mondays: Mapping[str, date] = {}
    later: Mapping[str, tuple[int, ...]] = {}
    policy: tuple[str, str] = ("", "")
    swap: Mapping[str, str] = {}


BROKEN = (
    Broken("closed_week", {"wigan": date(2006, 4, 10)}),
    Broken("outside_window", {"wigan": date(2007, 1, 15)}),
    Broken("stage_lag", later={"wigan-jar": (0, 9), "wigan-ca": (9,)}),
    Broken("within_link", later={"wigan-ca": (5,)}),
    Broken("period_maximum", policy=ONE_A_YEAR),
    Broken("partner_limit", SAME_WEEKS, policy=("max_excess = 6", "max_excess = 0")),
    Broken("rest", {"cheshire": date(2006, 2, 13)}, swap={"cheshire-1": "sheffield-1"}),
    Broken("leader_missing", swap={"wigan-0": ""}),
)

WEEKS = [broken for broken in BROKEN if broken.rule in WEEK_RULES]


def made(opened: Session, broken: Broken) -> tuple[Problem, Plan]:
    problem = build_problem(opened, 3)
    plan = plan_for(problem, {**MONDAYS, **broken.mondays})
    starts: Starts = {
        code: tuple(
            week + late for week, late in zip(weeks, broken.later.get(code, (0,) * len(weeks)), strict=True)
        )
        for code, weeks in plan.starts().items()
    }
    members = [
        member.model_copy(update={"inspector": broken.swap.get(member.inspector, member.inspector)})
        for member in plan.members
    ]
    return problem, make_plan(problem, starts, [member for member in members if member.inspector])


@pytest.fixture(params=BROKEN, ids=lambda broken: broken.rule)
def waived(request: pytest.FixtureRequest, engine: Engine, home: Path) -> tuple[Engine, Broken]:
    """A plan that breaks one rule, published as confirmed."""
    broken: Broken = request.param
    write_policy(home, "own", DEFAULT.replace(*broken.policy) if broken.policy[0] else DEFAULT)
    with session(engine) as opened:
        fill(opened)
        opened.exec(select(Programme)).one().policy = "own"
        opened.add(PartnerGroup(code="police", name="Police", kind="police", maximum=1))
        opened.add_all(
            PartnerMember(group_code="police", area_code=code) for code in ("sheffield", "cheshire")
        )
        opened.flush()
        problem, plan = made(opened, broken)
        rules = {violation.rule for violation in check(problem, plan)}
        assert broken.rule in rules
        version = store_plan(opened, problem, result_of(problem, plan), "3", WHO, AT)
        word = Word(WHO, AT, PLANNED_ON, "nobody else could go")
        publish(opened, version, "confirmed", word, frozenset(Waiver), broken=dict.fromkeys(rules, ILLNESS))
    return engine, broken


def test_the_next_solve_is_possible(waived: tuple[Engine, Broken]) -> None:
    """What was confirmed stays, whatever limit of the programme it breaks."""
    engine, broken = waived
    with session(engine) as opened:
        problem, before = build_problem(opened, 3), load_plan(opened, 1).plan
    plan = known(solve(problem, QUICK).plan)
    assert check(problem, plan) == ()
    if broken.rule in (*WEEK_RULES, "period_maximum", "partner_limit"):
        assert plan.starts() == before.starts()


@pytest.mark.parametrize("waived", WEEKS, indirect=True, ids=lambda broken: broken.rule)
def test_waived_dates_stay_as_long_as_they_are_those_published(waived: tuple[Engine, Broken]) -> None:
    """R016, R094: also after the next publication, which asks for no waiver; a pin that came later goes before."""
    engine, _broken = waived
    with session(engine) as opened:
        problem, plan = build_problem(opened, 3), load_plan(opened, 1).plan
        now = make_plan(problem, plan.starts(), plan.members)
        version = store_plan(opened, problem, result_of(problem, now), "3", WHO, AT)
        publish(opened, version, "confirmed", Word(WHO, AT, PLANNED_ON), frozenset(Waiver))
    with session(engine) as opened:
        again = build_problem(opened, 3)
        row = opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one()
        row.pinned_on = date(2006, 6, 19)
        opened.flush()
        pinned = next(own for own in build_problem(opened, 3).activities if own.id == "wigan-jar")
    wigan = next(own for own in again.activities if own.id == "wigan-jar")
    assert known(wigan.published).is_frozen
    assert known(wigan.published).starts == plan.starts()["wigan-jar"]
    assert check(again, make_plan(again, plan.starts(), plan.members)) == ()
    assert not known(pinned.published).is_frozen


@pytest.mark.parametrize("waived", WEEKS, indirect=True, ids=lambda broken: broken.rule)
def test_other_dates_than_those_that_were_waived_keep_the_rules(waived: tuple[Engine, Broken]) -> None:
    """A waiver is for its dates: what a later version has elsewhere breaks the rule as before."""
    engine, broken = waived
    with session(engine) as opened:
        starts = {"wigan-jar": {"analysis": date(2006, 5, 15), "fieldwork": date(2006, 6, 5)}}
        assert waived_weeks(opened, starts) == {}
        stages = opened.exec(select(PlannedStage).where(PlannedStage.activity_code == "wigan-jar"))
        assert waived_weeks(opened, {"wigan-jar": {stage.stage: stage.start_on for stage in stages}}) == {
            "wigan-jar": frozenset({broken.rule})
        }


@pytest.mark.parametrize("day", [PLANNED_ON, date(2006, 2, 1)], ids=str)
def test_questions_about_it_are_answered(waived: tuple[Engine, Broken], day: date) -> None:
    engine, _broken = waived
    with session(engine) as opened:
        stored = load_plan(opened, 1)
        present = as_it_stands(opened, stored.problem, stored.plan, day)
        present = with_people_of_today(opened, present)
    prepared = PreparedPlans(None)
    for code in ("wigan-jar", "wigan-ca", "cheshire-jar"):
        assert any(candidate.is_present for candidate in weeks_for(prepared, present, code).weeks)
    assert people_for(prepared, present, "wigan-jar", "safeguarding", {}).people
    assert explain(present.problem, present.plan, "wigan").activity == "wigan-jar"


def replanned(engine: Engine, event: Event) -> Replanned:
    params = ReplanParams(num_workers=1, with_alternatives=False, seconds=30.0)
    return replan_stored(engine, 1, event, params, Asker(WHO, lambda: AT, day=PLANNED_ON))


def test_it_is_replanned_and_what_was_waived_stays(waived: tuple[Engine, Broken]) -> None:
    """R094: an absence that concerns nobody's work moves nothing, and a draft of it breaks no rule any more."""
    engine, _broken = waived
    answer = replanned(engine, InspectorAbsence(inspector="sheffield-2", weeks=span(2, 4)))
    main = known(answer.result.main)
    assert (main.moved, main.people_changed) == (0, 0)
    assert {found.rule for found in check(answer.result.problem, main.plan)} <= SHORTAGE_RULES
    assert answer.versions == (2,)


def test_what_was_waived_moves_where_the_event_forces_it(waived: tuple[Engine, Broken]) -> None:
    engine, _broken = waived
    with session(engine) as opened:
        first = load_plan(opened, 1).plan.starts()["wigan-jar"][0]
    closed = ClosedWeeks(area="wigan", weeks=span(first, first + 1), reason="flood")
    main = known(replanned(engine, closed).result.main)
    assert main.plan.starts()["wigan-jar"][0] != first


def test_weeks_that_an_event_closes_are_closed_to_what_was_waived_too(engine: Engine) -> None:
    """R028: its calendar is the common one but for its own weeks, and closes with it."""
    with session(engine) as opened:
        fill(opened)
        problem, plan = made(opened, Broken("closed_week", {"wigan": date(2006, 4, 10)}))
    stage = next(own for own in problem.activities if own.id == "wigan-jar").stages[-1]
    calendar = next(name for name in stage.calendars if "england" in name)
    last = plan.starts()["wigan-jar"][-1]
    event = ClosedWeeks(calendar=calendar, weeks=span(last, last + 1), reason="strike")
    after = apply(problem, plan, event, 0)
    assert "closed_week" in {
        found.rule for found in check(after, make_plan(after, plan.starts(), plan.members))
    }


def test_rules_give_way_to_dates_that_break_them_and_to_no_others(engine: Engine) -> None:
    """R028: the weeks in which a review is are open to it; the week of the holiday before is as closed as ever."""
    with session(engine) as opened:
        fill(opened)
        problem, plan = made(opened, Broken("closed_week", {"wigan": date(2006, 4, 17)}))
    kept = with_kept_dates(problem, plan)
    assert "closed_week" in {violation.rule for violation in check(problem, plan)}
    assert make_plan(kept, plan.starts(), plan.members).costs == plan.costs
    assert check(kept, make_plan(kept, plan.starts(), plan.members)) == ()
    earlier = {**plan.starts(), "wigan-jar": tuple(week - 1 for week in plan.starts()["wigan-jar"])}
    moved = make_plan(kept, earlier, plan.members)
    assert "closed_week" in {violation.rule for violation in check(kept, moved)}


def test_a_plan_that_keeps_the_rules_leaves_the_problem_as_it_is(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        problem, plan = made(opened, Broken(""))
    assert with_kept_dates(problem, plan) is problem
