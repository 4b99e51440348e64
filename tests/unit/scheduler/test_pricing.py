"""Pricing by dynamic programming agrees with listing every timetable; unions with trying every set."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.areas.edges import is_allowed
from scheduler.areas.graph_making import build_graph
from scheduler.counting.windows import possible_weeks
from scheduler.dates.columns import Columns
from scheduler.dates.pricing import all_within, choose_scale, price_all
from scheduler.dates.rows import Rows
from scheduler.dates.unions import violated_union
from scheduler.people.capacity import People
from scheduler.values.problem import PartnerLimit
from tests.builders import one_area, review, two_areas
from tests.complete import complete
from tests.known import known
from tests.tiny import Option, tiny_problem

SKILLS = ("a", "b", "c", "d")


def tiny_rows(option: Option) -> Rows:
    problem = tiny_problem(option, 4)
    return Rows(build_graph(problem, whole_teams=True), People(problem))


def random_duals(rows: Rows, seed: int) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return draw.integers(0, 2000, rows.num_rows) * draw.integers(0, 2, rows.num_rows)


@pytest.mark.parametrize("option", [1, 2, 3, 4])
def test_enumeration_finds_exactly_the_timetables_within_a_reach(option: Option) -> None:
    rows = tiny_rows(option)
    duals = random_duals(rows, option)
    for priced in price_all(rows, duals, 100):
        group = rows.graph.groups[priced.group]
        weeks = list(product(range(rows.num_weeks), repeat=group.num_nodes))
        for position in range(len(group.members)):
            starts, positions = np.array(weeks), np.full(len(weeks), position)
            real = is_allowed(group.own_costs(positions, starts))
            columns = Columns(rows)
            columns.add_plan([(int(group.members[position]), weeks[0])])
            assert columns.starts == [weeks[0]]
            everything = [own for own, is_real in zip(weeks, real, strict=True) if is_real]
            if not everything:
                continue
            columns = Columns(rows)
            for own in everything:
                columns.add_plan([(int(group.members[position]), own)])
            cost = dict(zip(columns.starts, columns.priced(duals, 100).tolist(), strict=True))
            assert int(priced.cheapest()[position]) == min(cost.values())
            slack = np.full(len(group.members), -1)
            slack[position] = 700
            found = known(all_within(priced, slack, 10**6))
            expected = {own for own in everything if cost[own] <= min(cost.values()) + 700}
            assert set(map(tuple, found.starts.tolist())) == expected
            assert [cost[tuple(own)] for own in found.starts.tolist()] == found.values.tolist()


@pytest.mark.parametrize("option", [1, 2, 3, 4])
def test_possible_weeks_are_those_of_some_timetable(option: Option) -> None:
    rows = tiny_rows(option)
    for group in rows.graph.groups:
        possible = possible_weeks(group, is_allowed(group.node_costs))
        weeks = np.array(list(product(range(rows.num_weeks), repeat=group.num_nodes)))
        for position in range(len(group.members)):
            real = weeks[is_allowed(group.own_costs(np.full(len(weeks), position), weeks))]
            for node in range(group.num_nodes):
                assert set(np.flatnonzero(possible[node, :, position])) == set(real[:, node].tolist())


def test_columns_added_since_a_mix_was_made_are_not_taken() -> None:
    """Plans made between two solves of the master once broke the search for unions."""
    rows = Rows(build_graph(one_area()), People(one_area()))
    columns = Columns(rows)
    columns.add_plan([(0, (0, 3))])
    mix = np.array([1.0])
    used = columns.usage(mix)
    columns.add_plan([(0, (9, 12))])
    assert (columns.usage(mix) == used).all()
    assert used.sum() > 0


def test_enumeration_gives_up_above_its_limit() -> None:
    rows = tiny_rows(4)
    (priced, *_) = price_all(rows, np.zeros(rows.num_rows, dtype=np.int64), 1)
    slack = np.full(priced.values[0].shape[1], 1000)
    assert all_within(priced, slack, 3) is None


def test_the_scale_leaves_room_for_large_costs() -> None:
    assert choose_scale(build_graph(one_area())) == 10**6
    dear = one_area(activities=(review("north", urgency_price=10**9),))
    assert choose_scale(build_graph(dear)) < 10**6


def test_pinned_activities_cut_circles_of_links() -> None:
    graph = build_graph(complete())
    names = {graph.names(number) for number in range(len(graph.components))}
    assert ("yot-north",) in names
    assert ("jar-north", "ca-north") in names


def test_rows_have_names_that_follow_from_the_problem() -> None:
    limit = PartnerLimit(id="a b", areas=("north",), kinds=("jar",), maximum=1, price=1, max_excess=1)
    problem = two_areas(partner_limits=(limit,))
    rows = Rows(build_graph(problem), People(problem))
    names = [rows.name(row) for row in range(rows.num_rows)]
    assert len(set(names)) == len(names)
    assert {
        "pool:leader:week:0",
        "pool:education:week:51",
        "everybody:week:7",
        "partner:a%20b:week:3",
    } <= set(names)
    rows.add_union(frozenset(["leader", "education"]))
    assert rows.name(rows.num_rows - 1) == "hall:education+leader:week:51"
    assert rows.add_union(frozenset(["education", "leader"])) == []


@given(
    st.lists(st.integers(0, 4), min_size=4, max_size=4),
    st.dictionaries(st.frozensets(st.sampled_from(SKILLS), min_size=1), st.integers(0, 4), max_size=6),
)
def test_a_violated_union_is_found_exactly_if_there_is_one(
    demand: list[int], supply: dict[frozenset[str], int]
) -> None:
    def lack(union: frozenset[str]) -> int:
        places = sum(units for skill, units in zip(SKILLS, demand, strict=True) if skill in union)
        return places - sum(units for own, units in supply.items() if own & union)

    unions = [frozenset(own) for size in range(1, 5) for own in combinations(SKILLS, size)]
    found = violated_union(SKILLS, np.array(demand, dtype=float), supply)
    assert (found is None) == (max(map(lack, unions)) <= 0)
    if found is not None:
        assert lack(found) == max(map(lack, unions))
