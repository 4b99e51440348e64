"""What a row is about: which people, pool or limit, and in which week. The fact itself; its name is made of it."""

from typing import Literal

from scheduler.values.value import Value, Week

RowKind = Literal[
    "people", "rest", "yearly", "anonymous", "partner", "period_maximum", "period_minimum", "whole_team"
]
"""'people' are those with one of the skills in a week, 'rest' the same with the weeks of rest, 'yearly' what they
may begin in a period, 'whole_team' those there in all weeks of a team; the others are pools and limits."""


class RowName(Value):
    """A row in its parts.

    Attributes
    ----------
    skills
        Sorted; 'leader' for leaders. Empty for rows without people, of a body, and for all people together.
    body
        Of rows that count the people of one body; empty for all others.
    owner
        Identifier of the pool, limit or period; empty for people by week.
    week
        None for rows of a period, and for all weeks of a line together.
    """

    kind: RowKind
    skills: tuple[str, ...] = ()
    body: str = ""
    owner: str = ""
    week: Week | None = None

    def in_week(self, week: Week | None) -> "RowName":
        """The row of the same line in one week, or all of them together."""
        return self.model_copy(update={"week": week})
