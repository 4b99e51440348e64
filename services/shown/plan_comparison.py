"""Stored plans side by side, as tables and pictures: cost against what is proven, what one gains and what one pays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from sqlmodel import Session

from models import PlanVersion
from reports.columns import ColumnChart
from reports.cost_bars import CostBar, CostBars
from reports.dots import DotChart
from reports.table import Table
from reports.words import gap_in_words, number_in_words
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.option_words import TERM_WORDS
from services.plans.plan_store import find_version, versions
from services.shown.option_charts import Across, Up, trade_off_dots
from services.shown.option_rows import options_table
from services.shown.plan_shifts import shift_chart
from services.solves.scenarios import Draws, Scenario, scenario

DRAWS = 50
"""Simulated draws of each plan where robustness is asked for: some seconds of work, kept for whoever asks next."""


_MEASURING = Lock()


@dataclass(frozen=True)
class Comparison:
    """Plans in the order in which they were asked for.

    Attributes
    ----------
    robustness
        Dates kept across, cost up; None unless it was simulated.
    shifts
        Of each plan but the first: its version, and how many of its activities move how far against the first.
    remarks
        What is to be known before figures are compared.
    """

    table: Table
    costs: CostBars
    trade_off: DotChart
    robustness: DotChart | None
    shifts: tuple[tuple[int, ColumnChart], ...]
    remarks: tuple[str, ...]


def newest_of_options(session: Session) -> list[int]:
    """The newest version of each option, by the name of the option."""
    newest: dict[str, int] = {}
    for row in versions(session):
        if row.version is not None:
            newest.setdefault(row.option, row.version)
    return [newest[option] for option in sorted(newest)]


def compare_plans(
    session: Session, numbers: Sequence[int], *, across: Across, up: Up, is_simulated: bool
) -> Comparison:
    """Measure stored plans; what was measured once is kept, since a version never changes.

    Raises
    ------
    NotFound
        If there is no such version.
    """
    rows = [find_version(session, number) for number in numbers]
    options = [row.option for row in rows]
    names = [
        row.option if options.count(row.option) == 1 else f"Plan {row.version}, option {row.option}"
        for row in rows
    ]
    measured = [_measured_row(row, name, is_simulated) for row, name in zip(rows, names, strict=True)]
    scenarios = [found.scenario for found in measured]
    return Comparison(
        table=options_table(scenarios),
        costs=_cost_bars(scenarios),
        trade_off=trade_off_dots(scenarios, across, up),
        robustness=trade_off_dots(scenarios, Across.KEPT, up) if is_simulated else None,
        shifts=tuple(zip(numbers[1:], _shifts(measured), strict=True)),
        remarks=tuple(_different_rules(rows)),
    )


@dataclass(frozen=True)
class _Measured:
    """A plan with its problem and its figures."""

    problem: Problem
    plan: Plan
    scenario: Scenario


def _measured_row(row: PlanVersion, name: str, is_simulated: bool) -> _Measured:
    """One after the other: who asks for what is just being measured gets it without a second computation."""
    with _MEASURING:
        found = _measured((row.problem_json, row.plan_json), row.version, row.date_bound, is_simulated)
    return replace(found, scenario=replace(found.scenario, name=name))


@lru_cache(maxsize=32)
def _measured(
    documents: tuple[str, str], version: int | None, bound: int | None, is_simulated: bool
) -> _Measured:
    """Depends on nothing but its arguments; without a name."""
    problem, plan = Problem.model_validate_json(documents[0]), Plan.model_validate_json(documents[1])
    draws = Draws(DRAWS if is_simulated else 0)
    return _Measured(problem, plan, scenario("", problem, plan, version=version, bound=bound, draws=draws))


def _cost_bars(scenarios: Sequence[Scenario]) -> CostBars:
    """The terms that cost something in any of the plans, the dearest first."""
    totals = {term: sum(found.costs.date_terms.get(term, 0) for found in scenarios) for term in TERM_WORDS}
    terms = sorted((term for term in totals if totals[term]), key=lambda term: -totals[term])
    bars = tuple(
        CostBar(
            name=found.title,
            costs=tuple(found.costs.date_terms.get(term, 0) for term in terms),
            bound=found.bound,
            proven=gap_in_words(found.gap),
        )
        for found in scenarios
    )
    return CostBars(bars=bars, terms=tuple(TERM_WORDS[term] for term in terms), title=_finding(bars))


def _finding(bars: Sequence[CostBar]) -> str:
    """'Option 4 (far apart) has the cheapest dates: 40,383; Option 3 (concurrent) the dearest, 15 per cent more'."""
    best, worst = min(bars, key=lambda bar: bar.total), max(bars, key=lambda bar: bar.total)
    words = f"{best.name} has the cheapest dates: {number_in_words(best.total)}"
    if not best.total or worst.total == best.total:
        return words
    more = round(100 * (worst.total / best.total - 1), 1)
    return f"{words}; {worst.name} the dearest, {number_in_words(more)} per cent more"


def _different_rules(rows: Sequence[PlanVersion]) -> list[str]:
    """Costs of two price lists are not of one measure."""
    if len({row.rules for row in rows}) == 1:
        return []
    return [
        "These plans were made under different rules or prices, so their costs are not of one measure. Solve again "
        "under the rules of today to compare them."
    ]


def _shifts(measured: Sequence[_Measured]) -> list[ColumnChart]:
    first, *others = measured
    return [
        shift_chart(first.problem, first.plan, other.plan, (first.scenario.title, other.scenario.title))
        for other in others
    ]
