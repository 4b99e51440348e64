"""Which plan is best at what: each name goes to the plans that are, and a plan is listed once with all its names."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import get_args

from scheduler.replanning.result import Choice, ChoiceName

NAMES: tuple[ChoiceName, ...] = get_args(ChoiceName)


def named(
    choices: Sequence[Choice], bounds: Mapping[ChoiceName, int], forced: Collection[str]
) -> tuple[Choice, ...]:
    """The plans that are the best at something, the first one first, each with all its names and which are proven.

    Parameters
    ----------
    choices
        All plans found, the one with the fewest moves first.
    bounds
        What is proven of each name (see `ReplanResult.bounds`).
    forced
        Activities that cannot keep their dates.
    """
    best = {name: _best(choices, _key(name, choices[0], forced)) for name in NAMES}
    listed = [choices[0]]
    for name in NAMES:
        if best[name] and not any(choice in best[name] for choice in listed):
            listed.append(min(best[name], key=_figures))
    return tuple(
        choice.model_copy(update={"names": names, "proven": _proven(choice, names, bounds)})
        for choice in listed
        for names in [tuple(name for name in NAMES if choice in best[name])]
    )


Key = Callable[[Choice], tuple[int, ...] | None]
"""Smaller is better; None if a plan doesn't count."""


def _best(choices: Sequence[Choice], key: Key) -> list[Choice]:
    ranks = [(rank, choice) for choice in choices if (rank := key(choice)) is not None]
    least = min((rank for rank, _ in ranks), default=None)
    return [choice for rank, choice in ranks if rank == least]


def _key(name: ChoiceName, main: Choice, forced: Collection[str]) -> Key:
    """How plans are ranked by a name, beside the plan with the fewest moves."""
    if name == "lowest_cost":
        return lambda choice: (choice.uncovered, choice.cost)
    if name == "dates_kept":
        return lambda choice: (choice.uncovered, choice.weeks_moved) if _keeps(choice, forced) else None
    return lambda choice: (_value(name, choice),) if choice.uncovered <= main.uncovered else None


def _keeps(choice: Choice, forced: Collection[str]) -> bool:
    """Whether every date stays that can."""
    return set(choice.difference.weeks) <= set(forced)


def _value(name: ChoiceName, choice: Choice) -> int:
    values: dict[ChoiceName, int] = {
        "fewest_moves": choice.moved,
        "fewest_weeks": choice.weeks_moved,
        "lowest_cost": choice.cost,
        "fewest_people": choice.people_changed,
        "dates_kept": choice.uncovered,
    }
    return values[name]


def _proven(
    choice: Choice, names: Sequence[ChoiceName], bounds: Mapping[ChoiceName, int]
) -> tuple[ChoiceName, ...]:
    return tuple(name for name in names if bounds.get(name) == _value(name, choice))


def _figures(choice: Choice) -> tuple[int, ...]:
    """Of plans that are equally good at something the better one otherwise."""
    return choice.uncovered, choice.weeks_moved, choice.moved, choice.people_changed, choice.cost
