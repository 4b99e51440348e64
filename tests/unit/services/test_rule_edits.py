"""Plans that were made under a policy or a framework that was edited since: told by file and key, where it matters."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.framework_files import FOLDER as FRAMEWORKS
from config.policy import FOLDER as POLICIES
from config.settings import home_settings
from models import session
from scheduler.values.problem import Problem
from scheduler.values.result import Result
from services.audit import Word
from services.errors import Refused
from services.plans.freshness import freshness_of, stale_among
from services.plans.plan_store import find_version, record_stale, versions
from services.plans.publication import publish
from services.plans.publish_checks import Waiver
from services.plans.rule_edits import edited_in_words, edited_rules
from services.problem import build_problem
from services.shown.attention import concerns
from services.shown.export_tables import plan_book
from services.shown.gantt import plan_chart
from services.shown.shown_plan import read_plan
from services.solves.solving import Asker, Progress, stored_solve
from tests import tables
from tests.known import known

OLDER = "made before the latest facts and rules"
WORD = Word("Ann", tables.AT, tables.PLANNED_ON, "agreed")
POLICY, FRAMEWORK = "policy/default.toml", "frameworks/jar-2005.toml"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path / "home"))


@pytest.fixture
def drafted(engine: Engine) -> Engine:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
    return engine


def edit(file: str, *changes: tuple[str, str]) -> None:
    """Put a changed copy of one of our files into the home, where it takes its place."""
    ours = (POLICIES if file.startswith("policy") else FRAMEWORKS) / Path(file).name
    text = ours.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    home_file = home_settings().home / file
    home_file.parent.mkdir(parents=True, exist_ok=True)
    home_file.write_text(text, encoding="utf-8")


def edited(engine: Engine) -> tuple[str, ...]:
    with session(engine, read_only=True) as opened:
        return edited_rules(opened, find_version(opened, 1))


def test_nothing_edited_is_nothing_told(drafted: Engine) -> None:
    assert edited(drafted) == ()
    assert edited_in_words(()) == ""


def test_an_edited_policy_is_told_by_file_and_key(drafted: Engine) -> None:
    edit(POLICY, ("min_percent = 80", "min_percent = 60"), ("leader_drafts = 2", "leader_drafts = 3"))
    assert edited(drafted) == ("policy/default.toml: programme.min_percent and programme.leader_drafts",)


def test_an_edited_framework_is_told_by_file_and_key(drafted: Engine) -> None:
    edit(FRAMEWORK, ("min_bodies = 2", "min_bodies = 3"))
    assert edited(drafted) == ("frameworks/jar-2005.toml: team.min_bodies",)


def sought(engine: Engine, meanwhile: Callable[[], object]) -> None:
    """A solve that stores a plan, and what happens while it seeks."""

    def build() -> Problem:
        with session(engine, read_only=True) as opened:
            return build_problem(opened, 3)

    def find(problem: Problem, _progress: Progress) -> tuple[Problem, Result]:
        meanwhile()
        return problem, tables.result_of(problem, tables.plan_for(problem))

    with session(engine) as opened:
        tables.fill(opened)
    stored_solve(engine, "3", build, find, Asker("planner", lambda: tables.AT), profile="quick")


def test_what_is_edited_during_a_search_is_told(engine: Engine) -> None:
    sought(engine, lambda: edit(POLICY, ("min_percent = 80", "min_percent = 60")))
    assert edited(engine) == ("policy/default.toml: programme.min_percent",)


def test_a_search_keeps_its_plan_though_a_file_makes_no_sense_any_more(engine: Engine) -> None:
    sought(engine, lambda: edit(FRAMEWORK, ("min_bodies = 2", "min_bodies = -2")))
    with session(engine, read_only=True) as opened:
        assert find_version(opened, 1).is_stale


def test_entries_of_a_list_are_told_by_their_names(drafted: Engine) -> None:
    edit(FRAMEWORK, ("max_members = 5 ", "max_members = 4 "))
    assert edited(drafted) == ("frameworks/jar-2005.toml: extents.light.max_members",)


def test_words_and_reminders_matter_to_no_plan(drafted: Engine) -> None:
    edit(POLICY, ("overdue_every = 3", "overdue_every = 4"))
    edit(FRAMEWORK, ('name = "Joint area review"', 'name = "Review of an area"'))
    assert edited(drafted) == ()
    edit(POLICY, ("overdue_every = 3", "overdue_every = 4"), ("min_percent = 80", "min_percent = 60"))
    assert edited(drafted) == ("policy/default.toml: programme.min_percent",)


def test_a_plan_under_other_rules_is_published_with_a_waiver_only(drafted: Engine) -> None:
    edit(POLICY, ("min_percent = 80", "min_percent = 60"))
    with pytest.raises(Refused) as refused, session(drafted) as opened:
        publish(opened, 1, "confirmed", WORD)
    assert "policy/default.toml: programme.min_percent: edited since" in str(refused.value)
    with session(drafted) as opened:
        publish(opened, 1, "confirmed", WORD, waivers=frozenset({Waiver.STALE_PLAN}))
    with session(drafted, read_only=True) as opened:
        told = [concern.message for concern in concerns(opened, tables.PLANNED_ON)]
    assert any("programme.min_percent" in message for message in told)


def test_a_plan_of_unknown_rules_is_left_in_peace(drafted: Engine) -> None:
    with session(drafted) as opened:
        find_version(opened, 1).rules = ""
    edit(POLICY, ("min_percent = 80", "min_percent = 60"))
    assert edited(drafted) == ()


def shown(engine: Engine) -> tuple[bool, bool, bool]:
    """Whether the answer for lists, the chart and the workbook say that plan 1 is stale."""
    with session(engine, read_only=True) as opened:
        book = plan_book(opened, read_plan(opened, 1), tables.PLANNED_ON)
        return (
            stale_among(opened, versions(opened)) == {1},
            OLDER in known(plan_chart(opened, 1, today=None).subtitle),
            not dict(book.about)["Made from the latest facts and rules"],
        )


def test_every_place_says_that_a_plan_was_made_under_other_rules(drafted: Engine) -> None:
    assert shown(drafted) == (False, False, False)
    edit(POLICY, ("overdue_every = 3", "overdue_every = 4"))
    assert shown(drafted) == (False, False, False)
    edit(POLICY, ("min_percent = 80", "min_percent = 60"))
    assert shown(drafted) == (True, True, True)
    with session(drafted, read_only=True) as opened:
        fresh = freshness_of(opened, find_version(opened, 1))
    assert (fresh.is_stale, fresh.has_older_facts) == (True, False)
    assert fresh.why == "Edited since: policy/default.toml: programme.min_percent."


def test_every_place_says_that_a_plan_was_made_from_other_facts(drafted: Engine) -> None:
    with session(drafted) as opened:
        record_stale(opened, find_version(opened, 1), "An import changed the facts.", "Ann", tables.AT)
    assert shown(drafted) == (True, True, True)
    with session(drafted, read_only=True) as opened:
        assert freshness_of(opened, find_version(opened, 1)).why == "An import changed the facts."


def test_nobody_asks_a_row_alone_whether_its_plan_is_stale() -> None:
    """Edited rules stand in no column: `plans.freshness` knows both."""
    root = Path(__file__).parents[3]
    asking = {
        path.relative_to(root).as_posix()
        for folder in ("services", "cli", "console", "flows")
        for path in (root / folder).rglob("*.py")
        if re.search(
            r"\b(row|plan|published|version|stored|draft|known|found)\.is_stale\b(?! =)",
            path.read_text(encoding="utf-8"),
        )
    }
    assert asking == {f"services/plans/{name}.py" for name in ("freshness", "plan_store", "staleness")}
