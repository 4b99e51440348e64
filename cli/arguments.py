"""What several commands share: their options, and `PLAN` as a stored version's number, 'published' or a file."""

import getpass
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli.files import named, read_text
from cli.shown.errors import WrongUsage
from config import day_forms
from config.findings import InvalidText
from config.profile import load_profile
from models import PlanVersion, session
from scheduler.values.documents import load_plan, load_problem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from services import bootstrap
from services.audit import Word
from services.bootstrap import now, open_database
from services.casework.waiver_reasons import WaiverReason
from services.naming.areas import find_area
from services.naming.names import area_of
from services.naming.people import names_of_inspectors
from services.plans import plan_store
from services.plans.freshness import is_stale

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day to treat as today, such as 2006-01-09.")
]
As = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who is doing this, for the audit log.")]
By = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Whose word it is, by name or mail address; default: who types it."),
]
Area = Annotated[str | None, typer.Option(metavar="AREA", help="Only this area, by name or code.")]
Activity = Annotated[
    str,
    typer.Argument(
        metavar="ACTIVITY",
        help="Its code, AREA-KIND; or its area, if only one of its activities has the step.",
    ),
]
OneActivity = Annotated[
    str, typer.Argument(metavar="ACTIVITY", help="Its code, AREA-KIND; or its area, if that has only one.")
]
Step = Annotated[str, typer.Argument(metavar="STEP", help="Such as draft_report.")]
Waiver = Annotated[
    str | None,
    typer.Option(
        metavar="CODE[: TEXT]",
        help="Why a rule is waived: a code of the policy and, if there is more to say, a text after a colon.",
    ),
]
Revision = Annotated[
    int | None,
    typer.Option(
        min=0,
        metavar="NUMBER",
        help="The revision of the step that you saw; refused if it has changed since.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would move and who would be told; store nothing.")
]
Force = Annotated[
    bool,
    typer.Option(
        "--force", help="Work for that day though it lies more than a year away from all that happened."
    ),
]
OnBehalfOf = Annotated[
    str,
    typer.Option(
        metavar="ROLE",
        help="The role, or who holds it, for whom you say this, where it is not yours to say; needs a reason.",
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, for the audit log.")]
Moving = Annotated[
    list[str] | None,
    typer.Option(
        "--move",
        metavar="ACTIVITY",
        help="An activity (or an area) that may move though its notice is given; repeat it for more.",
    ),
]
InputFile = Annotated[
    Path | None,
    typer.Option("--input", metavar="FILE", help="A problem file (JSON) instead of the database."),
]

PlanName = Annotated[
    str | None, typer.Argument(metavar="PLAN", help="A stored plan's number, 'published', or a file.")
]
PlanFile = Annotated[Path | None, typer.Option("--plan", metavar="FILE", help="A plan file, with --input.")]
Profile = Annotated[
    str, typer.Option(metavar="NAME", help="How long to solve and when to stop: quick, standard or proof.")
]
Seconds = Annotated[
    float | None,
    typer.Option(min=0.1, metavar="NUMBER", help="Seconds for dates, instead of the profile's."),
]
TeamsSeconds = Annotated[
    float | None, typer.Option(min=0.1, metavar="NUMBER", help="Seconds for teams, instead of the profile's.")
]


def waiver_reason(text: str | None) -> WaiverReason | None:
    """The reason that `--waiver` gives: 'illness', or 'illness: the leader was away'."""
    if text is None:
        return None
    code, _colon, why = text.partition(":")
    return WaiverReason(code.strip(), why.strip())


def parse_day(text: str, what: str) -> date:
    """A day in one of the forms that files know, too; anything else is a usage error that says why."""
    try:
        return day_forms.parse_day(text)
    except InvalidText as fault:
        said = f"{what} is '{text}': {fault.message} {fault.advice}"
        raise WrongUsage(said) from None


def today(as_of: str | None) -> date:
    """The day given, else the programme's: today in England, or the demo's own day."""
    return parse_day(as_of, "--as-of") if as_of else bootstrap.today()


def person(name: str | None) -> str:
    """Who acts: the name given, or the system user."""
    if name and name.strip():
        return name.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return f"user {os.getuid()}"


def word(who: str | None, as_of: str | None, note: str = "", on_behalf_of: str = "") -> Word:
    """What somebody says, by --as, at this instant and on the day of --as-of; with a remark or a reason."""
    return Word(person(who), now(), today(as_of), note, on_behalf_of.strip())


@dataclass(frozen=True)
class NamedPlan:
    """A plan, the problem it is for, and the row of its version (None: from a file).

    `people` are the names of inspectors by code, as far as the database knows them.
    """

    name: str
    row: PlanVersion | None
    problem: Problem
    plan: Plan
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> int | None:
        """The number of a stored plan."""
        return None if self.row is None else self.row.version


def plan_and_problem(text: str | None, input: Path | None, plan: Path | None = None) -> NamedPlan:
    """The plan meant by PLAN, or by a problem file and a plan file."""
    if text is not None and plan is not None:
        raise WrongUsage(f"both PLAN ({text}) and --plan ({plan}) are given. Leave one out.")
    if input is None:
        if plan is not None:
            raise WrongUsage("--plan needs the problem that it is for. Name its file with --input.")
        if text is None:
            raise WrongUsage("no plan is named. Give a version's number, or --input and --plan.")
        return named_plan(text)
    path = plan or (None if text is None else Path(text))
    if path is None:
        raise WrongUsage("--input needs a plan. Name its file with --plan.")
    return NamedPlan(str(path), None, problem_in(input), _read(path))


def problem_in(path: Path) -> Problem:
    """The problem of a file; InvalidProblem with everything that is wrong with it."""
    with named(path):
        from scheduler.validating.validation import require_valid  # no stored problem needs it

        problem = load_problem(read_text(path))
        require_valid(problem)
    return problem


def named_plan(text: str) -> NamedPlan:
    """The plan meant by PLAN; a file is one for the stored problem of the same hash."""
    if _is_stored(text):
        engine = open_database()
        version = version_number(engine, text)
        with session(engine, read_only=True) as opened:
            row = plan_store.find_version(opened, version)
            stored = plan_store.load_plan(opened, version)
            people = names_of_inspectors(opened)
        return NamedPlan(f"plan {version}", row, stored.problem, stored.plan, people)
    plan = _read(Path(text))
    with session(open_database(), read_only=True) as opened:
        same = [row.version for row in plan_store.versions(opened) if row.problem_hash == plan.problem_hash]
        if not same or same[0] is None:
            raise WrongUsage(
                f"no stored plan is for the problem of {text}. Name that problem's file with --input."
            )
        problem = plan_store.load_plan(opened, same[0]).problem
        return NamedPlan(text, None, problem, plan, names_of_inspectors(opened))


def is_plan_stale(found: NamedPlan) -> bool | None:
    """Whether facts or rules have changed since a stored plan was made; None of one from a file."""
    if found.row is None:
        return None
    with session(open_database(), read_only=True) as opened:
        return is_stale(opened, found.row)


def area_code(found: NamedPlan, text: str) -> str:
    """The code of the area that a text names: for a stored plan by all its codes, else by those of the problem."""
    if found.row is None:
        return area_of(found.problem, text).id
    with session(open_database(), read_only=True) as opened:
        return find_area(opened, text).code


def version_number(engine: Engine, text: str) -> int:
    """The number of a stored version, or of the published one."""
    if text != "published":
        if not _is_stored(text):
            raise WrongUsage(f"'{text}' is not a stored plan. Give a version's number, or 'published'.")
        return int(text)
    with session(engine, read_only=True) as opened:
        row = plan_store.published_version(opened)
    if row is None or row.version is None:
        raise WrongUsage("no plan is published yet. Publish one with: jarcycle publish PLAN")
    return row.version


def _read(path: Path) -> Plan:
    with named(path):
        return load_plan(read_text(path))


def _is_stored(text: str) -> bool:
    # Not 18 digits: SQLite's numbers end there, and nobody stores so many plans.
    return text == "published" or (text.isascii() and text.isdecimal() and len(text) <= 9)


class OptionName(StrEnum):
    """What `--option` takes."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    MIXED = "mixed"
    ALL = "all"


def solve_params(
    profile: str, seconds: float | None, teams_seconds: float | None, seed: int | None
) -> SolveParams:
    """A profile's limits, with some of them replaced."""
    given = {"dates_seconds": seconds, "teams_seconds": teams_seconds, "seed": seed}
    known = {name: value for name, value in given.items() if value is not None}
    for name, value in known.items():
        if not math.isfinite(value):
            raise WrongUsage(f"{name.replace('_', ' ')} can't be {value}. Give a finite number.")
    return SolveParams(**{**load_profile(profile).model_dump(), **known})
