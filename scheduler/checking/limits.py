"""Dates of several activities: links between two of them, and what periods, partners and bodies can bear."""

from collections import Counter
from collections.abc import Iterator

from scheduler.checking.facts import Facts
from scheduler.values.problem import ClearLink, LagLink, PartnerLimit, PeriodLimit, WithinLink
from scheduler.values.value import Week
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
        yield Violation(
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
            yield Violation(
                "within_link",
                facts.place(facts.activities[link.inner.activity]),
                f"{link.inner.stage} runs in {facts.span(*inner)}, outside {link.outer.activity} "
                f"{link.outer.stage} ({facts.span(*outer)}).",
                "R034",
            )


def keeps_clear_links(facts: Facts) -> Iterator[Violation]:
    """Two stages have no week in common, and enough clear weeks between them (R026)."""
    for link in facts.problem.links:
        if not isinstance(link, ClearLink):
            continue
        one, other = facts.run_of(link.one), facts.run_of(link.other)
        if one is None or other is None:
            continue
        kept_free = range(one[0] - link.clear_weeks, one[1] + link.clear_weeks)
        if any(week in kept_free for week in range(*other)):
            least = f"{link.clear_weeks} clear weeks" if link.clear_weeks else "no week in common"
            yield Violation(
                "clear_link",
                facts.place(facts.activities[link.one.activity]),
                f"{link.one.stage} runs in {facts.span(*one)}, {link.other.activity} {link.other.stage} in "
                f"{facts.span(*other)}; they need {least}.",
                "R026",
            )


def starts_in_period(facts: Facts, limit: PeriodLimit) -> int:
    """Number of activities that count for a limit and start in its span."""
    return sum(
        limit.span.first <= starts[0] < limit.span.end
        for activity, starts in facts.dated()
        if activity.kind in limit.kinds and (limit.areas is None or activity.area in limit.areas)
    )


def keeps_period_limits(facts: Facts) -> Iterator[Violation]:
    """Not more and not fewer activities start in a period than allowed, priced excess included (R014)."""
    for limit in facts.problem.period_limits:
        count = starts_in_period(facts, limit)
        slack = 0 if limit.price is None else limit.max_excess
        span = facts.span(limit.span.first, limit.span.end)
        if limit.maximum is not None and count > limit.maximum + slack:
            most = f"{limit.maximum}" + (f" and {slack} at a price" if slack else "")
            yield Violation(
                "period_maximum",
                limit.id,
                f"{count} of {', '.join(limit.kinds)} start in {span}; at most {most} may.",
                "R014",
            )
        if limit.minimum is not None and count < limit.minimum - slack:
            least = f"{limit.minimum}" + (f", less {slack} at a price" if slack else "")
            yield Violation(
                "period_minimum",
                limit.id,
                f"{count} of {', '.join(limit.kinds)} start in {span}; at least {least} must.",
                "R014",
            )


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
                yield Violation(
                    "partner_limit",
                    limit.id,
                    f"{count} on-site stages in {facts.week(week)}; at most {limit.maximum} and "
                    f"{limit.max_excess} at a price are allowed.",
                    "R128",
                )


def keeps_anonymous_pools(facts: Facts) -> Iterator[Violation]:
    """A body that staffs itself has only so many teams at a time (R015, R028)."""
    demand: dict[str, Counter[Week]] = {pool.id: Counter() for pool in facts.problem.pools}
    for _, stage, first, end in facts.runs():
        for name, units in stage.pool_demand.items():
            if name in demand:
                demand[name].update(dict.fromkeys(range(first, end), units))
    for pool in facts.problem.pools:
        for week, used in sorted(demand[pool.id].items()):
            units = pool.units
            for exception in pool.exceptions:
                if exception.span.first <= week < exception.span.end:
                    units = exception.units
            if used > units:
                yield Violation(
                    "pool",
                    pool.id,
                    f"{used} units are in use in {facts.week(week)}, but there are only {units}.",
                    "R015, R028",
                )


def saves_places_for_a_reason(facts: Facts) -> Iterator[Violation]:
    """A team does without seats only where the activity that saves them has ended before it begins (R033)."""
    for activity, _ in facts.dated():
        weeks = facts.team_weeks.get(activity.id)
        for place in activity.team.saved if activity.team and weeks else ():
            run = facts.run_of(place.after)
            if weeks and run is not None and run[1] > weeks[0]:
                yield Violation(
                    "saved_place",
                    facts.place(activity),
                    f"does without {place.count} {place.skill} seat after {place.after.activity}, which ends in "
                    f"{facts.week(run[1] - 1)}, but begins in {facts.week(weeks[0])}.",
                    "R033",
                )


def visits_together(facts: Facts) -> Iterator[Violation]:
    """The staff of another visit fill seats only while both are on site (R034, R035): within it, or from its
    first week."""
    runs = [(activity.id, stage, first, end) for activity, stage, first, end in facts.runs()]
    for activity, _ in facts.dated():
        for place in activity.team.joint if activity.team else ():
            visit = facts.run_of(place.beside)
            visits = [(a, b) for name, s, a, b in runs if name == activity.id and s.on_site and s.uses_team]
            together = visit and any(visit[0] == a or (a < visit[0] and visit[1] <= b) for a, b in visits)
            if visit and not together:
                yield Violation(
                    "joint_place",
                    facts.place(activity),
                    f"leaves {place.count} {place.skill} seat to {place.beside.activity}, which visits in "
                    f"{facts.span(*visit)}, not while the team is on site.",
                    "R034, R035",
                )
