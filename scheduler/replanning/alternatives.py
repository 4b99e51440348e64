"""The plans beside the one with the fewest moves, each the best at something a planner may want, and what is proven."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from scheduler.nearby.people import Schedule
from scheduler.replanning.cheapest import Cheapest
from scheduler.replanning.context import Ground
from scheduler.replanning.fewest import Fewest
from scheduler.replanning.kept_dates import fewest_open, with_dates_kept
from scheduler.replanning.near_bound import Measure
from scheduler.replanning.result import ChoiceName
from scheduler.replanning.small_programmes import SmallProgramme
from scheduler.run.progress import Progress
from scheduler.values.proof import Certificate

SHARES: dict[ChoiceName, float] = {
    "dates_kept": 0.25,
    "lowest_cost": 0.6,
    "fewest_weeks": 0.6,
    "fewest_people": 1.0,
}
"""Shares of the time left, in this order."""

MEASURES: dict[ChoiceName, Measure] = {"fewest_weeks": "weeks", "fewest_people": "people"}


@dataclass
class Alternatives:
    """What was found with other aims than the fewest moves.

    Attributes
    ----------
    first
        Dates for what must move, all others kept, if they are known.
    found
        The best schedule of each name; nothing for names that found none.
    bounds
        What is proven: the fewest weeks and people of all plans that leave no more places open than `found` has, the
        least cost, and of plans in which every date stays that can the fewest open places.
    certificates
        What the dates of the whole programme have proven on the way.
    """

    ground: Ground
    progress: Progress
    first: Schedule | None
    found: dict[ChoiceName, Schedule] = field(default_factory=dict)
    bounds: dict[ChoiceName, int] = field(default_factory=dict)
    certificates: tuple[Certificate, ...] = ()

    def run(self, best: Schedule) -> Iterator[Schedule]:
        """Look for one after the other, and yield each schedule as soon as it is found.

        Parameters
        ----------
        best
            The plan with the fewest moves so far.
        """
        self._keep_dates()
        yield from self._new("dates_kept")
        small = SmallProgramme.of(self.ground, self.progress)
        self._cheapest(self._better(best, "dates_kept"), small)
        yield from self._new("lowest_cost")
        best = self._better(best, "lowest_cost")
        for name in MEASURES:
            self._fewest(name, best, small)
            yield from self._new(name)

    def _new(self, name: ChoiceName) -> Iterator[Schedule]:
        if name in self.found:
            yield self.found[name]

    def _better(self, best: Schedule, name: ChoiceName) -> Schedule:
        """The better by open places, then moves, weeks and cost."""
        other = self.found.get(name, best)
        return min((best, other), key=self.ground.quality)

    def _time(self, name: ChoiceName) -> Progress:
        """The time for one of them."""
        seconds = self.progress.seconds_left() * SHARES[name]
        return Progress(name, seconds, stop=self.progress.must_end)

    def _keep_dates(self) -> None:
        with self.ground.timed_by(self._time("dates_kept")):
            kept = with_dates_kept(self.ground, self.first)
            if kept is not None:
                self.found["dates_kept"] = kept
                self.bounds["dates_kept"] = fewest_open(self.ground)

    def _cheapest(self, best: Schedule, small: SmallProgramme | None) -> None:
        search = Cheapest(self.ground, best, self._time("lowest_cost"))
        if small is not None:
            schedule, search.bound = small.cheapest()
            search.offer(schedule)
        is_exact = search.bound is not None
        if not is_exact:
            search.run()
        self.found["lowest_cost"], self.certificates = search.best, search.certificates
        if search.bound is not None and (is_exact or self.ground.open_seats(search.best) == 0):
            self.bounds["lowest_cost"] = search.bound

    def _fewest(self, name: ChoiceName, best: Schedule, small: SmallProgramme | None) -> None:
        search = Fewest(self.ground, MEASURES[name], best, self._time(name))
        for schedule in self.found.values():
            search.offer(schedule)
        if small is not None:
            least, search.bound = small.fewest(search.measure, search.most_open)
            search.offer(least)
        search.run()
        self.found[name], self.bounds[name] = search.best, search.bound
