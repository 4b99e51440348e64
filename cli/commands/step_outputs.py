"""`output`: what a step has produced, in which version; without its outputs nobody signs it off."""

from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, say
from models import Activity
from services.casework.outputs import record_output, withdraw_output
from services.naming.steps import find_step_of


@changing(on_behalf_of=True)
def step_output(
    activity: arguments.Activity,
    step: Annotated[str, typer.Argument(metavar="STEP", help="Such as analysis.")],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="Such as hypotheses; see timeline.")],
    version: Annotated[str, typer.Option(metavar="TEXT", help="What its author calls this version.")] = "",
    link: Annotated[str, typer.Option(metavar="ADDRESS", help="Where it lies.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back the newest version; needs --why.")
    ] = False,
    revision: arguments.Revision = None,
    *,
    asked: Asked,
) -> None:
    """Record an output of a step, or a new version of it."""
    if withdraw and (version or link):
        raise WrongUsage("--withdraw takes back the newest version. Leave --version and --link out.")

    def change(opened: Session) -> dict[str, object]:
        row = find_step_of(opened, activity, step)
        number = row.id or 0
        if withdraw:
            kept = withdraw_output(opened, number, output, asked.word, seen=revision)
        else:
            kept = record_output(
                opened, number, output, asked.word, version=version, link=link, seen=revision
            )
        code = opened.get_one(Activity, row.activity_id).code
        return {
            "activity": code,
            "step": row.step_id,
            "title": row.name,
            "revision": row.edition,
            "output": kept.output,
            "version": kept.version,
            "link": kept.link,
            "recorded_by": kept.recorded_by,
            "recorded_on": kept.recorded_on,
            "withdrawn_on": kept.withdrawn_on,
        }

    said = asked.changed(change)
    if asked.as_json:
        print_json(said)
    else:
        verb = "withdrawn" if withdraw else "recorded"
        named = f" ({said['version']})" if said["version"] else ""
        say(f"{said['activity']} {said['step']}: {said['output']}{named} is {verb}.")
