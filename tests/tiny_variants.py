"""Tiny problems under all four options, on the same facts: only links and one team differ."""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import get_args

from scheduler.options import Variants, compose
from scheduler.values.problem import Activity, NearLink, Problem
from tests.tiny import Option, tiny_link, tiny_problem

OPTIONS: tuple[Option, ...] = get_args(Option)


def tiny_variants(seed: int, num_areas: int = 2) -> dict[str, Problem]:
    """The problem of each option; under option 2 reviews of two skills need one less (R033)."""
    base = tiny_problem(1, seed, num_areas)
    near = tuple(link for link in base.links if isinstance(link, NearLink))
    found = {}
    for option in OPTIONS:
        draw = Random(f"links-{option}-{seed}")
        links = tuple(tiny_link(option, area, draw) for area in base.areas) + near
        activities = tuple(_lighter(own) if option == 2 else own for own in base.activities)
        changes = {"name": f"tiny, option {option}", "links": links, "activities": activities}
        found[str(option)] = base.model_copy(update=changes)
    return found


def every_mix(variants: Variants) -> Iterator[Problem]:
    """The programme of every choice of an option for each area."""
    areas = [area.id for area in next(iter(variants.values())).areas]
    for chosen in product(variants, repeat=len(areas)):
        yield compose(variants, dict(zip(areas, chosen, strict=True)), f"mix {'-'.join(chosen)}")


def _lighter(activity: Activity) -> Activity:
    if activity.team is None or len(activity.team.places) < 2:
        return activity
    return activity.model_copy(
        update={"team": activity.team.model_copy(update={"places": activity.team.places[:1]})}
    )
