"""All variants of all areas in one problem, of which a plan takes one variant for each area.

The rows of that problem are those of every mix: people, pools, periods and partners are the same. Only the
choice of a variant is new, and it is no row: it is the minimum over variants in the bound (see `generation`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.areas.graph import AreaGraph
from scheduler.mixture.variants import AreaParts, Variants, parts_by_area, require_alike
from scheduler.values.problem import Problem, StageRef
from scheduler.values.value import Value

SEPARATOR = "|"

Starts = tuple[int, ...]


@dataclass(frozen=True)
class Choice:
    """One variant of one area: the area and the name of the option."""

    area: str
    option: str


@dataclass(frozen=True)
class SideBySide:
    """The joint problem, and which choice each of its activities belongs to.

    Options under which an area has the same activities and links are one choice, named by the first of them.

    Attributes
    ----------
    choice_of
        Number of the choice of each activity.
    stands_for
        Number of the choice of each (area, option).
    """

    problem: Problem
    choices: tuple[Choice, ...]
    choice_of: tuple[int, ...]
    stands_for: Mapping[tuple[str, str], int]

    def by_area(self) -> dict[str, list[int]]:
        """Numbers of the choices of each area."""
        found: dict[str, list[int]] = {}
        for number, choice in enumerate(self.choices):
            found.setdefault(choice.area, []).append(number)
        return found

    def choice_of_component(self, graph: AreaGraph) -> list[int]:
        """Number of the choice that each component of the joint problem's graph belongs to."""
        return [self.choice_of[component.nodes[0][0]] for component in graph.components]

    def starts_of(
        self, option: str, areas: Mapping[str, str], starts: Mapping[str, Starts]
    ) -> dict[str, Starts]:
        """Start weeks by activity of the joint problem, from those of a plan of one option.

        Parameters
        ----------
        areas
            Area by activity.
        """
        numbers = {name: self.stands_for[areas[name], option] for name in starts}
        return {joint_name(self.choices[numbers[name]].option, name): own for name, own in starts.items()}


def side_by_side(variants: Variants) -> SideBySide:
    """Put all variants into one problem, in which activities and links of each variant have names of their own."""
    require_alike(variants)
    parts = {option: parts_by_area(problem) for option, problem in variants.items()}
    first = next(iter(variants.values()))
    choices: list[Choice] = []
    choice_of: list[int] = []
    stands_for: dict[tuple[str, str], int] = {}
    activities, links = [], []
    for area in first.areas:
        known: dict[int, AreaParts] = {}
        for option in variants:
            own = parts[option][area.id]
            same = next((number for number, other in known.items() if other == own), None)
            if same is not None:
                stands_for[area.id, option] = same
            if same is not None or not own[0]:
                continue
            choices.append(Choice(area.id, option))
            stands_for[area.id, option] = len(choices) - 1
            known[len(choices) - 1] = own
            for activity in own[0]:
                choice_of.append(len(choices) - 1)
                name = joint_name(option, activity.id)
                activities.append(renamed(activity, option).model_copy(update={"id": name}))
            links += [renamed(link, option) for link in own[1]]
    changes = {"name": "side by side", "activities": tuple(activities), "links": tuple(links)}
    return SideBySide(first.model_copy(update=changes), tuple(choices), tuple(choice_of), stands_for)


def joint_name(option: str, activity: str) -> str:
    """Name of an activity of a variant in the joint problem."""
    return f"{option}{SEPARATOR}{activity}"


def renamed(value: Any, option: str) -> Any:
    """A value in which every reference to a stage names the activity of the variant."""
    if isinstance(value, StageRef):
        return value.model_copy(update={"activity": joint_name(option, value.activity)})
    if isinstance(value, tuple):
        return tuple(renamed(item, option) for item in value)
    if isinstance(value, Value):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        changed = {name: renamed(item, option) for name, item in fields.items()}
        return value.model_copy(
            update={name: new for name, new in changed.items() if new is not fields[name]}
        )
    return value


def own_name(joint: str) -> str:
    """Name of an activity of the joint problem in its variant."""
    return joint.split(SEPARATOR, 1)[1]
