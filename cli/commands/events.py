"""`event`: critical events in areas, and what is decided about them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from config.special_terms import read_terms
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.events.deciding import DECISION_WORDS, Decided, Decision, Verdict, decide
from services.events.event_entries import EventEntry, TermsEntry, list_events, show_event
from services.events.event_log import NewEvent, add_event
from services.previews import preview

COLUMNS = ("number", "area", "day", "event", "seriousness", "decision")

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the event.")]


def list_(
    area: Annotated[
        str | None, typer.Argument(metavar="AREA", help="Only this area, by name or code.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Only what comes on the agenda of an annual assessment.")
    ] = False,
    as_json: arguments.Json = False,
) -> None:
    """List critical events, the newest first: what happened where, and what was decided."""
    with session(open_database(), read_only=True) as opened:
        found = list_events(opened, area, watched=watch)
    if as_json:
        print_json(found)
        return
    if not found:
        say("No events are watched." if watch else "No events are recorded.")
        return
    print_table("Critical events", COLUMNS, [_row(entry) for entry in found])


@changing("")
def add(
    area: Annotated[str, typer.Argument(metavar="AREA", help="The area, by name or code.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="A kind of the policy, such as serious_case_review.")
    ],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day on which it happened.")],
    seriousness: Annotated[str, typer.Option(metavar="CODE", help="A code of the policy, such as serious.")],
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Who told of it: a letter, a notification.")
    ] = "",
    reference: Annotated[
        str, typer.Option(metavar="NUMBER", help="The number of the case there; never a name.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record a critical event in an area: its kind and number, never whom it concerned."""
    new = NewEvent(area, kind, arguments.parse_day(on, "--on"), source, seriousness, reference)

    def change(opened: Session) -> EventEntry:
        return show_event(opened, add_event(opened, new, asked.word).id or 0)

    entry = asked.changed(change)
    if asked.as_json:
        print_json(entry)
        return
    say(
        f"Event {entry.number}: {entry.kind} in {entry.area} ({entry.area_code}), {date_in_words(entry.happened_on)}."
    )
    say(f"Decide about it with: jarcycle event decide {entry.number}")


def show(number: Number, as_json: arguments.Json = False) -> None:
    """Show an event: its source, every decision, the plans made for it and the terms of its special review."""
    with session(open_database(), read_only=True) as opened:
        entry = show_event(opened, number)
    if as_json:
        print_json(entry)
        return
    for line in _lines(entry):
        say(line)


@changing()
def decide_(
    number: Number,
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="none, watch, pull-forward or special-review.")
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decided.")] = "",
    activity: Annotated[
        str,
        typer.Option(
            metavar="ACTIVITY", help="Which activity is pulled forward; default: the area's review."
        ),
    ] = "",
    within: Annotated[
        int | None, typer.Option(min=1, metavar="WEEKS", help="It begins within so many weeks.")
    ] = None,
    terms: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The terms of a special review (TOML).")
    ] = None,
    takes_place: Annotated[
        bool,
        typer.Option("--takes-place", help="The special review takes the place of the area's review."),
    ] = False,
    correct: Annotated[bool, typer.Option("--correct", help="Correct an earlier decision.")] = False,
    *,
    asked: Asked,
) -> None:
    """Decide about an event: no review, watch it, pull a review forward, or a special review in a short form."""
    verdict = Verdict(
        decision,
        by,
        is_correction=correct,
        activity=activity,
        within_weeks=within,
        terms=None if terms is None else read_terms(terms),
        takes_place=takes_place,
    )

    def change(opened: Session) -> Decided:
        return decide(opened, number, verdict, asked.word)

    with session(open_database()) as opened:
        answer = preview(opened, change)[0] if asked.dry_run else change(opened)
    if asked.as_json:
        print_json(answer)
        return
    for line in _decided(answer):
        say(line)
    say("Nothing is stored." if asked.dry_run else _next(answer))


def _row(entry: EventEntry) -> tuple[str, ...]:
    return (
        str(entry.number),
        f"{entry.area} ({entry.area_code})",
        date_in_words(entry.happened_on),
        entry.kind,
        entry.seriousness,
        entry.outcome,
    )


def _lines(entry: EventEntry) -> Iterator[str]:
    reference = f", number {entry.reference}" if entry.reference else ""
    yield (
        f"Event {entry.number}: {entry.kind} in {entry.area} ({entry.area_code}), "
        f"{date_in_words(entry.happened_on)}{reference}."
    )
    yield f"Source: {entry.source}. Seriousness: {entry.seriousness}. Now: {entry.outcome}."
    for row in entry.decisions:
        yield f"{date_in_words(row.decided_on)}: {row.decision}, decided by {row.by}: {row.why}"
    for version, state in entry.plans:
        yield f"Plan {version} was made for it ({state})."
    if entry.terms is not None:
        yield from _terms(entry.terms)


def _terms(terms: TermsEntry) -> Iterator[str]:
    place = "It takes the place of the area's review." if terms.takes_place else "It is one more review."
    yield (
        f"Special review {terms.activity}: {', '.join(terms.scope)}; with {', '.join(terms.bodies)}. "
        f"Terms approved by {terms.approved_by}. {place}"
    )
    if terms.left_out:
        yield f"Left out: {'; '.join(terms.left_out)}."
    for waiver in terms.waivers:
        yield f"Waived ({terms.reason}): {waiver.step}: {waiver.words}."


def _decided(answer: Decided) -> Iterator[str]:
    what = DECISION_WORDS[answer.decision]
    if answer.agenda:
        yield f"Event {answer.event}: {what}, on the {answer.agenda} agenda."
    elif answer.decision is Decision.PULL_FORWARD:
        weeks = plural(answer.within_weeks or 0, "week")
        yield f"Event {answer.event}: {answer.activity} is pulled forward, to begin within {weeks}."
    elif answer.activity:
        yield f"Event {answer.event}: {what} {answer.activity}."
        if answer.left_out:
            yield f"Left out: {'; '.join(answer.left_out)}."
        yield f"{plural(len(answer.waivers), 'rule')} set aside:"
        for found in answer.waivers:
            yield f"  {found.step_name}: {found.rule.words}"
    else:
        yield f"Event {answer.event}: {what}."


def _next(answer: Decided) -> str:
    if answer.cancelled:
        return f"{answer.cancelled} is called off. Plan the programme anew with: jarcycle solve"
    if answer.activity:
        return f"Plan it with: jarcycle replan published --event {answer.event}"
    return "No plan changes."
