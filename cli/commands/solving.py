"""`solve` and `schema`: from the database under one or all options, or from file to file without any database."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from cli import arguments
from cli.arguments import OptionName, solve_params
from cli.files import named, read_text, require_writable, write_text
from cli.shown.errors import WrongUsage, failure_of
from cli.shown.exit_codes import ExitCode
from cli.shown.interrupt import StopFlag, interruptible
from cli.shown.output import print_json, say
from cli.shown.partial import PartialPlan
from cli.shown.progress_line import Progress
from cli.shown.solve_report import CODE_BY_STATUS, explain, figures, table
from models import session
from scheduler.events import event_schema
from scheduler.values.documents import json_schema, load_problem
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams
from services.bootstrap import now, open_database
from services.option_words import OF_ALL, SolveOption, option_named
from services.programme import find_programme, require_pair
from services.solves import solve_runs
from services.solves.solving import Asker, solve_option


class Document(StrEnum):
    """What `schema` takes."""

    PROBLEM = "problem"
    PLAN = "plan"
    EVENT = "event"


def solve(
    option: Annotated[
        OptionName | None, typer.Option(help="Sequencing option; default: the programme's.")
    ] = None,
    profile: arguments.Profile = "standard",
    seconds: arguments.Seconds = None,
    teams_seconds: arguments.TeamsSeconds = None,
    seed: Annotated[
        int | None, typer.Option(min=0, metavar="NUMBER", help="Seed of the solver's random choices.")
    ] = None,
    input: arguments.InputFile = None,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Output file for the plan, with --input; meanwhile the best so far is in FILE.partial.",
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Output file for its certificates, with --input.")
    ] = None,
    stop: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            help="Stop the solve of this number, wherever it runs; its best plan becomes a draft.",
        ),
    ] = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Sequence the programme; each plan is stored as a draft version, with its gap. Nothing new begins before today.

    With --input a problem file is solved without a database; the plan goes to --output, or else to stdout. With --stop
    nothing is solved: a solve under way, of this command or a flow, is asked to end and keep its best plan.
    """
    if stop is not None:
        if option is not None or input is not None:
            raise WrongUsage("--stop solves nothing. Leave out --option and --input.")
        _stop(stop, as_json)
        return
    params = solve_params(profile, seconds, teams_seconds, seed)
    if input is None:
        if output is not None:
            raise WrongUsage("--output goes with --input. Export a stored plan with: jarcycle export PLAN")
        if certificate is not None:
            raise WrongUsage(
                "--certificate goes with --input. Verify a stored plan with: jarcycle verify PLAN"
            )
        asking = Asker(arguments.person(who), now, day=arguments.today(as_of))
        raise typer.Exit(_solve_stored(option, profile, params, as_json, asking))
    if option is not None:
        raise WrongUsage(
            "--option chooses a problem of the database; a problem file has its own. Leave it out."
        )
    raise typer.Exit(_solve_file(input, output, certificate, params, as_json))


def schema(
    document: Annotated[Document, typer.Argument(metavar="DOCUMENT", help="One of problem, plan and event.")],
    _as_json: arguments.Json = False,
) -> None:
    """Print the JSON Schema of a problem, a plan or an event file."""
    if document is Document.EVENT:
        print_json(event_schema())
        return
    print_json(json_schema("plan" if document is Document.PLAN else "problem"))


def _solve_file(
    input: Path, output: Path | None, certificate: Path | None, params: SolveParams, as_json: bool
) -> int:
    for path in (output, certificate):
        if path is not None:
            require_writable(path)
    partial = PartialPlan(output)
    with named(input):
        problem = load_problem(read_text(input))
        try:
            result, is_stopped = interruptible(
                lambda stop: _solve_problem(problem, params, input.name, stop, partial)
            )
        except BaseException:
            partial.tell()
            raise
    plan: Any = result.plan
    if result.plan is not None and output is not None:
        write_text(output, result.plan.model_dump_json(indent=1) + "\n")
        plan = str(output)
    if certificate is not None:
        document = [proof.model_dump(mode="json") for proof in result.certificates]
        write_text(certificate, json.dumps(document, indent=1) + "\n")
    partial.remove()
    answer = figures(None, problem, result, plan, is_stopped)
    if as_json:
        print_json(answer)
    else:
        to_stderr = output is None and result.plan is not None
        table([{**answer, "plan": None if to_stderr else plan}], [input.name], to_stderr)
        if to_stderr:
            print_json(result.plan)
    explain([answer])
    return ExitCode.INTERRUPTED if is_stopped else CODE_BY_STATUS[result.status]


def _solve_problem(
    problem: Problem, params: SolveParams, name: str, stop: StopFlag, partial: PartialPlan
) -> Result:
    # OR-Tools takes a second to import: only who solves pays for it.
    from scheduler.solving.solver import solve as solve_problem

    return solve_problem(problem, params, listener=Progress(name), stop=stop, keep=partial.keep)


def _solve_stored(
    option: OptionName | None, profile: str, params: SolveParams, as_json: bool, asking: Asker
) -> int:
    engine = open_database()
    if option is not None:
        with session(engine, read_only=True) as opened:
            require_pair(opened)
    is_list = option is OptionName.ALL
    names = OF_ALL if is_list else (option_named(option or _default_option(engine)),)

    def one(name: SolveOption, stop: StopFlag) -> dict[str, Any]:
        asker = replace(asking, listener=Progress(f"option {name}"), stop=stop)
        solved = solve_option(engine, name.for_problem, params, asker, profile=profile)
        if solved.was_stopped and not stop():
            say(f"Option {name}: somebody else stopped it; what it had found by then is kept.")
        answer = figures(name, solved.problem, solved.result, solved.version, solved.was_stopped)
        short = [f"Short notice: {notice}" for notice in solved.short_notice]
        return {**answer, "remarks": [*answer["remarks"], *short]}

    began = now()
    try:
        answers, is_stopped = interruptible(lambda stop: _each(names, lambda name: one(name, stop), stop))
    except KeyboardInterrupt:
        _close_runs(engine, asking.who, began)
        raise
    if as_json:
        print_json(answers if is_list else answers[0])
    else:
        table(answers, [f"option {answer['option']}" for answer in answers])
    explain(answers)
    return ExitCode.INTERRUPTED if is_stopped else max(_code(answer) for answer in answers)


def _close_runs(engine: Engine, who: str, began: datetime) -> None:
    """After a second Ctrl-C nobody else says that the solve has ended; its best plan so far becomes a draft."""
    with session(engine) as opened:
        for run in solve_runs.latest(opened):
            if run.id and run.state == "running" and run.started_by == who and run.started_at >= began:
                solve_runs.end_killed(opened, run, now())


def _stop(number: int, as_json: bool) -> None:
    """Ask, and say what comes of it: a solve that lives looks once a second, one that has ended stays as it is."""
    with session(open_database()) as opened:
        solve_runs.end_lost(opened, now())
        run = solve_runs.request_stop(opened, number)
    is_asked = run.state not in solve_runs.ENDED
    if as_json:
        print_json({"solve": number, "is_asked": is_asked, "state": run.state, "plan": run.plan_version})
    elif is_asked:
        say(
            f"Solve {number} (option {run.option}) has been asked to stop; its best plan so far becomes a draft."
        )
    else:
        plan = "without a plan" if run.plan_version is None else f"with plan {run.plan_version}"
        say(f"Solve {number} has already ended, {plan}.")


def _each(
    names: Sequence[SolveOption], one: Callable[[SolveOption], dict[str, Any]], stop: StopFlag
) -> list[dict[str, Any]]:
    """The answer for each option until a stop; one that fails is an answer too, unless all do."""
    answers: list[dict[str, Any]] = []
    errors: list[Exception] = []
    for name in names:
        if answers and stop():
            break
        try:
            answers.append(one(name))
        except Exception as error:
            errors.append(error)
            answers.append({"option": name, "status": "failed", **failure_of(error).document()})
    if len(errors) == len(answers):
        raise errors[0]
    return answers


def _code(answer: dict[str, Any]) -> int:
    return int(answer["exit_code"] if "exit_code" in answer else CODE_BY_STATUS[answer["status"]])


def _default_option(engine: Engine) -> int:
    with session(engine, read_only=True) as opened:
        return find_programme(opened).default_option
