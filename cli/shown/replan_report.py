"""What `replan` tells: the event, a table of the plans that are best at something, proofs, and what moves and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from cli.shown.output import print_table, say
from reports.words import list_in_words, plural
from scheduler.replanning.result import Choice, ChoiceName, ReplanResult
from scheduler.values.result import Status
from services.naming.names import Names
from services.shown.reasons.incidents import incident_lines
from services.shown.reasons.open_places import open_place_lines
from services.solves.named_events import who_in_words

NAMES: dict[ChoiceName, str] = {
    "fewest_moves": "fewest activities",
    "fewest_weeks": "fewest weeks",
    "lowest_cost": "lowest cost",
    "fewest_people": "fewest people",
    "dates_kept": "dates kept",
}

COLUMNS = ("plan", "moved", "weeks", "furthest", "people", "open", "cost", "best at", "proven")
"""Of a plan: its number, activities moved, weeks moved in all, of the one that moves furthest, people changed, open
places, its cost, what it is best at, and which of that is proven."""


def tell(result: ReplanResult, versions: Sequence[int], names: Names, people: Mapping[str, str]) -> None:
    """Say everything that an answer tells.

    Parameters
    ----------
    versions
        Numbers of the stored drafts; none if nothing was stored.
    people
        Names of inspectors by code, where they are known.
    """
    say(result.event_in_words)
    if who := who_in_words(result.event, people):
        say(who)
    for line in incident_lines(names, result):
        say(line)
    if is_empty(result):
        say(f"Nothing is stored. {result.seconds:.1f} seconds.")
        return
    if result.choices:
        print_table("Replanned", COLUMNS, _rows(result, versions))
    for number, choice in enumerate(result.choices):
        if number:
            say(f"With the {list_in_words([NAMES[name] for name in choice.names])}:")
        for line in (*choice.words, *open_place_lines(names, choice)):
            say(line)
    say(proof_in_words(result))
    for line in (*_bounds(result), *result.remarks):
        say(line)


def versions_or_none(result: ReplanResult, versions: Sequence[int]) -> list[int | None]:
    """The number of the draft of each choice, None where nothing was stored."""
    return list(versions) or [None] * len(result.choices)


def _rows(result: ReplanResult, versions: Sequence[int]) -> list[tuple[Any, ...]]:
    """One row for each plan; the number of its draft first."""
    return [
        (
            version,
            choice.moved,
            choice.weeks_moved,
            choice.furthest_weeks,
            choice.people_changed,
            choice.uncovered,
            choice.cost,
            ", ".join(NAMES[name] for name in choice.names),
            _proven(choice),
        )
        for version, choice in zip(versions_or_none(result, versions), result.choices, strict=True)
    ]


def _proven(choice: Choice) -> str:
    """Which of its names are proven: 'all', 'no', or by name."""
    if len(choice.proven) == len(choice.names):
        return "all"
    return ", ".join(NAMES[name] for name in choice.proven) or "no"


def _bounds(result: ReplanResult) -> list[str]:
    """What is known of the names that are not proven: no plan can have less."""
    shown: dict[ChoiceName, tuple[str, str]] = {
        "fewest_weeks": ("week moved in all", "weeks moved in all"),
        "fewest_people": ("person changed", "people changed"),
        "lowest_cost": ("", ""),
    }
    open_names = {name for choice in result.choices for name in choice.names if name not in choice.proven}
    parts = []
    for name, (one, many) in shown.items():
        if name in open_names and result.bounds.get(name):
            least = result.bounds[name]
            parts.append(f"a cost of {least}" if name == "lowest_cost" else plural(least, one, many))
    return (
        [f"What is not proven may be less, but no plan has less than {list_in_words(parts)}."]
        if parts
        else []
    )


def proof_in_words(result: ReplanResult) -> str:
    """What is proven of the number of moves, in one or two sentences."""
    took = f"{result.seconds:.1f} seconds."
    main: Choice | None = result.main
    if main is None:
        known = (
            "It is proven that no plan keeps the rules"
            if result.status is Status.INFEASIBLE
            else "No plan was found"
        )
        return f"{known}; the published plan stays. {took}"
    moved = plural(main.moved, "activity moves", "activities move")
    if result.is_proven_fewest:
        places = f" with {plural(main.uncovered, 'uncovered place')}" if main.uncovered else ""
        if not main.moved:
            return f"Proven: no published date has to move{places}. {took}"
        return f"Proven: {moved}, and no plan{places} moves fewer. {took}"
    if main.moved == result.moved_bound:
        places = plural(main.uncovered, "place stays uncovered", "places stay uncovered")
        return (
            f"{moved.capitalize()}, but {places}; it is proven that at least {result.uncovered_bound} must. "
            f"Try more --seconds: other moves may cover more. {took}"
        )
    return f"{moved.capitalize()}; it is proven that at least {result.moved_bound} must. {took}"


def is_empty(result: ReplanResult) -> bool:
    """Whether an incident's review would have nobody at all: that is no plan to choose."""
    return result.unstaffed is not None and result.unstaffed.has_nobody
