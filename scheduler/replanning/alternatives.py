"""Other plans after an event: with the fewest exchanged people, and at the lowest cost."""

from collections.abc import Iterator

from scheduler.nearby.model import Aim, Schedule
from scheduler.replanning.ground import Ground
from scheduler.replanning.result import ChoiceName

MOST_PATTERNS = 24
"""Different team weeks of all units together in an alternative."""

MOST_MOVING = 6
"""Units that move at once in an alternative, or around a shortage."""


def alternatives(ground: Ground, best: Schedule) -> Iterator[tuple[ChoiceName, Schedule]]:
    """Plans by fewest people and lowest cost, each as soon as it is found: the event's activities move more freely.

    Where nothing else is found, and where the event moves nothing, it is the best plan itself.
    """
    ground.limits = ground.limits.model_copy(update={"dates_seconds": ground.limits.dates_seconds / 2})
    touched = list(dict.fromkeys([*ground.units.forced, *_units_of_changed_people(ground)]))
    if not touched:
        yield "fewest_people", best
        yield "lowest_cost", best
        return
    chosen = touched[:MOST_MOVING]
    aims: dict[ChoiceName, tuple[tuple[Aim, ...], int | None]] = {
        "fewest_people": (("uncovered", "people", "moves", "cost"), None),
        "lowest_cost": (("uncovered", "cost"), ground.per_person),
    }
    for name, (wanted, price) in aims.items():
        if ground.progress.must_end():
            return
        few = max(3, MOST_PATTERNS // len(chosen))
        moving = ground.choices(best, chosen, few, price)
        around = ground.short_of(ground.kept)
        found = ground.solve(best, moving, wanted, around)
        yield name, found or best


def _units_of_changed_people(ground: Ground) -> list[int]:
    """Units that may move and whose teams lost somebody."""
    names = [name for name in ground.short_of(ground.kept) if name in ground.kept.starts]
    units = [ground.units.unit_of[name] for name in names]
    return [
        unit
        for unit, name in zip(units, names, strict=True)
        if ground.units.fewest_moves(unit, moving=name) is not None
    ]
