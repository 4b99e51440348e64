"""`status`, `remind` and `sign-off`: where the reviews are, who is told, and people's word for it."""

from typing import Annotated, Any

import typer
from sqlmodel import col, select

from cli import options
from cli.exit_codes import ExitCode
from cli.output import print_json, print_table, say
from cli.wiring import open_database
from flows.wiring import console_address, mail_sender, mail_transport
from models import Activity, Step, session
from reports.words import date_in_words, plural
from services import casework, heartbeats
from services.areas import find_area
from services.errors import NotFound
from services.outbox import count_unresolved, send_due
from services.outlook import StepLine, needs_action, step_lines
from services.plans import published_version, why_stale
from services.sign_offs import Word
from services.sign_offs import sign_off as sign_step_off

STALE = "It was made from facts that have changed: solve again, then publish the new plan."
COLUMNS = ("area", "code", "step", "when", "status", "who")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(short_help="What is due, what is late, and who acts.")(status)
    app.command(short_help="Send what is due and has not gone out, each once.")(remind)
    app.command("sign-off", short_help="Say that a step is done.")(sign_off)


def status(
    area: options.Area = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every step, not only what is due or late.")
    ] = False,
    as_of: options.AsOf = None,
    as_json: options.Json = False,
) -> None:
    """Say where the published programme stands: what is due, what is late, and for whom it waits."""
    day = options.today(as_of)
    with session(open_database(), read_only=True) as opened:
        code = None if area is None else find_area(opened, area).code
        published = published_version(opened)
        changed = "" if published is None else why_stale(opened, published)
        lines = step_lines(opened, day, code)
        unresolved = count_unresolved(opened)
        tick = heartbeats.last(opened, heartbeats.TICK)
    shown = lines if everything or area is not None else needs_action(lines)
    if as_json:
        print_json(
            {
                "as_of": day,
                "published": None if published is None else published.version,
                "is_stale": None if published is None else published.is_stale,
                "why_stale": changed or None,
                "late": sum(line.is_late for line in lines),
                "unresolved_deliveries": unresolved,
                "last_tick": None if tick is None else tick.as_of,
                "steps": [_document(line) for line in shown],
            }
        )
        return
    if shown:
        print_table(f"On {date_in_words(day)}", COLUMNS, map(_row, shown))
    say("No plan is published." if published is None else f"Plan {published.version} is published.")
    if published is not None and published.is_stale:
        say(" ".join(filter(None, (STALE, changed))))
    if not shown:
        say(f"Nothing is under way or late on {date_in_words(day)}.")
    if unresolved:
        say(f"{plural(unresolved, 'message')} may or may not have arrived. Maybe: jarcycle messages")


def remind(as_of: options.AsOf = None, as_json: options.Json = False) -> None:
    """Bring every review up to the day, then send what is due and has not gone out, each once.

    Without Prefect this is the whole daily work. A mail server out of reach ends with exit code 1: run it again.
    """
    day = options.today(as_of)
    engine = open_database()
    with session(engine) as opened:
        heartbeats.begin(opened, heartbeats.TICK, day, options.now())
        advanced = casework.advance(opened, day)
        heartbeats.end(opened, heartbeats.TICK, day, _advanced(advanced), options.now())
    summary = send_due(engine, day, options.now(), mail_transport(), mail_sender(), console_address("/due"))
    if as_json:
        print_json({"as_of": day, "advanced": advanced, **vars(summary)})
    else:
        say(f"{date_in_words(day)}: {_advanced(advanced)}; {summary}")
    raise typer.Exit(ExitCode.UNEXPECTED if summary.trouble else ExitCode.DONE)


def sign_off(
    activity: Annotated[str, typer.Argument(metavar="ACTIVITY", help="Such as 820-jar.")],
    step: Annotated[str, typer.Argument(metavar="STEP", help="Such as draft_report.")],
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it really happened; default: the day.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Remark or evidence.")] = "",
    waiver: Annotated[
        str, typer.Option(metavar="TEXT", help="Why a rule is waived, where one is broken.")
    ] = "",
    as_of: options.AsOf = None,
    as_json: options.Json = False,
    who: options.As = None,
) -> None:
    """Say that a step is done; what counts from it moves along."""
    day = options.today(as_of)
    with session(open_database()) as opened:
        query = select(Step.id).join(Activity, col(Activity.id) == col(Step.activity_id))
        step_id = opened.exec(query.where(Activity.code == activity, Step.step_id == step)).one_or_none()
        if step_id is None:
            raise NotFound(
                f"{activity} {step}", "there is no such step.", "Maybe look at: jarcycle status --all"
            )
        happened_on = options.parse_day(on, "--on") if on else day
        word = Word(options.person(who), options.now(), day, note)
        moved = sign_step_off(opened, step_id, happened_on, word, waiver=waiver)
        casework.advance_activity(opened, activity, day)
    if as_json:
        print_json({"activity": activity, "step": step, "happened_on": happened_on, "moved": moved})
        return
    say(f"{activity} {step} is signed off for {date_in_words(happened_on)}.")
    for change in moved:
        say(f"{change.name} is now on {date_in_words(change.after)}.")


def _advanced(done: casework.Advanced) -> str:
    changes = len(done.opened) + len(done.done) + len(done.awaiting) + len(done.overdue)
    return f"{plural(changes, 'step')} moved on, {plural(done.reminders, 'new reminder')}"


def _document(line: StepLine) -> dict[str, Any]:
    return {**{key: value for key, value in vars(line).items() if key != "people"}, "status": line.status}


def _row(line: StepLine) -> tuple[str, ...]:
    return (
        line.area,
        f"{line.activity} {line.step_id}",
        line.name,
        _when(line),
        line.status,
        ", ".join(line.acts),
    )


def _when(line: StepLine) -> str:
    if line.actual_on is not None:
        return f"done {date_in_words(line.actual_on)}"
    if line.first_on == line.last_on:
        return date_in_words(line.last_on)
    return f"{date_in_words(line.first_on)} to {date_in_words(line.last_on)}"
