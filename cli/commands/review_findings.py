"""`finding` and `hypothesis`: what a review finds out, by contribution, and what fieldwork tests (R048, R085)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import session
from services.bootstrap import open_database
from services.casework.reporting.findings import (
    KIND_WORDS,
    FindingKind,
    NewFinding,
    agree_finding,
    withdraw_finding,
)
from services.casework.reporting.hypotheses import end_hypothesis, suppose
from services.naming.steps import find_activity
from services.shown.findings import ContributionLine, contribution_lines, ended_in_words

Contribution = Annotated[
    str, typer.Argument(metavar="CONTRIBUTION", help="Its name in the framework: vetted_staff.")
]
Rows = Callable[[Iterable[ContributionLine]], Iterator[tuple[str, ...]]]
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="Its number.")]


def list_(activity: arguments.OneActivity, as_json: arguments.Json = False) -> None:
    """List the contributions in scope of a review, with the services that each covers and how each ends."""
    _list(activity, as_json, _finding_rows, ("contribution", "name", "services", "ends in"))


@changing(on_behalf_of=True)
def add(
    activity: arguments.OneActivity,
    contribution: Contribution,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="strength, gap, failure or not_judged.")] = "",
    text: Annotated[str, typer.Option(metavar="TEXT", help="The finding; never the name of a child.")] = "",
    cause: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="Why, of the framework: ineffective or capacity; of not_judged: no_expertise.",
        ),
    ] = "",
    managed: Annotated[
        str, typer.Option(metavar="TEXT", help="How the area managed, where there is no capacity.")
    ] = "",
    service: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A service that it is about; repeat it for more.")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM", help="Evidence that it rests on: performance_data; repeat it for more."),
    ] = None,
    at: Annotated[
        str, typer.Option(metavar="STEP", help="At which step it was agreed; default: the latest begun.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record how a contribution ends: a strength, a gap or a failure with its cause, or why it is not judged."""
    new = NewFinding(
        contribution, kind, text, cause, managed, tuple(service or ()), tuple(evidence or ()), at
    )

    def change(opened: Session) -> tuple[int, str]:
        row = agree_finding(opened, find_activity(opened, activity).code, new, asked.word)
        return row.id or 0, f"{row.contribution}: {KIND_WORDS[FindingKind(row.kind)]}"

    number, said = asked.changed(change)
    if asked.as_json:
        print_json({"finding": number, "said": said})
    else:
        say(f"Finding {number} is recorded. {said}.")


@changing(on_behalf_of=True)
def withdraw(activity: arguments.OneActivity, number: Number, *, asked: Asked) -> None:
    """Withdraw a finding, with a reason; it stays in the log."""

    def change(opened: Session) -> str:
        row = withdraw_finding(opened, find_activity(opened, activity).code, number, asked.word)
        return row.contribution

    about = asked.changed(change)
    if asked.as_json:
        print_json({"finding": number, "contribution": about})
    else:
        say(f"Finding {number} about {about} is withdrawn.")


def list_hypotheses(activity: arguments.OneActivity, as_json: arguments.Json = False) -> None:
    """List the hypotheses of a review, why each is tested in fieldwork, and how it ended."""
    _list(activity, as_json, _hypothesis_rows, ("number", "contribution", "hypothesis", "why", "state"))


@changing(on_behalf_of=True)
def add_hypothesis(
    activity: arguments.OneActivity,
    contribution: Contribution,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What fieldwork is to test.")],
    reason: Annotated[
        str, typer.Option(metavar="CODE", help="Why evidence is not enough: concern, limited, out_of_date.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record a hypothesis that fieldwork tests, for a reason of the specification."""

    def change(opened: Session) -> int:
        code = find_activity(opened, activity).code
        return suppose(opened, code, contribution, text, reason, asked.word).id or 0

    number = asked.changed(change)
    if asked.as_json:
        print_json({"hypothesis": number})
    else:
        say(f"Hypothesis {number} is recorded.")


@changing(on_behalf_of=True)
def end(
    activity: arguments.OneActivity,
    number: Number,
    state: Annotated[str, typer.Argument(metavar="STATE", help="confirmed or dropped.")],
    *,
    asked: Asked,
) -> None:
    """Confirm a hypothesis, or drop it with a reason."""

    def change(opened: Session) -> str:
        return end_hypothesis(opened, find_activity(opened, activity).code, number, state, asked.word).state

    said = asked.changed(change)
    if asked.as_json:
        print_json({"hypothesis": number, "state": said})
    else:
        say(f"Hypothesis {number} is {said}.")


def _list(activity: str, as_json: bool, rows: Rows, columns: tuple[str, ...]) -> None:
    with session(open_database(), read_only=True) as opened:
        found = find_activity(opened, activity)
        lines = contribution_lines(opened, found)
    if as_json:
        print_json({"activity": found.code, "contributions": lines})
        return
    if lines:
        print_table(f"Contributions of {found.code}", columns, rows(lines))
    say(ended_in_words(lines) if lines else "Its framework has no contributions.")


def _finding_rows(lines: Iterable[ContributionLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        ends = (
            f"{row.number}, {row.kind}: {row.text or row.cause} ({row.agreed_at}; {row.said})"
            for row in line.findings
        )
        yield line.id, line.name, "; ".join(line.services), "; ".join(ends) or "not yet"


def _hypothesis_rows(lines: Iterable[ContributionLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        for row in line.hypotheses:
            yield str(row.number), line.name, row.text, row.reason, row.state
