"""What is true of every change by hand: the wish holds, what is not touched stays, costs are right."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from models import session
from scheduler.by_hand.against_rules import fits
from scheduler.by_hand.dates import dates_by_hand
from scheduler.by_hand.teams import refitted
from scheduler.checking.checker import CLAIM_RULES, DATE_RULES, check
from scheduler.checking.facts import Facts
from scheduler.cost import make_plan
from scheduler.nearby.linked_areas import Units
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.plan import ActivityDates, Plan
from scheduler.values.problem import Activity, Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import Starts
from scheduler.values.violations import Violation
from services.audit import Word
from services.plans import plan_store
from services.plans.by_hand import keep
from services.plans.moving import Wish, move
from tests import tables
from tests.engines import quick_engine
from tests.tiny import Option, tiny_problem

OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)
WORD = Word("Ann", tables.AT, tables.PLANNED_ON)
QUICK = SolveParams(num_workers=1, dates_seconds=0.5, teams_seconds=0.05)


@cache
def planned(option: Option) -> tuple[tuple[Problem, Plan], ...]:
    """Tiny problems, each with a plan that keeps every rule of dates."""
    draws = (tiny_problem(option, seed) for seed in range(7000, 7400))
    answers = ((problem, solve(problem, QUICK).plan) for problem in draws if not validate(problem))
    return tuple(islice(((problem, plan) for problem, plan in answers if plan is not None), 5))


def wishes(problem: Problem, plan: Plan, draw: Random) -> dict[str, int]:
    """Another week for one or two activities that are not pinned, anywhere in the horizon."""
    loose = [own for own in problem.activities if own.pinned_starts is None]
    asked = draw.sample(loose, draw.choice((1, 1, 2)))
    return {own.id: draw.choice(_weeks(problem, own, plan)) for own in asked}


def all_wishes(option: Option, draw: Random) -> Iterator[tuple[Problem, Plan, dict[str, int]]]:
    """Three wishes for each of the plans."""
    for problem, plan in planned(option):
        for _ in range(3):
            yield problem, plan, wishes(problem, plan, draw)


def _weeks(problem: Problem, activity: Activity, plan: Plan) -> list[int]:
    now = plan.starts()[activity.id]
    shifts = (tuple(start - now[0] + week for start in now) for week in range(problem.num_weeks))
    return [starts[0] for starts in shifts if fits(problem, activity, starts)]


def moved_by_hand(problem: Problem, plan: Plan, wanted: dict[str, int]) -> Plan:
    units = Units(problem)
    starts = dates_by_hand(units, plan, wanted)
    moved = [name for name, weeks in plan.starts().items() if starts[name] != weeks]
    return make_plan(problem, starts, refitted(units, starts, plan.members, moved))


def broken_dates(problem: Problem, starts: Starts) -> int:
    return sum(1 for _ in breaches(problem, make_plan(problem, starts, ())))


def breaches(problem: Problem, plan: Plan) -> Iterator[Violation]:
    facts = Facts(problem, plan)
    return (found for rule in DATE_RULES for found in rule(facts))


def could_keep_the_rules(problem: Problem, plan: Plan, wanted: dict[str, int]) -> bool:
    """Whether some dates of the areas asked about keep every rule of dates beside all others: by trying all of them."""
    areas = {own.area for own in problem.activities if own.id in wanted}
    asked = [own for own in problem.activities if own.area in areas and own.pinned_starts is None]
    weeks = range(problem.num_weeks)
    choices = [
        [
            starts
            for starts in product(weeks, repeat=len(own.stages))
            if starts[0] == wanted.get(own.id, starts[0]) and fits(problem, own, starts)
        ]
        for own in asked
    ]
    left = [own for own in plan.dates if own.activity not in {own.id for own in asked}]
    for dates in product(*choices):
        tried = (
            ActivityDates(activity=own.id, starts=starts) for own, starts in zip(asked, dates, strict=True)
        )
        # No rule of dates asks what a plan costs, and the first breach is enough.
        if next(breaches(problem, plan.model_copy(update={"dates": (*left, *tried)})), None) is None:
            return True
    return False


@pytest.mark.parametrize("option", OPTIONS)
def test_a_wish_holds_and_what_is_not_touched_keeps_its_weeks_and_people(option: Option) -> None:
    for problem, plan, wanted in all_wishes(option, Random(option)):
        after = moved_by_hand(problem, plan, wanted)
        now, then = plan.starts(), after.starts()
        assert {name: then[name][0] for name in wanted} == wanted
        areas = {own.area for own in problem.activities if own.id in wanted}
        assert all(then[own.id] == now[own.id] for own in problem.activities if own.area not in areas)
        staying = {name for name, weeks in now.items() if then[name] == weeks}
        assert {own for own in plan.members if own.activity in staying} == {
            own for own in after.members if own.activity in staying
        }


@pytest.mark.parametrize("option", OPTIONS)
def test_the_people_of_a_change_by_hand_keep_every_rule_and_its_costs_are_right(option: Option) -> None:
    for problem, plan, wanted in all_wishes(option, Random(option)):
        after = moved_by_hand(problem, plan, wanted)
        facts = Facts(problem, after)
        assert [found for rule in CLAIM_RULES for found in rule(facts)] == []
        people = [found for found in check(problem, after) if found.rule != "leader_missing"]
        assert len(people) == broken_dates(problem, after.starts())


@pytest.mark.parametrize("option", OPTIONS)
def test_dates_by_hand_break_no_rule_where_none_has_to_be(option: Option) -> None:
    kept = 0
    for problem, plan, wanted in all_wishes(option, Random(option)):
        after = moved_by_hand(problem, plan, wanted)
        if not broken_dates(problem, after.starts()):
            kept += 1
        elif len({own.area for own in problem.activities if own.id in wanted}) == 1:
            assert not could_keep_the_rules(problem, plan, wanted)
    assert kept


@pytest.fixture(scope="module")
def programme(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Six areas, plan 1 published as indicative."""
    path = tmp_path_factory.mktemp("by-hand") / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = quick_engine(f"sqlite:///{path}")
    tables.published(engine, num_areas=6, precision="indicative")
    yield engine
    engine.dispose()


def test_every_draft_breaks_exactly_the_rules_that_its_consequences_name_at_the_costs_they_show(
    programme: Engine,
) -> None:
    """Random moves, each from the draft before: what is not told to change keeps weeks and people."""
    draw, version = Random(9), 1
    for _ in range(8):
        codes = draw.sample([f"{area}-jar" for area in tables.CODES], draw.choice((1, 2)))
        wishes = [Wish(code, date(2005, 9, 5) + timedelta(weeks=draw.randrange(75))) for code in codes]
        with session(programme) as opened:
            made = move(opened, version, wishes, WORD)
            before, version = version, keep(opened, made, WORD)
        with session(programme, read_only=True) as opened:
            old, new = (plan_store.load_plan(opened, number) for number in (before, version))
            row = plan_store.find_version(opened, version)
        told = made.consequences
        assert {(own.rule, own.place, own.message) for own in told.broken} == {
            (own.rule, own.place, own.message) for own in check(new.problem, new.plan)
        }
        assert (told.costs_before, told.costs_after) == (old.plan.costs, new.plan.costs)
        assert new.plan.costs == make_plan(new.problem, new.plan.starts(), new.plan.members).costs
        assert row.made_from == before
        moved = {own.activity for own in told.moved}
        assert set(codes) >= {own.activity for own in told.moved if own.is_wanted}
        assert unlike(old.plan.starts(), new.plan.starts()) == moved
        assert unlike(people(old.plan), people(new.plan)) == {own.activity for own in told.displaced} <= moved


def unlike(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def people(plan: Plan) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for member in plan.members:
        found.setdefault(member.activity, set()).add((member.skill, member.inspector))
    return found
