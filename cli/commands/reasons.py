"""`explain`, `bottlenecks`, `why-infeasible`: why a plan is as it is, and what would change it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from cli import arguments
from cli.arguments import NamedPlan, OptionName, area_code, plan_and_problem, problem_in
from cli.asked_plans import plan_or_newest, present, print_answer, tell_broken
from cli.shown.errors import WrongUsage
from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, say
from cli.shown.solve_report import require_sound
from models import session
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from services.bootstrap import open_database, prepared, today
from services.errors import NotFound
from services.option_words import option_named
from services.plans.candidates import explanation_for
from services.problem import build_problem
from services.programme import find_programme

CERTIFICATE_SECONDS = 20.0
"""Time for the prices of a plan that was stored without them."""

Answer = TypeVar("Answer")

AreaArgument = Annotated[str, typer.Argument(metavar="AREA", help="Name or code of an area.")]
PlanArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="PLAN", help="A stored plan's number, 'published', or a file; default: the newest."
    ),
]
Most = Annotated[int, typer.Option(min=1, metavar="NUMBER", help="Show at most this many; --json has all.")]


def explain(
    area: AreaArgument,
    plan: PlanArgument = None,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    most: Most = 5,
    moving: arguments.Moving = None,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Explain why an area has its dates: cheaper weeks, what blocks each, and exactly what would free it.

    All other areas stay where they are; if one or two could make room by moving, that is said too. What is past, has
    begun, had its notice or is confirmed stays.
    """
    from services.naming.names import Names
    from services.shown.reasons.answers import explanation_lines
    from services.shown.reasons.standing_words import settled_words, standing_lines

    found = plan_or_newest(plan, input, plan_file)
    code, standing = area_code(found, area), present(found, as_of, moving)
    answer = _asked(found, lambda: explanation_for(prepared(), standing, code))
    if as_json:
        print_answer(found, answer, standing=standing.standing.get(answer.activity))
        return
    names = Names(found.problem, found.people)
    tell_broken(found)
    _print(standing_lines(names, answer.activity, standing))
    is_settled = settled_words(answer.activity, standing) is not None
    _print(explanation_lines(names, answer, most, is_settled))


def bottlenecks(
    plan: PlanArgument = None,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    most: Most = 15,
    as_json: arguments.Json = False,
) -> None:
    """Show what one more inspector, unit or start would save, by the prices that prove the bound of dates.

    A price is a rate at the bound: it holds for a little more, but not always for much more. Pools and
    limits can save no more than that against this bound; people may, where teams were short.
    """
    from scheduler.explaining.bottleneck_prices import bottlenecks as bottlenecks_of
    from services.naming.names import Names
    from services.shown.reasons.answers import bottleneck_in_words

    found = plan_or_newest(plan, input, plan_file)
    certificate = _certificate(found.problem, found.plan)
    answer = bottlenecks_of(found.problem, certificate)
    if as_json:
        document = {"plan": found.name, "version": found.version, "bound": certificate.bound}
        print_json(
            {
                **document,
                "bottlenecks": [
                    {**bottleneck.model_dump(mode="json"), "saving": bottleneck.saving}
                    for bottleneck in answer
                ],
            }
        )
        return
    names = Names(found.problem, found.people)
    _print(bottleneck_in_words(names, bottleneck) for bottleneck in answer[:most])
    if len(answer) > most:
        say(f"{len(answer) - most} more. Use --most to show more.")
    say(
        f"Prices at the bound of {certificate.bound}: they hold for a little more, but not always for much more."
    )


def why_infeasible(
    option: Annotated[
        OptionName | None, typer.Option(help="Sequencing option; default: the programme's.")
    ] = None,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    seconds: Annotated[
        float, typer.Option(min=1.0, max=3600.0, metavar="NUMBER", help="Seconds for the search.")
    ] = 60.0,
    as_json: arguments.Json = False,
) -> None:
    """Show which facts clash, so that no dates can cover every place, and the smallest changes that would resolve it.

    Exit code 4 if it is impossible. With --input and --plan it also says why a plan leaves places uncovered.
    """
    from scheduler.explaining.impossibility import why_infeasible as why
    from services.naming.names import Names
    from services.shown.reasons.answers import conflict_lines

    problem, plan = _problem(option, input, plan_file)
    answer = why(problem, plan, seconds)
    if as_json:
        print_json(answer)
    else:
        _print(conflict_lines(Names(problem), answer))
    raise typer.Exit(ExitCode.IMPOSSIBLE if answer.kind == "impossible" else ExitCode.DONE)


def _asked(found: NamedPlan, ask: Callable[[], Answer]) -> Answer:
    """The answer; an area may have nothing to be planned."""
    from scheduler.explaining.situation import UnknownArea

    try:
        return ask()
    except UnknownArea as error:
        raise NotFound(found.name, str(error), "Choose an area that the plan has dates for.") from None


def _certificate(problem: Problem, plan: Plan) -> Certificate:
    """The plan's own prices, else those of a short search."""
    for certificate in plan.certificates:
        if certificate.kind == "dates" and certificate.problem_hash == problem.hash:
            return certificate
    from scheduler.dates.search import solve_dates
    from scheduler.values.result import SolveParams

    say("The plan has no prices for this problem; looking for them now.")
    params = SolveParams(dates_seconds=CERTIFICATE_SECONDS)
    answer = solve_dates(problem, params, hint=plan.starts(), whole_teams=plan.costs.uncovered_places == 0)
    for certificate in answer.certificates:
        if certificate.kind == "dates":
            return certificate
    raise WrongUsage(
        "no bound of dates was found in time, so there are no prices. Try: jarcycle why-infeasible"
    )


def _problem(option: OptionName | None, input: Path | None, plan: Path | None) -> tuple[Problem, Plan | None]:
    if input is None:
        if plan is not None:
            raise WrongUsage("--plan needs the problem that it is for. Name its file with --input.")
        if option is OptionName.ALL:
            raise WrongUsage("--option all is four problems. Ask for one at a time.")
        return _stored_problem(option), None
    if option is not None:
        raise WrongUsage(
            "--option chooses a problem of the database; a problem file has its own. Leave it out."
        )
    if plan is not None:
        found = require_sound(plan_and_problem(None, input, plan))
        return found.problem, found.plan
    return problem_in(input), None


def _stored_problem(option: OptionName | None) -> Problem:
    with session(open_database(), read_only=True) as opened:
        wanted = option_named(option or find_programme(opened).default_option)
        return build_problem(opened, wanted.for_problem, today())


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
