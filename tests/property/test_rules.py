"""Every rule of the checker accepts a sound plan and refuses one that is damaged in its respect, under its number."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.checking.checker import RULES
from scheduler.checking.facts import Facts, Rule
from tests.corruptions import CATALOGUE, Corruption, Draft

ROOM = Path(__file__).parents[2] / "scheduler" / "checking"
WITHOUT_NUMBER = {"belongs_to_problem"}
"""No paper asks that a plan belongs to its problem: without it no other rule makes sense."""


def name(rule: Rule) -> str:
    return rule.__name__


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\bR\d{3}\b", text))


def refused_by(rule: Rule) -> list[Corruption]:
    """Damages that this rule refuses."""
    return [damage for damage in CATALOGUE if any(rule(Facts(*damage.damaged(0))))]


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_refuses_a_damaged_plan_and_accepts_it_undamaged(rule: Rule) -> None:
    refused = refused_by(rule)
    assert len(refused) > 0
    for damage in refused:
        twin = Draft.of(damage.problem())
        assert list(rule(Facts(twin.problem, twin.plan()))) == []


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_cites_the_numbers_of_its_violations(rule: Rule) -> None:
    found = [item for damage in refused_by(rule) for item in rule(Facts(*damage.damaged(0)))]
    cited = numbers(rule.__doc__ or "")
    assert (not cited) == (rule.__name__ in WITHOUT_NUMBER)
    assert {number for item in found for number in numbers(item.requirement)} <= cited
    assert all(item.requirement for item in found) == bool(cited)


def test_every_violation_that_the_checker_names_is_seen() -> None:
    calls = [
        node
        for path in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Violation"
    ]
    named = {node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)}
    assert len(named) > 30
    assert named == {rule for damage in CATALOGUE for rule in damage.rules}


def test_the_checker_needs_no_solver_and_no_arrays() -> None:
    loaded = "import sys, scheduler.checking.checker; print(*{'numpy', 'ortools'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
