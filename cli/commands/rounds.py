"""`round`: which areas have none yet of what comes again, and how much time is left (R140, R143)."""

from cli import arguments
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words, list_in_words
from services.bootstrap import open_database
from services.shown.round_progress import RoundDue, Without, rounds


def round_(as_of: arguments.AsOf = None, as_json: arguments.Json = False) -> None:
    """Show how far the round of each kind has got that comes again in an area.

    It names days of visits that nobody outside the inspectorate may know: pass nothing of it on.
    """
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = rounds(opened, day)
    if as_json:
        print_json({"as_of": day, "rounds": found})
        return
    if not found:
        say("No kind of this programme comes again.")
    for due in found:
        _tell(due)


def _tell(due: RoundDue) -> None:
    title = " ".join(filter(None, (due.name, due.period)))
    rows = [(missing.activity, missing.area, _planned(missing)) for missing in due.without]
    if rows:
        print_table(f"{title}: areas without one", ("code", "area", "planned for"), rows)
    say(
        f"{title}: {due.begun} begun or done, {len(due.without)} to come by {date_in_words(due.due_on)}; "
        f"{due.time_left()}."
    )
    if due.across:
        ends = "ends" if len(due.across) == 1 else "end"
        say(f"{list_in_words(list(due.across))} {ends} in the next year, and counts by the first day.")


def _planned(missing: Without) -> str:
    if missing.is_missed:
        return "missed"
    return date_in_words(missing.planned_on) if missing.planned_on else "not planned"
