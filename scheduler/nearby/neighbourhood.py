"""A joint model of dates and people: some areas may move, and the people around them may change.

Every set of team weeks that a moving area may choose is an **option** of its review. The team problem
sees each option as a review of its own that takes place or does not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduler.dates.rows import Rows
from scheduler.nearby.candidates import Candidates, candidates_near
from scheduler.nearby.shared_rows import SharedPart
from scheduler.people.team_model import TeamModel, indexes
from scheduler.people.work_weeks import team_weeks
from scheduler.run.cpsat import new_solver, solve_watched
from scheduler.teams.part import TeamPart
from scheduler.teams.rows import TeamRows
from scheduler.values.arrays import Ints
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Activity, Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import Week

PER_PATTERN = 6
"""Timetables with the same team weeks that an area may choose from."""


@dataclass(frozen=True)
class Schedule:
    """Start weeks by activity, and teams."""

    starts: dict[str, tuple[Week, ...]]
    members: tuple[TeamMember, ...]


@dataclass(frozen=True)
class Option:
    """Team weeks that a review may have; `literal` says whether it has them, None where there is no choice."""

    activity: Activity
    starts: tuple[Week, ...]
    is_present: bool
    literal: Any = None


class Neighbourhood:
    """The model in which some components move.

    Parameters
    ----------
    rows
        What areas share apart from people, from `shared_rows`.
    present
        The schedule to improve.
    moving
        Components that may take another timetable.
    radius_weeks
        How far their team weeks may move.
    """

    def __init__(self, rows: Rows, present: Schedule, moving: Sequence[int], radius_weeks: int) -> None:
        from ortools.sat.python import cp_model

        self.rows, self.graph, self.present = rows, rows.graph, present
        starts = self.graph.starts_by_component(present.starts)
        self.candidates = [
            candidates_near(rows, own, starts[own], radius_weeks, PER_PATTERN) for own in moving
        ]
        self.cp = cp_model.CpModel()
        self.dates = SharedPart(self.cp, rows, starts, self.candidates)
        self.options = [*self._moving_options(), *self._fixed_options()]
        self.people = self._add_people()
        uncovered_price = self.dates.most + 1
        self.cp.minimize(sum(self.dates.terms) + uncovered_price * sum(self.people.uncovered))

    def solve(self, params: SolveParams, seconds: float, is_done: Callable[[], bool]) -> Schedule | None:
        """The best schedule found: fewest uncovered seats, then cheapest dates; None if there is none."""
        literals = [literal for own in self.dates.taken for literal in own]
        found: list[list[int]] = []
        solver = new_solver(params, seconds)
        solve_watched(solver, self.cp, [*literals, *self.people.chosen], is_done, found.append)
        if not found:
            return None
        values = found[-1]
        return Schedule(self._starts(values[: len(literals)]), self._members(values[len(literals) :]))

    def _starts(self, values: list[int]) -> dict[str, tuple[Week, ...]]:
        starts, position = dict(self.present.starts), 0
        for own in self.candidates:
            chosen = values[position : position + len(own.costs)].index(1)
            position += len(own.costs)
            starts.update(self._moved(own.component, tuple(own.starts[chosen].tolist()), starts))
        return starts

    def _members(self, values: list[int]) -> tuple[TeamMember, ...]:
        model = self.people.model
        chosen = self.people.columns[np.flatnonzero(values)].tolist()
        names = [self.options[model.review[column]].activity.id for column in chosen]
        return tuple(
            model.member(column).model_copy(update={"activity": name})
            for column, name in zip(chosen, names, strict=True)
        )

    def _moving_options(self) -> Iterator[Option]:
        for own, literals in zip(self.candidates, self.dates.taken, strict=True):
            names = self.graph.names(own.component)
            for activity in self.rows.problem.activities:
                if activity.id in names and activity.team is not None:
                    yield from self._options_of(activity, own, literals)

    def _options_of(self, activity: Activity, own: Candidates, literals: list[Any]) -> Iterator[Option]:
        """The different team weeks among the candidates; each takes place if one of its timetables does."""
        by_weeks: dict[tuple[Week, ...], tuple[tuple[Week, ...], list[Any]]] = {}
        for timetable, literal in zip(own.starts.tolist(), literals, strict=True):
            starts = self._moved(own.component, tuple(timetable), self.present.starts)[activity.id]
            by_weeks.setdefault(team_weeks(activity, starts), (starts, []))[1].append(literal)
        present = team_weeks(activity, self.present.starts[activity.id])
        for weeks, (starts, choices) in by_weeks.items():
            chosen = self.cp.new_bool_var("")
            self.cp.add(sum(choices) == chosen)
            self.cp.add_hint(chosen, weeks == present)
            yield Option(activity, starts, weeks == present, chosen)

    def _fixed_options(self) -> Iterator[Option]:
        moving = {name for own in self.candidates for name in self.graph.names(own.component)}
        for activity in self.rows.problem.activities:
            if activity.team is not None and activity.id not in moving:
                yield Option(activity, self.present.starts[activity.id], is_present=True)

    def _moved(
        self, component: int, timetable: tuple[int, ...], before: dict[str, tuple[Week, ...]]
    ) -> dict[str, tuple[Week, ...]]:
        """Starts of the component's activities; stages outside the component keep theirs."""
        activities = self.rows.problem.activities
        weeks = {name: list(before[name]) for name in self.graph.names(component)}
        for (index, stage), week in zip(self.graph.components[component].nodes, timetable, strict=True):
            weeks[activities[index].id][stage] = week
        return {name: tuple(own) for name, own in weeks.items()}

    def _add_people(self) -> TeamPart:
        model = TeamModel(*self._expanded())
        seated = self._seated(model)
        columns = self._columns(model, seated)
        literals = [1 if option.literal is None else option.literal for option in self.options]
        people = TeamPart(self.cp, TeamRows(model), columns, False, takes_place=literals)
        open_seats = model.counts - np.bincount(model.seat[seated], minlength=len(model.seats))
        is_present = np.array([option.is_present for option in self.options], dtype=bool)
        people.hint(
            np.isin(columns, seated), np.where(is_present[model.seats_review], open_seats, 0).tolist()
        )
        return people

    def _expanded(self) -> tuple[Problem, dict[str, tuple[Week, ...]]]:
        """The problem in which every option is an activity, and its starts."""
        named = {f"{option.activity.id}/{number}": option for number, option in enumerate(self.options)}
        activities = tuple(own.activity.model_copy(update={"id": name}) for name, own in named.items())
        starts = {name: own.starts for name, own in named.items()}
        return self.rows.problem.model_copy(update={"activities": activities}), starts

    def _seated(self, model: TeamModel) -> Ints:
        """The columns of the present members."""
        name = {
            option.activity.id: review.id
            for option, review in zip(self.options, model.reviews, strict=True)
            if option.is_present
        }
        keys = ((name[own.activity], own.skill, own.inspector) for own in self.present.members)
        return indexes(sorted(model.column_by_member[key] for key in keys))

    def _columns(self, model: TeamModel, seated: Ints) -> Ints:
        """All columns of reviews that meet the weeks of the moving ones, the present ones of the others."""
        pairs = zip(self.options, model.weeks, strict=True)
        weeks = [week for option, own in pairs if option.literal is not None for week in own]
        first, last = min(weeks, default=0), max(weeks, default=-1)
        is_near = np.array(
            [bool(own) and own[0] <= last and own[-1] >= first for own in model.weeks], dtype=bool
        )
        return np.union1d(np.flatnonzero(is_near[model.review]), seated).astype(np.int64)
