"""`team confirm`: the provisional team of a review becomes the final one (R061)."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.shown.changes import changed
from cli.shown.output import print_json, say
from reports.words import list_in_words
from services.audit import Word
from services.bootstrap import now, open_database
from services.casework.final_team import confirm_team
from services.naming.people import names_of_inspectors
from services.naming.steps import find_activity


def confirm(
    activity: Annotated[
        str, typer.Argument(metavar="ACTIVITY", help="Its code, AREA-KIND; or its area, if it has only one.")
    ],
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Confirm the team of a review as its final one, once its documents are analysed."""
    word = Word(arguments.person(who), now(), arguments.today(as_of), why)

    def change(opened: Session) -> dict[str, object]:
        code = find_activity(opened, activity).code
        team = confirm_team(opened, code, word)
        names = names_of_inspectors(opened)
        return {
            "activity": code,
            "team": [{"inspector": code, "name": names.get(code, code)} for code in team.members],
            "confirmed_by": word.who,
            "confirmed_on": word.as_of,
        }

    said = changed(open_database(), change, dry_run, as_json)
    if as_json:
        print_json(said)
    else:
        team = said["team"]
        assert isinstance(team, list)
        say(f"The team of {said['activity']} is final: {list_in_words([person['name'] for person in team])}.")
