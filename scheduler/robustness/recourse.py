"""The rule of recourse, in many draws at once.

Units are looked at in the order of their planned weeks. For each unit and draw:

1. The planned dates are **kept** if no area of it is closed while it is on site, no stage runs into the next one, and
   every seat has its member, or the nearest substitute: of the same skill, present, rested, independent, below the
   yearly maximum, not used elsewhere in this draw, and with the team still from enough bodies.
2. Else the unit is **moved** to the next later weeks that are possible with all others where they are and in which
   nothing stands in the way and its announced team is there, within `reach` weeks.
3. Else its dates are **missed**: planners must look for others.

A last stage that ends late keeps its people for so long, and their rest begins then.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.robustness.disturbances import Draws
from scheduler.robustness.units import Move, Seat, Unit

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

MISSED = -1
"""Stands for missed dates among weeks moved."""


@dataclass
class Outcome:
    """What became of each unit in each draw.

    Attributes
    ----------
    moved
        Shape (draws, units): weeks moved, 0 where kept, `MISSED` where missed.
    substituted
        Shape (draws, units): seats taken by substitutes.
    """

    moved: Ints
    substituted: Ints


@dataclass
class Recourse:
    """People's time in some draws, beside the plan: absences, and what substitutes and moved teams took on."""

    problem: Problem
    draws: Draws
    rest: Ints = field(init=False)

    def __post_init__(self) -> None:
        num_draws, num_people, self.num_weeks = self.draws.away.shape
        self.rest = np.array([inspector.rest_weeks for inspector in self.problem.inspectors], dtype=np.int64)
        bodies = sorted({inspector.body for inspector in self.problem.inspectors})
        self.body_number = {body: number for number, body in enumerate(bodies)}
        self.body = np.array([self.body_number[i.body] for i in self.problem.inspectors], dtype=np.int64)
        drafting = [a.team.drafting_weeks for a in self.problem.activities if a.team is not None]
        self.margin = int(self.rest.max(initial=0)) + max(drafting, default=0) + 2
        self.away = np.pad(self.draws.away, ((0, 0), (0, 0), (0, self.margin)))
        shape = (num_draws, num_people, self.num_weeks + self.margin)
        self.work, self.resting = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        self.drafts = np.zeros(shape, dtype=np.int8)
        self.begun = np.zeros((num_draws, num_people, len(self.problem.periods)), dtype=np.int16)

    def run(self, units: tuple[Unit, ...]) -> Outcome:
        """Everything that happens, unit by unit."""
        shape = (len(self.draws.away), len(units))
        outcome = Outcome(np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64))
        for number, unit in enumerate(units):
            people = np.tile(np.array([seat.person for seat in unit.seats], dtype=np.int64), (shape[0], 1))
            weeks = tuple(run.weeks for run in unit.stages)
            good = self._is_open(unit, weeks) & self._is_in_time(unit, None)
            good &= self._fill(unit, people, good)
            outcome.substituted[:, number] = np.where(good, self._changed(unit, people).sum(axis=1), 0)
            self._take_on(unit, people, good)
            self._run_late(unit, people, good, weeks)
            self._move(unit, np.flatnonzero(~good), outcome.moved[:, number])
        return outcome

    def _is_open(self, unit: Unit, weeks: tuple[range, ...]) -> Flags:
        """Draws in which no area is closed while the unit is on site there."""
        good = np.ones(len(self.draws.away), dtype=bool)
        for run, own in zip(unit.stages, weeks, strict=True):
            if run.on_site:
                good &= ~self.draws.closed[:, run.area, own.start : own.stop].any(axis=1)
        return good

    def _is_in_time(self, unit: Unit, move: Move | None) -> Flags:
        """Draws in which no stage ends so late that the next one cannot begin."""
        good = np.ones(len(self.draws.away), dtype=bool)
        for position, run in enumerate(unit.stages):
            if run.spare is not None:
                more = move.weeks if move is not None and position in move.relieved else 0
                good &= self.draws.late[:, run.number] <= run.spare + more
        return good

    def _changed(self, unit: Unit, people: Ints) -> Flags:
        """Seats with a substitute, shape (draws, seats)."""
        planned = np.array([seat.person for seat in unit.seats], dtype=np.int64)
        changed: Flags = people != planned[None, :]
        return changed

    def _fill(self, unit: Unit, people: Ints, wanted: Flags) -> Flags:
        """Find substitutes for members who are away; `people` gets them where all seats are filled."""
        good = np.ones(len(people), dtype=bool)
        gone = np.zeros(people.shape, dtype=bool)
        for column, seat in enumerate(unit.seats):
            gone[:, column] = self._is_away(seat.person, seat.weeks, slice(None))
        hit = np.flatnonzero(wanted & gone.any(axis=1))
        if not len(hit):
            return good
        team = people[hit]
        filled = np.ones(len(hit), dtype=bool)
        for column, seat in enumerate(unit.seats):
            open_draws = np.flatnonzero(gone[hit, column] & filled)
            left = self._substitute(unit, column, seat, hit, team, open_draws)
            filled[left] = False
        people[hit[filled]] = team[filled]
        good[hit[~filled]] = False
        return good

    def _substitute(self, unit: Unit, column: int, seat: Seat, hit: Ints, team: Ints, left: Ints) -> Ints:
        """Seat the nearest substitute in some rows of `team`; returns the rows for which there is none."""
        for other in seat.substitutes:
            if not len(left):
                break
            draws, person = hit[left], other.person
            able = ~self._is_away(person, seat.weeks, draws) & ~(team[left] == person).any(axis=1)
            for period, most in other.begins:
                able &= self.begun[draws, person, period] < most
            if len(seat.drafting):
                own = slice(seat.drafting.start, seat.drafting.stop)
                able &= self.drafts[draws, person, own].max(axis=1, initial=0) < other.drafts
            able &= self._has_bodies(unit, seat.activity, column, team[left], person)
            team[left[able], column] = person
            left = left[~able]
        return left

    def _has_bodies(self, unit: Unit, activity: str, column: int, team: Ints, person: int) -> Flags:
        """Whether the team of an activity comes from enough bodies with another person in a seat (R056)."""
        columns = [number for number, seat in enumerate(unit.seats) if seat.activity == activity]
        brings = np.zeros((len(team), len(self.body_number) + 1), dtype=bool)
        rows = np.arange(len(team))
        for number in columns:
            own = np.full(len(team), person) if number == column else team[:, number]
            brings[rows, self.body[own]] = True
        lent = unit.bodies_lent[activity]
        for body in lent & set(self.body_number):
            brings[:, self.body_number[body]] = True
        foreign = len(lent - set(self.body_number))
        enough: Flags = brings.sum(axis=1) + foreign >= unit.bodies_needed[activity]
        return enough

    def _is_away(self, person: int, weeks: tuple[int, ...], draws: Ints | slice) -> Flags:
        """Draws in which a person is away, or has taken on something that does not go together with these weeks."""
        if not weeks:
            return np.zeros(len(self.away[draws, 0, 0]), dtype=bool)
        after = slice(weeks[-1] + 1, weeks[-1] + 1 + int(self.rest[person]))
        own = list(weeks)
        busy = self.away[draws, person][:, own] | self.work[draws, person][:, own]
        busy |= self.resting[draws, person][:, own]
        busy_after = self.work[draws, person][:, after]
        return np.asarray(busy.any(axis=1) | busy_after.any(axis=1))

    def _take_on(self, unit: Unit, people: Ints, good: Flags) -> None:
        """Book the work of substitutes."""
        changed = self._changed(unit, people)
        for column, seat in enumerate(unit.seats):
            draws = np.flatnonzero(good & changed[:, column])
            if len(draws):
                own = people[draws, column]
                self._book(draws, own, seat.weeks)
                for week in seat.drafting:
                    self.drafts[draws, own, min(week, self.num_weeks + self.margin - 1)] += 1
                for period, span in enumerate(self.problem.periods):
                    if seat.weeks and seat.weeks[0] in span.span:
                        self.begun[draws, own, period] += 1

    def _book(self, draws: Ints, people: Ints, weeks: tuple[int, ...]) -> None:
        """Work in these weeks, and rest after them."""
        for week in weeks:
            self.work[draws, people, week] = True
        for length in range(1, int(self.rest.max(initial=0)) + 1):
            resting = self.rest[people] >= length
            if weeks and resting.any():
                self.resting[draws[resting], people[resting], weeks[-1] + length] = True

    def _run_late(self, unit: Unit, people: Ints, good: Flags, weeks: tuple[range, ...]) -> None:
        """Keep the team of a last stage that ends late, and its rest after it."""
        for run, own in zip(unit.stages, weeks, strict=True):
            if run.spare is not None or not run.uses_team:
                continue
            late = np.where(good, self.draws.late[:, run.number], 0)
            for column, seat in enumerate(unit.seats):
                if seat.activity == run.activity:
                    self._keep(people[:, column], late, own.stop)

    def _keep(self, people: Ints, late: Ints, end: int) -> None:
        for draw in np.flatnonzero(late):
            until = end + late[draw] + self.rest[people[draw]]
            self.away[draw, people[draw], end : int(until)] = True

    def _move(self, unit: Unit, left: Ints, moved: Ints) -> None:
        """Move the unit in some draws; `moved` gets the weeks, or `MISSED`."""
        planned = np.array([seat.person for seat in unit.seats], dtype=np.int64)
        for move in unit.moves:
            if not len(left):
                return
            good = self._is_open(unit, move.stages)[left] & self._is_in_time(unit, move)[left]
            for person, weeks in zip(planned.tolist(), move.seats, strict=True):
                good &= ~self._is_away(person, weeks, left)
            draws = left[good]
            moved[draws] = move.weeks
            for person, weeks in zip(planned.tolist(), move.seats, strict=True):
                self._book(draws, np.full(len(draws), person), weeks)
            is_moved = np.zeros(len(moved), dtype=bool)
            is_moved[draws] = True
            self._run_late(unit, np.tile(planned, (len(moved), 1)), is_moved, move.stages)
            left = left[~good]
        moved[left] = MISSED
