"""The proof of a bound: integer duals by row name, from which anyone can recompute it without a solver."""

import numpy as np

from scheduler.dates.lines import Ints
from scheduler.dates.pricing import rounded_up
from scheduler.dates.rows import Rows
from scheduler.proof import Certificate, CertificateKind


def make_certificate(
    rows: Rows, duals: Ints, value: int, scale: int, kind: CertificateKind = "dates"
) -> Certificate:
    """The certificate of the bound that some duals prove, for plans of dates that `rows` tell of.

    Parameters
    ----------
    duals
        Shape (rows,), non-negative, multiplied by `scale`.
    value
        The bound that they prove, multiplied by `scale`.
    """
    named = {rows.name(int(row)): int(duals[row]) for row in np.flatnonzero(duals)}
    return Certificate(
        kind=kind,
        problem_hash=rows.problem.hash,
        scale=scale,
        whole_teams=rows.graph.whole_teams,
        duals=dict(sorted(named.items())),
        bound=rounded_up(value, scale),
    )
