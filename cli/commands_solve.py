"""`solve` and `schema`: from the database under one or all options, or from file to file without any database."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from cli import options
from cli.exit_codes import ExitCode
from cli.files import read_text, write_text
from cli.interrupt import StopFlag, interruptible
from cli.output import percent, print_json, print_table, say
from cli.wiring import open_database
from config.profile import load_profile
from models import session
from scheduler.documents import json_schema, load_problem
from scheduler.result import Result, SolveParams, Status, TracePoint
from services.programme import find_programme
from services.solving import solve_option


class OptionName(StrEnum):
    """What `--option` takes."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    MIXED = "mixed"
    ALL = "all"


OPTIONS_OF_ALL = ("1", "2", "3", "4")
CODE_BY_STATUS = {
    Status.OPTIMAL: ExitCode.DONE,
    Status.FEASIBLE: ExitCode.DONE,
    Status.INFEASIBLE: ExitCode.IMPOSSIBLE,
    Status.UNKNOWN: ExitCode.NO_PLAN_IN_TIME,
}
COLUMNS = (
    "option",
    "status",
    "date cost",
    "bound",
    "gap",
    "s",
    "uncovered",
    "team cost",
    "team gap",
    "s",
    "plan",
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(solve)
    app.command()(schema)


def solve(
    option: Annotated[
        OptionName | None, typer.Option(help="Sequencing option; default: the programme's.")
    ] = None,
    profile: Annotated[str, typer.Option(help="Limits: quick, standard or proof.")] = "standard",
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds for dates, in place of the profile's.")
    ] = None,
    teams_seconds: Annotated[float | None, typer.Option(min=0.1, help="Seconds for teams, likewise.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the solver's random choices.")] = 0,
    input: options.InputFile = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the plan goes, with --input.")
    ] = None,
    as_json: options.Json = False,
    who: options.As = None,
) -> None:
    """Sequence the programme; each plan is stored as a draft version, with its gap."""
    params = _params(profile, seconds, teams_seconds, seed)
    if input is not None:
        raise typer.Exit(_solve_file(input, output, params, as_json))
    if output is not None:
        raise typer.BadParameter("--output goes with --input. Maybe you want: jarcycle export PLAN")
    raise typer.Exit(_solve_stored(option, profile, params, as_json, options.person(who)))


def schema(
    document: Annotated[str, typer.Argument(metavar="problem|plan", help="Which document.")],
) -> None:
    """Print the JSON Schema of a problem or a plan file."""
    if document not in ("problem", "plan"):
        raise typer.BadParameter(f"there is no schema '{document}'. Maybe: problem, or plan.")
    print_json(json_schema(document))


def figures(option: str | None, result: Result, plan: Any) -> dict[str, Any]:
    """What `--json` says of one solve; gaps are fractions, unknown is None."""
    teams = result.teams
    return {
        "option": option,
        "status": result.status.value,
        "cost": result.dates.cost,
        "bound": result.dates.bound,
        "gap": result.dates.gap,
        "dates_seconds": round(result.dates.seconds, 3),
        "uncovered_places": result.uncovered_places,
        "team_cost": teams.cost if teams else None,
        "team_bound": teams.bound if teams else None,
        "team_gap": teams.gap if teams else None,
        "teams_seconds": round(teams.seconds, 3) if teams else None,
        "plan": plan,
        "shortages": [shortage.model_dump() for shortage in result.shortages],
    }


def _params(profile: str, seconds: float | None, teams_seconds: float | None, seed: int) -> SolveParams:
    values: dict[str, Any] = {**load_profile(profile).model_dump(), "seed": seed}
    if seconds is not None:
        values["dates_seconds"] = seconds
    if teams_seconds is not None:
        values["teams_seconds"] = teams_seconds
    return SolveParams(**values)


def _solve_file(input: Path, output: Path | None, params: SolveParams, as_json: bool) -> int:
    from scheduler.solve import solve as solve_problem

    problem = load_problem(read_text(input))
    listen = _Progress(input.name)
    result, stopped = interruptible(lambda stop: solve_problem(problem, params, listener=listen, stop=stop))
    plan: Any = result.plan
    if result.plan is not None and output is not None:
        write_text(output, result.plan.model_dump_json(indent=1) + "\n")
        plan = str(output)
    _report([figures(None, result, plan)], as_json, single=True)
    return ExitCode.INTERRUPTED if stopped else CODE_BY_STATUS[result.status]


def _solve_stored(
    option: OptionName | None, profile: str, params: SolveParams, as_json: bool, who: str
) -> int:
    engine = open_database()
    names = OPTIONS_OF_ALL if option is OptionName.ALL else (str(option or _default_option(engine)),)
    answers: list[dict[str, Any]] = []
    code = 0
    for name in names:
        listen = _Progress(f"option {name}")

        def work(stop: StopFlag, name: str = name, listen: _Progress = listen) -> Any:
            return solve_option(
                engine,
                name if name == "mixed" else int(name),
                params,
                profile=profile,
                who=who,
                clock=options.now,
                listener=listen,
                stop=stop,
            )

        solved, stopped = interruptible(work)
        answers.append(figures(name, solved.result, solved.version))
        code = max(code, ExitCode.INTERRUPTED if stopped else CODE_BY_STATUS[solved.result.status])
        if stopped:
            break
    _report(answers, as_json, single=option is not OptionName.ALL)
    return code


def _default_option(engine: Engine) -> int:
    with session(engine, read_only=True) as opened:
        return find_programme(opened).default_option


def _report(answers: list[dict[str, Any]], as_json: bool, single: bool) -> None:
    if as_json:
        print_json(answers[0] if single else answers)
    else:
        print_table("Solved", COLUMNS, [_row(answer) for answer in answers])
    for answer in answers:
        for shortage in answer["shortages"]:
            say(f"Short: {shortage['message']}")


def _row(answer: dict[str, Any]) -> list[Any]:
    plan = answer["plan"]
    return [
        answer["option"],
        answer["status"],
        answer["cost"],
        answer["bound"],
        percent(answer["gap"]),
        f"{answer['dates_seconds']:.1f}",
        answer["uncovered_places"],
        answer["team_cost"],
        percent(answer["team_gap"]),
        None if answer["teams_seconds"] is None else f"{answer['teams_seconds']:.1f}",
        plan if isinstance(plan, int | str) else None,
    ]


class _Progress:
    """Says each improvement on stderr: phase, seconds, incumbent, bound, gap."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, point: TracePoint) -> None:
        known = point.incumbent is not None and point.bound is not None
        gap = percent((point.incumbent - point.bound) / max(1, point.incumbent)) if known else "-"  # type: ignore[operator]
        say(
            f"{self._name}: {point.phase} {point.seconds:6.1f} s  incumbent {_or_dash(point.incumbent)}"
            f"  bound {_or_dash(point.bound)}  gap {gap}"
        )


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)
