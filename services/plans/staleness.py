"""Plans made from facts that have changed since: found by the problem that the facts give before and after.

Before and after a change of facts, or, for a plan that was sought meanwhile, before and after the search.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from config.findings import InvalidFile
from models import PlanVersion
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Problem
from scheduler.values.result import Result
from services.errors import ServiceError
from services.option_words import MIXED, option_named
from services.plans.plan_store import Origin, find_version, record_stale, store_plan

CHANGED_MEANWHILE = "The facts changed while it was being solved."


@dataclass(frozen=True)
class Search:
    """What a plan was sought for.

    Attributes
    ----------
    option
        Sequencing option in the words of the command line: '1' to '4' or 'mixed'.
    asked
        The problem that the facts gave when the search began.
    build
        Gives the problem of the facts as they are now.
    day
        The day of the programme on which the plan was asked for, if one is known.
    rules
        The text of the policy and the frameworks under which it began; empty where it is not known.
    """

    option: str
    asked: Problem
    build: Callable[[], Problem]
    day: date | None = None
    rules: str = ""


def store_found(
    session: Session, problem: Problem, result: Result, search: Search, who: str, at: datetime
) -> int:
    """Store the plan that a search found as a draft; it is stale if the facts changed meanwhile. Returns its number.

    A policy or a framework that makes no sense any more takes no plan away: that is stale too.

    Raises
    ------
    Refused
        As `plan_store.store_plan` does.
    """
    version = store_plan(session, problem, result, search.option, who, at, search.day, Origin(search.rules))
    try:
        has_changed = differ(search.asked, search.build())
    except (ServiceError, InvalidProblem, InvalidFile):
        has_changed = True
    if has_changed:
        record_stale(session, find_version(session, version), CHANGED_MEANWHILE, who, at)
    return version


@contextmanager
def facts_may_change(
    session: Session, why: str | Callable[[], str], who: str, at: datetime, as_of: date | None = None
) -> Iterator[list[int]]:
    """Within this, facts may change: every version that was made from others is marked, in the same transaction.

    Facts have changed if they give another problem, names aside: who is told, or how somebody is called, makes no
    plan stale. A version whose problem is the new one (a mix that is adopted) stays fresh.

    Parameters
    ----------
    why
        In a sentence, or what tells it once the change is made.
    as_of
        The day on which the versions were asked for, where one may have the new problem.

    Returns
    -------
    A list that holds the versions newly marked once the change is made.
    """
    fresh = _fresh(session)
    before = _problems(session, fresh, as_of)
    marked: list[int] = []
    yield marked
    session.flush()
    after = _problems(session, fresh, as_of)
    for row in fresh:
        kind = _kind(row)
        is_other = differ(before[kind], after[kind]) and row.problem_hash != _hash(after[kind])
        if row.version is not None and (row.is_stale or is_other):
            record_stale(session, row, why if isinstance(why, str) else why(), who, at)
            marked.append(row.version)


def _fresh(session: Session) -> list[PlanVersion]:
    """Versions from facts that still hold; also superseded ones, which a planner may publish again."""
    query = select(PlanVersion).where(col(PlanVersion.is_stale).is_(False))
    return list(session.exec(query.order_by(col(PlanVersion.version))))


def _kind(row: PlanVersion) -> str:
    """Facts that matter under one of the options 1 to 4 matter under all; areas' own options only in a mix."""
    return MIXED if row.option == MIXED else ""


def _problems(session: Session, rows: list[PlanVersion], as_of: date | None) -> dict[str, Problem | None]:
    """The problem that the facts give now, for each kind of version; None if they give none."""
    option_by_kind = {_kind(row): row.option for row in rows}
    return {kind: _problem(session, option, as_of) for kind, option in option_by_kind.items()}


def _problem(session: Session, option: str, as_of: date | None) -> Problem | None:
    try:
        from services.problem import build_problem  # only a change of facts needs what makes problems

        return build_problem(session, option_named(option).for_problem, as_of)
    except (ServiceError, InvalidProblem):
        return None


def differ(before: Problem | None, after: Problem | None) -> bool:
    """Whether two problems are other ones, names aside; one that there is none of is."""
    return before is None or after is None or _unnamed(before) != _unnamed(after)


def _unnamed(problem: Problem) -> str:
    areas = tuple(area.model_copy(update={"name": ""}) for area in problem.areas)
    return problem.model_copy(update={"name": "", "areas": areas}).hash


def _hash(problem: Problem | None) -> str | None:
    return None if problem is None else problem.hash
