"""Variants of a problem that differ in the options of areas, and the programme that takes one for each area.

The variants share everything but their activities and links: areas, weeks, people, limits, prices. So a cost
means the same in each of them, and one area may follow one variant and its neighbour another (R039).
"""

from collections import defaultdict
from collections.abc import Mapping

from scheduler.dates.area_graph import link_ends
from scheduler.problem import Activity, Link, Problem
from scheduler.proof import Certificate, OptionParts

Variants = Mapping[str, Problem]
"""The whole programme under each option, by the option's name ('1' to '4')."""

AreaParts = tuple[tuple[Activity, ...], tuple[Link, ...]]
"""Activities and links of one area."""

OWN_FIELDS = frozenset({"name", "activities", "links"})
"""Fields of a problem in which variants may differ."""


def require_alike(variants: Variants) -> None:
    """Variants differ in activities and links only.

    Raises
    ------
    ValueError
        Names the fields in which they differ too, or says that there is no variant.
    """
    if not variants:
        raise ValueError("A mix needs at least one option. Maybe all of them failed.")
    first, *others = variants.values()
    shared = [name for name in type(first).model_fields if name not in OWN_FIELDS]
    for name in shared:
        if any(getattr(other, name) != getattr(first, name) for other in others):
            raise ValueError(f"The options differ in {name}. Maybe they were read from different facts.")


def parts_by_area(problem: Problem) -> dict[str, AreaParts]:
    """Activities and links of each area, in the order of the problem."""
    area_of = {activity.id: activity.area for activity in problem.activities}
    activities: dict[str, list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        activities[activity.area].append(activity)
    links: dict[str, list[Link]] = defaultdict(list)
    for link in problem.links:
        links[area_of[link_ends(link)[0].activity]].append(link)
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
    own = {activity.id: activity for activities, _ in chosen.values() for activity in activities}
    order = dict.fromkeys(activity.id for problem in variants.values() for activity in problem.activities)
    links_first = dict.fromkeys(
        _area_of_link(problem, link) for problem in variants.values() for link in problem.links
    )
    return first.model_copy(
        update={
            "name": name,
            "activities": tuple(own[code] for code in order if code in own),
            "links": tuple(link for area in links_first for link in chosen[area][1]),
        }
    )


def _area_of_link(problem: Problem, link: Link) -> str:
    name = link_ends(link)[0].activity
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
            activities=tuple(own.id if same.get(own.id) == own else own for own in variant.activities),
            links=variant.links,
        )
        for name, variant in variants.items()
    )
    changes = {"kind": "mix", "problem_hash": problem.hash, "options": options}
    return certificate.model_copy(update=changes)
