"""Options 1 and 2: the second activity follows six to nine months after the first (R030, R032)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.problem import LagLink
from scheduler.values.violations import Violation


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
