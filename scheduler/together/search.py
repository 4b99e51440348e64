"""Searches all plans of a small programme: fewest uncovered places, then cheapest dates, until both are proven."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from scheduler.checking.checker import faults
from scheduler.cost import date_terms, make_plan, uncovered_places
from scheduler.dates.from_certificates import prices_persons
from scheduler.dates.running import Running
from scheduler.nearby.linked_areas import Units
from scheduler.nearby.people import Schedule
from scheduler.nearby.timetables import Timetables
from scheduler.people.staff import Staff
from scheduler.together.reach import Reach
from scheduler.together.whole_model import MOST_TIMETABLES, WholeModel, is_large, timetables_of_all
from scheduler.values.proof import Certificate

SHARES = (1 / 16, 1 / 4, 1.0)
"""Plans below the bound and so much of the way to the best plan are looked for, one search after the other: where few
timetables are in reach a search is quick, and what it finds leaves less to the next."""

NEAR = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
"""A plan that covers every place is looked for at dates dearer than the bound by at most these fractions of it."""


@dataclass(frozen=True)
class Ranked:
    """A plan, by what it is judged here."""

    schedule: Schedule
    uncovered: int
    date_cost: int

    @property
    def rank(self) -> tuple[int, int]:
        """Smaller is better."""
        return self.uncovered, self.date_cost


class WholeSearch:
    """The search around one plan; `best` never gets worse.

    Attributes
    ----------
    uncovered_bound
        No plan leaves fewer places uncovered.
    date_bound
        No plan with as few uncovered places as the best has cheaper dates.
    is_disbelieved
        Whether a solver said something that failed when it was computed again; it then proves nothing.
    """

    def __init__(
        self, run: Running, plan: Schedule, uncovered_bound: int, date_bound: int, seconds: float
    ) -> None:
        self.run, self.problem, self.staff = run, run.problem, Staff(run.problem)
        self.places = run.progress("covering", seconds)
        self.dates = run.progress("proving", seconds, run.params.gap_target)
        self.first = self.best = self._ranked(plan)
        self.uncovered_bound, self.date_bound = uncovered_bound, date_bound
        self.is_disbelieved = False

    @property
    def was_stopped(self) -> bool:
        """Whether somebody ended the search."""
        return self.places.was_stopped or self.dates.was_stopped

    def cover_near(self, certificates: tuple[Certificate, ...]) -> None:
        """Look for a plan that covers every place, at dates near their bound first.

        Where none is found that proves nothing, and where there are too many timetables none is looked for.
        """
        units = Units(self.problem, self.run.prepared.rows(whole_teams=True))
        reach = Reach(units, _priced_rows(certificates))
        low = max(self.date_bound, reach.bound)
        with self.places.interruptible():
            for share in NEAR:
                most = low + ceil(low * share)
                near = reach.below(most, self.best.schedule.starts, MOST_TIMETABLES)
                model = self._model(units, near)
                if model is None or self.places.must_end():
                    return
                model.limit_uncovered(0)
                model.cheapest_dates(low, most, self.run.params, self.places, self._take)
                if self.best.uncovered == 0:
                    return

    def search(self, certificates: tuple[Certificate, ...]) -> None:
        """Places, then dates, until nothing better is left, time is up, or the programme is too large.

        Parameters
        ----------
        certificates
            What is proven of dates; their prices say which timetables matter.
        """
        with self.places.interruptible():
            self._cover()
        if self.best.uncovered > self.uncovered_bound or self.was_stopped:
            return
        with self.dates.interruptible():
            self._save_cost(certificates)

    def _cover(self) -> None:
        """Search everything for fewer uncovered places."""
        if self.best.uncovered <= self.uncovered_bound or self.places.must_end():
            return
        self.places.proved(self.uncovered_bound)
        self.places.found(self.best.uncovered)
        units = Units(self.problem, self.run.prepared.shared)
        model = self._model(units, timetables_of_all(units))
        if model is None:
            return
        low, high = self.uncovered_bound, self.best.uncovered
        bound = model.fewest_uncovered(low, high, self.run.params, self.places, self._take)
        bound = self._believed(bound, self.best.uncovered)
        self.places.found(self.best.uncovered)
        if bound is not None:
            self.uncovered_bound = min(bound, self.best.uncovered)
            self.places.proved(self.uncovered_bound)

    def _save_cost(self, certificates: tuple[Certificate, ...]) -> None:
        """Search for cheaper dates with as few uncovered places, with ever more timetables in reach."""
        if self.dates.must_end():
            return
        covers_all = self.best.uncovered == 0
        rows = self.run.prepared.rows(whole_teams=True) if covers_all else self.run.prepared.shared
        units = Units(self.problem, rows)
        reach = Reach(units, _priced_rows(certificates) if covers_all else None)
        self.date_bound = max(self.date_bound, reach.bound)
        self.dates.proved(self.date_bound)
        self.dates.found(self.best.date_cost)
        for share in SHARES if covers_all else (1.0,):
            low, high = self.date_bound, self.best.date_cost
            if low >= high or self.dates.is_done():
                return
            most = low + int((high - 1 - low) * share)
            near = reach.below(most, self.best.schedule.starts, MOST_TIMETABLES)
            model = self._model(units, near)
            if model is None:
                return
            model.limit_uncovered(self.best.uncovered)
            bound = model.cheapest_dates(low, high, self.run.params, self.dates, self._take)
            bound = self._believed(bound, self.best.date_cost)
            if bound is None:
                return
            self.date_bound = max(low, min(bound, most + 1, self.best.date_cost))
            self.dates.found(self.best.date_cost)
            self.dates.proved(self.date_bound)

    def _model(self, units: Units, timetables: Mapping[int, Timetables] | None) -> WholeModel | None:
        """The model of some timetables around the best plan; None if it would be too large for the time left."""
        if timetables is None or is_large(self.staff, timetables, self.dates.seconds_left()):
            return None
        return WholeModel(units, self.staff, self.best.schedule, timetables)

    def _believed(self, bound: int | None, reached: int) -> int | None:
        """A solver's bound, unless it contradicts a plan that was checked: then nothing it says is believed."""
        self.is_disbelieved |= bound is None or bound > reached
        return None if self.is_disbelieved else bound

    def _take(self, schedule: Schedule) -> None:
        """Keep a plan if it is better and keeps every rule; one that breaks a rule shows that the solver errs."""
        found = self._ranked(schedule)
        if found.rank >= self.best.rank:
            return
        if faults(self.problem, make_plan(self.problem, schedule.starts, schedule.members)):
            self.is_disbelieved = True
            return
        self.best = found
        self.run.keeper.offer(schedule.starts, schedule.members)

    def _ranked(self, schedule: Schedule) -> Ranked:
        cost = sum(date_terms(self.problem, schedule.starts).values())
        return Ranked(schedule, uncovered_places(self.problem, schedule.members), cost)


def _priced_rows(certificates: Sequence[Certificate]) -> Certificate | None:
    """The certificate that proves most of plans without uncovered place by rows alone."""
    known = [proof for proof in certificates if proof.kind == "dates" and not prices_persons(proof)]
    return max(known, key=lambda proof: proof.bound, default=None)
