"""Seeded families of problems like the national programme of joint area reviews, by name.

All facts are drawn, none describes a real authority or person; the calendar is the English one. The same
arguments always give the same problem. Replanning (events on a plan) is a family of its own: see
`benchmarks.replanning`.
"""

from collections.abc import Callable

from benchmarks.families.build import build
from benchmarks.families.family import Family, Option
from benchmarks.families.national import large, national
from benchmarks.families.scarce import scarce
from benchmarks.families.small import small
from benchmarks.families.tight import tight
from benchmarks.people import ABUNDANT_SKILLS
from scheduler.values.problem import Problem

FAMILIES: dict[str, Callable[..., Problem]] = {
    "small": small,
    "national": national,
    "scarce": scarce,
    "tight": tight,
    "large": large,
}
"""Each takes an option and a seed, by the names `option` and `seed`."""

__all__ = [
    "ABUNDANT_SKILLS",
    "FAMILIES",
    "Family",
    "Option",
    "build",
    "large",
    "national",
    "scarce",
    "small",
    "tight",
]
