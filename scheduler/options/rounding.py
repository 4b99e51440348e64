"""Plans of a mix: one variant for each area, fitted in by price and then exchanged area by area while that saves."""

import random
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.dates.lines import Ints
from scheduler.dates.remaining import Room
from scheduler.dates.rows import Rows
from scheduler.options.variants import SideBySide

Timetable = dict[int, tuple[int, ...]]
"""Starts by component, of the components of one choice."""


class MixRooms:
    """Builds and improves plans in the rows of a joint problem; lines added to the rows later need a new one."""

    def __init__(self, rows: Rows, joint: SideBySide, prices: Ints | None = None) -> None:
        self.rows, self.joint, self.prices = rows, joint, prices
        self.areas = list(joint.by_area().values())
        self.components: list[list[int]] = [[] for _ in joint.choices]
        for component, choice in enumerate(joint.choice_of_component(rows.graph)):
            self.components[choice].append(component)

    def room_of(self, starts: Timetable) -> Room | None:
        """The room of a whole plan, None if it exceeds a row; what lacks timetables is completed.

        A plan that leaves places uncovered lacks those for which no whole team could be there.
        """
        if not self._is_whole(starts):
            return self.by_wishes(list(starts.items()))
        room = Room(self.rows, starts)
        room.is_whole = True
        return room if room.is_kept() else None

    def by_wishes(self, wishes: Sequence[tuple[int, tuple[int, ...]]]) -> Room | None:
        """A plan of wished timetables, the most wanted first, as far as they fit; completed by price."""
        room = Room(self.rows)
        choice_of = self.joint.choice_of_component(self.rows.graph)
        area_of = {choice: number for number, own in enumerate(self.areas) for choice in own}
        taken: dict[int, int] = {}
        for component, starts in wishes:
            choice = choice_of[component]
            is_open = taken.get(area_of[choice], choice) == choice and component not in room.starts
            if is_open and room.put_if_it_fits(component, starts):
                taken[area_of[choice]] = choice
        for number, own in enumerate(self.areas):
            choices = [taken[number]] if number in taken else own
            if not self._fill(room, choices):
                return None
        room.is_whole = True
        return room if room.is_kept() else None

    def improve(self, room: Room, must_end: Callable[[], bool], seed: int = 0) -> None:
        """Give one area after the other its cheapest variant beside all others until nothing is saved."""
        draw = random.Random(seed)
        order = list(range(len(self.areas)))
        idle = 0
        while idle < len(order) and not must_end():
            draw.shuffle(order)
            for number in order:
                idle = 0 if self._move(room, number) else idle + 1
                if idle >= len(order) or must_end():
                    break

    def choice(self, room: Room) -> dict[str, str]:
        """The option of each area in a plan."""
        chosen = {
            self.joint.choices[c] for c, own in enumerate(self.components) if set(own) & set(room.starts)
        }
        return {choice.area: choice.option for choice in chosen}

    def _is_whole(self, starts: Timetable) -> bool:
        """Whether each area has all timetables of one of its variants, and no others."""
        whole = [
            sum(set(self.components[choice]) <= set(starts) for choice in choices) for choices in self.areas
        ]
        needed = {
            choice
            for choices in self.areas
            for choice in choices
            if set(self.components[choice]) & set(starts)
        }
        return whole == [1] * len(self.areas) and len(needed) == len(self.areas)

    def _move(self, room: Room, number: int) -> bool:
        old = {
            c: room.starts[c]
            for choice in self.areas[number]
            for c in self.components[choice]
            if c in room.starts
        }
        cost = room.excess_cost() + sum(room.own_cost(component) for component in old)
        for component in old:
            room.take(component)
        best: tuple[int, Timetable] = (cost, old)
        for choice in self.areas[number]:
            found = self._cheapest(room, choice)
            if found is not None and found[0] < best[0]:
                best = found
        for component, starts in best[1].items():
            room.put(component, starts)
        return best[1] is not old

    def _cheapest(self, room: Room, choice: int) -> tuple[int, Timetable] | None:
        """Cost, price of all slack included, and timetable of a variant beside the others; the room stays as it is."""
        found: Timetable = {}
        cost = None
        for component in self.components[choice]:
            best = room.cheapest(component)
            if best is None:
                break
            room.put(component, best[0])
            found[component] = best[0]
        if len(found) == len(self.components[choice]) and room.is_kept():
            cost = room.excess_cost() + sum(room.own_cost(component) for component in found)
        for component in found:
            room.take(component)
        return None if cost is None else (cost, found)

    def _fill(self, room: Room, choices: Sequence[int]) -> bool:
        """Put what is missing of the cheapest of some variants in; whether one fits."""
        options = [(choice, self._missing(room, choice)) for choice in choices]
        fitting = [(found[0], choice, found[1]) for choice, found in options if found is not None]
        if not fitting:
            return False
        for component, starts in min(fitting, key=lambda item: item[:2])[2].items():
            room.put(component, starts)
        return True

    def _missing(self, room: Room, choice: int) -> tuple[int, Timetable] | None:
        """The rest of a variant that is in part there already, along the prices."""
        found: Timetable = {}
        cost = 0
        for component in self.components[choice]:
            if component in room.starts:
                continue
            best = room.cheapest(component, self.prices)
            if best is None:
                break
            room.put(component, best[0])
            found[component], cost = best[0], cost + best[1]
        is_whole = all(component in room.starts for component in self.components[choice])
        for component in found:
            room.take(component)
        return (cost, found) if is_whole else None


def wishes_of(
    amounts: NDArray[np.float64], component: Ints, starts: Sequence[tuple[int, ...]]
) -> list[tuple[int, tuple[int, ...]]]:
    """(component, starts) of the columns in a master's mix, the largest amounts first."""
    order = np.argsort(-amounts, kind="stable")
    return [(int(component[n]), starts[n]) for n in order[amounts[order] > 1e-6]]
