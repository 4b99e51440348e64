"""A question to the scheduler, its answer, and what the adversary says of each claim in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from scheduler.events.kinds import Event
from scheduler.events.settled import NOTHING_SETTLED, Settled
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked about a problem; fields that a subject has no use for are left out."""

    problem: Problem
    plan: Plan | None = None
    event: Event | None = None
    now_week: int = 0
    frozen_weeks: int = 0
    settled: Settled = NOTHING_SETTLED
    area: str = ""


@dataclass(frozen=True)
class Refused:
    """The scheduler says that the question makes no sense."""

    why: str


@dataclass(frozen=True)
class Crash:
    """There is no answer but an error."""

    why: str


Claim = Callable[[Question, Any], Iterator[str]]
"""All that is wrong with an answer in one respect, in words; the name of the function says what must be true."""


@dataclass(frozen=True)
class Subject:
    """One kind of question.

    Attributes
    ----------
    draw
        The question of a seed.
    ask
        The scheduler's answer.
    claims
        What is claimed in it.
    share
        How many of a hundred questions are of this kind.
    suits
        Which problems are asked about.
    """

    name: str
    draw: Callable[[str], Question]
    ask: Callable[[Question], Any]
    claims: tuple[Claim, ...]
    share: int
    suits: Callable[[Problem], bool] = lambda _: True


@cache
def judged(subject: Subject, seeds: range) -> dict[str, dict[str, list[str]]]:
    """What is wrong by claim and seed; each question is asked once for all claims, and forgotten."""
    found: dict[str, dict[str, list[str]]] = {claim.__name__: {} for claim in subject.claims}
    for seed in seeds:
        question, answer = asked(subject, seed)
        for claim in subject.claims:
            if what := wrong(claim, question, answer):
                found[claim.__name__][f"{subject.name} {seed}"] = what
    return found


def asked(subject: Subject, seed: int) -> tuple[Question, Any]:
    """The question of a seed and its answer, a refusal or a crash."""
    question = subject.draw(f"{subject.name} {seed}")
    return question, answered(subject, question)


def answered(subject: Subject, question: Question) -> Any:
    """The scheduler's answer, whatever it is."""
    try:
        return subject.ask(question)
    except InvalidProblem as refusal:
        return Refused("; ".join(f"{finding.place} {finding.message}" for finding in refusal.findings))
    except Exception as error:  # whatever it is, a valid question has an answer
        return Crash(f"{type(error).__name__}: {error}")


def wrong(claim: Claim, question: Question, answer: Any) -> list[str]:
    """What is wrong with an answer in one respect; refusals and crashes are a respect of their own."""
    if isinstance(answer, Refused | Crash) and claim is not gets_an_answer:
        return []
    return list(claim(question, answer))


def gets_an_answer(question: Question, answer: Any) -> Iterator[str]:
    """A valid question ends in no error. Events may be refused, but people may leave or fall ill at any time."""
    if isinstance(answer, Crash):
        yield answer.why
    if isinstance(answer, Refused) and (
        question.event is None or question.event.kind in ("absence", "resignation")
    ):
        yield f"refused: {answer.why}"
