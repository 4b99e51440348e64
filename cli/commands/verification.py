"""`verify`: what is proven about a plan, recomputed without any solver."""

from pathlib import Path
from typing import Annotated

import typer

from cli import arguments
from cli.arguments import NamedPlan, plan_and_problem, problem_in
from cli.files import named, read_text
from cli.shown.exit_codes import ExitCode
from cli.shown.output import print_json, print_table, say
from scheduler.validating.validation import require_valid
from scheduler.values.documents import load_certificates
from scheduler.values.proof import Certificate
from scheduler.verifying.verifier import Verdict
from scheduler.verifying.verifier import verify as verify_plan
from services.shown.plan_proof import stated_bounds, stored_certificates


def verify(
    plan: arguments.PlanName = None,
    input: arguments.InputFile = None,
    plan_file: arguments.PlanFile = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certificates, instead of the plan's own.")
    ] = None,
    as_json: arguments.Json = False,
) -> None:
    """Show what is proven about a plan and what is only the solver's claim, in exact whole numbers.

    Rules, costs and bounds follow from the problem alone; only prices are read from the plan's certificates. Exit
    code 6 if anything is refused. Use --input and --certificate without a plan to verify that a problem is impossible.
    """
    if plan is None and plan_file is None and input is not None and certificate is not None:
        verdict = verify_plan(problem_in(input), None, _certificates(certificate))
        name, version = str(input), None
    else:
        found = plan_and_problem(plan, input, plan_file)
        if input is None:
            _require_sound_problem(found)
        certificates = found.plan.certificates if certificate is None else _certificates(certificate)
        verdict = verify_plan(
            found.problem,
            found.plan,
            certificates or stored_certificates(found.row),
            stated_bounds(found.row),
        )
        name, version = found.name, found.version
    if as_json:
        print_json({"plan": name, "version": version, **verdict.model_dump(mode="json")})
    else:
        _show(name, verdict)
    raise typer.Exit(ExitCode.DONE if verdict.is_accepted else ExitCode.VIOLATIONS)


def _require_sound_problem(found: NamedPlan) -> None:
    """A stored problem may have been altered, too; a file's is validated as it is read."""
    with named(f"the problem of {found.name}"):
        require_valid(found.problem)


def _certificates(path: Path) -> tuple[Certificate, ...]:
    with named(path):
        return load_certificates(read_text(path))


def _show(name: str, verdict: Verdict) -> None:
    rows = [("refused", reason) for reason in verdict.refusals]
    rows += [("proven", sentence) for sentence in verdict.proven]
    rows += [("not proven", sentence) for sentence in verdict.unproven]
    print_table(f"Verification of {name}", ("", "what"), rows)
    say(f"{name} is {'verified' if verdict.is_accepted else 'refused'}.")
