"""Errors of the scheduler: each states the fact, the state and an advice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing wrong with an input: where, what, and what might help."""

    place: str
    message: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" {self.advice}" if self.advice else "")


class WithFindings(Exception):
    """An error that lists everything wrong: each of its `findings` reads as one line."""

    def __init__(self, findings: Iterable[Any]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class InvalidProblem(WithFindings):
    """A problem that makes no sense; `findings` lists everything wrong with it."""


class BrokenPlan(Exception):
    """A plan that the solver made breaks a rule: a mistake in the solver, never in the input."""


class Refusal(Exception):
    """Its text is the reason, in words, with advice."""
