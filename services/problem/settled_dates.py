"""What the scheduler has to leave where it is: what has begun, and what has had its notice (R019, R043)."""

from collections.abc import Iterable, Mapping
from datetime import date

from scheduler.events import Settled
from services.days.weeks import monday_of
from services.problem.standing import Standing


def settled(known: Mapping[str, Standing], as_of: date, named: Iterable[str] = ()) -> Settled:
    """What the scheduler has to leave where it is on a day.

    Parameters
    ----------
    named
        Codes of activities that the planner lets move.
    """
    return Settled(
        is_week_begun=as_of > monday_of(as_of),
        under_way=tuple(code for code, found in sorted(known.items()) if found.is_begun),
        notified=tuple(code for code, found in sorted(known.items()) if found is Standing.NOTIFIED),
        named=tuple(sorted(set(named))),
    )
