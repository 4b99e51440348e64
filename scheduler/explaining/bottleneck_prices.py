"""What one more of something would save: the shadow prices of a certificate, put together by pool and span of weeks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from scheduler.explaining.row_names import has_limit, parse, spans_of
from scheduler.values.problem import Problem
from scheduler.values.proof import Certificate
from scheduler.values.row_facts import RowName
from scheduler.values.value import Positive, Value, Week, WeekSpan

BottleneckKind = Literal["person", "yearly", "anonymous", "partner", "period_maximum", "period_minimum"]
"""One more person with a skill in all weeks of the span; one more review that the people with some skills may begin
in a period; one more unit of a pool, one more stage of a partner group in each week; a limit wider by one."""


class Bottleneck(Value):
    """A price above zero: a rate at the bound, for a little more, and no promise for much more.

    With one more unit of a pool or step of a limit the bound that the certificate's prices prove falls by exactly
    `price / scale`, so no plan of the wider problem lies lower than that. What is saved in a plan may be less, down to
    nothing. One more person lowers it by at least as much: weeks that were left out because no whole team was there
    have no price, and a person may open them; the reviews that the person may do in a year are priced apart.

    Attributes
    ----------
    skills
        Of people: the skill of the person, or all skills of a yearly maximum (empty: any skill, everybody).
    body
        Of people: the body whose quota is short; the person may have any demanded skill.
    owner
        Identifier of the pool, limit or period; empty for a person.
    price
        Of one more in every week of the span, multiplied by `scale`.
    by_week
        The same for each week of the span; a single number for limits of periods.
    rows
        Names of the certificate's rows that make up the price.
    """

    kind: BottleneckKind
    skills: tuple[str, ...] = ()
    body: str = ""
    owner: str = ""
    span: WeekSpan
    price: Positive
    scale: Positive
    by_week: tuple[int, ...]
    rows: tuple[str, ...]

    @property
    def saving(self) -> float:
        """The price in units of cost."""
        return self.price / self.scale


def bottlenecks(problem: Problem, certificate: Certificate) -> tuple[Bottleneck, ...]:
    """All bottlenecks, the dearest first. A person counts in every row of which a skill is among those of the row.

    Raises
    ------
    ValueError
        If the certificate is for another problem, or proves no cost of dates.
    """
    if certificate.problem_hash != problem.hash:
        raise ValueError("The certificate is for another problem. Solve again.")
    if certificate.kind != "dates":
        raise ValueError(f"Prices of a certificate of kind '{certificate.kind}' are not costs. Use 'dates'.")
    rows = {name: parse(name) for name, dual in certificate.duals.items() if dual}
    strange = [name for name, row in rows.items() if not has_limit(problem, row)]
    if strange:
        raise ValueError(
            f"The problem has no row {', '.join(strange[:3])}. Solve again; the certificate may have been altered."
        )
    found = [*_people(certificate, rows), *_pools(certificate, rows), *_periods(problem, certificate, rows)]
    return tuple(
        sorted(
            found,
            key=lambda bottleneck: (
                -bottleneck.price,
                bottleneck.kind,
                bottleneck.owner,
                bottleneck.skills,
                bottleneck.body,
                bottleneck.span.first,
            ),
        )
    )


def _people(certificate: Certificate, rows: dict[str, RowName]) -> Iterator[Bottleneck]:
    of_people = {name: row for name, row in rows.items() if row.kind in ("people", "rest")}
    for body in sorted({row.body for row in of_people.values() if row.body}):
        priced = {name: row for name, row in of_people.items() if row.body == body}
        yield from _by_span(certificate, priced, "person", "", (), body)
    weekly = {name: row for name, row in of_people.items() if not row.body}
    for skill in sorted(_skills(weekly.values())):
        priced = {name: row for name, row in weekly.items() if not row.skills or skill in row.skills}
        yield from _by_span(certificate, priced, "person", "", (skill,))
    if not _skills(weekly.values()):
        yield from _by_span(certificate, weekly, "person", "", ())


def _skills(rows: Iterable[RowName]) -> set[str]:
    return {skill for row in rows for skill in row.skills}


def _pools(certificate: Certificate, rows: dict[str, RowName]) -> Iterator[Bottleneck]:
    for kind in ("anonymous", "partner"):
        for owner in sorted({row.owner for row in rows.values() if row.kind == kind}):
            priced = {name: row for name, row in rows.items() if row.kind == kind and row.owner == owner}
            yield from _by_span(certificate, priced, kind, owner, ())


def _by_span(
    certificate: Certificate,
    rows: dict[str, RowName],
    kind: BottleneckKind,
    owner: str,
    skills: tuple[str, ...],
    body: str = "",
) -> Iterator[Bottleneck]:
    """One bottleneck for each run of weeks with a price."""
    prices: dict[Week, int] = defaultdict(int)
    for name, row in rows.items():
        assert row.week is not None
        prices[row.week] += certificate.duals[name]
    for span in spans_of(prices):
        yield Bottleneck(
            kind=kind,
            skills=skills,
            body=body,
            owner=owner,
            span=span,
            price=sum(prices[week] for week in span.weeks()),
            scale=certificate.scale,
            by_week=tuple(prices[week] for week in span.weeks()),
            rows=tuple(
                sorted(name for name, row in rows.items() if row.week is not None and row.week in span)
            ),
        )


def _periods(problem: Problem, certificate: Certificate, rows: dict[str, RowName]) -> Iterator[Bottleneck]:
    spans = {period.id: period.span for period in problem.periods}
    limits = {limit.id: limit.span for limit in problem.period_limits}
    for name, row in rows.items():
        if row.kind == "yearly" or row.kind == "period_maximum" or row.kind == "period_minimum":
            yield Bottleneck(
                kind=row.kind,
                skills=row.skills,
                body=row.body,
                owner=row.owner,
                span=spans[row.owner] if row.kind == "yearly" else limits[row.owner],
                price=certificate.duals[name],
                scale=certificate.scale,
                by_week=(certificate.duals[name],),
                rows=(name,),
            )
