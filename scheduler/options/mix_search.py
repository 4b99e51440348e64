"""The cheapest mix of options: the search for dates, in which each option of an area is a mode of the area."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from scheduler.areas.graph_making import build_graph
from scheduler.dates.generation import Generation
from scheduler.dates.pricing import cheapest_timetables
from scheduler.dates.rows import Rows
from scheduler.dates.search import DatesSearch
from scheduler.options.variants import Variants, side_by_side
from scheduler.people.capacity import People
from scheduler.run.progress import Progress
from scheduler.values.plan import Plan
from scheduler.values.proof import Certificate
from scheduler.values.result import Listener, SolveParams, StopRequest


@dataclass(frozen=True)
class Mix:
    """The best mix of dates found.

    Attributes
    ----------
    choice
        Option by area; None if no mix was found.
    starts, cost
        Start weeks by activity, and what these dates cost.
    bound
        No mix of options costs less (with `whole_teams`: none without an uncovered place); None if unknown.
    num_decided
        Number of areas for which it is proven that no plan as cheap as this has another option there.
    certificate
        Proves the bound (see `verify`); it belongs to the problem in which all variants stand side by side.
    """

    choice: Mapping[str, str] | None
    starts: Mapping[str, tuple[int, ...]] | None
    cost: int | None
    bound: int | None
    num_decided: int
    certificate: Certificate | None


def find_mix(
    variants: Variants,
    plans: Mapping[str, Plan] | None = None,
    params: SolveParams | None = None,
    listener: Listener | None = None,
    stop: StopRequest | None = None,
    whole_teams: bool = True,
) -> Mix:
    """Choose an option for each area.

    Parameters
    ----------
    variants
        The valid problem of each option.
    plans
        Known plans by option; the mix costs at most as much as the cheapest that keeps the rows.
    params
        `dates_seconds` limits the search.
    whole_teams
        Only use weeks for which a whole team could be there, as `solve_dates` does.
    """
    params = params or SolveParams()
    joint = side_by_side(variants)
    progress = Progress("mix", params.dates_seconds, params.gap_target, listener, stop)
    graph = build_graph(joint.problem, whole_teams)
    graph = replace(graph, alternatives=joint.alternatives(graph))
    search = DatesSearch(Rows(graph, People(joint.problem)), params, progress)
    search.run([joint.starts_of(option, plan) for option, plan in (plans or {}).items()])
    certificate = search.generation.certificate()
    bound = None if certificate is None else certificate.bound
    found = search.answer()
    if found.starts is None or found.cost is None:
        return Mix(None, None, None, bound, 0, certificate)
    choice, starts = joint.split(found.starts)
    return Mix(choice, starts, found.cost, bound, _num_decided(search.generation, found.cost), certificate)


def _num_decided(generation: Generation, cost: int) -> int:
    """For how many areas every plan with another option costs more.

    A plan that takes an option costs at least the bound and what the option's priced cost lies above the area's
    cheapest one.
    """
    if generation.value is None:
        return 0
    modes = generation.rows.graph.modes
    priced = generation.price(generation.padded(generation.best_duals))
    by_mode = modes.costs(cheapest_timetables(generation.rows, priced))
    beyond = by_mode - modes.least(by_mode)[modes.item_of]
    near = beyond <= cost * generation.scale - generation.value
    return int((np.bincount(modes.item_of[near], minlength=len(modes.items)) == 1).sum())
