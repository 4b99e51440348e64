"""Links of an area that run in circles: priced, solved and proven as exactly as trees."""

from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from scheduler.areas import circle_search
from scheduler.areas.edges import FORBIDDEN, Band, is_allowed
from scheduler.areas.graph_making import build_graph
from scheduler.counting.pre_check import precheck
from scheduler.dates.pricing import all_within, price_all
from scheduler.dates.rows import Rows
from scheduler.people.capacity import People
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.problem import (
    Activity,
    ApartLink,
    ClearLink,
    LagLink,
    LagTable,
    Link,
    NearLink,
    PeriodLimit,
    Problem,
    SavedPlace,
    StageRef,
    WithinLink,
)
from scheduler.values.result import SolveParams, Status
from scheduler.verifying.verifier import verify
from tests.adversary.model import Model
from tests.builders import one_area, ref, review, span, team, two_areas, visit
from tests.known import known

QUICK = SolveParams(dates_seconds=10.0, teams_seconds=2.0, num_workers=1)
WEEKS = 9


def soon() -> LagTable:
    return LagTable(
        id="soon",
        first=tuple(min(WEEKS, week + 2) for week in range(WEEKS)),
        end=tuple(min(WEEKS, week + 4) for week in range(WEEKS)),
    )


def drawn_link(draw: Random, one: StageRef, other: StageRef) -> Link:
    price, cap = draw.randint(1, 5), draw.randint(1, 6)
    links: tuple[Link, ...] = (
        ApartLink(one=one, other=other, cap_weeks=cap, price_per_week=price),
        NearLink(one=one, other=other, cap_weeks=cap, price_per_week=price),
        ClearLink(one=one, other=other, clear_weeks=draw.randint(0, 1)),
        WithinLink(inner=one, outer=other),
        LagLink(before=one, after=other, table="soon", price_per_week=price),
    )
    return draw.choice(links[: 3 if draw.random() < 0.7 else 5])


def joined(seed: int, num_activities: int) -> Problem:
    """Activities of one area, every two of them joined by a link, and a limit that they share with another area."""
    draw = Random(seed)
    kinds = ("ca", "yot", "camhs", "adoption", "fostering")[:num_activities]
    activities: list[Activity] = []
    links: list[Link] = []
    for area in ("north", "south"):
        visits = [
            visit(
                kind, area, draw.randint(1, 2), urgency_price=draw.randint(0, 3), start_window=span(0, WEEKS)
            )
            for kind in kinds
        ]
        activities += visits
        links += [drawn_link(draw, ref(a.id), ref(b.id)) for a, b in combinations(visits, 2)]
    limit = PeriodLimit(id="early", span=span(0, 3), kinds=kinds, maximum=3, price=4, max_excess=3)
    return two_areas(
        num_weeks=WEEKS,
        activities=tuple(activities),
        links=tuple(links),
        lag_tables=(soon(),),
        inspectors=(),
        period_limits=(limit,),
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_timetables_are_those_that_trying_everything_finds(seed: int) -> None:
    problem = joined(seed, 3 + seed % 2)
    rows = Rows(build_graph(problem), People(problem))
    duals = np.random.default_rng(seed).integers(0, 900, rows.num_rows)
    for priced in price_all(rows, duals, 100):
        group = rows.graph.groups[priced.group]
        starts = np.array(list(product(range(WEEKS), repeat=group.num_nodes)))
        prices = rows.start_prices(duals)
        for position in range(len(group.members)):
            costs = group.own_costs(np.full(len(starts), position), starts)
            real = is_allowed(costs)
            whole = costs * 100 + sum(
                prices[rows.profile[priced.group][node, position], starts[:, node]]
                for node in range(group.num_nodes)
            )
            if not real.any():
                assert not is_allowed(priced.cheapest())[position]
                continue
            least = int(whole[real].min())
            assert int(priced.cheapest()[position]) == least
            slack = np.full(len(group.members), -1)
            slack[position] = 900
            found = known(all_within(priced, slack, 10**6))
            wanted = starts[real & (whole <= least + 900)]
            assert sorted(map(tuple, found.starts.tolist())) == sorted(map(tuple, wanted.tolist()))
            assert {
                tuple(weeks): value
                for weeks, value in zip(found.starts.tolist(), found.values.tolist(), strict=True)
            } == {
                tuple(weeks): value
                for weeks, value in zip(
                    wanted.tolist(), whole[real & (whole <= least + 900)].tolist(), strict=True
                )
            }


def test_with_little_effort_the_bound_is_still_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is found is a timetable that costs what is said."""
    problem = joined(3, 5)
    rows = Rows(build_graph(problem), People(problem))
    duals = np.zeros(rows.num_rows, dtype=np.int64)
    exact = [priced.cheapest().tolist() for priced in price_all(rows, duals, 1)]
    monkeypatch.setattr(circle_search, "EFFORT", 1)
    monkeypatch.setattr(circle_search, "PORTION", 1)
    quick = price_all(rows, duals, 1)
    for priced, best in zip(quick, exact, strict=True):
        assert (priced.cheapest() <= np.array(best)).all()
        found = priced.best()
        costs = rows.graph.groups[priced.group].own_costs(found.positions, found.starts)
        assert costs.tolist() == found.values.tolist()
    assert [priced.cheapest().tolist() for priced in quick] != exact


@pytest.mark.parametrize("seed", range(6))
def test_a_programme_of_circles_is_solved_and_proven(seed: int) -> None:
    """The bound is certified by the verifier and met; the exact model of the adversary finds the same cost."""
    problem = joined(seed + 40, 3)
    assert validate(problem) == ()
    result, best = solve(problem, QUICK), Model(problem).best(("dates",))
    if best is None:
        assert result.status is Status.INFEASIBLE
        return
    assert result.status is Status.OPTIMAL
    plan = known(result.plan)
    assert plan.costs.date_cost == best.values[0]
    assert verify(problem, plan, plan.certificates).is_accepted


def test_five_activities_that_are_all_joined_are_solved_and_proven() -> None:
    result = solve(joined(7, 5), QUICK)
    assert result.status is Status.OPTIMAL
    assert verify(joined(7, 5), known(result.plan), result.certificates).is_accepted


def test_a_circle_that_contradicts_itself_is_a_shortage_with_names() -> None:
    """Each of three visits follows the one before it, and the first follows the last."""
    visits = tuple(visit(kind, "north", start_window=span(0, WEEKS)) for kind in ("ca", "yot", "camhs"))
    links = tuple(
        LagLink(before=ref(before.id), after=ref(after.id), table="soon")
        for before, after in zip(visits, (*visits[1:], visits[0]), strict=True)
    )
    problem = one_area(num_weeks=WEEKS, activities=visits, links=links, lag_tables=(soon(),), inspectors=())
    assert [(found.kind, found.activities) for found in precheck(problem)] == [
        ("stranded", ("ca-north", "yot-north", "camhs-north"))
    ]
    assert solve(problem, QUICK).status is Status.INFEASIBLE
    assert solve(problem.model_copy(update={"links": links[:2]}), QUICK).status is Status.OPTIMAL


def test_a_saved_place_keeps_its_order_beside_a_link_that_joins_the_same_two_r033() -> None:
    """The assessment should be near the fieldwork; the seat is saved only if it ends before the analysis."""
    wanted = team(
        "safeguarding", saved=(SavedPlace(skill="education", after=ref("ca-north")),), min_members=2
    )
    near = NearLink(one=ref("ca-north"), other=ref("jar-north", "fieldwork"), cap_weeks=5, price_per_week=1)
    problem = one_area(
        activities=(review("north", team=wanted), visit("ca", "north", 2, start_window=span(0, 40))),
        links=(near,),
    )
    result = solve(problem, QUICK)
    assert result.status is Status.OPTIMAL
    starts = known(result.plan).starts()
    assert starts["ca-north"][0] + 2 <= starts["jar-north"][0]


@pytest.mark.parametrize("seed", range(40))
def test_a_band_read_back_is_the_table_it_was_made_of(seed: int) -> None:
    """Rows are padded with their last week: its cost must survive, in the last week of the programme too."""
    draw = np.random.default_rng(seed)
    table = draw.integers(0, 9, size=(8, 8))
    first, width = draw.integers(0, 8, size=8), draw.integers(0, 8, size=8)
    weeks = np.arange(8)
    allowed = (weeks >= first[:, None]) & (weeks < (first + width)[:, None])
    table = np.where(allowed, table, FORBIDDEN)
    band = Band.of(table)
    assert (band.dense == table).all()
    assert (band.turned.dense == table.T).all()
