"""A few areas with people enough."""

from benchmarks.families.build import build
from benchmarks.families.family import Family, Option
from benchmarks.people import Release
from scheduler.values.problem import Problem


def small(option: Option = 3, num_areas: int = 8, num_inspectors: int = 26, seed: int = 0) -> Problem:
    """A few areas over one year of starts, for tests; nobody is short."""
    family = Family(
        option,
        num_areas,
        num_inspectors,
        num_start_weeks=60,
        num_weeks=104,
        num_audit_teams=2,
        first_term_maximum=2,
        yearly_maximum=6,
        quarterly_maximum=3,
        release=Release(share=1.0, abundant_share=1.0, is_by_round=False, is_abundant_by_round=False),
    )
    return build(family, seed, f"small-{option}-{num_areas}-{seed}")
