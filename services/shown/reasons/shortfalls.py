"""Shortfalls in words: what would have to be added, what is short by count, and who has a missing skill."""

from collections import Counter
from collections.abc import Sequence

from reports.words import list_in_words, plural
from scheduler.explaining.displacements import Displacement
from scheduler.explaining.short_people import Holder
from scheduler.explaining.short_pools import ShortPool
from scheduler.explaining.shortfall import MissingPerson, Shortfall, WiderLimit
from scheduler.people.roster import WhyNot
from services.naming.names import Names

LIMIT_WORDS = {
    "period_maximum": "the maximum of {limit} raised by {by}",
    "period_minimum": "the minimum of {limit} lowered by {by}",
    "period_excess": "the excess allowed over {limit} raised by {by}",
    "partner_excess": "the excess allowed in a week over {limit} raised by {by}",
}


def shortfall_in_words(names: Names, shortfall: Shortfall) -> str:
    """'1 more inspector with camhs (week of ..., ... to ...) and the maximum of autumn raised by 1'."""
    parts = [*_people(names, shortfall.people)]
    parts += [
        f"{plural(unit.units, 'more unit')} of {unit.pool} ({names.span(unit.span)})"
        for unit in shortfall.units
    ]
    parts += [limit_in_words(limit) for limit in shortfall.limits]
    text = list_in_words(parts)
    return text if shortfall.is_proven else f"{text} (fewer people may do: not proven in time)"


def limit_in_words(limit: WiderLimit) -> str:
    """'the maximum of autumn raised by 1'."""
    return LIMIT_WORDS[limit.kind].format(limit=limit.limit, by=limit.by)


def short_lines(names: Names, pools: Sequence[ShortPool]) -> list[str]:
    """What is short by count: one sentence for whole teams, one for the skills week by week, one for yearly maxima.

    What is short in all weeks of a team is not told week by week again, nor rest where work alone is too much.
    """
    whole = [pool for pool in pools if pool.kind == "whole_team"]
    worked = {_of(pool) for pool in pools if pool.kind == "people"}
    weekly: dict[tuple[tuple[str, ...], str], list[ShortPool]] = {}
    for pool in pools:
        is_new = _of(pool) not in {_of(team) for team in whole}
        if is_new and (pool.kind == "people" or (pool.kind == "rest" and _of(pool) not in worked)):
            weekly.setdefault(_of(pool), []).append(pool)
    lines = []
    if whole:
        few = list_in_words([f"{_who(names, pool)} ({pool.available} of {pool.needed})" for pool in whole])
        lines.append(f"too few are there in all weeks of the team ({names.span(whole[0].span)}): {few}")
    lines += [f"{_who(names, short[0])}: {_counts(names, short)}" for short in weekly.values()]
    return lines + [_yearly(names, pool) for pool in pools if pool.kind == "yearly"]


def _counts(names: Names, pools: Sequence[ShortPool]) -> str:
    """'2 of 3 there (week of 7 May 2007)'."""
    return ", ".join(
        f"{pool.available} of {pool.needed} there{' or resting' * (pool.kind == 'rest')} ({names.span(pool.span)})"
        for pool in pools
    )


def _yearly(names: Names, pool: ShortPool) -> str:
    return f"{_who(names, pool)}: may begin {pool.available} of the {pool.needed} places of reviews in {pool.owner}"


def _of(pool: ShortPool) -> tuple[tuple[str, ...], str]:
    """Whom it counts."""
    return pool.skills, pool.body


def _who(names: Names, pool: ShortPool) -> str:
    if pool.body:
        return f"inspectors from {pool.body}"
    return " or ".join(map(names.skill, pool.skills)) or "all inspectors"


def holder_in_words(names: Names, holder: Holder) -> str:
    """'I007 works on the VISIT of Leeds'."""
    if holder.why == "other":
        reason = "is kept by another rule (bodies, drafting, a place pinned to somebody, or needed in another team)"
    else:
        why = WhyNot(why=holder.why, activities=holder.activities, weeks=holder.weeks, period=holder.period)
        reason = why_not_in_words(names, why)
    return f"{names.person(holder.inspector)} {reason}"


def why_not_in_words(names: Names, why: WhyNot) -> str:
    """'works on or rests after the VISIT of Leeds'."""
    return {
        "no_skill": "does not have the skill",
        "not_trained": "is not trained yet",
        "away": f"is away ({names.weeks(why.weeks)})",
        "not_independent": "has a conflict of interest, was there last time or declined",
        "kept": "may not have it: it is kept for somebody else, or its holder is at work",
        "same_team": "has another place in this team",
        "busy": f"works on or rests after {list_in_words([names.activity(name) for name in why.activities])}",
        "at_maximum": f"has reached the maximum of reviews in {why.period}",
        "drafting": "drafts as many reports as a leader may",
    }[why.why]


def displacement_in_words(names: Names, displacement: Displacement, saving: int) -> str:
    """'Leeds (383) moves from the week of ... to the week of ..., for 12 more: together 79 are saved'.

    Parameters
    ----------
    saving
        What the asked area alone saves; the price of the others is told beside it.
    """
    moves = [
        f"{list_in_words([names.area(area) for area in moved.areas])} moves from the {names.week(moved.before)} "
        f"to the {names.week(moved.after)}"
        for moved in displacement.moved
    ]
    changed = (
        f"; {plural(displacement.people_changed, 'person', 'people')} change in other teams"
        if displacement.people_changed
        else ""
    )
    return f"{list_in_words(moves)}, {_beside(saving, displacement.price)}{changed}"


def _beside(saving: int, price: int) -> str:
    """A saving and a price taken together."""
    both = f"{saving - price} are saved" if saving >= price else f"it costs {price - saving} more"
    what = "at no cost" if price == 0 else f"for {price} more" if price > 0 else f"which saves {-price} too"
    return f"{what}: together {both}"


def _people(names: Names, missing: tuple[MissingPerson, ...]) -> list[str]:
    count = Counter((person.skill, person.body, person.weeks) for person in missing)
    by_weeks: dict[tuple[int, ...], list[str]] = {}
    for (skill, body, weeks), number in count.items():
        by_weeks.setdefault(weeks, []).append(names.people((skill,), number, body))
    return [f"{list_in_words(people)} more ({names.weeks(weeks)})" for weeks, people in by_weeks.items()]
