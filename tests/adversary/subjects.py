"""All kinds of questions, and how many of each are asked."""

from tests.adversary.candidate_claims import CANDIDATES
from tests.adversary.explain_claims import EXPLAIN
from tests.adversary.question import Claim, Subject
from tests.adversary.replan_claims import REPLAN
from tests.adversary.solve_claims import SOLVE
from tests.adversary.why_claims import WHY

SUBJECTS: tuple[Subject, ...] = (SOLVE, REPLAN, CANDIDATES, EXPLAIN, WHY)


def every_claim() -> list[tuple[Subject, Claim]]:
    """Each claim of each subject."""
    return [(subject, claim) for subject in SUBJECTS for claim in subject.claims]
