"""Option 3: two activities run concurrently (R034)."""

from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.problem import WithinLink
from scheduler.values.violations import Violation


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
