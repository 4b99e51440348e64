"""`specify`: which themes of a review get fieldwork, and why (R078, R079)."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database
from services.casework.specification import Theme, specification_of, specify
from services.naming.steps import find_activity

COLUMNS = ("theme", "name", "fieldwork", "why", "decided")
DECIDED = {True: "yes", False: "no", None: "not decided"}


@changing(on_behalf_of=True)
def specify_fieldwork(
    activity: arguments.OneActivity,
    theme: Annotated[
        str | None, typer.Argument(metavar="THEME", help="Such as education; without it, all are listed.")
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="It gets fieldwork for this reason of the framework: concern, limited."
        ),
    ] = None,
    no_fieldwork: Annotated[
        bool, typer.Option("--no-fieldwork", help="It gets none: existing evidence is enough.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Decide whether a theme of a review gets fieldwork, or list what is decided."""
    if theme is None:
        if reason is not None or no_fieldwork:
            raise WrongUsage("--reason and --no-fieldwork are about a THEME. Name one.")
        _list(activity, asked.as_json)
        return
    if (reason is None) != no_fieldwork:
        raise WrongUsage("a theme needs either --reason CODE or --no-fieldwork. Give one of them.")

    def change(opened: Session) -> Theme:
        return specify(opened, find_activity(opened, activity).code, theme, reason, asked.word)

    decided = asked.changed(change)
    if asked.as_json:
        print_json(decided)
    else:
        gets = f"gets fieldwork ({decided.reason})" if decided.has_fieldwork else "gets no fieldwork"
        say(f"{decided.name} {gets}.")


def _list(activity: str, as_json: bool) -> None:
    with session(open_database(), read_only=True) as opened:
        found = find_activity(opened, activity)
        themes = specification_of(opened, found)
    if as_json:
        print_json({"activity": found.code, "themes": themes})
        return
    if themes:
        print_table(f"Fieldwork of {found.code}", COLUMNS, map(_row, themes))
    left = sum(theme.has_fieldwork is None for theme in themes)
    say(
        f"{plural(left, 'theme').capitalize()} not decided."
        if themes
        else "It has no specification of fieldwork."
    )


def _row(theme: Theme) -> tuple[str, ...]:
    by = "" if theme.decided_on is None else f"{theme.decided_by}, {date_in_words(theme.decided_on)}"
    return theme.id, theme.name, DECIDED[theme.has_fieldwork], theme.reason, by
