"""Rows that one transaction needs of few areas or of all: no message about one review reads the whole programme."""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")

FEW = 3
"""Areas that are read one by one; whoever asks about more asks about most of them."""


class AreaByArea(Generic[Key, Row]):
    """Reads one area at a time while few are asked about, then all at once.

    Parameters
    ----------
    read
        Gives the rows of an area by any key, or those of all areas for None.
    """

    def __init__(self, read: Callable[[str | None], dict[Key, Row]]) -> None:
        self._read = read
        self._found: dict[Key, Row] = {}
        self._known: set[str] = set()
        self._is_complete = False

    def of(self, area: str) -> dict[Key, Row]:
        """Rows among which are all of an area."""
        if not self._is_complete and area not in self._known:
            if len(self._known) >= FEW:
                return self.every()
            self._found |= self._read(area)
            self._known.add(area)
        return self._found

    def every(self) -> dict[Key, Row]:
        """The rows of all areas."""
        if not self._is_complete:
            self._found, self._is_complete = self._read(None), True
        return self._found
