"""What certificates claim, beside the truth."""

from collections.abc import Iterator, Sequence

from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.verifying.verifier import verify
from tests.adversary.model import Model


def wrong_proofs(problem: Problem, plan: Plan | None, certificates: Sequence[Certificate]) -> Iterator[str]:
    """All that is wrong with certificates: the verifier refuses one, or claims that are not true.

    Bounds of dates are compared with plans that cover every place: of others they may say nothing.
    """
    if not certificates:
        return
    verdict = verify(problem, plan, certificates)
    if not verdict.is_accepted:
        yield "; ".join(verdict.refusals)
    best = Model(problem).best(("uncovered",))
    covered = Model(problem).limit("uncovered", 0).best(("dates",))
    for certificate in certificates:
        if certificate.kind == "uncovered" and best is not None and certificate.bound > best.values[0]:
            yield f"'uncovered' claims {certificate.bound}, but {best.values[0]} is possible"
        if certificate.kind == "impossible" and covered is not None:
            yield "'impossible', but a plan covers every place"
        if certificate.kind == "dates" and covered is not None and certificate.bound > covered.values[0]:
            yield f"'dates' claims {certificate.bound}, but {covered.values[0]} is possible"
