"""What a framework says about judgements: what is graded, on which scale, and what limits the overall grade."""

from collections.abc import Collection
from datetime import date

from pydantic import Field

from config.entry import Key, Words
from config.steps import Cited
from config.validity import Validity, holds_on


class Dated(Cited):
    """An entry that holds on days from `valid_from` up to, not including, `valid_to`; always without them."""

    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def validity(self) -> Validity:
        """On which days it holds."""
        return self.valid_from, self.valid_to

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return holds_on(self.validity, day)


class Judgement(Dated):
    """Something that is graded once the step `decided_at` has begun; `scale` has the grades, the worst first (R146).

    The one that `is_overall` is of the whole activity; grade limits bound it. One of an `outcome` is graded only where
    the activity looks at that (R008).
    """

    id: Key
    name: Words
    scale: tuple[Words, ...] = Field(min_length=2)
    decided_at: Key
    is_overall: bool = False
    outcome: Key | None = None

    def is_in(self, scope: Collection[str] | None) -> bool:
        """Whether it is graded where the activity looks at these outcomes; None: at all of them (R008)."""
        return scope is None or self.outcome is None or self.outcome in scope

    def is_worse(self, grade: str, other: str) -> bool:
        """Whether a grade is worse than another of the scale."""
        return self.scale.index(grade) < self.scale.index(other)


class GradeLimit(Dated):
    """If `judgement` is graded `at_most` so, the overall grade is at most `overall_at_most` (R147)."""

    judgement: Key
    at_most: Words
    overall_at_most: Words
