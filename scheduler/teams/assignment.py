"""Teams for fixed dates: as few uncovered seats as possible, then the cheapest people.

A linear relaxation bounds what is possible and its prices guide a greedy rule; on national
programmes that alone is nearly always optimal. Where it is not, an exact search runs on the few
columns that the bound cannot exclude.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.dates.running import Running
from scheduler.people.quick_teams import Assignment, filled, greedy_assignment
from scheduler.people.team_model import TeamModel
from scheduler.run.answers import OpenSeats, TeamsAnswer
from scheduler.run.keeper import broken_off
from scheduler.run.progress import Progress
from scheduler.teams.duals import SCALE, Duals, Objective, reduced_costs, scaled_bound, whole_bound
from scheduler.teams.exact_search import search_teams
from scheduler.teams.relaxation import Relaxation
from scheduler.teams.rows import TeamRows
from scheduler.values.arrays import TOLERANCE, Ints, indexes, rank_within
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from scheduler.values.result import Listener, PhaseFigures, SolveParams, Status, StopRequest
from scheduler.values.value import Week

FEW_COLUMNS = 6
"""Columns of the smallest reduced cost in a first search, beside one for each seat of an entry."""

MOST_COLUMNS = 60_000
"""Columns in a search at most; with more than that it is no longer exact."""

COVER_SHARE = 0.6
"""Share of the time that the search for fewer uncovered seats may take."""


def assign_teams(
    problem: Problem,
    starts: Mapping[str, Sequence[Week]],
    params: SolveParams,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
    hint: tuple[TeamMember, ...] = (),
) -> TeamsAnswer:
    """Fill the seats of all teams for fixed dates.

    There is always an answer: what cannot be filled stays uncovered. Running out of time, a stop request,
    Ctrl-C and a search that breaks off (out of memory, say) keep the best teams so far.

    Parameters
    ----------
    starts
        Start weeks of the stages of every activity with a team.
    params
        `teams_seconds`, `team_gap_target`, `num_workers` and `seed` count here.
    listener
        Gets trace points of phase 'uncovered' (seats) and 'teams' (cost).
    hint
        Teams to start from, as far as they keep the rules for these dates.
    """
    return find_teams(Running.begin(problem, params, listener, stop), starts, hint)


def find_teams(
    run: Running, starts: Mapping[str, Sequence[Week]], hint: tuple[TeamMember, ...] = ()
) -> TeamsAnswer:
    """Find people for dates as one step of a solve (see `assign_teams`)."""
    solve = _TeamSolve(run, starts)
    solve.run(hint)
    return solve.answer()


@dataclass(frozen=True)
class _Guide:
    """A proven bound (scaled), its duals, and the assignment that they lead to.

    `covers_all` tells that the relaxation's solution leaves no part of a seat uncovered.
    """

    scaled: int
    duals: Duals
    assignment: Assignment
    covers_all: bool


class _TeamSolve:
    def __init__(self, run: Running, starts: Mapping[str, Sequence[Week]]) -> None:
        seconds = run.params.teams_seconds
        self.params, self.starts, self.keeper = run.params, starts, run.keeper
        self.progress = run.progress("teams", seconds, run.params.team_gap_target)
        self.cover = run.progress("uncovered", seconds * COVER_SHARE)
        self.model = TeamModel(run.problem, starts)
        self.rows = TeamRows(self.model)
        self.best = greedy_assignment(self.model)
        self.both = Objective.of_both(self.model)
        self.first = self._unguided(self.both)
        self.uncovered_bound = 0
        self.cost_bound = 0
        self.rounds = self.num_columns = 0
        self.remarks: list[str] = []

    def run(self, hint: tuple[TeamMember, ...]) -> None:
        """Both phases, one after the other; whatever breaks them off leaves the best teams so far."""
        try:
            self.take(self._from_hint(hint))
            self.first = self._guided(self.both, self.progress)
            self.take(self.first.assignment)
            self._cover_seats()
            self._save_cost()
        except KeyboardInterrupt:
            self.progress.stopped()
            self.remarks.append("Interrupted: the best teams so far were kept.")
        except Exception as error:
            self.remarks.append(broken_off("teams", error))

    def take(self, found: Assignment) -> None:
        """Keep an assignment if it is better than all before."""
        if (found.uncovered, found.cost()) >= (self.best.uncovered, self.best.cost()):
            return
        if found.uncovered < self.best.uncovered:
            self.progress.found_of_another_kind()
        self.best = found
        self.keeper.offer(self.starts, self.model.members(indexes(found.chosen)))
        self.cover.found(found.uncovered)

    def answer(self) -> TeamsAnswer:
        """The best teams and what is known of them."""
        cost = self.best.cost()
        bound = min(cost, self.cost_bound)
        is_optimal = self.best.uncovered == self.uncovered_bound and bound == cost
        status = Status.OPTIMAL if is_optimal else Status.FEASIBLE
        figures = PhaseFigures.of(status, cost, bound, self.progress.seconds(), tuple(self.remarks))
        return TeamsAnswer(
            members=self.model.members(indexes(self.best.chosen)),
            figures=figures.model_copy(update={"rounds": self.rounds, "columns": self.num_columns}),
            uncovered=self.best.uncovered,
            uncovered_bound=self.uncovered_bound,
            open_seats=self._open_seats(),
            trace=tuple(sorted(self.cover.trace + self.progress.trace, key=lambda point: point.seconds)),
            was_stopped=self.progress.was_stopped,
        )

    def _open_seats(self) -> tuple[OpenSeats, ...]:
        left = zip(self.model.seats, self.best.open_seats, strict=True)
        return tuple(
            OpenSeats(activity=self.model.reviews[seats.review].id, skill=seats.skill, count=count)
            for seats, count in left
            if count
        )

    def _cover_seats(self) -> None:
        """First phase: as few uncovered seats as possible."""
        self.cover.found(self.best.uncovered)
        if self.best.uncovered > 0 and not self.cover.must_end():
            objective = Objective.of_uncovered(self.model)
            guide = self._guided(objective, self.cover)
            self.take(guide.assignment)
            self.uncovered_bound = max(0, whole_bound(guide.scaled))
            self.cover.proved(self.uncovered_bound)
            if self.best.uncovered > self.uncovered_bound:
                self._search_both()
            if self.best.uncovered > self.uncovered_bound:
                self._search_cover(objective, guide)
        self.cover.proved(self.uncovered_bound)

    def _search_both(self) -> None:
        """Look for fewer uncovered seats among the cheap people, until there are as few as proven."""
        columns = self._few(reduced_costs(self.model, self.both, self.first.duals))

        def is_done() -> bool:
            return self.best.uncovered <= self.uncovered_bound or self.cover.must_end()

        self._search(columns, self.both, self.cover.seconds_left() / 2, is_done)

    def _search_cover(self, objective: Objective, guide: _Guide) -> None:
        reduced = reduced_costs(self.model, objective, guide.duals)
        columns, is_whole = self._within(reduced, (self.best.uncovered - 1) * SCALE - guide.scaled)
        bound = self._search(columns, objective, self.cover.seconds_left(), self.cover.is_done)
        if is_whole and bound is not None:
            self.uncovered_bound = max(self.uncovered_bound, min(bound, self.best.uncovered))

    def _save_cost(self) -> None:
        """Second phase: the cheapest people among the teams with as few uncovered seats."""
        objective = Objective.of_cost(self.model, self.best.uncovered)
        scaled, duals = self._cost_duals(objective)
        reduced = reduced_costs(self.model, objective, duals)
        self._tell_cost()
        if not self.progress.is_done():
            self._search_cost(self._few(reduced), objective)
            self._tell_cost()
        if not self.progress.is_done():
            room = (self.best.cost() - self.model.constant) * SCALE - scaled
            columns, is_whole = self._within(reduced, room)
            ceiling = self.best.cost()
            bound = self._search_cost(columns, objective)
            if is_whole and bound is not None:
                self._prove(min(bound, ceiling))
            self._tell_cost()
        if self.progress.was_stopped:
            self.remarks.append("Stopped on request: the best teams so far were kept.")

    def _cost_duals(self, objective: Objective) -> tuple[int, Duals]:
        """Scaled bound of the team cost and its duals: those of the first relaxation if it covers every seat."""
        duals = self.first.duals
        scaled = scaled_bound(self.model, objective, duals)
        if self.best.uncovered > 0 or not self.first.covers_all:
            guide = self._guided(objective, self.progress)
            self.take(guide.assignment)
            if guide.scaled > scaled:
                scaled, duals = guide.scaled, guide.duals
        self._prove(self.model.constant + whole_bound(scaled))
        return scaled, duals

    def _prove(self, bound: int) -> None:
        self.cost_bound = max(self.cost_bound, bound)
        self.progress.proved(self.cost_bound)

    def _tell_cost(self) -> None:
        self.progress.found(self.best.cost())

    def _guided(self, objective: Objective, progress: Progress) -> _Guide:
        """What a relaxation proves, and the greedy assignment along its solution."""
        relaxed = Relaxation(self.model, self.rows, objective).solve(progress)
        if relaxed is None:
            return self._unguided(objective)
        self.rounds += relaxed.rounds
        self.num_columns = max(self.num_columns, relaxed.num_columns)
        reduced = reduced_costs(self.model, objective, relaxed.duals)
        order = np.lexsort((self.model.cost, reduced, -np.round(relaxed.value, 6)))
        covers_all = bool(relaxed.value.sum() > self.model.counts.sum() - TOLERANCE)
        return _Guide(relaxed.bound, relaxed.duals, filled(self.model, order), covers_all)

    def _unguided(self, objective: Objective) -> _Guide:
        """The same without any relaxation: a weak bound, and the best assignment so far."""
        duals = self._cheapest_duals(objective)
        return _Guide(scaled_bound(self.model, objective, duals), duals, self.best, False)

    def _cheapest_duals(self, objective: Objective) -> Duals:
        """Valid duals without any solver: a seat is worth its cheapest person, or nothing."""
        cheapest = np.full(len(self.model.seats), np.iinfo(np.int64).max)
        np.minimum.at(cheapest, self.model.seat, objective.costs)
        without_limit = objective.uncovered_price if objective.uncovered_limit is None else 0
        most = np.iinfo(np.int64).max if objective.uncovered_limit == 0 else without_limit
        return Duals(np.where(cheapest < np.iinfo(np.int64).max, np.minimum(cheapest, most), 0) * SCALE, ())

    def _from_hint(self, hint: tuple[TeamMember, ...]) -> Assignment:
        """The hinted teams as far as they keep the rules, completed by the greedy rule."""
        known = self.model.column_by_member if hint else {}
        names = ((member.activity, member.skill, member.inspector) for member in hint)
        kept = [known[name] for name in names if name in known]
        return filled(self.model, indexes([*kept, *self.best.chosen, *range(self.model.num_columns)]))

    def _few(self, reduced: Ints) -> Ints:
        """For each entry of seats the columns of the smallest reduced cost, and the incumbent's."""
        seat = self.model.seat
        few = np.flatnonzero(rank_within(seat, reduced) < self.model.counts[seat] + FEW_COLUMNS)
        return np.union1d(few, self.best.chosen)

    def _within(self, reduced: Ints, room: int) -> tuple[Ints, bool]:
        """The columns that can be in a better plan, with the incumbent's; whether these are all."""
        found = np.flatnonzero(reduced <= max(0, room))
        kept = found[np.argsort(reduced[found], kind="stable")[:MOST_COLUMNS]]
        return np.union1d(kept, self.best.chosen).astype(np.int64), len(kept) == len(found)

    def _search_cost(self, columns: Ints, objective: Objective) -> int | None:
        def is_done() -> bool:
            self._tell_cost()
            return self.progress.is_done()

        return self._search(columns, objective, self.progress.seconds_left(), is_done)

    def _search(
        self, columns: Ints, objective: Objective, seconds: float, is_done: Callable[[], bool]
    ) -> int | None:
        """Search some columns; the bound over them, if there is one."""
        best = self.best
        return search_teams(self.rows, columns, objective, best, self.params, seconds, is_done, self.take)
