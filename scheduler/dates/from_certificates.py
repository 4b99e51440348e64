"""The prices of a certificate, by number of row."""

from urllib.parse import unquote

import numpy as np

from scheduler.dates.rows import Rows
from scheduler.values.arrays import Ints
from scheduler.values.proof import Certificate


def prices_persons(certificate: Certificate) -> bool:
    """Whether it prices weeks of single inspectors, which are no rows of dates."""
    return any(name.startswith("person:") for name in certificate.duals)


def certified_prices(rows: Rows, certificate: Certificate, scale: int) -> Ints:
    """What a certificate says of each row, shape (rows,), multiplied by `scale`; 0 for rows that it does not name.

    Unions of skills that it prices become rows; rows that the problem does not have are left out.
    """
    for name in certificate.duals:
        _, is_union, listed = name.partition("hall:")
        skills = frozenset(unquote(skill) for skill in listed.partition(":week:")[0].split("+"))
        if is_union and skills <= rows.people.everybody:
            rows.add_union(skills)
    known = (certificate.duals.get(rows.name(row), 0) for row in range(rows.num_rows))
    prices = (dual * scale // certificate.scale for dual in known)
    return np.fromiter(prices, dtype=np.int64, count=rows.num_rows)
