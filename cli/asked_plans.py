"""The plan that a question is about: the newest one if none is named, and how it stands on a day."""

from collections.abc import Sequence
from pathlib import Path

from cli import arguments
from cli.arguments import NamedPlan, plan_and_problem
from cli.shown.solve_report import require_sound
from models import session
from services.bootstrap import open_database
from services.errors import NotFound
from services.naming.steps import find_activities
from services.plans import plan_store
from services.problem.present import Present, as_it_stands


def plan_or_newest(text: str | None, input: Path | None, plan: Path | None = None) -> NamedPlan:
    """The plan named, by default the newest one that is stored; it keeps the rules of its problem."""
    if text is not None or input is not None or plan is not None:
        return require_sound(plan_and_problem(text, input, plan))
    with session(open_database(), read_only=True) as opened:
        stored = plan_store.versions(opened)
        if not stored:
            raise NotFound("plan", "no plan is stored yet.", "Make one with: jarcycle solve")
        newest = stored[0].version
    return require_sound(plan_and_problem(str(newest), None))


def present(found: NamedPlan, as_of: str | None, moving: Sequence[str] | None) -> Present:
    """The plan as it stands on a day; one from files knows no day, and nothing of it has begun.

    Parameters
    ----------
    moving
        Activities (or areas) that may move though their notice is given or their dates are confirmed.
    """
    if found.version is None:
        return Present(found.problem, found.plan, {})
    with session(open_database(), read_only=True) as opened:
        named = {row.code for text in moving or () for row in find_activities(opened, text)}
        return as_it_stands(opened, found.problem, found.plan, arguments.today(as_of), named)
