"""`PLAN` on the command line: the number of a stored version, the word 'published', or a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from cli.errors import WrongUsage
from cli.files import named, read_text
from cli.wiring import open_database
from models import PlanVersion, session
from scheduler.documents import load_plan, load_problem
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.validate import require_valid
from services import plans
from services.areas import find_area
from services.people import names_of_inspectors
from services.reasons.names import area_of


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
        raise WrongUsage(f"both PLAN ({text}) and --plan ({plan}) are given. Maybe leave one out.")
    if input is None:
        if plan is not None:
            raise WrongUsage("--plan needs the problem that it is for. Maybe name its file with --input.")
        if text is None:
            raise WrongUsage("no plan is named. Maybe: a version's number, or --input and --plan.")
        return named_plan(text)
    path = plan or (None if text is None else Path(text))
    if path is None:
        raise WrongUsage("--input needs a plan. Maybe name its file with --plan.")
    with named(input):
        problem = load_problem(read_text(input))
        require_valid(problem)
    return NamedPlan(str(path), None, problem, _read(path))


def named_plan(text: str) -> NamedPlan:
    """The plan meant by PLAN; a file is one for the stored problem of the same hash."""
    if _is_stored(text):
        engine = open_database()
        version = version_number(engine, text)
        with session(engine, read_only=True) as opened:
            row = plans.find_version(opened, version)
            stored = plans.load_plan(opened, version)
            people = names_of_inspectors(opened)
        return NamedPlan(f"plan {version}", row, stored.problem, stored.plan, people)
    plan = _read(Path(text))
    with session(open_database(), read_only=True) as opened:
        same = [row.version for row in plans.versions(opened) if row.problem_hash == plan.problem_hash]
        if not same or same[0] is None:
            raise WrongUsage(
                f"no stored plan is for the problem of {text}. Maybe name that problem's file: --input."
            )
        problem = plans.load_plan(opened, same[0]).problem
        return NamedPlan(text, None, problem, plan, names_of_inspectors(opened))


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
            raise WrongUsage(f"'{text}' is no stored plan. Maybe a version's number, or 'published'.")
        return int(text)
    with session(engine, read_only=True) as opened:
        row = plans.published_version(opened)
    if row is None or row.version is None:
        raise WrongUsage("no plan is published yet. Maybe: jarcycle publish PLAN")
    return row.version


def _read(path: Path) -> Plan:
    with named(path):
        return load_plan(read_text(path))


def _is_stored(text: str) -> bool:
    # Not 18 digits: SQLite's numbers end there, and nobody stores so many plans.
    return text == "published" or (text.isascii() and text.isdecimal() and len(text) <= 9)
