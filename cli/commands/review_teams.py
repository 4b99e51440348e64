"""`team confirm`: the provisional team of a review becomes the final one (R061)."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from cli.shown.output import print_json, say
from reports.words import list_in_words
from services.bootstrap import open_database
from services.casework.final_team import confirm_team, withdraw_confirmation
from services.naming.people import names_of_inspectors
from services.naming.steps import find_activity


def confirm(
    activity: arguments.OneActivity,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take it back: the team is provisional again; needs --why.")
    ] = False,
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
    on_behalf_of: arguments.OnBehalfOf = "",
) -> None:
    """Confirm the team of a review as its final one, once its documents are analysed."""
    word = arguments.word(who, as_of, why, on_behalf_of)

    def change(opened: Session) -> dict[str, object]:
        code = find_activity(opened, activity).code
        say_so = withdraw_confirmation if withdraw else confirm_team
        team = say_so(opened, code, word)
        names = names_of_inspectors(opened)
        return {
            "activity": code,
            "team": [{"inspector": code, "name": names.get(code, code)} for code in team.members],
            "is_final": team.is_final,
            "confirmed_by": word.who,
            "confirmed_on": word.as_of,
        }

    said = changed(open_database(), change, dry_run, as_json)
    if as_json:
        print_json(said)
    else:
        team = said["team"]
        assert isinstance(team, list)
        state = "final" if said["is_final"] else "provisional"
        say(
            f"The team of {said['activity']} is {state}: {list_in_words([person['name'] for person in team])}."
        )
