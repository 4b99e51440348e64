"""`proposed-actions` and `statement`: what owners do about recommendations, by when, and the statement that says so."""

from collections.abc import Sequence
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from models import ActionStatement, ProposedAction, session
from reports.words import capitalised, date_in_words, plural
from services.bootstrap import open_database
from services.casework.follow_up.proposing import Proposed, begin_action, finish_action, propose_action
from services.casework.follow_up.rows import find_recommendation
from services.casework.follow_up.statements import accept_statement, receive_statement, return_statement
from services.naming.steps import find_activity
from services.shown.follow_up import ReviewFollowUp, follow_up_of
from services.shown.recommendations import ActionLine, RecommendationLine

COLUMNS = ("number", "code", "action", "owner", "due", "state")

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the action.")]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; default: today.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who approved or returned it.")]


def proposed_actions(
    where: Annotated[
        str, typer.Argument(metavar="WHERE", help="An activity, or an area with all of its own.")
    ],
    late: Annotated[bool, typer.Option("--late", help="Only what is overdue.")] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """List what owners do about the recommendations of a review or an area, and by when."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        reviews = follow_up_of(opened, where, day)
    found = [
        (line, action)
        for review in reviews
        for line in review.recommendations
        for action in line.actions
        if action.is_late or not late
    ]
    if as_json:
        print_json({"as_of": day, "actions": [_document(*pair) for pair in found]})
        return
    if found:
        rows = [_row(*pair) for pair in found]
        print_table(f"Proposed actions on {date_in_words(day)}", COLUMNS, rows)
    overdue = sum(action.is_late for _line, action in found)
    say(f"{capitalised(plural(len(found), 'action'))}, {overdue or 'none'} of them overdue.")
    tell_day(as_of)


@changing(on_behalf_of=True)
def add(
    activity: arguments.OneActivity,
    number: Annotated[
        int, typer.Argument(metavar="N", min=1, help="The number of the recommendation that it is about.")
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is proposed, in a sentence.")],
    due: Annotated[str, typer.Option(metavar="DATE", help="The day by which it is to be done.")],
    owner: Annotated[
        str, typer.Option(metavar="NAME", help="Who does it; default: who owns the recommendation.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record what is proposed in answer to a recommendation."""
    proposed = Proposed(text, arguments.parse_day(due, "--due"), owner)

    def change(opened: Session) -> ProposedAction:
        row = find_recommendation(opened, find_activity(opened, activity), number)
        return propose_action(opened, row.id or 0, proposed, asked.word)

    row = asked.changed(change)
    _tell(row, asked, f"Action {row.id}: {row.owner}, by {date_in_words(row.due_on)}.")


@changing(on_behalf_of=True)
def begin(number: Number, on: On = None, *, asked: Asked) -> None:
    """Record that an action has begun."""
    day = arguments.parse_day(on, "--on") if on else asked.word.as_of
    row = asked.changed(lambda opened: begin_action(opened, number, day, asked.word))
    _tell(row, asked, f"Action {row.id} has begun.")


@changing(on_behalf_of=True)
def done(
    number: Number,
    on: On = None,
    evidence: Annotated[
        str, typer.Option(metavar="TEXT", help="What shows it: a document, where it lies.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record that an action is done; repeat it with --why to correct the day or the evidence."""
    day = arguments.parse_day(on, "--on") if on else asked.word.as_of
    row = asked.changed(lambda opened: finish_action(opened, number, day, evidence, asked.word))
    _tell(row, asked, f"Action {row.id} is done. Its monitor confirms the recommendation once all are.")


def statement(
    activity: arguments.OneActivity, as_of: arguments.AsOf = None, as_json: arguments.Json = False
) -> None:
    """Show how the statement of proposed action stands, and which recommendations it leaves unanswered."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        code = find_activity(opened, activity).code
        found = follow_up_of(opened, code, day)
    if as_json:
        print_json({"as_of": day, "statement": found})
        return
    for review in found:
        say(_in_words(review))
    if not found:
        say(f"{code} makes no recommendations.")


@changing(on_behalf_of=True)
def receive(activity: arguments.OneActivity, on: On = None, *, asked: Asked) -> None:
    """Record that a statement of proposed action came in."""
    day = arguments.parse_day(on, "--on") if on else asked.word.as_of

    def change(opened: Session) -> ActionStatement:
        return receive_statement(opened, find_activity(opened, activity).id or 0, day, asked.word)

    row = asked.changed(change)
    _tell(row, asked, f"The statement came on {date_in_words(row.received_on)}.")


@changing(on_behalf_of=True)
def accept(activity: arguments.OneActivity, by: By = "", *, asked: Asked) -> None:
    """Record who approved the statement; it must have an answer to each recommendation."""

    def change(opened: Session) -> ActionStatement:
        return accept_statement(opened, find_activity(opened, activity).id or 0, by, asked.word)

    row = asked.changed(change)
    _tell(row, asked, f"The statement is accepted by {row.decided_by}.")


@changing(on_behalf_of=True)
def give_back(activity: arguments.OneActivity, by: By = "", *, asked: Asked) -> None:
    """Record that the statement was returned; --why says what is missing."""

    def change(opened: Session) -> ActionStatement:
        return return_statement(opened, find_activity(opened, activity).id or 0, by, asked.word)

    row = asked.changed(change)
    _tell(row, asked, f"The statement is returned by {row.decided_by}.")


def _tell(row: ProposedAction | ActionStatement, asked: Asked, words: str) -> None:
    if asked.as_json:
        print_json(row)
    else:
        say(words)


def _row(line: RecommendationLine, action: ActionLine) -> Sequence[object]:
    return (
        str(action.number),
        f"{line.activity} {line.number}",
        action.text,
        action.owner,
        date_in_words(action.due_on),
        action.state.value,
    )


def _document(line: RecommendationLine, action: ActionLine) -> dict[str, object]:
    return {"activity": line.activity, "recommendation": line.number, **vars(action)}


def _in_words(review: ReviewFollowUp) -> str:
    unanswered = [str(line.number) for line in review.recommendations if not line.answer]
    total = plural(len(review.recommendations), "recommendation")
    left = f"not answered: {', '.join(unanswered)}" if unanswered else "all answered"
    stands = f"{review.statement}. " if review.statement else ""
    return f"{review.code}: {stands}{total}, {left if review.recommendations else 'so nothing to answer'}."
