"""What a solve proved and what each option costs, as values to draw."""

from collections.abc import Sequence

from sqlmodel import Session

from reports.trace import Trace, TraceMoment
from reports.tradeoff import OptionFigures, TradeOff
from scheduler.values.result import gap
from services.plans.plan_store import find_version, load_plan
from services.shown.chart_words import EXPLANATIONS, option_in_words

TERM_WORDS = {
    "urgency": "Delay of urgent reviews",
    "stretch": "Longer gap before fieldwork",
    "sequencing": "Sequencing of review and assessment",
    "co_ordination": "Distance from other inspections",
    "burden": "Burden on the area",
    "evenness": "Uneven load",
    "partners": "Partners visited at once",
    "stability": "Changes to published dates",
}
"""The terms of the cost of dates in the words of a planner."""


def trade_off(session: Session, versions: Sequence[int]) -> TradeOff:
    """What the dates of some versions cost, term by term, for comparison side by side (R038).

    Raises
    ------
    NotFound
        If there is no such version.
    """
    options = [find_version(session, version).option for version in versions]
    is_clear = len(set(options)) == len(options)
    return TradeOff(options=tuple(_figures(session, version, is_clear) for version in versions))


def trace_of(session: Session, version: int, phase: str = "dates") -> Trace:
    """How the best cost and the proven bound of a version's solve closed in on each other.

    Parameters
    ----------
    phase
        'dates' or 'teams'; the seconds count from the start of the solve.

    Raises
    ------
    NotFound
        If there is no such version.
    """
    points = [point for point in load_plan(session, version).result.trace if point.phase == phase]
    return Trace(
        moments=tuple(
            TraceMoment(point.seconds, point.incumbent, point.bound)
            for point in sorted(points, key=lambda point: point.seconds)
        )
    )


def _figures(session: Session, version: int, is_clear: bool) -> OptionFigures:
    row, plan = find_version(session, version), load_plan(session, version).plan
    name = option_in_words(row.option) if is_clear else f"Plan {version} ({option_in_words(row.option)})"
    return OptionFigures(
        name=name[:1].upper() + name[1:],
        explanation=EXPLANATIONS.get(row.option, ""),
        terms=tuple((TERM_WORDS.get(term, term), cost) for term, cost in plan.costs.date_terms.items()),
        bound=row.date_bound,
        gap=None if row.date_bound is None else gap(row.date_cost, row.date_bound),
        uncovered_places=row.uncovered_places,
        remark="made before the latest facts" if row.is_stale else "",
        is_chosen=row.status == "published",
    )
