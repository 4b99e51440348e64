"""What proves a bound: integer prices of rows by name, from which anyone can recompute it without a solver."""

from typing import Literal

from pydantic import Field

from scheduler.values.activities import Activity
from scheduler.values.limits import Link
from scheduler.values.value import Identifier, NonNegative, Positive, Value

CertificateKind = Literal["dates", "impossible", "uncovered", "mix"]
"""'dates': no plan whose places people can fill has dates that cost less than `bound`.

'impossible': timetables cost nothing, a missing one costs 1; `bound` above 0 proves that every plan misses one.
'uncovered': every plan of dates and people leaves at least `bound` places uncovered.
'mix': as 'dates', for every mix of `options`, of which each area of the problem follows one (R039).

With `whole_teams`, and wherever a row of people has a price, 'dates', 'mix' and 'impossible' speak of plans without
uncovered place; otherwise of all plans. 'uncovered' speaks of all plans.
"""


class OptionParts(Value):
    """The activities and links of the whole programme under one sequencing option.

    An activity that is the same in the problem that the certificate is for is named by its id alone.
    """

    name: Identifier
    activities: tuple[Identifier | Activity, ...]
    links: tuple[Link, ...] = ()


class Certificate(Value):
    """Prices of rows, non-negative integers divided by `scale`; rows that are not named have price 0.

    The rows themselves, their right-hand sides and everything else follow from the problem (see
    docs/solver-model.md); nothing but prices is ever read from a certificate, but of a mix what may be mixed.

    Attributes
    ----------
    whole_teams
        Whether weeks in which no whole team could be there are left out (see `scheduler.areas.whole_teams`).
    bound
        What is claimed to be proven; a verifier recomputes it.
    options
        Of kind 'mix': the options of which an area may follow any; all else is as in the problem.
    """

    kind: CertificateKind = "dates"
    problem_hash: str
    scale: Positive
    whole_teams: bool = True
    duals: dict[str, NonNegative] = Field(default_factory=dict)
    bound: int
    options: tuple[OptionParts, ...] = ()
