"""The search for the plan with the fewest moves: place what must move, mend teams, and only then move more."""

from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.plan import Plan, TeamMember
from scheduler.problem import Problem
from scheduler.progress import Progress
from scheduler.replan_bound import MOST_TIMETABLES, BoundModel, MovesBound
from scheduler.replan_model import Aim, JointModel, Schedule, total_uncovered
from scheduler.replan_parts import Part, parts
from scheduler.replan_result import ChoiceName, ReplanParams
from scheduler.replan_staff import Staff
from scheduler.replan_units import Timetables, Units
from scheduler.result import SolveParams

FEW, MORE = 12, 40
"""Different team weeks from which a unit chooses at first, and if that does not suffice."""

MOST_RINGS = 2
"""How often what is near a shortage is widened for a bound."""

PER_PATTERN = 2
"""Timetables with the same team weeks from which a unit chooses."""

PER_PATTERN_TRIED = 40
"""Timetables of the same team weeks that are tried against what others use."""

MOST_PATTERNS = 24
"""Different team weeks of all units together in an alternative."""

MOST_MOVING = 6
"""Units that move at once in an alternative, or around a shortage."""

MAIN_AIMS: tuple[Aim, ...] = ("uncovered", "moves", "people", "cost")
SHARE_OF_BOUND = 0.4


class Search:
    """What replanning finds for one problem after an event.

    Attributes
    ----------
    best
        The schedule with the fewest uncovered seats, then moves; None until there is one.
    bound, uncovered_bound
        Proven minima of moved activities (with as few uncovered places as `best`) and of uncovered places.
    alternatives
        Schedules found with other aims.
    """

    def __init__(self, problem: Problem, before: Plan, params: ReplanParams, progress: Progress) -> None:
        self.problem, self.before, self.params, self.progress = problem, before, params, progress
        self.units = Units(problem)
        self.staff = Staff(problem, params.now_week)
        self.best: Schedule | None = None
        self.alternatives: dict[ChoiceName, Schedule] = {}
        self.bound: int | None = None
        self.uncovered_bound: int | None = 0
        self.is_impossible = False
        self.remarks: list[str] = []
        self.limits = SolveParams(
            dates_seconds=max(0.5, params.seconds / 4), num_workers=params.num_workers, seed=params.seed
        )
        self.kept = self._kept()
        self.known: list[tuple[int, int]] = []
        self._tables: dict[int, Timetables] = {}

    @property
    def forced_activities(self) -> tuple[str, ...]:
        """Activities of units that cannot keep their dates."""
        return tuple(name for unit in self.units.forced for name in self.units.names[unit])

    def run(self) -> None:
        """The main plan with its bound, then the alternatives."""
        fewest = {unit: self.units.fewest_moves(unit) for unit in self.units.forced}
        if None in fewest.values():
            names = [", ".join(self.units.names[unit]) for unit, own in fewest.items() if own is None]
            self.remarks.append(f"No dates at all are possible any more for {'; '.join(names)}.")
            self.is_impossible = True
            return
        self._prove(sum(own or 0 for own in fewest.values()))
        placed = self._placed()
        if placed is not None:
            self._keep(self._mended(placed))
        if not self._is_proven() and not self.progress.must_end():
            self._move_more(placed is not None)
        if self.params.with_alternatives and self.best is not None:
            self._find_alternatives()

    def _kept(self) -> Schedule:
        """The published dates and people as far as the event leaves them; what begins first keeps its people."""
        forced = set(self.forced_activities)
        published = {name: own for name, own in self.units.published.items() if name not in forced}
        members = [own for own in self.before.members if own.activity in published]
        kept: list[TeamMember] = []
        busy = self.staff.busy([], published)
        for member in sorted(members, key=lambda own: published[own.activity][0]):
            review, person = self.staff.reviews[member.activity], self.staff.number[member.inspector]
            weeks = self.staff.weeks(member.activity, published)
            if self.staff.may_sit(member, published) and self.staff.free(review, weeks, busy)[person]:
                kept.append(member)
                busy |= self.staff.busy([member], published)
        return Schedule(published, tuple(kept))

    def _placed(self) -> Schedule | None:
        """All forced units placed one after the other, those with the least choice first; None if one finds no room or time is up."""
        schedule = self.kept
        for unit in sorted(self.units.forced, key=lambda own: len(self._timetables(own))):
            if self.progress.must_end():
                return None
            found = self._timetables(unit)
            fewest = found.part(np.flatnonzero(found.moves == found.moves.min()))
            answer = self._place(schedule, unit, fewest)
            if answer is None:
                return None
            schedule = answer
        return schedule

    def _place(self, schedule: Schedule, unit: int, found: Timetables) -> Schedule | None:
        best: Schedule | None = None
        for number in (FEW, MORE):
            numbers = self._ranked(schedule, unit, found, number, schedule)
            if not numbers:
                continue
            choice = found.part(np.array(sorted(numbers), dtype=np.int64))
            answer = self._solve(schedule, {unit: choice}, ("uncovered", "people", "cost"))
            if answer is not None and (best is None or self._open(answer) < self._open(best)):
                best = answer
            if best is not None and self._open(best) <= self._open(schedule):
                return best
        return best

    def _mended(self, schedule: Schedule, rings: int = 1) -> Schedule:
        """Other people where the event left seats open, one review after the other; dates stay."""
        for name in self._short_of(schedule):
            if self.progress.must_end():
                return schedule
            found = self._solve(schedule, {}, ("uncovered", "people", "cost"), [name], rings)
            if found is not None and self._open(found) <= self._open(schedule):
                schedule = found
        return schedule

    def _move_more(self, is_placed: bool) -> None:
        """Prove how many have to move, and move what the proof suggests.

        Units that vanish in the relaxation choose among their real timetables in the next round, so that the
        bound rises until it meets a plan, or time is up.
        """
        short = self._short_of(self.best or self.kept)
        listed: set[int] = set()
        rings, found = 1, []
        while rings <= MOST_RINGS and not self._is_proven() and not self.progress.must_end():
            found = parts(self.units, self.staff, self.kept, short, self._timetables, rings, sorted(listed))
            leaving = self._round(found, is_placed, rings)
            news = {unit for unit in leaving if self._may_be_listed(unit)} - listed
            listed |= news
            rings += not news
        for part in found:
            if self._is_proven() or self.progress.must_end():
                return
            self._try_moving(part, self._neighbours(part), MORE)

    def _round(self, found: Sequence[Part], is_placed: bool, rings: int) -> list[int]:
        """One bound of each part, and what it suggests; the units that would leave."""
        bounds = self._bounds_of(found, is_placed)
        uncovered = sum(own.uncovered for own in bounds)
        self.uncovered_bound = max(self.uncovered_bound or 0, uncovered)
        self.known.append((uncovered, sum(own.moves for own in bounds)))
        for part, bound in zip(found, bounds, strict=True):
            if not self._is_proven() and (bound.leaving or len(part.forced) or not is_placed):
                self._try_moving(part, bound.leaving, chosen=bound.chosen)
        if self.best is not None and not self._is_proven():
            self._keep(self._mended(self.best, rings + 1))
        return [unit for bound in bounds for unit in bound.leaving]

    def _may_be_listed(self, unit: int) -> bool:
        found = self._timetables(unit)
        return found.is_complete and len(found) <= MOST_TIMETABLES

    def _bounds_of(self, found: Sequence[Part], is_placed: bool) -> list[MovesBound]:
        """What is proven of each part: by a model where it is short or finds no room, else by its own rules.

        Bounds add up only where no unit could leave for the sake of two parts; the second one counts by its own
        rules then.
        """
        bounds, taken = [], set[int]()
        for part in found:
            alone = MovesBound(0, sum(self.units.fewest_moves(own) or 0 for own in part.forced), ())
            if (not part.short and is_placed) or self.progress.must_end():
                bounds.append(alone)
                continue
            tables = [self._timetables(unit) for unit in part.forced]
            own = [name for unit in part.forced for name in self.units.names[unit]]
            rest = self.kept.without(own)
            model = BoundModel(self.units, self.staff, rest, tables, part.inside, self._timetables)
            seconds = self.progress.seconds_left() * SHARE_OF_BOUND
            proven = model.solve(self.limits, seconds, self.progress.must_end)
            if proven is None or taken & model.touched:
                bounds.append(alone)
                continue
            taken |= model.touched
            bounds.append(proven)
        return bounds

    def _try_moving(
        self,
        part: Part,
        leaving: Sequence[int],
        number: int = FEW,
        chosen: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Move a part's forced units and these ones together; some timetables are suggested by a bound."""
        base = self.best or self.kept
        forced = part.forced if self.best is not None else self.units.forced
        units = list(dict.fromkeys([*forced[:MOST_MOVING], *leaving]))
        moving = self._choices(base, units, number, chosen=chosen)
        if not moving:
            return
        answer = self._solve(base, moving, MAIN_AIMS, part.short)
        if answer is not None and len(answer.starts) == len(self.units.unit_of):
            self._keep(answer)

    def _choices(
        self,
        schedule: Schedule,
        units: Sequence[int],
        number: int,
        price: int | None = None,
        chosen: Sequence[tuple[int, int]] = (),
    ) -> dict[int, Timetables]:
        """Timetables for units that move together, and those that are chosen already (unit, number)."""
        rest = schedule.without([name for unit in units for name in self.units.names[unit]])
        found = {}
        for unit in units:
            numbers = self._ranked(rest, unit, self._timetables(unit), number, schedule, price)
            numbers |= {own for other, own in chosen if other == unit}
            if numbers:
                found[unit] = self._timetables(unit).part(np.array(sorted(numbers), dtype=np.int64))
        return found

    def _neighbours(self, part: Part) -> list[int]:
        """Units of a part that may move, the nearest to what is short or forced first."""
        starts = self.kept.starts
        weeks = [starts[name][0] for name in part.short if name in starts]
        tables = [self._timetables(unit) for unit in part.forced]
        weeks += [int(own.starts.min()) for own in tables if len(own)]
        middle = sum(weeks) // max(1, len(weeks))
        movable = [
            name
            for name in part.inside
            if self.units.fewest_moves(self.units.unit_of[name], moving=name) is not None
        ]
        ordered = sorted(movable, key=lambda name: (abs(starts[name][0] - middle), name))
        return list(dict.fromkeys(self.units.unit_of[name] for name in ordered))[:MOST_MOVING]

    def _find_alternatives(self) -> None:
        """Plans by fewest people and lowest cost: the event's activities move more freely."""
        assert self.best is not None
        self.limits = self.limits.model_copy(update={"dates_seconds": self.limits.dates_seconds / 2})
        touched = list(dict.fromkeys([*self.units.forced, *self._units_of_changed_people()]))
        if not touched:
            self.alternatives = {"fewest_people": self.best, "lowest_cost": self.best}
            return
        chosen = touched[:MOST_MOVING]
        aims: dict[ChoiceName, tuple[tuple[Aim, ...], int | None]] = {
            "fewest_people": (("uncovered", "people", "moves", "cost"), None),
            "lowest_cost": (("uncovered", "cost"), self.problem.team_prices.per_person_changed),
        }
        for name, (wanted, price) in aims.items():
            if self.progress.must_end():
                return
            few = max(3, MOST_PATTERNS // len(chosen))
            moving = self._choices(self.best, chosen, few, price)
            around = self._short_of(self.kept)
            found = self._solve(self.best, moving, wanted, around)
            self.alternatives[name] = found or self.best

    def _units_of_changed_people(self) -> list[int]:
        """Units that may move and whose teams lost somebody."""
        names = [name for name in self._short_of(self.kept) if name in self.kept.starts]
        units = [self.units.unit_of[name] for name in names]
        return [
            unit
            for unit, name in zip(units, names, strict=True)
            if self.units.fewest_moves(unit, moving=name) is not None
        ]

    def _solve(
        self,
        schedule: Schedule,
        moving: Mapping[int, Timetables],
        aims: Sequence[Aim],
        around: Sequence[str] = (),
        rings: int = 1,
    ) -> Schedule | None:
        model = JointModel(self.units, self.staff, schedule, moving, around, rings)
        return model.solve(aims, self.limits, self.progress.seconds_left, self.progress.must_end)

    def _ranked(
        self,
        rest: Schedule,
        unit: int,
        found: Timetables,
        number: int,
        present: Schedule,
        price_per_person: int | None = None,
    ) -> set[int]:
        """Numbers of the best timetables that leave room for the rest, a few for each set of team weeks.

        The unit's dates in the present schedule are among them, if it has any there.
        """
        busy = self.staff.busy(rest.members, rest.starts)
        used, rows = self.units.usage(rest.starts), self.units.rows
        most = rows.rhs + rows.max_excess
        chosen: list[int] = []
        for pattern in self.staff.ranked(found, busy, number, price_per_person):
            fitting = 0
            for own in pattern[:PER_PATTERN_TRIED].tolist():
                uses = self.units.uses(unit, found.starts_of(own))
                if all(use <= 0 or used[row] + use <= most[row] for row, use in uses.items()):
                    chosen.append(own)
                    fitting += 1
                    if fitting == PER_PATTERN:
                        break
        if all(name in present.starts for name in self.units.names[unit]):
            weeks = np.array([present.starts[name][stage] for name, stage in found.nodes])
            chosen += np.flatnonzero((found.starts == weeks).all(axis=1)).tolist()
        return set(chosen)

    def _timetables(self, unit: int) -> Timetables:
        if unit not in self._tables:
            self._tables[unit] = self.units.timetables(unit)
        return self._tables[unit]

    def _short_of(self, schedule: Schedule) -> list[str]:
        """Reviews with dates that have fewer people than in the published plan, or open seats if it had none."""
        before, now = _sizes(self.before.members), _sizes(schedule.members)
        return [
            name
            for name, review in self.staff.reviews.items()
            if name in schedule.starts
            and review.team is not None
            and now.get(name, 0) < min(review.team.seats(), before.get(name, review.team.seats()))
        ]

    def _open(self, schedule: Schedule) -> int:
        return total_uncovered(self.staff, schedule)

    def _rank(self, schedule: Schedule) -> tuple[int, int]:
        return self._open(schedule), self._moved(schedule)

    def _moved(self, schedule: Schedule) -> int:
        return sum(schedule.starts[name] != own for name, own in self.units.published.items())

    def _keep(self, schedule: Schedule) -> None:
        if self.best is None or self._quality(schedule) < self._quality(self.best):
            self.best = schedule
            self.progress.incumbent = None
            self.progress.found(self._moved(schedule))

    def _quality(self, schedule: Schedule) -> tuple[int, int, int]:
        """Smaller is better: uncovered seats, activities moved, announced people not in their team."""
        seated = {(own.activity, own.inspector) for own in schedule.members}
        announced = {(own.activity, own.inspector) for own in self.before.members}
        return *self._rank(schedule), len(announced - seated)

    def _prove(self, moves: int) -> None:
        if self.bound is None or moves > self.bound:
            self.bound = moves
            self.progress.proved(moves)

    def _use_what_is_known(self) -> None:
        """A bound on moves holds for plans with the uncovered seats beside which it was proven."""
        for uncovered, moves in self.known:
            if self.best is not None and self._open(self.best) == uncovered == self.uncovered_bound:
                self._prove(moves)

    def _is_proven(self) -> bool:
        if self.best is None:
            return False
        self._use_what_is_known()
        return self._rank(self.best) == (self.uncovered_bound, self.bound)


def _sizes(members: Sequence[TeamMember]) -> dict[str, int]:
    count: dict[str, int] = {}
    for member in members:
        name = member.activity
        count[name] = count.get(name, 0) + 1
    return count
