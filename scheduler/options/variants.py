"""Variants of a problem that differ in the options of areas, and the one problem in which each area takes its own.

The variants share everything but their activities and links: areas, weeks, people, limits, prices. So a cost
means the same in each of them, and one area may follow one variant and its neighbour another (R039). The rows of
the joint problem are those of every mix; the choice of a variant is no row but the minimum over variants in the bound.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.areas.graph import AreaGraph
from scheduler.areas.modes import Mode
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Link, Problem, StageRef
from scheduler.values.proof import Certificate, OptionParts
from scheduler.values.value import Starts, Value, Week

Variants = Mapping[str, Problem]
"""The whole programme under each option, by the option's name ('1' to '4')."""

AreaParts = tuple[tuple[Activity, ...], tuple[Link, ...]]
"""Activities and links of one area."""

VARIED_FIELDS = frozenset({"name", "activities", "links"})
"""Fields of a problem in which variants may differ."""


def require_alike(variants: Variants) -> None:
    """Variants differ in activities and links only.

    Raises
    ------
    ValueError
        Names the fields in which they differ too, or says that there is no variant.
    """
    if not variants:
        raise ValueError("A mix needs at least one option. Solve one of them first.")
    first, *others = variants.values()
    shared = [name for name in type(first).model_fields if name not in VARIED_FIELDS]
    for name in shared:
        if any(getattr(other, name) != getattr(first, name) for other in others):
            raise ValueError(f"The options differ in {name}. Build all of them from the same facts.")


def parts_by_area(problem: Problem) -> dict[str, AreaParts]:
    """Activities and links of each area, in the order of the problem."""
    area_of = {activity.id: activity.area for activity in problem.activities}
    activities: dict[str, list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        activities[activity.area].append(activity)
    links: dict[str, list[Link]] = defaultdict(list)
    for link in problem.links:
        links[area_of[link.ends[0].activity]].append(link)
    return {area.id: (tuple(activities[area.id]), tuple(links[area.id])) for area in problem.areas}


def compose(variants: Variants, choice: Mapping[str, str], name: str) -> Problem:
    """The programme in which each area follows the option chosen for it.

    Parameters
    ----------
    choice
        Name of an option by area, for every area.

    Returns
    -------
    The same value, name apart, as if the options had been given one by one when the problem was built.
    """
    require_alike(variants)
    parts = {option: parts_by_area(problem) for option, problem in variants.items()}
    first = next(iter(variants.values()))
    chosen = {area.id: parts[choice[area.id]][area.id] for area in first.areas}
    activity_of = {activity.id: activity for activities, _ in chosen.values() for activity in activities}
    order = dict.fromkeys(activity.id for problem in variants.values() for activity in problem.activities)
    links_first = dict.fromkeys(
        _area_of_link(problem, link) for problem in variants.values() for link in problem.links
    )
    return first.model_copy(
        update={
            "name": name,
            "activities": tuple(activity_of[code] for code in order if code in activity_of),
            "links": tuple(link for area in links_first for link in chosen[area][1]),
        }
    )


def _area_of_link(problem: Problem, link: Link) -> str:
    name = link.ends[0].activity
    return next(activity.area for activity in problem.activities if activity.id == name)


def proof_for(problem: Problem, variants: Variants, certificate: Certificate) -> Certificate:
    """The certificate of the joint problem as one for a mix, which names the options that may be mixed.

    Parameters
    ----------
    problem
        A mix of the variants.
    certificate
        Proves a bound in the problem in which all variants stand side by side.
    """
    same = {activity.id: activity for activity in problem.activities}
    options = tuple(
        OptionParts(
            name=name,
            activities=tuple(
                activity.id if same.get(activity.id) == activity else activity
                for activity in variant.activities
            ),
            links=variant.links,
        )
        for name, variant in variants.items()
    )
    changes = {"kind": "mix", "problem_hash": problem.hash, "options": options}
    return certificate.model_copy(update=changes)


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
    names
        For each activity its name in the variant.
    stands_for
        Number of the choice of each (area, option).
    """

    problem: Problem
    choices: tuple[Choice, ...]
    choice_of: tuple[int, ...]
    names: tuple[str, ...]
    stands_for: Mapping[tuple[str, str], int]

    def by_area(self) -> dict[str, list[int]]:
        """Numbers of the choices of each area."""
        found: dict[str, list[int]] = {}
        for number, choice in enumerate(self.choices):
            found.setdefault(choice.area, []).append(number)
        return found

    def alternatives(self, graph: AreaGraph) -> tuple[tuple[Mode, ...], ...]:
        """For each area its modes in the joint problem's graph: the components of each choice."""
        components: list[list[int]] = [[] for _ in self.choices]
        for number, component in enumerate(graph.components):
            components[self.choice_of[component.nodes[0][0]]].append(number)
        return tuple(
            tuple(tuple(components[choice]) for choice in numbers) for numbers in self.by_area().values()
        )

    def starts_of(self, option: str, plan: Plan) -> Starts:
        """Start weeks by activity of the joint problem, from those of a plan of one option."""
        starts = plan.starts()
        return {
            activity.id: starts[name]
            for activity, name, choice in zip(
                self.problem.activities, self.names, self.choice_of, strict=True
            )
            if name in starts and self.stands_for.get((activity.area, option)) == choice
        }

    def split(self, starts: Starts) -> tuple[dict[str, str], Starts]:
        """The option of each area, and start weeks by activity, from start weeks of the joint problem."""
        options: dict[str, str] = {}
        by_name: dict[str, tuple[Week, ...]] = {}
        for activity, name, number in zip(self.problem.activities, self.names, self.choice_of, strict=True):
            if activity.id in starts:
                options[activity.area] = self.choices[number].option
                by_name[name] = starts[activity.id]
        return options, by_name


def side_by_side(variants: Variants) -> SideBySide:
    """Put all variants into one problem, in which activities and links of each variant have names of their own."""
    require_alike(variants)
    parts = {option: parts_by_area(problem) for option, problem in variants.items()}
    first = next(iter(variants.values()))
    found: list[tuple[Choice, AreaParts]] = []
    stands_for: dict[tuple[str, str], int] = {}
    for area in first.areas:
        start = len(found)
        for option in variants:
            part = parts[option][area.id]
            known = (number for number, (_, other) in enumerate(found[start:], start) if other == part)
            number = next(known, len(found))
            if number == len(found) and part[0]:
                found.append((Choice(area.id, option), part))
            if number < len(found):
                stands_for[area.id, option] = number
    planned = [(number, activity) for number, (_, part) in enumerate(found) for activity in part[0]]
    activities = (_joint(activity, found[number][0].option) for number, activity in planned)
    links = (renamed(link, choice.option) for choice, part in found for link in part[1])
    changes = {"name": "side by side", "activities": tuple(activities), "links": tuple(links)}
    return SideBySide(
        problem=first.model_copy(update=changes),
        choices=tuple(choice for choice, _ in found),
        choice_of=tuple(number for number, _ in planned),
        names=tuple(activity.id for _, activity in planned),
        stands_for=stands_for,
    )


def _joint(activity: Activity, option: str) -> Activity:
    """An activity of a variant as it stands in the joint problem."""
    joint: Activity = renamed(activity, option)
    return joint.model_copy(update={"id": joint_name(option, activity.id)})


def joint_name(option: str, activity: str) -> str:
    """Name of an activity of a variant in the joint problem."""
    return f"{option}|{activity}"


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
