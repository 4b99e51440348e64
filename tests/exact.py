"""The optimum of tiny problems by the adversary's model, and of dates for which people are counted week by week."""

from collections.abc import Callable, Iterator
from itertools import product

from ortools.sat.python import cp_model

from scheduler.values.problem import PeriodLimit, Problem
from tests.adversary.choice import Choice
from tests.adversary.limits import share, units_by_week, units_in
from tests.adversary.model import Model, at
from tests.adversary.prices import num_starts, visits_by_week
from tests.adversary.seats import LEADER, is_there, num_seats
from tests.adversary.timetables import Timetable, timetables_of
from tests.adversary.weeks import Dates
from tests.known import known

Cheapest = tuple[int, Dates] | None
"""The cost of dates and the dates; None if there are none."""

_KNOWN: dict[tuple[str, bool], Cheapest] = {}
"""By the problem's hash: the model is asked once, whichever test asks first."""


def cheapest_dates(problem: Problem, covered: bool = False) -> Cheapest:
    """Cost and dates of a cheapest plan; None if there is no plan.

    People are counted by week (every union of skills); with `covered`, every place must have its person.
    """
    key = problem.hash, covered
    if key not in _KNOWN:
        _KNOWN[key] = _covered(problem) if covered else counted_by_week(problem)
    return _KNOWN[key]


def _covered(problem: Problem) -> Cheapest:
    best = Model(problem).limit("uncovered", 0).best(("dates",))
    return None if best is None else (best.values[0], best.starts)


def fewest_uncovered(problem: Problem) -> int | None:
    """The fewest places that any dates and teams leave uncovered; None if there are no dates."""
    best = Model(problem).best(("uncovered",))
    return None if best is None else best.values[0]


def best_teams(problem: Problem, starts: Dates) -> tuple[int, int]:
    """Fewest uncovered seats for given dates, and the least cost of people among such teams."""
    best = Model(problem, at(starts)).best(("uncovered", "people"))
    uncovered, cost = known(best).values
    return uncovered, cost


def all_dates(problem: Problem) -> Iterator[Dates]:
    """Every way to date all activities that keeps what concerns one area."""
    for chosen in product(*(list(timetables_of(problem, area.id)) for area in problem.areas)):
        yield {name: weeks for timetable in chosen for name, weeks in timetable.starts.items()}


def dates_in_limits(problem: Problem) -> Iterator[Dates]:
    """Every way to date all activities that also keeps what areas share but for people."""
    yield from (starts for starts in all_dates(problem) if _in_limits(problem, starts))


def _in_limits(problem: Problem, starts: Dates) -> bool:
    """Counted, not asked of the model, which takes a hundred times as long for dates that are all given."""
    together = Timetable("all", starts, 0)
    in_pools = (
        used <= units_in(pool, week)
        for pool in problem.pools
        for week, used in units_by_week(problem, together, pool).items()
    )
    at_partners = (
        visits <= partner.maximum + partner.max_excess
        for partner in problem.partner_limits
        for visits in visits_by_week(problem, starts, partner).values()
    )
    in_periods = (_in_period(limit, num_starts(problem, starts, limit)) for limit in problem.period_limits)
    return all(in_pools) and all(at_partners) and all(in_periods)


def _in_period(limit: PeriodLimit, number: int) -> bool:
    most = 0 if limit.price is None else limit.max_excess
    least, greatest = limit.minimum, limit.maximum
    return (least is None or number >= least - most) and (greatest is None or number <= greatest + most)


def keeps_limits(problem: Problem, starts: Dates) -> bool:
    """Whether dates keep what areas share but for people, and what concerns one area."""
    return Model(problem, at(starts)).best(("dates",)) is not None


def people_suffice_each_week(problem: Problem, starts: Dates) -> bool:
    """Whether in every week all places of the teams at work can have somebody, who may be another one each week."""
    return counted_by_week(problem, at(starts)) is not None


def counted_by_week(problem: Problem, allowed: Callable[[Timetable], bool] = lambda _: True) -> Cheapest:
    """The cheapest dates for which that is so."""
    cp = cp_model.CpModel()
    choice = Choice(cp, (filter(allowed, timetables_of(problem, area.id)) for area in problem.areas))
    cost = choice.total(lambda timetable: timetable.cost) + sum(share(problem, cp, choice))
    for week in range(problem.num_weeks):
        _people_of_week(problem, cp, choice, week)
    cp.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    if solver.solve(cp) == cp_model.INFEASIBLE:
        return None
    chosen = [timetable for timetable, is_chosen in choice.options if solver.value(is_chosen)]
    starts = {name: weeks for timetable in chosen for name, weeks in timetable.starts.items()}
    return round(solver.objective_value), starts


def _people_of_week(problem: Problem, cp: cp_model.CpModel, choice: Choice, week: int) -> None:
    """Everybody who is there fills one place at most, of a skill that they have."""
    skills = sorted({skill for activity in problem.activities for skill in num_seats(activity)})
    filled: dict[str, list[cp_model.IntVar]] = {skill: [] for skill in skills}
    for person in problem.inspectors:
        if is_there(problem, person, [week]):
            has = [
                skill for skill in skills if (person.is_leader if skill == LEADER else skill in person.skills)
            ]
            places = {skill: cp.new_bool_var("") for skill in has}
            cp.add_at_most_one(places.values())
            for skill, fills in places.items():
                filled[skill].append(fills)
    for skill in skills:
        wanted = choice.total(lambda timetable, skill=skill: _places(problem, timetable, skill, week))
        cp.add(wanted <= sum(filled[skill]))


def _places(problem: Problem, timetable: Timetable, skill: str, week: int) -> int:
    """Places of a skill in the teams that a timetable has at work in a week."""
    return sum(
        num_seats(activity)[skill]
        for activity in problem.activities
        for stage, start in zip(activity.stages, timetable.starts.get(activity.id, ()), strict=False)
        if stage.uses_team and week in range(start, start + stage.duration_weeks)
    )
