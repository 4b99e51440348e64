"""What a replan tells: the event, the plans that are best at something, what is proven, and what moves and why.

It is kept with the request that asked for it, so that whoever comes later reads the same.
"""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from reports.words import list_in_words, plural
from scheduler.replanning.differences import in_words
from scheduler.replanning.result import Choice, ChoiceName, ReplanResult
from scheduler.values.result import Status
from services.naming.names import Names
from services.shown.reasons.incidents import incident_lines
from services.shown.reasons.open_places import open_place_lines
from services.solves.named_events import who_in_words
from services.solves.replanning import Replanned

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


class PlanToChoose(BaseModel):
    """A plan of the answer: its draft (None where nothing was stored), its figures, and what differs, in sentences."""

    version: int | None
    moved: int
    weeks: int
    furthest: int
    people: int
    open: int
    cost: int
    best_at: str
    proven: str
    lines: tuple[str, ...]

    @property
    def row(self) -> tuple[object, ...]:
        """Its figures, in the order of `COLUMNS`."""
        return tuple(value for name, value in self if name != "lines")


class ReplanReport(BaseModel):
    """The whole answer in words.

    `first` comes before the plans: what happened, who is meant, what an incident lacks; `last` behind them: what is
    proven, bounds and remarks.
    """

    first: tuple[str, ...]
    plans: tuple[PlanToChoose, ...]
    last: tuple[str, ...]


def report_of(answer: Replanned, people: Mapping[str, str]) -> ReplanReport:
    """An answer in words.

    Parameters
    ----------
    people
        Names of inspectors by code, where they are known.
    """
    result = answer.result
    names = Names(result.problem, people)
    who = who_in_words(result.event, people)
    first = (result.event_in_words, *([who] if who else []), *incident_lines(names, result))
    if result.is_unstaffed:
        return ReplanReport(
            first=first, plans=(), last=(f"Nothing is stored. {result.seconds:.1f} seconds.",)
        )
    drafts = zip(result.choices, answer.versions_or_none, strict=True)
    plans = (_plan(names, people, choice, version) for choice, version in drafts)
    last = (proof_in_words(result), *_bounds(result), *result.remarks)
    return ReplanReport(first=first, plans=tuple(plans), last=last)


def _plan(names: Names, people: Mapping[str, str], choice: Choice, version: int | None) -> PlanToChoose:
    return PlanToChoose(
        version=version,
        moved=choice.moved,
        weeks=choice.weeks_moved,
        furthest=choice.furthest_weeks,
        people=choice.people_changed,
        open=choice.uncovered,
        cost=choice.cost,
        best_at=", ".join(NAMES[name] for name in choice.names),
        proven=_proven(choice),
        lines=(*in_words(names.problem, choice.difference, people), *open_place_lines(names, choice)),
    )


def _proven(choice: Choice) -> str:
    """Which of its names are proven: 'all', 'no', or by name."""
    if len(choice.proven) == len(choice.names):
        return "all"
    return ", ".join(NAMES[name] for name in choice.proven) or "no"


def _bounds(result: ReplanResult) -> Iterator[str]:
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
    if parts:
        yield f"What is not proven may be less, but no plan has less than {list_in_words(parts)}."


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
            f"Search for more seconds: other moves may cover more. {took}"
        )
    return f"{moved.capitalize()}; it is proven that at least {result.moved_bound} must. {took}"
