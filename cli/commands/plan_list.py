"""`plans`: every stored plan, with the one that it was made from."""

from cli import arguments
from cli.shown.output import percent, print_json, print_table, say
from models import session
from services.bootstrap import open_database
from services.plans.plan_store import versions
from services.shown.version_lines import VersionLine, lines_of

COLUMNS = ("plan", "status", "option", "made from", "uncovered", "dates", "gap", "teams", "by", "what for")


def list_plans(as_json: arguments.Json = False) -> None:
    """List every stored plan, the newest first: what it costs, from which plan it was made and what for.

    To undo a change by hand, publish the plan before it.
    """
    with session(open_database(), read_only=True) as opened:
        found = lines_of(opened, versions(opened))
    if as_json:
        print_json(found)
    elif found:
        print_table("Plans", COLUMNS, map(_row, found))
    else:
        say("No plan is stored yet. Make one with: jarcycle solve")


def _row(line: VersionLine) -> tuple[object, ...]:
    return (
        line.version,
        f"{line.status}, stale" if line.is_stale else line.status,
        line.option,
        line.made_from,
        line.uncovered_places,
        line.date_cost,
        percent(line.date_gap),
        line.team_cost,
        line.made_by,
        line.reason,
    )
