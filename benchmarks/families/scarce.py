"""The national programme with too few people."""

from benchmarks.families.build import build
from benchmarks.families.family import Family, Option
from benchmarks.people import Release
from scheduler.values.problem import Problem


def scarce(option: Option = 3, seed: int = 0, num_inspectors: int = 77) -> Problem:
    """The national programme with 77 inspectors, lent in most half-terms: the cheapest dates are too much for them.

    With 60 no dates let them cover every place.
    """
    family = Family(
        option,
        150,
        num_inspectors,
        release=Release(share=5 / 6, abundant_share=5 / 6, is_abundant_by_round=False),
    )
    return build(family, seed, f"scarce-{option}-{num_inspectors}-{seed}")
