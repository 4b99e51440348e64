"""What a plan may leave out: each item is planned in exactly one of its modes, and each mode plans some components.

Under one option every component is an item of a single mode. In a mix of options an item is an area and a mode
what one option plans there: the columns of all options stand in the same rows, and a plan takes one mode an area.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from scheduler.areas.edges import FORBIDDEN, Costs

Mode = tuple[int, ...]
"""The components that are planned if a plan takes the mode."""


class Modes:
    """The items of a programme with their modes, which are numbered one item after the other.

    Attributes
    ----------
    items
        The modes of each item; a component belongs to one mode.
    mode_of
        Shape (components,): number of the mode of each component.
    item_of
        Shape (modes,): number of the item of each mode.
    """

    def __init__(self, items: Sequence[Sequence[Mode]]) -> None:
        self.items = tuple(tuple(modes) for modes in items)
        modes = [(item, mode) for item, alternatives in enumerate(self.items) for mode in alternatives]
        self.item_of = np.array([item for item, _ in modes], dtype=np.int64)
        self.mode_of = np.zeros(sum(len(mode) for _, mode in modes), dtype=np.int64)
        for number, (_, mode) in enumerate(modes):
            self.mode_of[list(mode)] = number
        self._size = [len(mode) for _, mode in modes]

    def costs(self, by_component: Costs) -> Costs:
        """What each mode costs, shape (modes,), where its components cost so much, shape (components,).

        A mode with a component that is forbidden is forbidden, or dearer still.
        """
        total = np.zeros(len(self.item_of), dtype=np.int64)
        np.add.at(total, self.mode_of, np.minimum(by_component, FORBIDDEN))
        return total

    def least(self, by_mode: Costs) -> Costs:
        """What the cheapest mode of each item costs, shape (items,)."""
        least = np.full(len(self.items), np.iinfo(np.int64).max)
        np.minimum.at(least, self.item_of, by_mode)
        return least

    def most(self, by_component: Costs) -> int:
        """The most that one mode of each item adds up to."""
        most = np.full(len(self.items), np.iinfo(np.int64).min)
        np.maximum.at(most, self.item_of, self.costs(by_component))
        return int(most.sum())

    def behind(self, by_component: Costs) -> Costs:
        """What the mode of each component costs beyond the cheapest one of its item, shape (components,)."""
        by_mode = self.costs(by_component)
        behind: Costs = (by_mode - self.least(by_mode)[self.item_of])[self.mode_of]
        return behind

    def is_whole(self, components: Collection[int]) -> bool:
        """Whether these are the components of one mode of each item."""
        taken = set(self.mode_of[list(components)].tolist())
        items = {int(self.item_of[mode]) for mode in taken}
        size = sum(self._size[mode] for mode in taken)
        return len(items) == len(taken) == len(self.items) and size == len(components)

    def alternatives(self) -> Iterator[list[tuple[int, Mode]]]:
        """The (number, components) of the modes of each item that has more than one."""
        for item, modes in enumerate(self.items):
            if len(modes) > 1:
                first = int(np.searchsorted(self.item_of, item))
                yield [(first + index, mode) for index, mode in enumerate(modes)]
