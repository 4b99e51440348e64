"""What members of a family of instances have in common: their sizes."""

from dataclasses import dataclass, field
from typing import Literal

from benchmarks.people import Release

Option = Literal[1, 2, 3, 4, "mixed"]
"""One of the four sequencing options for all areas, or one drawn for each."""


@dataclass(frozen=True)
class Family:
    """The sizes of an instance; `num_start_weeks` is the number of weeks in which a review may start."""

    option: Option
    num_areas: int
    num_inspectors: int
    num_start_weeks: int = 173
    num_weeks: int = 213
    num_audit_teams: int = 7
    first_term_maximum: int = 8
    yearly_maximum: int = 56
    quarterly_maximum: int = 16
    release: Release = field(default_factory=Release)
