"""The verifier: recomputes rules, costs and bounds of a plan in exact whole numbers, without any solver.

It shares no code with what finds plans (see `scheduler.verifying`), and reads nothing but prices from a
certificate: rows, right-hand sides, timetables and their costs follow from the problem alone.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from scheduler.checking.checker import faults
from scheduler.values.errors import Refusal
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate, CertificateKind
from scheduler.verifying.bound import Proven, bound_of_dates, bound_of_missing
from scheduler.verifying.mixes import bound_of_mixes
from scheduler.verifying.uncovered import bound_of_covered_dates, bound_of_uncovered, prices_persons
from scheduler.verifying.verdict import ProofCheck, StatedBounds, Verdict, proven_by, unproven_of

__all__ = ["StatedBounds", "Verdict", "verify"]

BOUNDS: dict[CertificateKind, Callable[[Problem, Certificate], Proven]] = {
    "dates": bound_of_dates,
    "impossible": bound_of_missing,
    "uncovered": bound_of_uncovered,
    "mix": bound_of_mixes,
}


def verify(
    problem: Problem,
    plan: Plan | None,
    certificates: Sequence[Certificate],
    stated: StatedBounds | None = None,
) -> Verdict:
    """What is proven about a plan, or about a problem without one.

    Parameters
    ----------
    problem
        A valid problem (see `validate`).
    plan
        The plan, also a damaged one or one made elsewhere; None for a problem that is said to be impossible.
    certificates
        Those of the plan, or from elsewhere.
    stated
        Bounds that were reported with the plan: the verdict says which of them are only a solver's word.
    """
    own_hash = hashlib.sha256(problem.model_dump_json(exclude={"pair"}).encode()).hexdigest()
    refusals = [] if plan is None else list(_plan_refusals(problem, plan, own_hash))
    proofs = tuple(_checked(problem, certificate, own_hash) for certificate in certificates)
    refusals += [f"certificate of kind '{proof.kind}': {proof.refusal}" for proof in proofs if proof.refusal]
    if not certificates:
        refusals.append("there is no certificate, so no bound is proven. Solve again, or use: check")
    if plan is not None and not refusals:
        refusals += _contradictions(plan, proofs)
    sound = None if refusals else plan
    return Verdict(
        is_accepted=not refusals,
        refusals=tuple(refusals),
        proven=() if refusals else tuple(proven_by(proofs, sound)),
        unproven=() if refusals else tuple(unproven_of(proofs, sound, stated or StatedBounds())),
        proofs=proofs,
        date_cost=None if sound is None else sound.costs.date_cost,
        team_cost=None if sound is None else sound.costs.team_cost,
        uncovered_places=None if sound is None else sound.costs.uncovered_places,
    )


def _plan_refusals(problem: Problem, plan: Plan, own_hash: str) -> Iterator[str]:
    """Another problem's plan, broken rules and wrong costs; seats that nobody could fill are admitted."""
    if plan.problem_hash != own_hash:
        yield (
            f"the plan is for problem {plan.problem_hash[:12]}, not for this one ({own_hash[:12]}). "
            "Use the problem that the plan was made for."
        )
        return
    for found in faults(problem, plan):
        yield f"the plan breaks {found.rule} at {found.place}: {found.message}"


def _checked(problem: Problem, certificate: Certificate, own_hash: str) -> ProofCheck:
    """What the prices of a certificate prove, compared with what it claims."""
    kind, claimed = certificate.kind, certificate.bound
    if certificate.problem_hash != own_hash:
        reason = f"it is for problem {certificate.problem_hash[:12]}, not for this one ({own_hash[:12]})."
        return ProofCheck(kind=kind, claimed=claimed, proven=None, refusal=reason)
    try:
        found = _proven(problem, certificate)
    except Refusal as refusal:
        return ProofCheck(kind=kind, claimed=claimed, proven=None, refusal=str(refusal))
    return ProofCheck(
        kind=kind,
        claimed=claimed,
        proven=found.bound,
        for_covered_plans=found.for_covered_plans,
        refusal=_shortfall(kind, claimed, found.bound),
    )


def _proven(problem: Problem, certificate: Certificate) -> Proven:
    if certificate.kind == "dates" and prices_persons(certificate):
        return bound_of_covered_dates(problem, certificate)
    return BOUNDS[certificate.kind](problem, certificate)


def _shortfall(kind: CertificateKind, claimed: int, proven: int) -> str:
    if proven < claimed:
        return f"it claims {claimed}, but its prices prove {proven} only. Solve again; the file may have been altered."
    if kind == "impossible" and proven < 1:
        return f"its prices prove {proven}; only more than nothing shows that every plan lacks something."
    return ""


def _contradictions(plan: Plan, proofs: Sequence[ProofCheck]) -> Iterator[str]:
    """A plan that a proof says cannot be: then the verifier, the check or the solver has an error."""
    covers = plan.costs.uncovered_places == 0
    for proof in proofs:
        if proof.proven is None or (proof.for_covered_plans and not covers):
            continue
        cost = plan.costs.uncovered_places if proof.kind == "uncovered" else plan.costs.date_cost
        if proof.kind == "impossible" or cost < proof.proven:
            yield (
                f"the plan and the certificate of kind '{proof.kind}' contradict each other: such a plan cannot be, "
                "yet it keeps every rule. Report this as an error."
            )
