"""`options`: the four sequencing options and the cheapest mix, side by side; the trade-off as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import arguments
from cli.arguments import solve_params
from cli.files import require_writable, write_bytes
from cli.shown.errors import WrongUsage
from cli.shown.exit_codes import ExitCode
from cli.shown.interrupt import interruptible
from cli.shown.option_answers import Answered, from_database, from_files, from_plans
from cli.shown.output import print_json, print_table, say
from cli.shown.solve_report import CODE_BY_STATUS
from models import session
from reports.words import plural
from services.bootstrap import now, open_database, today
from services.programme import require_pair
from services.shown.option_charts import Across, Up

if TYPE_CHECKING:
    from services.solves.scenarios import Scenario

TABLE_SUFFIXES = (".csv", ".md", ".xlsx")


def compare_options(
    plan: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help="Stored plans to compare, instead of solving."),
    ] = None,
    profile: arguments.Profile = "standard",
    seconds: arguments.Seconds = None,
    teams_seconds: arguments.TeamsSeconds = None,
    seed: Annotated[
        int | None, typer.Option(min=0, metavar="NUMBER", help="Seed of solver and simulation.")
    ] = None,
    input: Annotated[
        list[Path] | None,
        typer.Option(
            "--input", metavar="FILE", help="A problem file for each option; the database is not used."
        ),
    ] = None,
    mix: Annotated[
        bool, typer.Option("--mix/--no-mix", help="Also find the cheapest option for each area.")
    ] = True,
    adopt: Annotated[
        bool, typer.Option("--adopt-mix", help="Give the areas the options of the mix.")
    ] = False,
    draws: Annotated[
        int, typer.Option(min=0, max=100_000, metavar="NUMBER", help="Number of simulated draws; 0 for none.")
    ] = 1000,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the trade-off chart as SVG.")
    ] = None,
    across: Annotated[Across, typer.Option(help="What the chart shows from left to right.")] = Across.MONTHS,
    up: Annotated[Up, typer.Option(help="What the chart shows from bottom to top.")] = Up.COST,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the table: .csv, .md or .xlsx.")
    ] = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Compare the sequencing options side by side: cost, areas, people, robustness (R038).

    All four options and the cheapest mix are solved on the same facts, one after the other, and stored as drafts.
    With PLAN... stored plans are compared and nothing is solved; with --input problem files are solved instead.
    """
    from services.solves.scenarios import Draws

    _require_sense(plan, input, adopt, mix, (picture, output))
    params = solve_params(profile, seconds, teams_seconds, seed)
    drawn = Draws(draws, params.seed)
    is_stopped = False
    if plan:
        answered = from_plans(plan, drawn)
    elif input:
        answered, is_stopped = interruptible(lambda stop: from_files(input, params, mix, drawn, stop))
    else:
        engine, person = open_database(), arguments.person(who)
        with session(engine, read_only=True) as opened:
            require_pair(opened)
        answered, is_stopped = interruptible(
            lambda stop: from_database(engine, params, profile, person, mix, drawn, stop)
        )
    if adopt:
        _adopt(answered.scenarios, arguments.person(who))
    _write(answered.scenarios, picture, across, up, output)
    _tell(answered, as_json)
    raise typer.Exit(ExitCode.INTERRUPTED if is_stopped else _code(answered))


def _require_sense(
    plan: list[str] | None,
    input: list[Path] | None,
    adopt: bool,
    mix: bool,
    files: tuple[Path | None, Path | None],
) -> None:
    if plan and input:
        raise WrongUsage("both PLAN and --input are given. Leave one out.")
    if adopt and (plan or input or not mix):
        raise WrongUsage(
            "--adopt-mix needs a mix of the database's areas. Leave out PLAN, --input and --no-mix."
        )
    for path in files:
        if path is not None:
            require_writable(path)
    if files[1] is not None and files[1].suffix not in TABLE_SUFFIXES:
        raise WrongUsage(f"{files[1]} has none of the endings {', '.join(TABLE_SUFFIXES)}. Use .csv.")


def _code(answered: Answered) -> int:
    return max((int(CODE_BY_STATUS[status]) for status in answered.statuses.values()), default=ExitCode.DONE)


def _adopt(scenarios: list[Scenario], who: str) -> None:
    from services.solves.scenarios import adopt_mix

    choice = next((scenario.mix.choice for scenario in scenarios if scenario.mix), None)
    if choice is None:
        say("There is no mix to adopt.")
        return
    with session(open_database()) as opened:
        changed = adopt_mix(opened, choice, who, now, today())
    say(
        f"Changed the option of {plural(changed, 'area')}; to plan with the mix: jarcycle solve --option mixed"
    )


def _write(
    scenarios: list[Scenario], picture: Path | None, across: Across, up: Up, output: Path | None
) -> None:
    from reports.csv_export import csv_bytes
    from reports.dots import dots_svg
    from reports.xlsx import workbook_bytes
    from services.shown.option_charts import trade_off_dots
    from services.shown.option_rows import markdown, options_table

    if picture is not None:
        write_bytes(picture, dots_svg(trade_off_dots(scenarios, across, up)).encode())
    if output is not None:
        table = options_table(scenarios)
        if output.suffix == ".csv":
            content = csv_bytes(table)
        elif output.suffix == ".md":
            content = markdown(table).encode()
        else:
            content = workbook_bytes([table], "Options side by side", arguments.today(None))
        write_bytes(output, content)


def _tell(answered: Answered, as_json: bool) -> None:
    from services.shown.option_rows import options_table

    if as_json:
        print_json(
            {
                "options": [_document(scenario) for scenario in answered.scenarios],
                "statuses": answered.statuses,
            }
        )
    elif answered.scenarios:
        table = options_table(answered.scenarios)
        print_table("Options side by side", table.columns, table.rows)
    for name, message in answered.messages:
        say(f"{name}: {message}")


def _document(scenario: Scenario) -> dict[str, Any]:
    return {
        "option": scenario.name,
        "plan": scenario.version,
        "uncovered_places": scenario.costs.uncovered_places,
        "date_cost": scenario.costs.date_cost,
        "date_bound": scenario.bound,
        "date_gap": scenario.gap,
        "date_terms": scenario.costs.date_terms,
        "team_cost": scenario.costs.team_cost,
        "team_terms": scenario.costs.team_terms,
        "mix_bound": scenario.mix_bound,
        "mix_gap": scenario.mix_gap,
        "areas_decided": scenario.mix and scenario.mix.num_decided,
        "option_by_area": scenario.mix and scenario.mix.choice,
        "measures": scenario.measures,
        "robustness": scenario.robustness,
    }
