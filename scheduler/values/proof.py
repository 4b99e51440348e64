"""What proves a bound: integer prices of rows by name, from which anyone can recompute it without a solver."""

from typing import Literal

from pydantic import Field

from scheduler.values.value import NonNegative, Positive, Value

CertificateKind = Literal["dates", "impossible", "uncovered"]
"""'dates': no plan whose places people can fill has dates that cost less than `bound`.

'impossible': timetables cost nothing, a missing one costs 1; `bound` above 0 proves that every plan misses one.
'uncovered': every plan of dates and people leaves at least `bound` places uncovered.

With `whole_teams`, and wherever a row of people has a price, 'dates' and 'impossible' speak of plans without uncovered
place; otherwise of all plans. 'uncovered' speaks of all plans.
"""


class Certificate(Value):
    """Prices of rows, non-negative integers divided by `scale`; rows that are not named have price 0.

    The rows themselves, their right-hand sides and everything else follow from the problem (see
    docs/solver-model.md); nothing but prices is ever read from a certificate.

    Attributes
    ----------
    whole_teams
        Whether weeks in which no whole team could be there are left out (see `scheduler.areas.whole_teams`).
    bound
        What is claimed to be proven; a verifier recomputes it.
    """

    kind: CertificateKind = "dates"
    problem_hash: str
    scale: Positive
    whole_teams: bool = True
    duals: dict[str, NonNegative] = Field(default_factory=dict)
    bound: int
