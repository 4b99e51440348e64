"""Changes of published facts: done in one transaction, or with --dry-run only looked at."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import typer
from sqlalchemy import Engine
from sqlmodel import Session

from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import capitalised, date_in_words, plural
from services.errors import AlreadySo
from services.previews import Preview, preview

Answer = TypeVar("Answer")

RULES = {
    "done": "it is done",
    "undone": "it is not done after all",
    "evidence_asked": "evidence is asked for",
    "evidence_served": "evidence was asked for already",
    "notice": "notice with all dates",
    "changed": "dates changed",
    "dates": "first dates",
    "joined": "joined the team",
    "left": "left the team",
    "cancelled": "it is called off",
}
"""What people are told, by the rule of a reminder or the occasion."""


def changed(
    engine: Engine,
    change: Callable[[Session], Answer],
    dry_run: bool,
    as_json: bool,
    also: Callable[[Answer], Iterable[str]] = lambda _answer: (),
) -> Answer:
    """Do it and return its answer; with `dry_run` say what it would do, and end the command.

    So does what is so already: nothing is written then.

    Parameters
    ----------
    also
        Lines that a dry run says of the answer, beside the dates that would move and who would be told.
    """
    try:
        with session(engine) as opened:
            if not dry_run:
                return change(opened)
            answer, found = preview(opened, change)
    except AlreadySo as known:
        leave_as_is(known, as_json)
        raise typer.Exit(ExitCode.DONE) from None
    if as_json:
        print_json({"dry_run": found, "answer": answer})
    else:
        for line in also(answer):
            say(line)
        _tell(found)
    raise typer.Exit(ExitCode.DONE)


def leave_as_is(known: AlreadySo, as_json: bool) -> None:
    """Say what is so already, and that nothing is changed."""
    if as_json:
        print_json({"already_so": [vars(finding) for finding in known.findings]})
    for finding in known.findings:
        say(f"{finding} Nothing is changed.")


def _tell(found: Preview) -> None:
    if found.moved:
        rows = [
            (
                step.place,
                f"{step.activity} {step.step}",
                date_in_words(step.before),
                date_in_words(step.after),
            )
            for step in found.moved
        ]
        print_table("Would move", ("area", "code", "from", "to"), rows)
    if found.told:
        people = [
            (
                person.name or person.address,
                person.address,
                f"{person.activity} {person.step}".strip(),
                RULES.get(person.rule, person.rule),
            )
            for person in found.told
        ]
        print_table("Would be told", ("who", "address", "code", "what"), people)
    levels = dict.fromkeys(activity.after for activity in found.raised)
    counts = {level: sum(activity.after == level for activity in found.raised) for level in levels}
    parts = [f"{plural(len(found.moved), 'date')} would move"]
    parts += [f"{plural(found.new, 'step')} would get a first date"] if found.new else []
    parts += [f"{plural(n, 'activity', 'activities')} would be {level}" for level, n in counts.items()]
    count = len({person.address for person in found.told})
    parts += [f"{plural(count, 'person', 'people') if count else 'nobody'} would be told"]
    parts += [f"{plural(found.withdrawn, 'unsent reminder')} would be withdrawn"] if found.withdrawn else []
    say(f"{capitalised('; '.join(parts))}. Nothing is stored.")
