"""The search for the plan with the fewest moves."""

from collections.abc import Sequence

from scheduler.counting.pre_check import precheck
from scheduler.dates.people_enough import without_people
from scheduler.nearby.model import Aim
from scheduler.nearby.people import Schedule
from scheduler.replanning.anew import planned_anew
from scheduler.replanning.bound import MOST_TIMETABLES, BoundModel, MovesBound
from scheduler.replanning.context import Ground
from scheduler.replanning.first_answer import FEW, MORE, mended, placed
from scheduler.replanning.independent_parts import Part, parts
from scheduler.replanning.result import ReplanParams
from scheduler.run.progress import Progress
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem

MOST_MOVING = 6
"""Units that move at once around a shortage."""

MOST_RINGS = 2
"""How often what is near a shortage is widened for a bound."""

MAIN_AIMS: tuple[Aim, ...] = ("uncovered", "moves", "weeks", "cost")
"""Weeks come before the cost: no area should move far where it could move less. People come last: costs include the
price of every change of a person."""

SHARE_OF_BOUND = 0.4


class Search:
    """What replanning finds for one problem after an event.

    Attributes
    ----------
    best
        The schedule with the fewest uncovered seats, then moves; None until there is one.
    bound, uncovered_bound
        Proven minima of moved activities (with as few uncovered places as `best`) and of uncovered places.
    first
        Dates for what must move, all others kept; None if there is no room, or none were found in time.
    """

    def __init__(self, problem: Problem, before: Plan, params: ReplanParams, progress: Progress) -> None:
        self.ground = Ground(problem, before, params, progress)
        self.units, self.progress = self.ground.units, progress
        self.best: Schedule | None = None
        self.first: Schedule | None = None
        self.bound: int | None = None
        self.uncovered_bound = 0
        self.is_impossible = False
        self.remarks: list[str] = []
        self._known: list[tuple[int, int]] = []

    def run(self) -> None:
        """The plan with its bound."""
        stuck = [unit for unit in self.units.forced if self.units.fewest_moves(unit) is None]
        if stuck:
            names = "; ".join(", ".join(self.units.names[unit]) for unit in stuck)
            self._give_up(f"No dates at all are possible any more for {names}.")
            return
        self._prove(self._fewest_moves(self.units.forced))
        self.first = None if self.ground.overfull else placed(self.ground)
        if self.first is not None:
            self.keep(mended(self.ground, self.first, persists=False))
        if not self._is_proven() and not self.progress.must_end():
            self._move_more(self.first is not None)
        if self.best is None and not self.is_impossible and not self.progress.must_end():
            self._plan_anew()

    def _move_more(self, is_placed: bool) -> None:
        """Prove how many have to move, and move what the proof suggests.

        Units that vanish in the relaxation choose among their real timetables in the next round, so that the
        bound rises until it meets a plan, or time is up.
        """
        short = self.ground.short_of(self.best or self.ground.kept)
        listed = set(self.ground.crowding())
        together = [frozenset(listed)]
        rings, found = 1, []
        while rings <= MOST_RINGS and not self._is_proven() and not self.progress.must_end():
            found = parts(self.ground, short, rings, sorted(listed), together)
            leaving = self._round(found, is_placed, rings)
            if self.is_impossible:
                return
            together += [
                frozenset((*part.forced, *units)) for part, units in zip(found, leaving, strict=True) if units
            ]
            news = {unit for units in leaving for unit in units if self._may_be_listed(unit)} - listed
            listed |= news
            rings += not news
        for part in found:
            if self._is_proven() or self.progress.must_end():
                return
            self._try_moving(part, self._neighbours(part), MORE)

    def _plan_anew(self) -> None:
        """Nothing near makes room: dates of the whole programme, at the prices of moving them."""
        found, is_impossible = planned_anew(self.ground)
        if found is not None:
            self.keep(found)
        elif is_impossible:
            self._give_up(_no_dates(self.ground.problem))

    def _round(self, found: Sequence[Part], is_placed: bool, rings: int) -> list[tuple[int, ...]]:
        """One bound of each part, and what it suggests; the units that would leave for the sake of each."""
        bounds = self._bounds_of(found, is_placed)
        uncovered = sum(bound.uncovered for bound in bounds)
        self.uncovered_bound = max(self.uncovered_bound, uncovered)
        self._known.append((uncovered, sum(bound.moves for bound in bounds)))
        self._use_what_is_known()
        for part, bound in zip(found, bounds, strict=True):
            if self._is_proven() or self.is_impossible:
                break
            if bound.leaving or part.forced or not is_placed:
                self._try_moving(part, bound.leaving, chosen=bound.chosen)
            elif self.best is not None:
                self.keep(mended(self.ground, self.best, rings, part.short))
        if self.best is not None and not self._is_proven() and not self.is_impossible:
            self.keep(mended(self.ground, self.best, rings + 1))
        return [bound.leaving for bound in bounds]

    def _may_be_listed(self, unit: int) -> bool:
        found = self.ground.timetables(unit)
        return found.is_complete and len(found) <= MOST_TIMETABLES

    def _bounds_of(self, found: Sequence[Part], is_placed: bool) -> list[MovesBound]:
        """What is proven of each part: by a model where it is short or finds no room, else by its own rules.

        Bounds add up only where no unit could leave for the sake of two parts; the second one counts by its own
        rules then.
        """
        bounds, taken = [], set[int]()
        for part in found:
            alone = MovesBound(0, self._fewest_moves(part.forced), ())
            if (not part.short and is_placed) or self.progress.must_end():
                bounds.append(alone)
                continue
            ground, tables = self.ground, [self.ground.timetables(unit) for unit in part.forced]
            rest = ground.kept.without(self._names(part.forced))
            model = BoundModel(self.units, ground.staff, rest, tables, part.inside, ground.timetables)
            seconds = self.progress.seconds_left() * SHARE_OF_BOUND
            proven = model.solve(ground.limits, seconds, self.progress.must_end)
            if model.is_impossible and self.best is None:
                self._give_up(_no_room(self._names(part.forced), model.tight))
            if proven is None or taken & model.touched:
                bounds.append(alone)
                continue
            taken |= model.touched
            bounds.append(proven)
        return bounds

    def _names(self, units: Sequence[int]) -> list[str]:
        return [name for unit in units for name in self.units.names[unit]]

    def _fewest_moves(self, units: Sequence[int]) -> int:
        """Activities that have to move with units that cannot stay, by the rules of each alone."""
        return sum(self.units.fewest_moves(unit) or 0 for unit in units)

    def _give_up(self, why: str) -> None:
        """It is proven that no plan keeps the rules."""
        self.is_impossible = True
        self.remarks.append(why)

    def _try_moving(
        self,
        part: Part,
        leaving: Sequence[int],
        number: int = FEW,
        chosen: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Move a part's forced units and these ones together; some timetables are suggested by a bound."""
        base = self.best or self.ground.kept
        forced = part.forced[:MOST_MOVING] if self.best else (*self.units.forced, *part.forced)
        units = list(dict.fromkeys([*forced, *leaving]))
        moving = self.ground.choices(base, units, number, chosen=chosen)
        if not moving:
            return
        answer = self.ground.solve(base, moving, MAIN_AIMS, part.short)
        if answer is not None and len(answer.starts) == len(self.units.unit_of):
            self.keep(answer)

    def _neighbours(self, part: Part) -> list[int]:
        """Units of a part that may move, the nearest to what is short or forced first."""
        starts = self.ground.kept.starts
        weeks = [starts[name][0] for name in part.short if name in starts]
        tables = [self.ground.timetables(unit) for unit in part.forced]
        weeks += [int(table.starts.min()) for table in tables if len(table)]
        middle = sum(weeks) // max(1, len(weeks))
        ordered = sorted(part.inside, key=lambda name: (abs(starts[name][0] - middle), name))
        return self.ground.movable(ordered)[:MOST_MOVING]

    def improve(self, schedule: Schedule) -> None:
        """Take a schedule found with another aim, unless the best one is proven to move the fewest."""
        if not self._is_proven():
            self.keep(schedule)

    def keep(self, schedule: Schedule) -> None:
        """Take a schedule if it is better than the best one."""
        if self.best is None or self.ground.quality(schedule) < self.ground.quality(self.best):
            self.best = schedule
            self.progress.found_of_another_kind()
            self.progress.found(self.ground.moved(schedule))
            self._use_what_is_known()

    def _prove(self, moves: int) -> None:
        if self.bound is None or moves > self.bound:
            self.bound = moves
            self.progress.proved(moves)

    def _use_what_is_known(self) -> None:
        """A bound on moves holds for plans with the uncovered seats beside which it was proven."""
        open_seats = None if self.best is None else self.ground.open_seats(self.best)
        for uncovered, moves in self._known:
            if open_seats == uncovered == self.uncovered_bound:
                self._prove(moves)

    def _is_proven(self) -> bool:
        """Whether no plan with as few uncovered seats moves fewer; as few as before the event are few enough."""
        if self.best is None:
            return False
        few = max(self.uncovered_bound, self.ground.before.costs.uncovered_places)
        return self.ground.open_seats(self.best) <= few and self.ground.moved(self.best) == self.bound


def _no_dates(problem: Problem) -> str:
    """That no dates are left, and which limits counting alone proves to be short."""
    short = [
        f"{', '.join([*(row.owner for row in shortage.rows), *shortage.activities])} by {shortage.lack}"
        for shortage in precheck(without_people(problem))
    ]
    known = (
        f" Proven to be short: {'; '.join(short)}. Change that limit, or the event's weeks." if short else ""
    )
    return f"No dates keep all windows, links and limits any more, even with people enough.{known}"


def _no_room(names: Sequence[str], rows: Sequence[str]) -> str:
    """What must move finds its rows full of what may not."""
    return (
        f"There is no room for {', '.join(names)} beside what is begun or frozen: {', '.join(rows)}. "
        "Raise that limit, give the event more weeks, or shorten the frozen zone."
    )
