"""The plans beside the one with the fewest moves, each the best at something a planner may want, and what is proven."""

from dataclasses import dataclass, field

from scheduler.nearby.people import Schedule
from scheduler.replanning.cheapest import Cheapest
from scheduler.replanning.context import Ground
from scheduler.replanning.fewest import Fewest
from scheduler.replanning.kept_dates import fewest_open, with_dates_kept
from scheduler.replanning.near_bound import Measure
from scheduler.replanning.nearest_dates import NearestDates
from scheduler.replanning.result import ChoiceName
from scheduler.replanning.search import Search
from scheduler.replanning.small_programmes import SmallProgramme
from scheduler.replanning.solved_beside import SolvedBeside
from scheduler.run.progress import Progress
from scheduler.values.proof import Certificate

SHARES: dict[ChoiceName, float] = {"dates_kept": 0.25, "fewest_weeks": 0.6, "fewest_people": 1.0}
"""Shares of the time left but for the lowest cost, in this order."""

SHARE_OF_CHEAPEST = 0.8
"""Share of the time left for the lowest cost where one core has to do: it comes before the fewest weeks then."""

SHARE_OF_NEAREST = 0.6
"""Share of the time left for the nearest dates, before the lowest cost is looked for."""

MEASURES: dict[ChoiceName, Measure] = {"fewest_weeks": "weeks", "fewest_people": "people"}


@dataclass
class Alternatives:
    """What was found with other aims than the fewest moves.

    Attributes
    ----------
    search
        The search for the fewest moves, which is over; what is found is offered to it.
    found
        The best schedule of each name; nothing for names that found none.
    bounds
        What is proven: the fewest weeks and people of all plans that leave no more places open than `found` has, the
        least cost, and of plans in which every date stays that can the fewest open places.
    certificates
        What the dates of the whole programme have proven on the way.
    beside
        The whole programme, solved on another core meanwhile; None if it is not.
    """

    search: Search
    progress: Progress
    beside: SolvedBeside | None = None
    found: dict[ChoiceName, Schedule] = field(default_factory=dict)
    bounds: dict[ChoiceName, int] = field(default_factory=dict)
    certificates: tuple[Certificate, ...] = ()

    @property
    def ground(self) -> Ground:
        """What the search stands on."""
        return self.search.ground

    def run(self, best: Schedule) -> None:
        """Look for one after the other.

        Parameters
        ----------
        best
            The plan with the fewest moves so far.
        """
        self._keep_dates()
        self._come_near(self.search.best or best)
        small = SmallProgramme.of(self.ground, self.progress)
        if self.beside is None:
            self._cheapest(best, small, self.progress.seconds_left() * SHARE_OF_CHEAPEST)
        for name in MEASURES:
            self._fewest(name, self.search.best or best, small)
        if self.beside is not None:
            self._cheapest(best, small, self.progress.seconds_left())

    def _take(self, name: ChoiceName, schedule: Schedule) -> None:
        self.found[name] = schedule
        self.search.improve(schedule)

    def _time(self, name: ChoiceName) -> Progress:
        """The time for one of them."""
        kept = 0.0 if self.beside is None else self.beside.seconds_after
        seconds = max(0.0, self.progress.seconds_left() - kept) * SHARES[name]
        return Progress(name, seconds, stop=self.progress.must_end)

    def _keep_dates(self) -> None:
        with self.ground.timed_by(self._time("dates_kept")):
            kept = with_dates_kept(self.ground, self.search.first)
            if kept is not None:
                self._take("dates_kept", kept)
                is_full = not self.ground.open_seats(kept)
                self.bounds["dates_kept"] = 0 if is_full else fewest_open(self.ground)

    def _come_near(self, best: Schedule) -> None:
        """A plan of few weeks to begin with, and what is proven of them."""
        seconds = self.progress.seconds_left() * SHARE_OF_NEAREST
        nearest = NearestDates(self.ground, best, Progress("nearest", seconds, stop=self.progress.must_end))
        self._take("fewest_weeks", nearest.run())
        self.bounds["fewest_weeks"] = nearest.bound

    def _cheapest(self, best: Schedule, small: SmallProgramme | None, seconds: float) -> None:
        first = min([best, *self.found.values()], key=self.ground.quality)
        progress = Progress("lowest_cost", seconds, stop=self.progress.must_end)
        search = Cheapest(self.ground, first, progress, self.beside)
        if small is not None:
            schedule, search.bound = small.cheapest()
            search.offer(schedule)
        is_exact = search.bound is not None
        if not is_exact:
            search.run()
        self._take("lowest_cost", search.best)
        self.certificates = search.certificates
        if search.bound is not None and (is_exact or self.ground.open_seats(search.best) == 0):
            self.bounds["lowest_cost"] = search.bound

    def _fewest(self, name: ChoiceName, best: Schedule, small: SmallProgramme | None) -> None:
        search = Fewest(self.ground, MEASURES[name], best, self._time(name), self.bounds.get(name, 0))
        for schedule in self.found.values():
            search.offer(schedule)
        if small is not None:
            least, bound = small.fewest(search.measure, search.most_open)
            search.bound = max(search.bound, bound)
            search.offer(least)
        search.run()
        self._take(name, search.best)
        self.bounds[name] = search.bound
