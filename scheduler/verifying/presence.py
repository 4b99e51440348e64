"""Could a whole team be there? Enough independent people for each skill, throughout one or two stages."""

from functools import cache

from scheduler.verifying.nodes import Node
from scheduler.verifying.people import People, Staff, needed_of_bodies

Counts = tuple[tuple[str, int], ...]


class Presence:
    """Start weeks in which no team could work are left out: no plan without uncovered place uses them.

    One team does all stages of an activity, so also pairs of weeks of two stages are looked at.
    """

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self._wanted = cache(self._find_wanted)

    def is_possible(self, node: Node, week: int) -> bool:
        """Whether a team could be there throughout a stage that starts in a week."""
        if node.activity.team is None or not node.stage.uses_team:
            return True
        return self._suffices(node, self.staff.there_throughout(week, node.stage.duration_weeks))

    def is_possible_pair(self, first: Node, week: int, second: Node, second_week: int) -> bool:
        """Whether the same team could be there throughout both of two stages of one activity."""
        there = self.staff.there_throughout(week, first.stage.duration_weeks)
        return self._suffices(
            first, there & self.staff.there_throughout(second_week, second.stage.duration_weeks)
        )

    def _suffices(self, node: Node, there: People) -> bool:
        there &= self.staff.independent(node.activity)
        bodies = tuple(needed_of_bodies(node.activity).items())
        return all((there & able).bit_count() >= count for able, count in self._wanted(node.seats, bodies))

    def _find_wanted(self, seats: Counts, bodies: Counts) -> list[tuple[People, int]]:
        """For each skill, for all together and for each body: who can, and how many must."""
        each = [(self.staff.able(frozenset([skill])), count) for skill, count in seats]
        everybody = self.staff.able(frozenset(skill for skill, _ in seats))
        of_bodies = [(everybody & self.staff.of_body(body), count) for body, count in bodies]
        return [*each, (everybody, sum(count for _, count in seats)), *of_bodies]


def are_one_team(first: Node, second: Node) -> bool:
    """Whether two stages keep the same team busy."""
    return first.activity is second.activity and first.stage.uses_team and second.stage.uses_team
