"""What the prices of a certificate prove, by the search's own pricing and not by the verifier."""

import numpy as np

from scheduler.areas.graph_making import build_graph
from scheduler.dates.pricing import lagrangian_value, price_all
from scheduler.dates.rows import Rows
from scheduler.explaining.row_names import parse
from scheduler.people.capacity import People
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate


def proven_value(problem: Problem, certificate: Certificate) -> int | None:
    """The bound of a problem that the prices prove, multiplied by their scale; None: no dates are possible."""
    rows = Rows(build_graph(problem, certificate.whole_teams), People(problem))
    for name in certificate.duals:
        if skills := parse(name).skills:
            rows.add_union(frozenset(skills))
    number = {rows.name(row): row for row in range(rows.num_rows)}
    duals = np.zeros(rows.num_rows, dtype=np.int64)
    for name, dual in certificate.duals.items():
        duals[number[name]] = dual
    return lagrangian_value(rows, price_all(rows, duals, certificate.scale), duals, certificate.scale)
