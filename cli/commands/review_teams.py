"""`team confirm`: the provisional team of a review becomes the final one (R061)."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, say
from reports.words import list_in_words
from services.casework.final_team import confirm_team, withdraw_confirmation
from services.naming.people import names_of_inspectors
from services.naming.steps import find_activity


@changing(on_behalf_of=True)
def confirm(
    activity: arguments.OneActivity,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take it back: the team is provisional again; needs --why.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Confirm the team of a review as its final one, once its documents are analysed."""

    def change(opened: Session) -> dict[str, object]:
        code = find_activity(opened, activity).code
        say_so = withdraw_confirmation if withdraw else confirm_team
        team = say_so(opened, code, asked.word)
        names = names_of_inspectors(opened)
        return {
            "activity": code,
            "team": [{"inspector": code, "name": names.get(code, code)} for code in team.members],
            "is_final": team.is_final,
            "confirmed_by": asked.word.who,
            "confirmed_on": asked.word.as_of,
        }

    said = asked.changed(change)
    if asked.as_json:
        print_json(said)
    else:
        team = said["team"]
        assert isinstance(team, list)
        state = "final" if said["is_final"] else "provisional"
        say(
            f"The team of {said['activity']} is {state}: {list_in_words([person['name'] for person in team])}."
        )
