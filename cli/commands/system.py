"""`up` and `sync`: everything started with one word, and Prefect's objects rebuilt from the database."""

from typing import Annotated

import typer
from sqlalchemy import Engine

from cli import arguments
from cli.demonstration.demonstrations import find_demonstration
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, say
from cli.shown.played import tell_day
from config.settings import console_settings, prefect_settings
from models import session
from reports.words import plural
from services.accounts.keeping import first_administrator, has_accounts
from services.bootstrap import open_database


class NoServer(Exception):
    """Prefect's server is not there."""


def up(
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help="Import an example, solve it, publish a plan and play it forward for half a year."
        ),
    ] = False,
    example: Annotated[
        str | None,
        typer.Option(
            "--example",
            metavar="EXAMPLE",
            help="Which example the demonstration plays, england-2005 if none is named.",
        ),
    ] = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Start Prefect, the flows and the console; Ctrl-C stops everything."""
    # Prefect takes seconds to import: only who starts it pays for it.
    from flows.processes.start_up import Addresses, run_up

    if example is not None and not demo:
        raise WrongUsage("--example is what --demo plays. Give both, or leave it out.")
    played = find_demonstration(example)
    engine = open_database(make=True)
    _refuse_open_console(engine)

    def when_up(addresses: Addresses) -> None:
        if demo:
            # Prefect reads its settings when it is imported: only now do they name our server.
            from cli.demonstration.demo import prepare_demo

            prepare_demo(played, say)
        with session(engine) as opened:
            first = first_administrator(opened, arguments.word(None, None))
        if as_json:
            print_json({"gantt": f"{addresses.console}/plans/published", **vars(addresses)})
        say(f"Console:   {addresses.console}")
        say(f"Gantt:     {addresses.console}/plans/published")
        if first is not None:
            say(f"Sign in:   to the console as {first.login}, one-time password {first.password}")
            say(
                "           It is shown this once, and is good for seven days. Another one: jarcycle account password"
            )
        say(f"Prefect:   {addresses.prefect}")
        if addresses.prefect_auth_file:
            say(f"Sign in:   to Prefect's pages with the line in {addresses.prefect_auth_file}")
        elif prefect_settings().auth is not None:
            say("Sign in:   to Prefect's pages with the value of JARCYCLE_PREFECT_AUTH")
        tell_day(None)
        say("Press Ctrl-C to stop everything.")

    run_up(as_of=arguments.parse_day(as_of, "--as-of") if as_of else None, say=say, when_up=when_up)


def _refuse_open_console(engine: Engine) -> None:
    """Whoever lets others reach the console says first who may sign in."""
    settings = console_settings()
    if settings.is_for_this_machine:
        return
    with session(engine, read_only=True) as opened:
        if not has_accounts(opened):
            raise WrongUsage(
                f"JARCYCLE_CONSOLE_HOST is {settings.host}: others can reach the console, and nobody has an account. "
                "Give yourself one first: jarcycle account add LOGIN --name NAME --role operator --role planner"
            )


def sync(as_of: arguments.AsOf = None, as_json: arguments.Json = False) -> None:
    """Make Prefect's deployments, automations, waiting runs and artifacts match the database; safe to repeat."""
    from httpx import HTTPStatusError, TransportError

    from flows.processes.children import NOT_ADMITTED
    from flows.processes.start_up import sync_now

    day = arguments.parse_day(as_of, "--as-of") if as_of else None
    open_database()
    try:
        synced = sync_now(day)
    except TransportError as error:
        raise NoServer(
            f"no Prefect server answers ({error}). Start it with: jarcycle up, "
            "or, if it runs elsewhere, check JARCYCLE_PREFECT_API_URL."
        ) from None
    except HTTPStatusError as error:
        if error.response.status_code not in NOT_ADMITTED:
            raise
        raise NoServer(
            "the Prefect server does not accept our sign-in. "
            "Set JARCYCLE_PREFECT_AUTH to the 'user:password' it asks for, or start jarcycle up again."
        ) from None
    if as_json:
        print_json(synced)
    else:
        deployments, automations = len(synced.deployments), len(synced.automations)
        say(f"In step: {plural(deployments, 'deployment')}, {plural(automations, 'automation')}.")
