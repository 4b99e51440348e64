"""What the arrays of the search hold, and how exactly solvers of linear programs answer."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
"""Whole numbers: weeks, numbers of rows and columns, scaled prices. Costs are exact, so nothing else is summed up."""

Mask = NDArray[np.bool_]
"""Which entries are meant: a truth for each."""

Words = NDArray[np.uint64]
"""Sets of people, or of whatever is numbered, 64 truths in each word: these are counted fast."""

Floats = NDArray[np.float64]
"""Amounts and prices as a linear program gives them; nothing is proven by these."""

TOLERANCE = 1e-6
"""A linear program's value within this distance of a whole number is that number."""


def indexes(values: Iterable[int]) -> Ints:
    """Integers as an array, also of none."""
    return np.array(list(values), dtype=np.int64)


def rank_within(group: Ints, value: Ints) -> Ints:
    """The rank of each element among those of its group: 0 for the smallest value, equal ones in their order."""
    order = np.lexsort((value, group))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    return rank
