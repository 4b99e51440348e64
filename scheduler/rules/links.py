"""Rules for the dates of two linked activities of an area."""

from collections.abc import Iterator

from scheduler.problem import LagLink, WithinLink
from scheduler.rules.facts import Facts, violation
from scheduler.violation import Violation


def keeps_lag_links(facts: Facts) -> Iterator[Violation]:
    """The second stage starts in the weeks its table allows for the end of the first (R030, R032)."""
    tables = {table.id: table for table in facts.problem.lag_tables}
    for link in facts.problem.links:
        if not isinstance(link, LagLink):
            continue
        before, after = facts.run_of(link.before), facts.run_of(link.after)
        if before is None or after is None:
            continue
        table, last = tables[link.table], before[1] - 1
        inside = 0 <= last < min(len(table.first), len(table.end))
        first, end = (table.first[last], table.end[last]) if inside else (0, 0)
        if first <= after[0] < end:
            continue
        allowed = facts.span(first, end) if first < end else "no week at all"
        clear = after[0] - before[1]
        where = f"{clear} clear weeks after" if clear >= 0 else "before"
        yield violation(
            "lag_link",
            facts.place(facts.activities[link.after.activity]),
            f"{link.after.stage} starts in {facts.week(after[0])}, {where} the end of {link.before.activity} "
            f"{link.before.stage} ({facts.week(last)}); allowed is {allowed}.",
            "R030, R032",
        )


def keeps_within_links(facts: Facts) -> Iterator[Violation]:
    """The inner stage runs within the outer one, or starts with it if it is longer (R034)."""
    for link in facts.problem.links:
        if not isinstance(link, WithinLink):
            continue
        inner, outer = facts.run_of(link.inner), facts.run_of(link.outer)
        if inner is None or outer is None or inner[0] == outer[0]:
            continue
        if not (outer[0] <= inner[0] and inner[1] <= outer[1]):
            yield violation(
                "within_link",
                facts.place(facts.activities[link.inner.activity]),
                f"{link.inner.stage} runs in {facts.span(*inner)}, outside {link.outer.activity} "
                f"{link.outer.stage} ({facts.span(*outer)}).",
                "R034",
            )
