"""What the search for covered places answers."""

from dataclasses import dataclass

from scheduler.run.answers import Starts, TeamsAnswer
from scheduler.values.proof import Certificate
from scheduler.values.result import TracePoint


@dataclass(frozen=True)
class Covering:
    """Dates and teams, and what is proven about them.

    Attributes
    ----------
    starts, teams
        The best found; None if there are none.
    date_cost
        Cost of these dates.
    uncovered_bound
        No plan, whatever its dates, leaves fewer places uncovered.
    date_bound
        No plan with at most as many uncovered places as this one has cheaper dates; None if unknown.
    certificate
        The proof of `uncovered_bound`.
    date_certificate
        The proof of what dates of plans without uncovered place cost at least, None if nothing is proven.
    """

    starts: Starts | None
    teams: TeamsAnswer | None
    date_cost: int | None
    uncovered_bound: int
    date_bound: int | None
    certificate: Certificate
    date_certificate: Certificate | None
    trace: tuple[TracePoint, ...]
    was_stopped: bool = False
