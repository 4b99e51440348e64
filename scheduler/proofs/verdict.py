"""What a verification answers: what is proven about a plan, what is not, and why something is refused."""

from scheduler.values.proof import CertificateKind
from scheduler.values.value import Value


class StatedBounds(Value):
    """Bounds that a solve reported beside its plan; None where it reported none.

    `uncovered_bound_for_dates` are the fewest places that any teams for the dates of the plan leave uncovered.
    """

    date_bound: int | None = None
    team_bound: int | None = None
    uncovered_bound_for_dates: int | None = None


class ProofCheck(Value):
    """One certificate: the bound it claims, and what its prices prove; None if they prove nothing.

    `for_covered_plans` says that the bound holds only for plans in which the people suffice for every place.
    """

    kind: CertificateKind
    claimed: int
    proven: int | None
    for_covered_plans: bool = True
    refusal: str = ""

    @property
    def is_accepted(self) -> bool:
        """Whether it proves what it claims."""
        return not self.refusal


class Verdict(Value):
    """The answer of `verify`.

    Attributes
    ----------
    is_accepted
        Whether the plan keeps every rule at the costs it claims, and each certificate proves its bound.
    refusals
        Why not, in words.
    proven, unproven
        What is known for certain, and what is only a solver's word, in words.
    date_cost, team_cost, uncovered_places
        Of the plan, recomputed; None without a plan, or if it is refused.
    """

    is_accepted: bool
    refusals: tuple[str, ...]
    proven: tuple[str, ...]
    unproven: tuple[str, ...]
    proofs: tuple[ProofCheck, ...]
    date_cost: int | None = None
    team_cost: int | None = None
    uncovered_places: int | None = None
