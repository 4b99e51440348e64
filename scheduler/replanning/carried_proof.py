"""A certificate for a problem that has changed: the old prices, and what they prove now."""

from collections.abc import Iterable
from urllib.parse import unquote

import numpy as np

from scheduler.dates.area_graph import build_graph
from scheduler.dates.certificate import make_certificate
from scheduler.dates.pricing import choose_scale, lagrangian_value, price_all
from scheduler.dates.rows import Rows
from scheduler.people.capacity import People
from scheduler.problem import Problem
from scheduler.proof import Certificate


def carried_over(problem: Problem, certificates: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Certificates of dates for a problem, from those of a similar one (before an event, say).

    Any prices prove something; those that were good before are usually good still. Rows that the problem no longer
    has are left out, and so are certificates that price single persons.
    """
    chosen = [own for own in certificates if own.kind == "dates" and not _prices_persons(own)]
    found = (_carried(problem, own) for own in chosen)
    return tuple(own for own in found if own is not None)


def _prices_persons(certificate: Certificate) -> bool:
    return any(name.startswith("person:") for name in certificate.duals)


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
