"""A rule that a plan breaks."""

from scheduler.values.value import Value


class Violation(Value):
    """`rule` is its name, `place` the activity, area, inspector or week, `requirement` its number in the register."""

    rule: str
    place: str
    message: str
    requirement: str = ""

    def __str__(self) -> str:
        """One line: place, fact, rule, requirement."""
        cited = f", {self.requirement}" if self.requirement else ""
        return f"{self.place}: {self.message} ({self.rule}{cited})"
