"""The rule of recourse, in many draws at once.

Units are looked at in the order of their planned weeks. For each unit and draw:

1. The planned dates are **kept** if no area of it is closed while it is on site, no stage runs into the next one, and
   every seat has its member, or the nearest substitute: of the same skill, present, rested, independent, below the
   yearly maximum, not used elsewhere in this draw, and with the team still from enough bodies.
2. Else the unit is **moved** to the next later weeks, within `reach`, that are possible with all others where they
   are and in which nothing stands in the way; its members go with it where they can, others are substituted.
3. Else its dates are **missed**: planners must look for others.

A last stage that ends late keeps its people for so long, and their rest begins then.
"""

from dataclasses import dataclass

import numpy as np

from scheduler.people.bodies import bodies_lent, bodies_needed
from scheduler.people.staff import Staff
from scheduler.simulating.disturbances import Draws
from scheduler.simulating.linked_blocks import Move, Seat, Unit
from scheduler.values.arrays import Ints, Mask
from scheduler.values.problem import Problem, Team

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


class Recourse:
    """People's time in some draws, beside the plan: absences, and what substitutes and moved teams took on."""

    def __init__(self, problem: Problem, draws: Draws) -> None:
        self.draws, self.staff = draws, Staff(problem)
        lent = (bodies_lent(review.team) for review in self.staff.reviews.values())
        bodies = sorted(set(self.staff.bodies).union(*lent))
        self.body_number = {body: number for number, body in enumerate(bodies)}
        self.body = np.array([self.body_number[body] for body in self.staff.bodies], dtype=np.int64)
        drafting = (review.team.drafting_weeks for review in self.staff.reviews.values() if review.team)
        margin = self.staff.longest_rest + max(drafting, default=0) + 2
        self.away = np.pad(draws.away, ((0, 0), (0, 0), (0, margin)))
        self.work, self.resting = np.zeros_like(self.away), np.zeros_like(self.away)
        num_draws, num_people, self.num_weeks = self.away.shape
        self.drafts = np.zeros((num_draws, num_people, self.num_weeks), dtype=np.int8)
        self.begun = np.zeros((num_draws, num_people, len(problem.periods)), dtype=np.int16)

    def run(self, units: tuple[Unit, ...]) -> Outcome:
        """Everything that happens, unit by unit."""
        shape = (len(self.draws.away), len(units))
        outcome = Outcome(np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64))
        for number, unit in enumerate(units):
            planned = Move(0, tuple(run.weeks for run in unit.stages), unit.seats, frozenset())
            left = np.arange(shape[0])
            for move in (planned, *unit.moves):
                if len(left):
                    good, substituted = self._try(unit, move, left)
                    outcome.moved[left[good], number] = move.weeks
                    outcome.substituted[left[good], number] = substituted[good]
                    left = left[~good]
            outcome.moved[left, number] = MISSED
        return outcome

    def _try(self, unit: Unit, move: Move, left: Ints) -> tuple[Mask, Ints]:
        """Give the unit these dates in some draws; where that went well, and how many seats were substituted."""
        people = np.tile(np.array([seat.person for seat in move.seats], dtype=np.int64), (len(left), 1))
        good = self._is_open(unit, move.stages)[left] & self._is_in_time(unit, move)[left]
        good &= self._fill(unit, move.seats, people, left, good)
        changed = self._changed(move.seats, people)
        self._take_on(move.seats, people, left, good[:, None] & (changed | (move.weeks > 0)))
        self._run_late(unit, move, people, left, good)
        return good, changed.sum(axis=1)

    def _is_open(self, unit: Unit, weeks: tuple[range, ...]) -> Mask:
        """Draws in which no area is closed while the unit is on site there."""
        good = np.ones(len(self.draws.away), dtype=bool)
        for run, planned in zip(unit.stages, weeks, strict=True):
            if run.on_site:
                good &= ~self.draws.closed[:, run.area, planned.start : planned.stop].any(axis=1)
        return good

    def _is_in_time(self, unit: Unit, move: Move) -> Mask:
        """Draws in which no stage ends so late that the next one cannot begin."""
        good = np.ones(len(self.draws.away), dtype=bool)
        for position, run in enumerate(unit.stages):
            if run.spare is not None:
                more = move.weeks if position in move.relieved else 0
                good &= self.draws.late[:, run.number] <= run.spare + more
        return good

    def _changed(self, seats: tuple[Seat, ...], people: Ints) -> Mask:
        """Seats with a substitute, shape (draws, seats)."""
        planned = np.array([seat.person for seat in seats], dtype=np.int64)
        changed: Mask = people != planned[None, :]
        return changed

    def _fill(self, unit: Unit, seats: tuple[Seat, ...], people: Ints, left: Ints, wanted: Mask) -> Mask:
        """Find substitutes for members who are not there; `people` gets them where all seats are filled."""
        good = np.ones(len(people), dtype=bool)
        gone = np.ones(people.shape, dtype=bool)
        for column, seat in enumerate(seats):
            if seat.is_able:
                gone[:, column] = self._is_away(seat.person, seat.weeks, left)
        hit = np.flatnonzero(wanted & gone.any(axis=1))
        if not len(hit):
            return good
        team = people[hit]
        filled = np.ones(len(hit), dtype=bool)
        for column in range(len(seats)):
            open_rows = np.flatnonzero(gone[hit, column] & filled)
            filled[self._substitute(unit, seats, column, left[hit], team, open_rows)] = False
        people[hit[filled]] = team[filled]
        good[hit[~filled]] = False
        return good

    def _substitute(
        self, unit: Unit, seats: tuple[Seat, ...], column: int, draws: Ints, team: Ints, rows: Ints
    ) -> Ints:
        """Seat the nearest substitute in some rows of `team`; returns the rows for which there is none."""
        seat = seats[column]
        for other in seat.substitutes:
            if not len(rows):
                break
            open_draws, person = draws[rows], other.person
            able = ~self._is_away(person, seat.weeks, open_draws) & ~(team[rows] == person).any(axis=1)
            for period, most in other.begins:
                able &= self.begun[open_draws, person, period] < most
            if len(seat.drafting):
                weeks = slice(seat.drafting.start, seat.drafting.stop)
                able &= self.drafts[open_draws, person, weeks].max(axis=1, initial=0) < other.drafts
            able &= self._has_bodies(unit, seats, column, team[rows], person)
            team[rows[able], column] = person
            rows = rows[~able]
        return rows

    def _has_bodies(self, unit: Unit, seats: tuple[Seat, ...], column: int, team: Ints, person: int) -> Mask:
        """Whether the team of an activity is of the right bodies with another person in a seat (R056, R144)."""
        activity = seats[column].activity
        team_rule, open_seats = self.staff.reviews[activity].team, unit.open_seats[activity]
        columns = [number for number, seat in enumerate(seats) if seat.activity == activity]
        seated = team[:, columns]
        seated[:, columns.index(column)] = person
        members = np.zeros((len(team), len(self.body_number)), dtype=np.int64)
        np.add.at(members, (np.arange(len(team))[:, None], self.body[seated]), 1)
        brings = members > 0
        brings[:, [self.body_number[body] for body in bodies_lent(team_rule)]] = True
        right: Mask = brings.sum(axis=1) + open_seats >= bodies_needed(team_rule)
        return right if team_rule is None else right & self._keeps_quotas(team_rule, members, open_seats)

    def _keeps_quotas(self, team: Team, members: Ints, open_seats: int) -> Mask:
        """Whether there are neither too few nor too many of a body; `members` has shape (rows, bodies) (R144)."""
        missing = np.zeros(len(members), dtype=np.int64)
        for body, least in team.least_from().items():
            missing += np.maximum(0, least - self._from(body, members))
        right: Mask = missing <= open_seats
        for body, most in team.most_from().items():
            right &= self._from(body, members) <= most
        return right

    def _from(self, body: str, members: Ints) -> Ints:
        """Members of a body, shape (rows,)."""
        number = self.body_number.get(body)
        return np.zeros(len(members), dtype=np.int64) if number is None else members[:, number]

    def _is_away(self, person: int, weeks: tuple[int, ...], draws: Ints) -> Mask:
        """Draws in which a person is away, or has taken on something that does not go together with these weeks."""
        if not weeks:
            return np.zeros(len(draws), dtype=bool)
        after = slice(weeks[-1] + 1, weeks[-1] + 1 + int(self.staff.rests[person]))
        inside = list(weeks)
        busy = self.away[draws, person][:, inside] | self.work[draws, person][:, inside]
        busy |= self.resting[draws, person][:, inside]
        busy_after = self.work[draws, person][:, after]
        return np.asarray(busy.any(axis=1) | busy_after.any(axis=1))

    def _take_on(self, seats: tuple[Seat, ...], people: Ints, draws: Ints, fresh: Mask) -> None:
        """Book the work of those who do what the plan does not know of.

        Parameters
        ----------
        people, fresh
            Shape (draws, seats): who has each seat, and whether that is new work.
        """
        for column, seat in enumerate(seats):
            rows = np.flatnonzero(fresh[:, column])
            if not len(rows):
                continue
            fresh_draws, who = draws[rows], people[rows, column]
            self._book(fresh_draws, who, seat.weeks)
            for week in seat.drafting:
                self.drafts[fresh_draws, who, min(week, self.num_weeks - 1)] += 1
            for period in self.staff.periods_of(seat.weeks[0]) if seat.weeks else ():
                self.begun[fresh_draws, who, period] += 1

    def _book(self, draws: Ints, people: Ints, weeks: tuple[int, ...]) -> None:
        """Work in these weeks, and rest after them."""
        for week in weeks:
            self.work[draws, people, week] = True
        for length in range(1, self.staff.longest_rest + 1):
            resting = self.staff.rests[people] >= length
            if weeks and resting.any():
                self.resting[draws[resting], people[resting], weeks[-1] + length] = True

    def _run_late(self, unit: Unit, move: Move, people: Ints, draws: Ints, good: Mask) -> None:
        """Keep the team of a last stage that ends late, and its rest after it."""
        for run, weeks in zip(unit.stages, move.stages, strict=True):
            if run.spare is not None or not run.uses_team:
                continue
            late = np.where(good, self.draws.late[draws, run.number], 0)
            for row in np.flatnonzero(late):
                for column, seat in enumerate(move.seats):
                    if seat.activity == run.activity:
                        until = weeks.stop + int(late[row]) + int(self.staff.rests[people[row, column]])
                        self.away[draws[row], people[row, column], weeks.stop : until] = True
