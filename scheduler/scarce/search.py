"""Dates and people together when people are scarce: fewest uncovered places, then cheapest dates.

Prices of timetables and of single inspectors are generated together; they prove how many places must stay
uncovered and what dates with no more of them cost at least. CP-SAT then chooses among the timetables of
small reduced cost, and the assignment of teams fills the places. The best plan never gets worse.
"""

import numpy as np

from scheduler.dates.choose import KEPT_ALTERNATIVES, Selection
from scheduler.dates.columns import Columns
from scheduler.dates.generation import Generation
from scheduler.dates.master import MasterAnswer
from scheduler.dates.pricing import choose_scale
from scheduler.dates.running import Running
from scheduler.nearby.repairing import repair
from scheduler.run.answers import TeamsAnswer
from scheduler.run.progress import Progress
from scheduler.scarce.answer import Covering, Found, Incumbent
from scheduler.scarce.bound import Proven, uncovered_price
from scheduler.scarce.choice import Chosen, PeopleChoice
from scheduler.scarce.prices import Persons
from scheduler.scarce.pricing import TeamPricing
from scheduler.teams.assignment import find_teams
from scheduler.values.arrays import TOLERANCE, Ints, Mask
from scheduler.values.plan import TeamMember
from scheduler.values.result import Status, gap
from scheduler.values.value import Starts

PRICES_SHARE = 0.35
"""Share of the time for prices; the bound on uncovered places alone may take as much again, if it is needed."""

TEAMS_SHARE = 0.15
"""Share of the time that is kept for the last assignment of teams."""

LIMITS = (6, 20, 60, 180)
"""So many timetables for each component are chosen among, one choice after the other."""

FEWEST = 300
"""Among so many timetables a choice is quick in any case."""

CHOICE_SHARE = 0.6
"""Share of the time left that one choice may take; the last one may take all."""

MUCH_BETTER = 0.8
"""A choice with at most this share of the uncovered places is tried at once, others at the end of the search."""

TRIAL_SECONDS = 10.0
"""Time for the assignment of teams to chosen dates."""


def cover(run: Running, starts: Starts | None, teams: TeamsAnswer | None, seconds: float) -> Covering:
    """Look for dates and teams with the fewest uncovered places, then the cheapest dates, and prove bounds.

    Parameters
    ----------
    starts, teams
        The plan to begin with, None if there is none yet.
    seconds
        Time for everything; trace points are of phase 'covering' (uncovered places over all dates).
    """
    progress = run.progress("covering", seconds)
    search = _Search(run, progress)
    with progress.interruptible():
        search.begin(starts, teams)
        search.run()
    return search.answer()


class _Search:
    """The search around one problem.

    `was_chosen` tells that a choice has found the best plan: that is a good hint for the next choice. The plan
    to begin with is a bad one. `mixed` are the timetables in the master's last mix.
    """

    def __init__(self, run: Running, progress: Progress) -> None:
        self.silent_run, self.params, self.progress = run.silent(), run.params, progress
        self.seconds = progress.seconds_left()
        self.rows = run.prepared.shared
        self.columns = Columns(self.rows)
        self.price = uncovered_price(self.rows)
        scale = choose_scale(self.rows.graph)
        self.oracle = TeamPricing(self.rows, Persons(run.problem), scale, self.price)
        self.generation = Generation(self.oracle, self.columns, self._part())
        self.incumbent = Incumbent(self.columns, progress, run.keeper)
        self.was_chosen = False
        self.mixed: Ints = np.zeros(0, dtype=np.int64)
        self.proven = Proven(self.generation, self.oracle.persons, self.price)

    @property
    def best(self) -> Found | None:
        """The best plan so far."""
        return self.incumbent.best

    def begin(self, starts: Starts | None, teams: TeamsAnswer | None) -> None:
        """Take the plan to begin with."""
        if starts is None:
            return
        if teams is not None:
            self.incumbent.keep(dict(starts), teams)
        self.columns.add_plan(self.rows.graph.starts_by_component(dict(starts)).items())

    def run(self) -> None:
        """Prices and bounds, then choices, then the last assignment of teams."""
        answer = self.generation.run()
        if answer is not None:
            self.mixed = np.flatnonzero(answer.amounts > TOLERANCE)
        if answer is None or self._may_be_short(answer):
            self.proven.prove_uncovered(self._part())
        self.progress.proved(self.proven.certificate.bound)
        self._choose()
        self._repair()
        self._finish_teams()

    def answer(self) -> Covering:
        """What was found and proven."""
        return Covering(
            best=self.best,
            uncovered_bound=self.proven.certificate.bound,
            date_bound=self._date_bound(),
            certificate=self.proven.certificate,
            date_certificate=self.proven.date_certificate(),
            trace=tuple(self.progress.trace),
            was_stopped=self.progress.was_stopped,
        )

    def _part(self) -> Progress:
        """A silent part of the progress, for prices."""
        seconds = min(self.seconds * PRICES_SHARE, self.progress.seconds_left())
        return Progress("dates", seconds, stop=self.progress.stop)

    def _date_bound(self) -> int | None:
        """Cost of dates of plans with no more uncovered places than the best."""
        return None if self.best is None else self.proven.date_bound(self.best.teams.uncovered)

    def _may_be_short(self, answer: MasterAnswer) -> bool:
        """Whether the master's last mix lacks timetables or people, or does not know of all teams."""
        lacks = max(answer.missing, answer.open_places) > TOLERANCE
        return lacks or not self.oracle.patterns.is_complete

    def _choose(self) -> None:
        """Choose among ever more timetables until nothing better can be among them."""
        selection = Selection(self.generation)
        for number, limit in enumerate(LIMITS):
            seconds = self._choice_seconds() * (1.0 if number == len(LIMITS) - 1 else CHOICE_SHARE)
            if self._is_proven() or seconds <= 0 or self.progress.must_end():
                return
            most = max(FEWEST, limit * len(self.rows.graph.components))
            keep = None if number == len(LIMITS) - 1 else KEPT_ALTERNATIVES
            found = selection.enumerated(self._reach(), most, keep)
            if found is None:
                continue
            candidates, reach = found
            if self._choose_among(candidates, seconds) and reach >= self._reach():
                return

    def _reach(self) -> int:
        """The reduced cost up to which timetables may be part of a better plan, at most one uncovered place."""
        value = self.generation.value or 0
        most = self.price * self.generation.scale
        if self.best is None:
            return most
        cost = self.best.date_cost + self.price * self.best.teams.uncovered
        return min(most, max(0, (cost - 1) * self.generation.scale - value))

    def _choose_among(self, candidates: Mask, seconds: float) -> bool:
        """Choose among columns; whether the solver found the best there is."""
        known = {} if self.best is None else self.rows.graph.starts_by_component(self.best.starts)
        hint = list(self.columns.of_plan(known).values())
        candidates[hint] = True
        candidates[self.mixed] = True
        choice = PeopleChoice(self.columns, np.flatnonzero(candidates), self.oracle.patterns, self.price)
        if self.was_chosen:
            choice.hint(hint)
        last: list[Chosen] = []

        def take(chosen: Chosen) -> None:
            last.append(chosen)
            if self._is_much_better(last[-1]):
                self._try(choice, last.pop())

        is_best = choice.solve(self.params, seconds, self.progress.must_end, take)
        if last:
            self._try(choice, last[-1])
        return is_best

    def _is_much_better(self, chosen: Chosen) -> bool:
        """Whether teams are worth looking for while the choice goes on."""
        if self.best is None:
            return True
        now = self.best.teams.uncovered
        return chosen.open_places < now and chosen.open_places <= max(
            self.proven.certificate.bound, MUCH_BETTER * now
        )

    def _try(self, choice: PeopleChoice, chosen: Chosen) -> None:
        """Assign teams to chosen dates and keep the plan if it is better."""
        starts = self.rows.graph.starts_by_activity(self.columns.plan_of(chosen.columns))
        self.was_chosen |= self.incumbent.keep(
            starts, self._teams(starts, choice.members(chosen), TRIAL_SECONDS)
        )

    def _repair(self) -> None:
        """Where the teams of chosen dates still leave more open than proven: move a few areas around each place."""
        best = self.best
        if best is None or self._covers_most() or self.progress.must_end():
            return
        limited = self.silent_run.within(self.progress.seconds_left())
        starts, teams = repair(limited, best.starts, best.teams, self._date_bound())
        if starts != best.starts:
            self.incumbent.keep(starts, teams)

    def _finish_teams(self) -> None:
        """The cheapest people for the best dates, with the time that is left."""
        best = self.best
        if best is None or best.teams.figures.status is Status.OPTIMAL or self.progress.must_end():
            return
        self.incumbent.keep(best.starts, self._teams(best.starts, best.teams.members, self.seconds))

    def _teams(
        self, starts: dict[str, tuple[int, ...]], hint: tuple[TeamMember, ...], seconds: float
    ) -> TeamsAnswer:
        limited = self.silent_run.within(min(seconds, self.progress.seconds_left()))
        return find_teams(limited.ended_if(self.progress.must_end()), starts, hint)

    def _choice_seconds(self) -> float:
        return self.progress.seconds_left() - self.seconds * TEAMS_SHARE

    def _covers_most(self) -> bool:
        return self.best is not None and self.best.teams.uncovered <= self.proven.certificate.bound

    def _is_proven(self) -> bool:
        bound = self._date_bound()
        if self.best is None or bound is None or not self._covers_most():
            return False
        return gap(self.best.date_cost, bound) <= self.params.gap_target
