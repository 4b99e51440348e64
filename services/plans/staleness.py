"""Plans made from facts that have changed since: found by the problem that the facts give before and after a change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlmodel import Session, col, select

from models import PlanVersion
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Problem
from services.errors import ServiceError
from services.option_words import MIXED, option_named
from services.plans.plan_store import record_stale


@contextmanager
def facts_may_change(
    session: Session, why: str, who: str, at: datetime, as_of: date | None = None
) -> Iterator[list[int]]:
    """Within this, facts may change: every version that was made from others is marked, in the same transaction.

    Facts have changed if they give another problem, names aside: who is told, or how somebody is called, makes no
    plan stale. A version whose problem is the new one (a mix that is adopted) stays fresh.

    Parameters
    ----------
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
            record_stale(session, row, why, who, at)
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
