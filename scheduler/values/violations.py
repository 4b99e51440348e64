"""A rule that a plan breaks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """`rule` is its name, `place` the activity, area, inspector or week, `requirement` its number in the register."""

    rule: str
    place: str
    message: str
    requirement: str = ""

    def __str__(self) -> str:
        """One line: place, fact, rule, requirement."""
        cited = f", {self.requirement}" if self.requirement else ""
        return f"{self.place}: {self.message} ({self.rule}{cited})"
