"""A plan whose facts have changed is marked whoever changed them, and not published again without a waiver."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

import scheduler.options
from models import Absence, Area, Contact, Inspector, PlanVersion, session
from scheduler.options import MixAnswer
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from services.audit import Word
from services.errors import PlanRefused
from services.imports import ImportRefused, import_folder
from services.plans import plan_store
from services.plans.leave import enter_leave
from services.plans.plan_store import store_plan
from services.plans.publication import Waiver, publish
from services.plans.staleness import facts_may_change
from services.problem import build_problem
from services.solves.options import solve_mixed
from services.solves.scenarios import adopt_mix
from services.solves.solving import Asker, stored_solve
from tests import tables
from tests.import_files import Rows, right_files, write_files
from tests.known import known
from tests.tables import AT, PLANNED_ON, WHO, plan_for, result_of

Change = Callable[[dict[str, Rows]], object]

FACTS: dict[str, Change] = {
    "programme.csv": lambda files: files["programme.csv"][0].update(last_start_on="2008-06-30"),
    "areas.csv": lambda files: files["areas.csv"][1].update(urgency="9"),
    "ratings.csv": lambda files: files["ratings.csv"][0].update(value="1"),
    "bodies.csv": lambda files: files["inspectors.csv"][0].update(body="CSCI"),
    "inspectors.csv": lambda files: files["inspectors.csv"][0].update(percent="50"),
    "skills.csv": lambda files: files["inspectors.csv"][1].update(skills="looked_after;management"),
    "absences.csv": lambda files: files["absences.csv"].clear(),
    "conflicts.csv": lambda files: files["conflicts.csv"].clear(),
    "school_holidays.csv": lambda files: files["school_holidays.csv"][0].update(last_day="2006-04-28"),
    "closures.csv": lambda files: files["closures.csv"][0].update(last_day="2006-06-16"),
    "pools.csv": lambda files: files["pools.csv"][0].update(units="1"),
    "partner_groups.csv": lambda files: files["partner_groups.csv"][0].update(maximum="2"),
    "inspections_due.csv": lambda files: files["inspections_due.csv"].clear(),
}
"""One change in each kind of fact that a plan is made from."""

CHANGED = "An import changed the facts."
WHY = {"areas.csv": "An import changed 1 index of concern, and with it the facts."}
"""Why plans are stale afterwards, where more is known than that."""

WORDS: dict[str, Change] = {
    "no change": lambda _: None,
    "a contact's address": lambda files: files["contacts.csv"][0].update(email="new@c201.example"),
    "an inspector's name": lambda files: files["inspectors.csv"][0].update(name="Another name"),
    "an area's name": lambda files: files["areas.csv"][0].update(name="London, City of"),
    "the programme's name": lambda files: files["programme.csv"][0].update(name="Another trial"),
}


def imported(engine: Engine, folder: Path, change: Change = lambda _: None) -> tuple[int, ...]:
    """Import the right files, changed; returns the plans that are stale now."""
    files = right_files()
    change(files)
    return import_folder(engine, write_files(folder, files), WHO, AT).stale


def planned(engine: Engine) -> None:
    """Three versions from the facts of now: a draft, the published one, and one that was superseded."""
    with session(engine) as opened:
        for status in ("superseded", "published", "draft"):
            opened.add(
                PlanVersion(
                    option="3", status=status, problem_hash=build_problem(opened, 3).hash, problem_json="",
                    plan_json="", result_json="", uncovered_places=0, date_cost=1, team_cost=1, created_by=WHO,
                    created_at=AT,
                )
            )  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_an_import_that_changes_facts_makes_every_plan_stale(
    engine: Engine, tmp_path: Path, name: str
) -> None:
    imported(engine, tmp_path / "files")
    planned(engine)
    assert imported(engine, tmp_path / "files", FACTS[name]) == (1, 2, 3)
    with session(engine, read_only=True) as opened:
        assert [row.is_stale for row in plan_store.versions(opened)] == [True, True, True]
        assert plan_store.why_stale(opened, plan_store.find_version(opened, 2)) == WHY.get(name, CHANGED)
    assert imported(engine, tmp_path / "files", FACTS[name]) == ()


@pytest.mark.parametrize("name", WORDS)
def test_an_import_that_changes_only_words_leaves_every_plan_fresh(
    engine: Engine, tmp_path: Path, name: str
) -> None:
    imported(engine, tmp_path / "files")
    planned(engine)
    assert imported(engine, tmp_path / "files", WORDS[name]) == ()
    with session(engine, read_only=True) as opened:
        assert [row.is_stale for row in plan_store.versions(opened)] == [False, False, False]
        assert plan_store.why_stale(opened, plan_store.find_version(opened, 2)) == ""


def test_a_refused_import_makes_nothing_stale(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path / "files")
    planned(engine)
    with pytest.raises(ImportRefused):
        imported(engine, tmp_path / "files", lambda files: files["areas.csv"][0].update(urgency="99"))
    with session(engine, read_only=True) as opened:
        assert not any(row.is_stale for row in plan_store.versions(opened))


def absent(opened: Session) -> None:
    opened.add(Absence(inspector_code="wigan-1", start_on=date(2006, 5, 15), end_on=date(2006, 5, 20)))


def test_a_plan_that_an_import_made_stale_is_published_with_a_waiver_and_a_reason_only(
    engine: Engine,
) -> None:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
        with facts_may_change(opened, "An import changed the facts.", WHO, AT) as stale:
            absent(opened)
        assert stale == [1]
        for waivers, reason in ((frozenset[Waiver](), "why"), (frozenset({Waiver.STALE_PLAN}), " ")):
            with pytest.raises(PlanRefused, match="facts have changed since it was made"):
                publish(opened, 1, "indicative", Word(WHO, AT, PLANNED_ON, reason), waivers)
        publish(
            opened,
            1,
            "indicative",
            Word(WHO, AT, PLANNED_ON, "leave is short"),
            frozenset({Waiver.STALE_PLAN}),
        )
        published = plan_store.published_version(opened)
        assert known(published).is_stale


def test_a_superseded_plan_whose_facts_have_changed_needs_both_waivers(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
        first, second = tables.store(opened), tables.store(opened)
        publish(opened, first, "indicative", Word(WHO, AT, PLANNED_ON))
        publish(opened, second, "indicative", Word(WHO, AT, PLANNED_ON))
        with facts_may_change(opened, "An import changed the facts.", WHO, AT):
            absent(opened)
        older = frozenset({Waiver.OLDER_PLAN})
        with pytest.raises(PlanRefused, match="facts have changed since it was made"):
            publish(opened, first, "indicative", Word(WHO, AT, PLANNED_ON, "why"), older)
        publish(opened, first, "indicative", Word(WHO, AT, PLANNED_ON, "why"), older | {Waiver.STALE_PLAN})


def test_facts_that_give_no_problem_any_more_make_plans_stale(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
        with facts_may_change(opened, "An import changed the facts.", WHO, AT) as stale:
            programme = opened.get_one(tables.models.Programme, 1)
            programme.first_start_on = date(2004, 1, 5)
            programme.last_start_on = date(2004, 1, 4)
    assert stale == [1]


def test_a_mix_that_is_adopted_makes_other_mixes_stale_but_not_itself(engine: Engine) -> None:
    """The plans of one option for all areas do not hang on the areas' own options."""

    def stored(opened: Session, option: str) -> int:
        problem = tables.thawed(build_problem(opened, "mixed" if option == "mixed" else 3))
        return store_plan(opened, problem, result_of(problem, plan_for(problem)), option, WHO, AT)

    with session(engine) as opened:
        tables.fill(opened)
        one, older = stored(opened, "3"), stored(opened, "mixed")
        choice = {"sheffield": "1", "cheshire": "2", "wigan": "3"}
        for code, option in choice.items():
            opened.get_one(Area, code).option = int(option)
        opened.flush()
        adopted = stored(opened, "mixed")
        for code in choice:
            opened.get_one(Area, code).option = None
        opened.flush()
        assert adopt_mix(opened, choice, WHO, lambda: datetime(2005, 8, 2, tzinfo=UTC)) == 3
        stale = {row.version: row.is_stale for row in plan_store.versions(opened)}
    assert stale == {one: False, older: True, adopted: False}


def test_who_is_told_is_no_fact_of_a_plan(engine: Engine) -> None:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
        with facts_may_change(opened, "people", WHO, AT) as stale:
            opened.exec(select(Contact).order_by(col(Contact.id))).first().email = "x@y.example"  # type: ignore[union-attr]
            opened.get_one(Inspector, "wigan-1").email = "z@y.example"
    assert stale == []


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_plan_whose_facts_changed_while_it_was_sought_is_stale(engine: Engine, is_changed: bool) -> None:
    with session(engine) as opened:
        tables.fill(opened)

    def build() -> Problem:
        with session(engine, read_only=True) as opened:
            return build_problem(opened, 3)

    def find(problem: Problem, _progress: object) -> tuple[Problem, Result]:
        if is_changed:
            with session(engine) as opened:
                enter_leave(
                    opened, "wigan-1", date(2006, 3, 6), date(2006, 3, 17), 0, Word(WHO, AT, AT.date())
                )
        return problem, result_of(problem, plan_for(problem))

    solved = stored_solve(engine, "3", build, find, Asker(WHO, lambda: AT), profile="quick")
    with session(engine, read_only=True) as opened:
        row = plan_store.find_version(opened, known(solved.version))
        assert row.is_stale is is_changed
        assert ("while it was being solved" in plan_store.why_stale(opened, row)) is is_changed


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_mix_of_which_the_facts_changed_while_it_was_sought_is_stale(
    engine: Engine, is_changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session(engine) as opened:
        tables.fill(opened)

    def mixed(variants: dict[str, Problem], *_: object) -> MixAnswer:
        if is_changed:
            with session(engine) as opened:
                absent(opened)
        problem = variants["3"]
        return MixAnswer(problem, result_of(problem, plan_for(problem)), {}, None, 0, None)

    monkeypatch.setattr(scheduler.options, "solve_mix", mixed)
    solved = solve_mixed(engine, {}, SolveParams(), Asker(WHO, lambda: AT), profile="quick").solved
    with session(engine, read_only=True) as opened:
        assert plan_store.find_version(opened, known(solved.version)).is_stale is is_changed


def test_plans_are_stored_where_it_is_asked_whether_their_facts_still_hold() -> None:
    """A search, a replan or a change by hand: all mark drafts of which the facts changed meanwhile."""
    services = Path(__file__).parents[3] / "services"
    storing = {
        path.relative_to(services).as_posix()
        for path in services.rglob("*.py")
        if re.search(r"(?<!def )\bstore_plan\(", path.read_text(encoding="utf-8"))
    }
    assert storing == {"plans/by_hand.py", "plans/staleness.py", "solves/replanning.py"}
