"""`survey report` and its parts: conferences of an evaluation, what was suggested there, and what is done about it."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from models import EvaluationConference, EvaluationSuggestion, session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.questionnaires.conferences import NewConference, add_conference, authorities_of
from services.questionnaires.suggestions import (
    PROGRESS_WORDS,
    Response,
    add_suggestion,
    respond,
    suggestions_of,
)
from services.questionnaires.summaries import evaluation_line

REPORT = ("number", "heading", "suggestion", "state", "action", "owner", "due")

Evaluation = Annotated[
    str, typer.Argument(metavar="EVALUATION", help="What is reported together, such as assessment-2009.")
]


@changing("")
def conference_(
    evaluation: Evaluation,
    authorities: Annotated[
        list[str], typer.Argument(metavar="AREA", help="The authorities that sent somebody.")
    ],
    on: Annotated[str, typer.Option(metavar="DATE", help="The day on which it was held.")],
    at: Annotated[str, typer.Option(metavar="PLACE", help="Where it was held.")],
    delegates: Annotated[int, typer.Option(min=1, metavar="NUMBER", help="How many people came.")],
    *,
    asked: Asked,
) -> None:
    """Record a conference: its day, how many delegates came, and from which authorities."""
    new = NewConference(evaluation, arguments.parse_day(on, "--on"), at, delegates, tuple(authorities))

    def change(opened: Session) -> EvaluationConference:
        return add_conference(opened, new, asked.word)

    row = asked.changed(change)
    num_authorities = len(authorities_of(row))
    if asked.as_json:
        print_json({"held_on": row.held_on, "delegates": row.num_delegates, "authorities": num_authorities})
        return
    came = (
        f"{plural(row.num_delegates, 'delegate')} from {plural(num_authorities, 'authority', 'authorities')}"
    )
    say(f"{row.name}, {date_in_words(row.held_on)}: {came}.")


@changing("")
def suggest(
    evaluation: Evaluation,
    suggestion: Annotated[str, typer.Argument(metavar="TEXT", help="What was suggested.")],
    heading: Annotated[str, typer.Option(metavar="TEXT", help="The heading under which it is reported.")],
    *,
    asked: Asked,
) -> None:
    """Record what was suggested in answers or at conferences: a row of the report."""

    def change(opened: Session) -> EvaluationSuggestion:
        return add_suggestion(opened, evaluation, heading, suggestion, asked.word)

    _say(asked.changed(change), asked.as_json)


@changing("")
def respond_(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the suggestion.")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="planned or taken.")],
    action: Annotated[str, typer.Option(metavar="TEXT", help="What is done about it.")],
    owner: Annotated[str, typer.Option(metavar="NAME", help="Who does it.")],
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help="By when, for an action that is planned.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Say which action is planned or taken about a suggestion, who owns it and by when."""
    response = Response(state, action, owner, None if due is None else arguments.parse_day(due, "--due"))

    def change(opened: Session) -> EvaluationSuggestion:
        return respond(opened, number, response, asked.word)

    _say(asked.changed(change), asked.as_json)


def report(evaluation: Evaluation, as_json: arguments.Json = False) -> None:
    """Show what an evaluation rests on, and its suggestions with the action taken or planned for each."""
    with session(open_database(), read_only=True) as opened:
        line = evaluation_line(opened, evaluation)
        rows = suggestions_of(opened, evaluation)
    if as_json:
        print_json({"evaluation": line, "suggestions": rows})
        return
    for found in line.rounds:
        say(f"Round {found.number}, {found.name}: {found.answered.in_words()} answered.")
    if line.conferences:
        said = f"{plural(len(line.conferences), 'conference')}, {plural(line.num_delegates, 'delegate')}"
        say(f"{said} from {plural(line.num_at_conferences, 'authority', 'authorities')}.")
    say(f"{plural(line.num_authorities, 'authority', 'authorities')} took part in all, each counted once.")
    if rows:
        print_table(f"Report of {evaluation}", REPORT, map(_row, rows))
    else:
        say("No suggestion is recorded.")


def _row(row: EvaluationSuggestion) -> tuple[object, ...]:
    due = None if row.due_on is None else date_in_words(row.due_on)
    return row.id, row.heading, row.suggestion, PROGRESS_WORDS[row.progress], row.response, row.owner, due


def _say(row: EvaluationSuggestion, as_json: bool) -> None:
    if as_json:
        print_json(row)
    else:
        say(f"Suggestion {row.id}, {row.heading}: {PROGRESS_WORDS[row.progress]}.")
