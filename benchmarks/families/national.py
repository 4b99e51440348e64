"""National programmes: 150 areas as in England in 2005, or any other number, with limits in proportion."""

from benchmarks.families.build import build
from benchmarks.families.family import Family, Option
from scheduler.values.problem import Problem


def national(option: Option = 3, num_areas: int = 150, num_inspectors: int = 170, seed: int = 0) -> Problem:
    """A national programme from 5 September 2005 to 31 December 2008, tight in leaders and scarce skills.

    Limits and pools grow with `num_areas`; keep about 17 inspectors for 15 areas.
    """
    factor = num_areas / 150
    return build(
        Family(
            option,
            num_areas,
            num_inspectors,
            num_audit_teams=max(2, round(7 * factor)),
            first_term_maximum=max(1, round(8 * factor)),
            yearly_maximum=max(3, round(56 * factor)),
            quarterly_maximum=max(2, round(16 * factor)),
        ),
        seed,
        f"national-{option}-{num_areas}-{num_inspectors}-{seed}",
    )


def large(option: Option = 3, num_areas: int = 1500, seed: int = 0) -> Problem:
    """Ten times the national programme: people, pools and limits in proportion, the same weeks."""
    return national(option, num_areas, round(num_areas * 17 / 15), seed)
