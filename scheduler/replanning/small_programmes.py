"""Small programmes after an event: one model of all their plans finds the least of anything, and proves it."""

from typing import Any

from scheduler.nearby.all_timetables import AllTimetables, Outcome, Question
from scheduler.nearby.people import Schedule
from scheduler.replanning.context import Ground
from scheduler.replanning.near_bound import Measure
from scheduler.run.progress import Progress

MOST_UNITS = 40
"""With more of them a programme is not small, whatever their timetables."""

SHARE = 0.5
"""Share of the time left for one question to the model."""


class SmallProgramme:
    """Answers about all plans of a problem after an event."""

    def __init__(self, ground: Ground, progress: Progress) -> None:
        self.ground, self.progress = ground, progress
        self.every = AllTimetables(ground.units, ground.staff, with_shares=True)

    @staticmethod
    def of(ground: Ground, progress: Progress) -> "SmallProgramme | None":
        """Those of a problem that is small enough; None if it is not, or the time is over."""
        if len(ground.units) > MOST_UNITS or progress.must_end():
            return None
        found = SmallProgramme(ground, progress)
        return found if found.every.is_small else None

    def fewest(self, measure: Measure, most_open: int) -> tuple[Schedule | None, int]:
        """A plan with the least of a measure among those that leave at most so many places open; what is proven."""
        question = self.every.ask()
        question.limit(question.uncovered, most_open)
        expression = self._counted(question, measure)
        found = self._ask(question, expression)
        if found.starts is None:
            return None, 0
        question.limit(expression, found.value)
        cheapest = self._ask(question, question.cost)
        return _schedule(cheapest) or _schedule(found), found.value if found.is_proven else 0

    def cheapest(self) -> tuple[Schedule | None, int | None]:
        """The plan with the fewest open places, then the least cost; its cost if that is proven to be the least."""
        question = self.every.ask()
        covered = self._ask(question, question.uncovered)
        if covered.starts is None:
            return None, None
        question.limit(question.uncovered, covered.value)
        found = self._ask(question, question.cost)
        schedule = _schedule(found) or _schedule(covered)
        is_proven = covered.is_proven and found.is_proven and schedule is not None
        return schedule, self.ground.cost(schedule) if is_proven and schedule is not None else None

    def _counted(self, question: Question, measure: Measure) -> Any:
        if question.is_void:
            return 0
        return question.model.dates.weeks if measure == "weeks" else question.model.people.changed

    def _ask(self, question: Question, expression: Any) -> Outcome:
        if self.progress.must_end():
            return Outcome(None, (), 0, False)
        return question.least(expression, self.progress.seconds_left() * SHARE)


def _schedule(found: Outcome) -> Schedule | None:
    return None if found.starts is None else Schedule(found.starts, found.members)
