"""`responses`: what was said to a consultation, in numbers with their base and under its headings."""

from collections.abc import Iterator
from typing import Annotated

import typer

from cli import arguments
from cli.shown.output import print_json, print_table, say
from config.responses import SummaryOfResponses
from config.responses_files import find_responses, read_responses
from reports.words import date_in_words, list_in_words, plural
from services.questionnaires.suggestions import PROGRESS_WORDS
from services.shown.responses import QuestionLine, ResponsesView, summarise

LIST = ("summary", "name", "responses", "authorities", "questions", "actions")
QUESTIONS = ("question", "topic", "graded", "good or better", "unsatisfactory")
SUGGESTIONS = ("heading", "suggestion", "question")
ACTIONS = ("heading", "action", "owner", "state", "due")


def list_(as_json: arguments.Json = False) -> None:
    """List summaries of the responses to consultations, and who took part."""
    known = list(read_responses().values())
    if as_json:
        print_json(known)
        return
    print_table("Summaries of responses", LIST, map(_row, known))


def show(
    name: Annotated[str, typer.Argument(metavar="SUMMARY", help="Such as 2004-discussion.")],
    as_json: arguments.Json = False,
) -> None:
    """Show a summary: grades by question, and what is done about each heading."""
    found = summarise(find_responses(name))
    if as_json:
        print_json(found)
        return
    if found.questions:
        print_table(found.summary.name, QUESTIONS, map(_question, found.questions))
    print_table("Suggestions", SUGGESTIONS, _suggestions(found))
    print_table("Actions", ACTIONS, _actions(found))
    took_part = found.summary.took_part
    say(
        f"{plural(took_part.conferences, 'conference')} with {plural(took_part.delegates, 'delegate')}, "
        f"{plural(took_part.responses, 'written response')}; "
        f"{plural(took_part.authorities, 'authority', 'authorities')} took part in some way."
    )
    if found.lowest is not None:
        say(f"Question {found.lowest.number} was graded lowest: {found.lowest.topic}")


def _row(summary: SummaryOfResponses) -> tuple[object, ...]:
    return (
        summary.id,
        summary.name,
        summary.took_part.responses,
        summary.took_part.authorities,
        len(summary.questions),
        len(summary.actions),
    )


def _question(line: QuestionLine) -> tuple[object, ...]:
    if line.graded is None or line.good_or_better is None:
        return line.number, line.topic, "not graded", f"preferred: {list_in_words(line.preferred)}", None
    _words, unsatisfactory = line.grades[-1]
    return (
        line.number,
        line.topic,
        line.graded.in_words(),
        line.good_or_better.in_words(),
        unsatisfactory.in_words(),
    )


def _suggestions(found: ResponsesView) -> Iterator[tuple[object, ...]]:
    for line in found.headings:
        for suggestion in line.suggestions:
            yield line.heading.name, suggestion.text, suggestion.question


def _actions(found: ResponsesView) -> Iterator[tuple[object, ...]]:
    for line in found.headings:
        for action in line.actions:
            due = None if action.due_on is None else date_in_words(action.due_on)
            yield line.heading.name, action.text, action.owner, PROGRESS_WORDS[action.progress], due
