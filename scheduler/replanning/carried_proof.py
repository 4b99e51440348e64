"""A certificate for a problem that has changed: the old prices, and what they prove now."""

from collections.abc import Iterable
from urllib.parse import unquote

import numpy as np

from scheduler.areas.graph_making import build_graph
from scheduler.dates.generation import make_certificate
from scheduler.dates.pricing import choose_scale, lagrangian_value, price_all
from scheduler.dates.rows import Rows
from scheduler.people.capacity import People
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate

NO_PEOPLE = ("anonymous:", "partner:", "period:")
"""How the names of rows begin that count no inspectors (see `dates.lines`)."""


def carried_over(problem: Problem, certificates: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Certificates of dates for a problem, from those of a similar one (before an event, say).

    Any prices prove something; those that were good before are usually good still. Rows that the problem no longer
    has are left out, and so are certificates that price single persons. Where no whole team can be there for an
    activity any more, what the prices of rows without people prove of all plans is left.
    """
    chosen = [
        certificate
        for certificate in certificates
        if certificate.kind == "dates" and not _prices_persons(certificate)
    ]
    found = (
        _carried(problem, certificate) or _carried(problem, _of_all_plans(certificate))
        for certificate in chosen
    )
    return tuple(certificate for certificate in found if certificate is not None)


def _prices_persons(certificate: Certificate) -> bool:
    return any(name.startswith("person:") for name in certificate.duals)


def _of_all_plans(certificate: Certificate) -> Certificate:
    """The prices that also hold for plans with uncovered places: those of rows that count no people."""
    duals = {name: dual for name, dual in certificate.duals.items() if name.startswith(NO_PEOPLE)}
    return certificate.model_copy(update={"whole_teams": False, "duals": duals})


def _carried(problem: Problem, certificate: Certificate) -> Certificate | None:
    rows = Rows(build_graph(problem, certificate.whole_teams), People(problem))
    for name in certificate.duals:
        _, is_union, listed = name.partition("hall:")
        skills = frozenset(unquote(skill) for skill in listed.partition(":week:")[0].split("+"))
        if is_union and skills <= rows.people.everybody:
            rows.add_union(skills)
    scale = min(certificate.scale, choose_scale(rows.graph))
    old = (certificate.duals.get(rows.name(row), 0) for row in range(rows.num_rows))
    prices = (dual * scale // certificate.scale for dual in old)
    duals = np.fromiter(prices, dtype=np.int64, count=rows.num_rows)
    value = lagrangian_value(rows, price_all(rows, duals, scale), duals, scale)
    return None if value is None else make_certificate(rows, duals, value, scale)
