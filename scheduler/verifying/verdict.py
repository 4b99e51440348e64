"""What a verification answers, as a value and in words: what is proven of a plan, what is not, and why."""

from collections.abc import Iterator, Sequence

from scheduler.values.plan import Plan
from scheduler.values.proof import CertificateKind
from scheduler.values.value import Value


class StatedBounds(Value):
    """Bounds that a solve reported beside its plan; None where it reported none.

    `uncovered_bound` are the fewest places that any plan leaves uncovered, `uncovered_bound_for_dates` those that any
    teams for the dates of the plan do. With `searched_with_people` the bound of dates comes of a search of dates and
    people together.
    """

    date_bound: int | None = None
    searched_with_people: bool = False
    team_bound: int | None = None
    uncovered_bound: int | None = None
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


def proven_by(proofs: Sequence[ProofCheck], plan: Plan | None) -> Iterator[str]:
    """What is known for certain."""
    if plan is not None:
        costs = plan.costs
        yield (
            f"The plan keeps every rule and costs what it says: {costs.date_cost} for dates, {costs.team_cost} for "
            f"people; it leaves {_places(costs.uncovered_places)} uncovered."
        )
    for proof in proofs:
        if proof.proven is not None and proof.is_accepted:
            yield from _BY_KIND[proof.kind](proof, proof.proven, plan)


def _dates(proof: ProofCheck, bound: int, plan: Plan | None) -> Iterator[str]:
    group = "plan without uncovered place" if proof.for_covered_plans else "plan"
    yield f"No {group} has dates that cost less than {bound}.{_compared(proof, bound, plan)}"


def _mix(proof: ProofCheck, bound: int, plan: Plan | None) -> Iterator[str]:
    group = " that leaves no place uncovered" if proof.for_covered_plans else ""
    yield (
        f"No mix of the certificate's options (one for each area){group} has dates that cost less than {bound}."
        f"{_compared(proof, bound, plan)}"
    )


def _compared(proof: ProofCheck, bound: int, plan: Plan | None) -> str:
    if plan is None:
        return ""
    cost = plan.costs.date_cost
    if proof.for_covered_plans and plan.costs.uncovered_places > 0:
        return f" This plan, whose dates cost {cost}, has uncovered places: others like it may cost less."
    if cost == bound:
        return " The dates of this one cost just that."
    return f" Those of this one cost {cost}, at most {_percent(cost, bound)} more."


def _impossible(proof: ProofCheck, _: int, __: Plan | None) -> Iterator[str]:
    if proof.for_covered_plans:
        yield "No plan leaves every place covered: weighed by the prices, more is needed than is there."
    else:
        yield "No plan of dates keeps all limits: weighed by the prices, more is needed than is there."


def _uncovered(_: ProofCheck, bound: int, plan: Plan | None) -> Iterator[str]:
    this_plan = "" if plan is None else f" This one leaves {_places(plan.costs.uncovered_places)} uncovered."
    yield f"Every plan, whatever its dates and teams, leaves at least {_places(bound)} uncovered.{this_plan}"


_BY_KIND = {"dates": _dates, "impossible": _impossible, "uncovered": _uncovered, "mix": _mix}


def unproven_of(proofs: Sequence[ProofCheck], plan: Plan | None, stated: StatedBounds) -> Iterator[str]:
    """What nobody has proven, or only a solver says."""
    if plan is not None:
        yield from _of_dates(_best(proofs, "dates"), plan, stated)
        yield from _of_teams(plan, stated)
        yield from _of_places(_best(proofs, "uncovered") or 0, plan, stated)


def _best(proofs: Sequence[ProofCheck], kind: CertificateKind) -> int | None:
    """The best bound that certificates of a kind prove."""
    return max(
        (proof.proven for proof in proofs if proof.kind == kind and proof.proven is not None), default=None
    )


def _of_dates(best: int | None, plan: Plan, stated: StatedBounds) -> Iterator[str]:
    if best is None:
        yield "Nothing is proven about how much cheaper dates could be: there is no certificate of dates."
    if stated.date_bound is None or (best is not None and stated.date_bound <= best):
        return
    if plan.costs.uncovered_places > 0:
        yield (
            f"That no plan with as few uncovered places has dates that cost less than {stated.date_bound} is a "
            "solver's word."
        )
    else:
        known = "" if best is None else f"; the certificate proves {best}"
        searched = (
            "a search of dates and people together" if stated.searched_with_people else "branch and cut"
        )
        group = "plan without uncovered place has dates that" if stated.searched_with_people else "dates"
        yield f"That no {group} cost less than {stated.date_bound} is the word of {searched} alone{known}."


def _of_teams(plan: Plan, stated: StatedBounds) -> Iterator[str]:
    cost = plan.costs.team_cost
    if not plan.members:
        return
    if stated.team_bound is None:
        yield f"Whether other teams for these dates would cost less than {cost} is not proven here."
    else:
        yield (
            f"That no teams for these dates cost less than {stated.team_bound} (these: {cost}) is a solver's word; "
            "their rules and costs are checked."
        )


def _of_places(least: int, plan: Plan, stated: StatedBounds) -> Iterator[str]:
    uncovered, for_dates = plan.costs.uncovered_places, stated.uncovered_bound_for_dates
    searched = stated.uncovered_bound or 0
    if searched > least:
        known = f"; the certificate proves {least}" if least else ""
        yield f"That every plan leaves at least {_places(searched)} uncovered is a solver's word{known}."
    if uncovered > max(least, searched):
        yield f"Whether another plan could leave fewer than {_places(uncovered)} uncovered is not proven."
        if for_dates is not None and for_dates > least:
            yield f"That these dates leave at least {_places(for_dates)} uncovered is a solver's word."


def _places(count: int) -> str:
    return f"{count or 'no'} place{'' if count == 1 else 's'}"


def _percent(cost: int, bound: int) -> str:
    """How much a cost is above its bound, rounded up to a thousandth of a per cent."""
    if bound <= 0:
        return f"{cost - bound}"
    thousandths = -(-(cost - bound) * 100_000 // bound)
    return f"{thousandths // 1000}.{thousandths % 1000:03d} %"
