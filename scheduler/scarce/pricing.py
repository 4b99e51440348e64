"""Exact pricing of timetables together with the people of their teams: the oracle of scarce people."""

from dataclasses import replace

import numpy as np

from scheduler.areas.graph import Group
from scheduler.areas.joints import Edge
from scheduler.dates.columns import Columns
from scheduler.dates.oracle import DatesOracle, dear_price
from scheduler.dates.pricing import Priced, lagrangian_value, price_group
from scheduler.dates.rows import Rows
from scheduler.people.capacity import team_demand
from scheduler.scarce.master import Patterns, PeopleMaster
from scheduler.scarce.prices import PersonPrices, Persons
from scheduler.scarce.stage_blocks import Block, team_stages
from scheduler.values.arrays import Floats, Ints


class TeamPricing(DatesOracle):
    """Prices the components of some rows at prices of rows, followed by those of the persons (see `dates.oracle`).

    Parameters
    ----------
    uncovered_price
        What an uncovered place costs, in units of cost.
    """

    def __init__(self, rows: Rows, persons: Persons, scale: int, uncovered_price: int) -> None:
        super().__init__(rows, scale)
        self.persons, self.uncovered_price = persons, uncovered_price
        self.patterns = Patterns(rows, persons)
        self.blocks = self.patterns.blocks
        self.barred = {block.activity: persons.barred(block.activity) for block in self.blocks}

    @property
    def num_prices(self) -> int:
        """One for each row, then those of the persons."""
        return self.rows.num_rows + self.persons.num_prices

    def master(self, columns: Columns) -> PeopleMaster:
        """The linear program over timetables and the places that persons fill."""
        missing_price = dear_price(self.rows) + 100 * self.uncovered_price
        return PeopleMaster(self.patterns, columns, missing_price, self.uncovered_price)

    def separate(self, columns: Columns, amounts: Floats) -> bool:
        """No unions of skills are added: every person is looked at alone."""
        return False

    def name(self, number: int) -> str:
        """Name of a row, or of what a person has a price for."""
        person = number - self.rows.num_rows
        return self.rows.name(number) if person < 0 else self.persons.name(person)

    def price(self, duals: Ints) -> tuple[list[Priced], int | None]:
        """All components priced exactly, and the scaled bound that the prices prove (see the package).

        Parameters
        ----------
        duals
            Prices of all rows, then those of the persons; non-negative, scaled.
        """
        row_duals, person_duals = duals[: self.rows.num_rows], duals[self.rows.num_rows :]
        priced = self._priced(row_duals, self.persons.split(person_duals))
        value = lagrangian_value(self.rows, priced, row_duals, self.scale)
        return priced, None if value is None else value - self.persons.worth(person_duals)

    def _priced(self, row_duals: Ints, prices: PersonPrices) -> list[Priced]:
        start_prices = self.rows.start_prices(row_duals)
        groups = self._with_teams(_Asks(self, prices))
        return [
            price_group(number, group, start_prices, self.rows.profile[number], self.scale)
            for number, group in enumerate(groups)
        ]

    def _with_teams(self, asks: "_Asks") -> list[Group]:
        """The groups with what teams ask added to the costs of nodes and edges, which are scaled."""
        graph = self.rows.graph
        nodes = [group.scaled(self.scale)[0].copy() for group in graph.groups]
        tables: dict[tuple[int, int], Ints] = {}
        for block in self.blocks:
            group, position = graph.place[block.component]
            if block.edge is None:
                nodes[group][block.nodes[0], :, position] += asks.of(block)
                continue
            key = (group, block.edge)
            if key not in tables:
                weeks, width = graph.groups[group].edges[block.edge].band.child.shape
                tables[key] = np.zeros((width, weeks, len(graph.groups[group].members)), dtype=np.int64)
            tables[key][:, :, position] += asks.of(block).T
        priced = []
        for number, unpriced in enumerate(graph.groups):
            edges = tuple(
                _with_table(edge, tables.get((number, index)))
                for index, edge in enumerate(unpriced.scaled(self.scale)[1])
            )
            priced.append(unpriced.at_scaled_costs(self.scale, nodes[number], edges))
        return priced


def _with_table(edge: Edge, table: Ints | None) -> Edge:
    if table is None:
        return edge
    if edge.band.barred is not None:
        table = table + edge.band.barred
    return replace(edge, band=replace(edge.band, barred=table))


class _Asks:
    """What teams ask at given prices; equal teams are computed once."""

    def __init__(self, pricing: TeamPricing, prices: PersonPrices) -> None:
        self.pricing, self.prices = pricing, prices
        self.persons, self.graph = pricing.persons, pricing.rows.graph
        self._stage: dict[tuple[int, bool, bool], Ints] = {}
        self._block: dict[object, Ints] = {}
        self._skill: dict[object, Ints] = {}

    def of(self, block: Block) -> Ints:
        """What the team of a block asks by start week(s): shape (weeks,) or, with an edge, (weeks, width)."""
        activity = self.graph.problem.activities[block.activity]
        key, table = self._of_persons(block)
        cap = self.pricing.uncovered_price * self.pricing.scale // block.parts
        barred = self.pricing.barred[block.activity]
        total = np.zeros(table.shape[1:], dtype=np.int64)
        for skill, count in team_demand(activity):
            able = self.persons.skilled(skill)
            free = able & ~barred
            known = (key, skill, count, cap, (able & barred).tobytes())
            if known not in self._skill:
                self._skill[known] = _cheapest(table[free], count, cap)
            total += self._skill[known]
        return total

    def _of_persons(self, block: Block) -> tuple[object, Ints]:
        """What each person asks, shape (persons, weeks[, width]), and its name."""
        stages = [self._ask(block.activity, stage) for stage in block.stages]
        names: list[object] = [name for name, _ in stages]
        fixed = [(self._ask(block.activity, stage), week) for stage, week in block.fixed]
        group = self.graph.groups[self.graph.place[block.component][0]]
        edge = None if block.edge is None else group.edges[block.edge]
        turned = edge is not None and edge.parent != block.nodes[0]
        key = (*names, *((name, week) for (name, _), week in fixed), id(edge), turned)
        if key not in self._block:
            if edge is None:
                table = stages[0][1]
            else:
                parent, child = (stages[1][1], stages[0][1]) if turned else (stages[0][1], stages[1][1])
                table = parent[:, :, None] + child[:, edge.band.child]
            for (_, ask), week in fixed:
                table = table + ask[:, week].reshape((-1,) + (1,) * (table.ndim - 1))
            self._block[key] = table
        return key, self._block[key]

    def _ask(self, number: int, stage: int) -> tuple[object, Ints]:
        activity = self.graph.problem.activities[number]
        with_team = team_stages(activity)
        key = (activity.stages[stage].duration_weeks, stage == with_team[0], stage == with_team[-1])
        if key not in self._stage:
            self._stage[key] = self.persons.ask(self.prices, *key)
        return key, self._stage[key]


def _cheapest(table: Ints, count: int, cap: int) -> Ints:
    """Sum of the `count` smallest along the first axis, each at most `cap`, filled up with `cap`."""
    if len(table) > count:
        table = np.partition(table, count - 1, axis=0)[:count]
    missing = max(0, count - len(table))
    total: Ints = np.minimum(table, cap).sum(axis=0) + missing * cap
    return total
