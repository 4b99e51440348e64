"""Conditions: on what steps, their days, and places of a team may depend."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from config.entry import Entry, Key, Words

Grades = Mapping[str, str]
"""Grades by judgement."""


@dataclass(frozen=True)
class Circumstances:
    """What an activity is like, as far as its framework may depend on it.

    Attributes
    ----------
    extent
        Extent of its fieldwork.
    scope
        The outcomes that it looks at; None: all (R008).
    grades, last_grades
        Grades of the activity itself, and of the area's last one of its kind.
    """

    extent: str = ""
    scope: Collection[str] | None = None
    grades: Grades = field(default_factory=dict)
    last_grades: Grades = field(default_factory=dict)


class Condition(Entry):
    """Holds if everything does that it names: a grade, the extent of fieldwork, the scope.

    `judgement` was graded with one of `grades`, that of this activity itself, or with `of_last` of the area's last one
    of its kind. The extent is one of `extents`. The activity looks at one of `outcomes`; one of full scope looks at all
    (R008).
    """

    judgement: Key | None = None
    grades: tuple[Words, ...] = ()
    of_last: bool = False
    extents: tuple[Key, ...] = ()
    outcomes: tuple[Key, ...] = ()

    @property
    def is_known_when_planned(self) -> bool:
        """Whether it depends on nothing that is judged of the activity itself."""
        return self.judgement is None or self.of_last

    def holds(self, at: Circumstances) -> bool:
        """Whether it holds of such an activity."""
        made = at.last_grades if self.of_last else at.grades
        return (
            (not self.extents or at.extent in self.extents)
            and (not self.outcomes or at.scope is None or not set(self.outcomes).isdisjoint(at.scope))
            and (self.judgement is None or made.get(self.judgement) in self.grades)
        )


def holds(condition: Condition | None, at: Circumstances) -> bool:
    """Whether something is there that depends on a condition, or on none."""
    return condition is None or condition.holds(at)
