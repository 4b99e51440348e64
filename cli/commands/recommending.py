"""`recommendations` and what is said of one: who owns it, what the statement answers, who confirms and closes it."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from cli.shown.played import tell_day
from models import Recommendation, session
from reports.words import capitalised, date_in_words, plural
from services.bootstrap import open_database
from services.casework.follow_up.monitoring import close_priority, confirm_recommendation
from services.casework.follow_up.owners import find_monitor
from services.casework.follow_up.recommending import (
    Recommended,
    change_recommendation,
    recommend,
    withdraw_recommendation,
)
from services.casework.follow_up.rows import find_recommendation
from services.casework.follow_up.statements import answer_recommendation
from services.naming.steps import find_activity
from services.programme import policy_of
from services.shown.follow_up import follow_up_of
from services.shown.recommendations import RecommendationLine, all_recommendations, monitored

COLUMNS = ("code", "recommendation", "owner", "monitor", "next due", "state")

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the recommendation there.")]
Owners = Annotated[
    list[str] | None,
    typer.Option(
        "--owner",
        metavar="NAME",
        help="The organisation that is accountable: a partner, or a part of the council; repeat it for more.",
    ),
]
Lead = Annotated[str, typer.Option(metavar="NAME", help="Which of several owners leads.")]
Cause = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Why it is needed, a code of the policy: ineffective, capacity."),
]


def recommendations(
    where: Annotated[
        str | None,
        typer.Argument(
            metavar="WHERE", help="An activity, or an area with all of its own; without it, all areas."
        ),
    ] = None,
    monitor: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The list of this monitor: what is published and still on."),
    ] = None,
    priority: Annotated[
        bool, typer.Option("--priority", help="Only priority actions that no later inspection has closed.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """List recommendations, priority actions first, with who owns and who monitors each."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        if monitor is not None:
            if where is not None:
                raise WrongUsage("--monitor lists all areas. Leave out WHERE.")
            found = monitored(opened, day, find_monitor(opened, monitor, policy_of(opened).follow_up))
        elif where is not None:
            reviews = follow_up_of(opened, where, day)
            found = [line for review in reviews for line in (*review.carried, *review.recommendations)]
            found = list({line.row: line for line in found}.values())
        else:
            found = all_recommendations(opened, day)
    if priority:
        found = [line for line in found if line.is_priority and line.is_on and line.published_on]
    if as_json:
        print_json({"as_of": day, "recommendations": found})
        return
    if found:
        print_table(f"Recommendations on {date_in_words(day)}", COLUMNS, map(_row, found))
    on = sum(line.is_on for line in found)
    say(
        f"{capitalised(plural(len(found), 'recommendation'))}, {on or 'none'} of them still on."
        if found
        else NONE
    )
    tell_day(as_of)


NONE = "Nothing is recommended there."


@changing()
def add(
    activity: arguments.OneActivity,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is recommended, in a sentence.")],
    owner: Owners = None,
    lead: Lead = "",
    priority: Annotated[bool, typer.Option("--priority", help="It is a priority action.")] = False,
    cause: Cause = None,
    *,
    asked: Asked,
) -> None:
    """Record a recommendation of a review under the next number."""
    said = Recommended(text, tuple(owner or ()), lead, priority, cause)
    row = asked.changed(
        lambda opened: recommend(opened, find_activity(opened, activity).id or 0, said, asked.word)
    )
    _tell(row, asked, f"Recommendation {row.number}: {_owned(row)}.")


@changing()
def change(
    activity: arguments.OneActivity,
    number: Number,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="What is recommended.")] = None,
    owner: Owners = None,
    lead: Lead = "",
    priority: Annotated[
        bool | None, typer.Option("--priority/--no-priority", help="Whether it is a priority action.")
    ] = None,
    cause: Cause = None,
    *,
    asked: Asked,
) -> None:
    """Change a recommendation: its text, its owners or its priority; once it is published with --why."""
    said = Recommended(text, None if owner is None else tuple(owner), lead, priority, cause)
    row = _changed(
        activity, number, asked, lambda opened, row: change_recommendation(opened, row, said, asked.word)
    )
    _tell(row, asked, f"Recommendation {row.number}: {_owned(row)}.")


@changing()
def withdraw(activity: arguments.OneActivity, number: Number, *, asked: Asked) -> None:
    """Withdraw a recommendation; --why says why. Its number is not used again."""
    row = _changed(
        activity, number, asked, lambda opened, row: withdraw_recommendation(opened, row, asked.word)
    )
    _tell(row, asked, f"Recommendation {row.number} is withdrawn.")


@changing(on_behalf_of=True)
def answer(
    activity: arguments.OneActivity,
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the statement says to it.")],
    *,
    asked: Asked,
) -> None:
    """Record what the statement of proposed action answers to a recommendation."""
    row = _changed(
        activity, number, asked, lambda opened, row: answer_recommendation(opened, row, text, asked.word)
    )
    _tell(row, asked, f"Recommendation {row.number} is answered.")


@changing(on_behalf_of=True)
def confirm(activity: arguments.OneActivity, number: Number, *, asked: Asked) -> None:
    """Confirm for its monitor what the owner has done about a recommendation."""
    row = _changed(
        activity, number, asked, lambda opened, row: confirm_recommendation(opened, row, asked.word)
    )
    _tell(row, asked, f"Recommendation {row.number} is confirmed by {row.confirmed_by}.")


@changing(on_behalf_of=True)
def close(
    activity: arguments.OneActivity,
    number: Number,
    by: Annotated[str, typer.Option(metavar="ACTIVITY", help="The later inspection that closes it.")],
    *,
    asked: Asked,
) -> None:
    """Close a priority action by a later inspection of the area; until then it stays on."""
    row = _changed(activity, number, asked, lambda opened, row: close_priority(opened, row, by, asked.word))
    _tell(row, asked, f"Recommendation {row.number} is closed by {by}.")


def _changed(
    activity: str, number: int, asked: Asked, change: Callable[[Session, int], Recommendation]
) -> Recommendation:
    def of_number(opened: Session) -> Recommendation:
        row = find_recommendation(opened, find_activity(opened, activity), number)
        return change(opened, row.id or 0)

    return asked.changed(of_number)


def _tell(row: Recommendation, asked: Asked, words: str) -> None:
    if asked.as_json:
        print_json(row)
    else:
        say(words)


def _owned(row: Recommendation) -> str:
    if not row.owner:
        return "nobody owns it yet; the publication waits for that"
    others = f", with {'; '.join(row.others.splitlines())}" if row.others else ""
    priority = "a priority action, " if row.is_priority else ""
    return f"{priority}owned by {row.owner}{others}"


def _row(line: RecommendationLine) -> Sequence[object]:
    return (
        f"{line.activity} {line.number}",
        f"{'Priority action: ' if line.is_priority else ''}{line.text}",
        "; ".join(line.organisations) or "nobody",
        line.agenda or line.monitor or "nobody",
        None if line.next_due is None else date_in_words(line.next_due),
        line.state.value,
    )
