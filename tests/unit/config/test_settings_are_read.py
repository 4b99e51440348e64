"""No setting that nothing reads: whatever an operator may write into a file changes what jarcycle does or shows."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest
from pydantic_settings import BaseSettings

from config import (
    conditions,
    consultation,
    follow_up,
    framework,
    judgements,
    links,
    policy,
    profile,
    recurrence,
    reporting,
    settings,
    steps,
    team_rule,
)
from config.entry import Entry
from tests.field_reads import Field, FieldReads
from tests.name_graph import ROOT

FILES = (
    policy,
    links,
    conditions,
    consultation,
    follow_up,
    framework,
    judgements,
    recurrence,
    reporting,
    steps,
    team_rule,
    profile,
    settings,
)
MODELS = {
    name: model
    for file in FILES
    for name, model in vars(file).items()
    if isinstance(model, type)
    and issubclass(model, Entry | BaseSettings)
    and model.__module__ == file.__name__
}
READERS = ("cli", "config", "console", "flows", "models", "services")
"""Scheduler and reports import nothing of ours."""

CHECKS = (
    "framework_checks.py",
    "team_checks.py",
    "count_checks.py",
    "order_checks.py",
    "judgement_checks.py",
    "condition_checks.py",
    "reporting_checks.py",
)
"""They hold a file against itself: what only they look at changes nothing."""


def trees() -> Iterator[ast.Module]:
    """The product's files, without the checks of ours."""
    for package in READERS:
        for path in (ROOT / package).rglob("*.py"):
            if path.name not in CHECKS:
                yield without_validators(ast.parse(path.read_text(encoding="utf-8")))


def without_validators(tree: ast.Module) -> ast.Module:
    """A file without what only holds entries against each other."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            node.body = [line for line in node.body if not is_validator(line)]
    return tree


def is_validator(line: ast.stmt) -> bool:
    """Whether a line of a class is a method that only judges."""
    return any("validator" in ast.unparse(marker) for marker in getattr(line, "decorator_list", ()))


@cache
def unread() -> frozenset[Field]:
    """Fields of the configuration that no line of the product reads."""
    files = list(trees())
    known = FieldReads(MODELS, files)
    return frozenset(known.fields()).difference(*map(known.reads, files))


def test_every_setting_is_read() -> None:
    assert sorted(unread()) == []


@pytest.mark.parametrize(
    "source",
    [
        "def drafts(rule: TeamRule): return rule.drafts_until",
        "def drafts(framework: Framework): return [framework.team.drafts_until]",
        "def drafts(all_of_them: list[TeamRule]): return {rule.drafts_until for rule in sorted(all_of_them)}",
        "class Teams:\n    def drafts(self, rule: TeamRule):\n        self._it = rule\n"
        "        return self._it.drafts_until",
        "def drafts(rule: TeamRule): return rule.model_dump()",
    ],
)
def test_a_field_that_is_read_is_seen(source: str) -> None:
    assert ("TeamRule", "drafts_until") in reads_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "def drafts(rule: StepRule): return rule.drafts_until",
        "def drafts(rule: TeamRule): return other.drafts_until",
        "class TeamRule:\n    drafts_until: str\n    @model_validator\n    def _right(self): return self.drafts_until",
    ],
)
def test_a_field_that_is_not_read_is_not_seen(source: str) -> None:
    assert ("TeamRule", "drafts_until") not in reads_of(source)


def reads_of(source: str) -> set[Field]:
    """What a file reads that is all there is, beside the framework's own."""
    file = without_validators(ast.parse(source))
    whole = ast.parse((ROOT / "config" / "framework.py").read_text(encoding="utf-8"))
    return FieldReads(MODELS, [whole, file]).reads(file)
