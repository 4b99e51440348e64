"""How a stored plan bears absences, incidents and late stages: simulated, in sentences and tables (R028)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from reports.table import Table
from services.naming.cost_unit import price_of_week
from services.plans import plan_store

DRAWS, REACH_WEEKS = 500, 6
"""Simulated draws, some seconds of work, and the weeks by which dates may move."""

LEAST_KEPT_AREAS = 10


@dataclass(frozen=True)
class PlanRobustness:
    """What a simulation of a version says."""

    version: int
    finding: str
    assumptions: str
    tables: tuple[Table, ...]


def robustness_of(session: Session, _today: date, version: int) -> PlanRobustness:
    """Simulate a version; NotFound if there is none."""
    from scheduler.simulating import Disturbances, simulate  # whoever only imports pages pays nothing for it
    from services.solves import simulations as words

    stored = plan_store.load_plan(session, version)
    found = simulate(stored.problem, stored.plan, Disturbances(), DRAWS, 0, REACH_WEEKS)
    tables = (
        words.figures_table(found),
        words.efforts_table(found, price_of_week(stored.problem)),
        words.quarters_table(stored.problem, found),
        words.areas_table(stored.problem, found, LEAST_KEPT_AREAS),
    )
    return PlanRobustness(version, words.finding(found), words.assumptions(found.disturbances), tables)
