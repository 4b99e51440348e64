"""Partners shared by areas (R128)."""

from collections import Counter
from collections.abc import Iterator

from scheduler.rules.facts import Facts, violation
from scheduler.values.problem import PartnerLimit
from scheduler.values.value import Week
from scheduler.values.violations import Violation


def on_site_by_week(facts: Facts, limit: PartnerLimit) -> Counter[Week]:
    """Number of on-site stages in a partner's areas, by week."""
    load: Counter[Week] = Counter()
    for activity, stage, first, end in facts.runs():
        if stage.on_site and activity.kind in limit.kinds and activity.area in limit.areas:
            load.update(range(first, end))
    return load


def keeps_partner_limits(facts: Facts) -> Iterator[Violation]:
    """A partner shared by areas is not on site in too many of them at once (R128)."""
    for limit in facts.problem.partner_limits:
        for week, count in sorted(on_site_by_week(facts, limit).items()):
            if count > limit.maximum + limit.max_excess:
                yield violation(
                    "partner_limit",
                    limit.id,
                    f"{count} on-site stages in {facts.week(week)}; at most {limit.maximum} and "
                    f"{limit.max_excess} at a price are allowed.",
                    "R128",
                )
