"""The bound over all mixes of some options: every area takes the cheapest of them at the prices.

All options of all areas stand side by side in one problem, whose rows of people, pools, periods and partners are
those of every mix. A timetable of an area under an option pays for what it takes; of its options an area takes one.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from scheduler.validating.validation import validate
from scheduler.values.errors import Refusal
from scheduler.values.problem import Activity, Link, Problem
from scheduler.values.proof import Certificate, OptionParts
from scheduler.verifying.bound import Proven, asks_people, require_sound_prices
from scheduler.verifying.dependences import ends
from scheduler.verifying.nodes import is_allowed
from scheduler.verifying.people import Staff
from scheduler.verifying.prices import Prices
from scheduler.verifying.rows import RowBook
from scheduler.verifying.trees import Forest

AreaPart = tuple[tuple[Activity, ...], tuple[Link, ...]]
"""Activities and links of one area under one option."""

Choice = tuple[str, str]
"""An area, and the first option under which it has the same activities and links."""


def bound_of_mixes(problem: Problem, certificate: Certificate) -> Proven:
    """What every mix of the options that a certificate names costs at least in dates.

    Parameters
    ----------
    problem
        Itself one of the mixes: each of its areas follows one of the options.

    Raises
    ------
    Refusal
        If an option makes no sense, if the problem follows none of them somewhere, if a price or a row is wrong, or
        if an area has no timetable under any option.
    """
    require_sound_prices(certificate)
    options = {option.name: _by_area(_problem_of(problem, option)) for option in certificate.options}
    _require_mix(problem, options)
    joint, choice_of = _side_by_side(problem, options)
    staff = Staff(joint)
    prices = Prices(RowBook(joint, staff), certificate.duals, certificate.scale)
    forest = Forest(joint, staff, certificate.whole_teams)
    costs: dict[Choice, int] = defaultdict(int)
    for nodes, cost in forest.cheapest(prices.of, certificate.scale):
        costs[choice_of[nodes[0].activity.id]] += cost
    total = sum(_cheapest(area.id, options, costs) for area in problem.areas)
    return Proven(total - prices.worth, certificate.scale, asks_people(forest, prices))


def _cheapest(area: str, options: Mapping[str, Mapping[str, AreaPart]], costs: Mapping[Choice, int]) -> int:
    """The least that an area costs under any option; nothing where an option asks nothing of it."""
    possible = [cost for choice, cost in costs.items() if choice[0] == area and is_allowed(cost)]
    possible += [0 for parts in options.values() if not parts[area][0]]
    if not possible:
        raise Refusal(f"{area}: no weeks are possible under any option, so no bound of costs makes sense.")
    return min(possible)


def _problem_of(problem: Problem, option: OptionParts) -> Problem:
    """The whole programme under one option; what an option names by its id alone is as in the problem."""
    known = {activity.id: activity for activity in problem.activities}
    unknown = [name for name in option.activities if isinstance(name, str) and name not in known]
    if unknown:
        raise Refusal(f"option '{option.name}' names {unknown[0]}, which the problem does not have.")
    activities = tuple(known[named] if isinstance(named, str) else named for named in option.activities)
    found = problem.model_copy(update={"activities": activities, "links": option.links})
    for finding in validate(found):
        raise Refusal(f"option '{option.name}' makes no sense: {finding.place}: {finding.message}")
    return found


def _by_area(problem: Problem) -> dict[str, AreaPart]:
    area_of = {activity.id: activity.area for activity in problem.activities}
    activities: dict[str, list[Activity]] = {area.id: [] for area in problem.areas}
    links: dict[str, list[Link]] = {area.id: [] for area in problem.areas}
    for activity in problem.activities:
        activities[activity.area].append(activity)
    for link in problem.links:
        areas = {area_of[end.activity] for end in ends(link)}
        if len(areas) != 1:
            raise Refusal(f"a link joins the areas {' and '.join(sorted(areas))}, which no mix can part.")
        links[areas.pop()].append(link)
    return {area: (tuple(activities[area]), tuple(links[area])) for area in activities}


def _require_mix(problem: Problem, options: Mapping[str, Mapping[str, AreaPart]]) -> None:
    if not options:
        raise Refusal("it names no options. Solve the mix again.")
    for area, followed in _by_area(problem).items():
        if all(parts[area] != followed for parts in options.values()):
            raise Refusal(f"{area} follows none of the options. Solve the mix again.")


def _side_by_side(
    problem: Problem, options: Mapping[str, Mapping[str, AreaPart]]
) -> tuple[Problem, dict[str, Choice]]:
    """The joint problem, in which an activity is called after its option, and the choice of each activity."""
    activities: list[Activity] = []
    links: list[Link] = []
    choice_of: dict[str, Choice] = {}
    for area in problem.areas:
        seen: list[AreaPart] = []
        for option, parts in options.items():
            part = parts[area.id]
            if part in seen:
                continue
            seen.append(part)
            for activity in part[0]:
                changed = _renamed(activity.model_dump(), option)
                activities.append(Activity.model_validate({**changed, "id": f"{option}|{activity.id}"}))
                choice_of[activities[-1].id] = (area.id, option)
            links += [type(link).model_validate(_renamed(link.model_dump(), option)) for link in part[1]]
    if len(choice_of) != len(activities):
        raise Refusal("two options have activities that can't be told apart. Give the options other names.")
    joint = problem.model_copy(update={"activities": tuple(activities), "links": tuple(links)})
    return joint, choice_of


def _is_end(value: Any) -> bool:
    """Whether a value, as plain data, names a stage of an activity."""
    return isinstance(value, dict) and value.keys() == {"activity", "stage"}


def _renamed(value: Any, option: str) -> Any:
    """Plain data in which every stage is that of the option's activity."""
    if _is_end(value):
        return {**value, "activity": f"{option}|{value['activity']}"}
    if isinstance(value, dict):
        return {name: _renamed(item, option) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_renamed(item, option) for item in value)
    return value
