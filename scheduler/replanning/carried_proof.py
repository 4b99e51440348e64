"""A certificate for a problem that has changed: the old prices, and what they prove now."""

from collections.abc import Iterable

from scheduler.dates.from_certificates import certified_prices, prices_persons
from scheduler.dates.generation import make_certificate
from scheduler.dates.prepared import Prepared
from scheduler.dates.pricing import choose_scale, lagrangian_value, price_all
from scheduler.values.proof import Certificate

NO_PEOPLE = ("anonymous:", "partner:", "period:")
"""How the names of rows begin that count no inspectors (see `dates.lines`)."""


def carried_over(prepared: Prepared, certificates: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """Certificates of dates for a problem, from those of a similar one (before an event, say).

    Any prices prove something; those that were good before are usually good still. Rows that the problem no longer
    has are left out, and so are certificates that price single persons. Where no whole team can be there for an
    activity any more, what the prices of rows without people prove of all plans is left.
    """
    chosen = [
        certificate
        for certificate in certificates
        if certificate.kind == "dates" and not prices_persons(certificate)
    ]
    found = (
        _carried(prepared, certificate) or _carried(prepared, _of_all_plans(certificate))
        for certificate in chosen
    )
    return tuple(certificate for certificate in found if certificate is not None)


def _of_all_plans(certificate: Certificate) -> Certificate:
    """The prices that also hold for plans with uncovered places: those of rows that count no people."""
    duals = {name: dual for name, dual in certificate.duals.items() if name.startswith(NO_PEOPLE)}
    return certificate.model_copy(update={"whole_teams": False, "duals": duals})


def _carried(prepared: Prepared, certificate: Certificate) -> Certificate | None:
    rows = prepared.rows(certificate.whole_teams)
    scale = min(certificate.scale, choose_scale(rows.graph))
    duals = certified_prices(rows, certificate, scale)
    value = lagrangian_value(rows, price_all(rows, duals, scale), duals, scale)
    return None if value is None else make_certificate(rows, duals, value, scale)
