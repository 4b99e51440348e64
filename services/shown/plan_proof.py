"""What stands behind a stored plan: rules and costs recounted, bounds verified without a solver, what would save."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models import PlanVersion
from reports.table import Table
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.result import Result
from scheduler.values.violations import Violation
from scheduler.verifying.verifier import StatedBounds, Verdict, verify
from services.naming.names import Names
from services.naming.people import names_of_inspectors
from services.plans import plan_store
from services.problem.short_notice import ShortNotice, short_notices

ADMISSION = "wrong_uncovered_places"
"""The rule that a plan breaks if it does not admit all of its uncovered places."""

MOST_BOTTLENECKS = 15


@dataclass(frozen=True)
class PlanProof:
    """What a check and a verification say of a version.

    Attributes
    ----------
    broken, admitted
        Rules that it breaks, without and with those that no plan could keep when people run short.
    uncovered
        Places that nobody fills: activity and what the place needs.
    short_notice
        What begins so early that its area should have been told before today (R094).
    savings
        What one more of something would save, in sentences.
    """

    version: int
    broken: tuple[Violation, ...]
    admitted: tuple[Violation, ...]
    uncovered: tuple[tuple[str, str], ...]
    short_notice: tuple[ShortNotice, ...]
    verdict: Verdict
    savings: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every rule is kept, but for places that it says itself are uncovered, and every bound holds."""
        return not self.broken and self.verdict.is_accepted

    @property
    def sentences(self) -> Table:
        """What is proven and what is the solver's claim only, one a row."""
        verdict = self.verdict
        kinds = (("Refused", verdict.refusals), ("Proven", verdict.proven), ("Not proven", verdict.unproven))
        rows = tuple((kind, sentence) for kind, found in kinds for sentence in found)
        return Table(name="Verification", columns=("", "what"), rows=rows)


def proof_of(session: Session, today: date, version: int) -> PlanProof:
    """Check and verify a version; some seconds for a national one, which never change.

    Raises
    ------
    NotFound
        If there is no such version.
    """
    row, stored = plan_store.find_version(session, version), plan_store.load_plan(session, version)
    problem, plan = stored.problem, stored.plan
    names = Names(problem, names_of_inspectors(session))
    violations = check(problem, plan)
    known = admitted(violations)
    certificates = plan.certificates or stored_certificates(row)
    return PlanProof(
        version=version,
        broken=tuple(found for found in violations if found not in known),
        admitted=tuple(known),
        uncovered=tuple(
            (names.activity(code), names.skill(skill)) for code, skill in uncovered(problem, plan)
        ),
        short_notice=tuple(short_notices(session, plan_store.first_mondays(plan), today)),
        verdict=verify(problem, plan, certificates, stated_bounds(row)),
        savings=tuple(_savings(names, problem, certificates)),
    )


def admitted(violations: Sequence[Violation]) -> list[Violation]:
    """Those that no plan could avoid when people run short, and that the plan counts itself (`SHORTAGE_RULES`)."""
    if any(item.rule == ADMISSION for item in violations):
        return []
    return [item for item in violations if item.rule in SHORTAGE_RULES]


def uncovered(problem: Problem, plan: Plan) -> list[tuple[str, str]]:
    """Activity and skill of every place that nobody fills."""
    rows = plan_store.team_places(problem, plan, version=0)
    return [(row.activity_code, row.skill) for row in rows if row.inspector_code is None]


def stored_certificates(row: PlanVersion | None) -> tuple[Certificate, ...]:
    """Plans stored before they carried certificates have them in the solve's result."""
    return () if row is None else _result(row).certificates


def stated_bounds(row: PlanVersion | None) -> StatedBounds:
    """The bounds that the solve reported with a stored plan."""
    if row is None:
        return StatedBounds()
    result = _result(row)
    return StatedBounds(
        date_bound=row.date_bound,
        searched_with_people=result.dates.searched_with_people,
        team_bound=row.team_bound,
        uncovered_bound=result.uncovered_bound,
        uncovered_bound_for_dates=result.uncovered_bound_for_dates,
    )


def _result(row: PlanVersion) -> Result:
    return Result.model_validate_json(row.result_json)


def _savings(names: Names, problem: Problem, certificates: Sequence[Certificate]) -> Iterator[str]:
    """By the prices of the best proof of dates; nothing without one."""
    # Whoever checks or verifies a plan does without numpy.
    from scheduler.explaining.bottleneck_prices import bottlenecks
    from services.shown.reasons.answers import bottleneck_in_words

    dates = [found for found in certificates if found.kind == "dates" and found.problem_hash == problem.hash]
    if not dates:
        return
    best = max(dates, key=lambda found: found.bound)
    for bottleneck in bottlenecks(problem, best)[:MOST_BOTTLENECKS]:
        yield bottleneck_in_words(names, bottleneck)
