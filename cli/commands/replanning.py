"""`replan`: after an event a few plans, each the best at something, and what is proven of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import arguments
from cli.arguments import NamedPlan, area_code, plan_and_problem
from cli.files import named, read_text, require_writable, write_text
from cli.shown.changes import say_already_so
from cli.shown.errors import WrongUsage
from cli.shown.exit_codes import ExitCode
from cli.shown.interrupt import interruptible
from cli.shown.output import print_json
from cli.shown.progress_line import Progress
from cli.shown.replan_report import tell
from models import session
from scheduler.events import Event, Settled, load_event
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.values.result import Status
from services.bootstrap import now, open_database
from services.errors import AlreadySo
from services.events.replans import event_to_replan
from services.shown.replan_report import report_of
from services.solves.named_events import with_codes
from services.solves.replanning import Keeping, Replanned, replan_stored
from services.solves.solving import Asker


def replan(
    plan: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="A stored plan's number, or 'published'.")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|N",
            help="The event: a file (JSON; see: jarcycle schema event), or the number of a recorded one.",
        ),
    ] = None,
    alternatives: Annotated[
        bool,
        typer.Option(
            "--alternatives/--one",
            help="Show the plans that are best at something, or just the one with the fewest activities moved.",
        ),
    ] = True,
    again: Annotated[
        bool, typer.Option("--again", help="Search again after an event that is recorded already.")
    ] = False,
    now: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day to treat as today; what began before it stays. With --input the first week is the default.",
        ),
    ] = None,
    move: arguments.Moving = None,
    seconds: Annotated[
        float, typer.Option(min=1.0, max=3600.0, metavar="NUMBER", help="Seconds for the search.")
    ] = 10.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the result; store nothing.")] = False,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Output file for the new plan, with --input.")
    ] = None,
    new_problem: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Output file for the problem after the event, with --input."),
    ] = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Replan after an event: the plans that are best at something, with proofs, what moves and why.

    A stored plan stays as it is: the event is written to the database, and the new plans are drafts to publish.
    With --input nothing is stored.
    """
    if event is None:
        raise WrongUsage("no event is named. Try: jarcycle replan published --event event.json")
    for path in (output, new_problem):
        if path is not None and input is None:
            raise WrongUsage(
                "--output and --new-problem go with --input. Export a stored plan with: jarcycle export PLAN"
            )
        if path is not None:
            require_writable(path)
    found = plan_and_problem(plan, input, plan_file)
    day = arguments.parse_day(now, "--now") if now else None if input else arguments.today(None)
    params = ReplanParams(now_week=_week(found, day), seconds=seconds, with_alternatives=alternatives)
    ask = _Ask(day, _moving(found, move or ()), dry_run, again, arguments.person(who))
    try:
        answer, is_stopped = _run(found, event, params, ask)
    except AlreadySo as known:
        say_already_so(known, as_json)
        raise typer.Exit(ExitCode.DONE) from None
    _write(answer.result, output, new_problem)
    if as_json:
        print_json(_document(answer, str(output) if output else None))
    else:
        tell(report_of(answer, found.people))
    raise typer.Exit(ExitCode.INTERRUPTED if is_stopped else _code(answer.result))


def _week(found: NamedPlan, day: date | None) -> int:
    """The week of a day; without one the first."""
    return 0 if day is None else max(0, (day - found.problem.first_monday).days // 7)


@dataclass(frozen=True)
class _Ask:
    """Who asks, on which day (None: that of the first week), and what may move by name.

    Whether they only look, and whether they ask again after an event that is recorded.
    """

    day: date | None
    moving: frozenset[str]
    dry_run: bool
    again: bool
    who: str


def _moving(found: NamedPlan, texts: Iterable[str]) -> frozenset[str]:
    """Codes of the activities that texts name, by their own code or that of their area."""
    by_area: dict[str, list[str]] = {}
    for activity in found.problem.activities:
        by_area.setdefault(activity.area, []).append(activity.id)
    codes = {code for codes in by_area.values() for code in codes}
    return frozenset(
        code for text in texts for code in ([text] if text in codes else by_area[area_code(found, text)])
    )


def _event(found: NamedPlan, text: str, day: date | None) -> tuple[Event, int | None]:
    """The event of a file, or the recorded one of a number, with that number."""
    if not (text.isascii() and text.isdecimal()):
        path = Path(text)
        with named(path):
            loaded = load_event(read_text(path), found.problem.first_monday)
            return with_codes(loaded, found.problem, found.people), None
    if found.version is None or day is None:
        raise WrongUsage("a recorded event goes with a stored plan. Leave out --input, or name a file.")
    with session(open_database(), read_only=True) as opened:
        return event_to_replan(opened, int(text), found.version, day), int(text)


def _run(found: NamedPlan, text: str, params: ReplanParams, ask: _Ask) -> tuple[Replanned, bool]:
    event, recorded = _event(found, text, ask.day)
    listener = Progress("replan")
    version = found.version
    if version is not None:
        engine = open_database()
        return interruptible(
            lambda stop: replan_stored(
                engine,
                version,
                event,
                params,
                Asker(ask.who, now, listener, stop, day=ask.day),
                moving=ask.moving,
                keeping=Keeping(dry_run=ask.dry_run, again=ask.again, recorded=recorded),
            )
        )
    settled = Settled(is_week_begun=_is_begun(ask.day), named=tuple(sorted(ask.moving)))
    params = params.model_copy(update={"settled": settled})
    return interruptible(lambda stop: Replanned(0, _replan_files(found, event, params, listener, stop), ()))


def _is_begun(day: date | None) -> bool:
    """Whether the week of a day has begun: its Monday is past."""
    return day is not None and day.weekday() > 0


def _replan_files(
    found: NamedPlan, event: Event, params: ReplanParams, listener: Any, stop: Any
) -> ReplanResult:
    # OR-Tools takes a second to import: only who replans pays for it.
    from scheduler.replanning.replanner import replan as replan_problem

    return replan_problem(found.problem, found.plan, event, params, listener, stop)


def _write(result: ReplanResult, output: Path | None, new_problem: Path | None) -> None:
    """The main plan and its problem; without a plan no file is touched."""
    if result.main is None:
        return
    if output is not None:
        write_text(output, result.main.plan.model_dump_json(indent=1) + "\n")
    if new_problem is not None:
        write_text(new_problem, result.problem.model_dump_json(indent=1) + "\n")


def _document(answer: Replanned, output: str | None) -> dict[str, Any]:
    """What `--json` says: proof and choices, each plan with its difference; the problem only by its hash."""
    result = answer.result
    return {
        **result.model_dump(mode="json", exclude={"problem", "choices"}),
        "problem_hash": result.problem.hash,
        "first_monday": result.problem.first_monday,
        "output": output,
        "choices": [
            {**choice.model_dump(mode="json"), "version": version}
            for choice, version in zip(result.choices, answer.versions_or_none, strict=True)
        ],
    }


def _code(result: ReplanResult) -> int:
    if result.is_unstaffed:
        return ExitCode.IMPOSSIBLE if result.status is Status.OPTIMAL else ExitCode.NO_PLAN_IN_TIME
    if result.choices:
        return ExitCode.DONE
    return ExitCode.IMPOSSIBLE if result.status is Status.INFEASIBLE else ExitCode.NO_PLAN_IN_TIME
