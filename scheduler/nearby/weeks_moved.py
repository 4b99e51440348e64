"""By how many weeks announced activities move: each by as many as the stage of it that moves furthest."""

from collections.abc import Mapping

import numpy as np

from scheduler.nearby.timetables import Timetables
from scheduler.values.arrays import Ints
from scheduler.values.value import Starts, Week


def weeks_by_activity(before: Starts, after: Starts) -> dict[str, int]:
    """By how many weeks each activity of `before` starts earlier or later; those that keep their dates are left out."""
    furthest = {
        name: max(abs(new - old) for new, old in zip(after[name], weeks, strict=True))
        for name, weeks in before.items()
    }
    return {name: weeks for name, weeks in furthest.items() if weeks}


def weeks_of(found: Timetables, published: Mapping[str, tuple[Week, ...]]) -> Ints:
    """Weeks by which the announced activities of each timetable move together, shape (timetables,)."""
    total = np.zeros(len(found), dtype=np.int64)
    for name in dict.fromkeys(name for name, _ in found.nodes):
        if name in published:
            columns = found.columns(name)
            apart = np.abs(found.starts[:, columns] - np.array(published[name], dtype=np.int64))
            total += apart.max(axis=1, initial=0)
    return total
