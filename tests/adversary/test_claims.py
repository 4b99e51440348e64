"""Every claim of the scheduler about tiny problems is true, as far as an exact model that shares nothing with it says.

How many problems are asked about: `--adversary N` (see tests/conftest.py). What is said of one of them:
`python -m tests.adversary solve 17`.
"""

import pytest

from tests.adversary.question import Claim, Subject, judged
from tests.adversary.subjects import every_claim


@pytest.mark.parametrize(
    ("subject", "claim"),
    [pytest.param(subject, claim, id=f"{subject.name}-{claim.__name__}") for subject, claim in every_claim()],
)
def test_every_claim_is_true(subject: Subject, claim: Claim, adversary: range) -> None:
    """What is wrong is told by the seed of the problem."""
    number = max(1, len(adversary) * subject.share // 100)
    found = judged(subject, adversary[:number])[claim.__name__]
    assert not found, "\n".join(f"{seed}: {'; '.join(what)}" for seed, what in found.items())
