"""Shortfalls in words: what would have to be added, what is short by count, and who has a missing skill."""

from collections import Counter
from collections.abc import Sequence

from reports.words import list_in_words, plural
from scheduler.explaining.displacements import Displacement
from scheduler.explaining.short_people import Holder
from scheduler.explaining.short_pools import ShortPool
from scheduler.explaining.shortfall import MissingPerson, Shortfall, WiderLimit
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
        f"{plural(own.units, 'more unit')} of {own.pool} ({names.span(own.span)})" for own in shortfall.units
    ]
    parts += [limit_in_words(own) for own in shortfall.limits]
    text = list_in_words(parts)
    return text if shortfall.is_proven else f"{text} (fewer people may do: not proven in time)"


def limit_in_words(own: WiderLimit) -> str:
    """'the maximum of autumn raised by 1'."""
    return LIMIT_WORDS[own.kind].format(limit=own.limit, by=own.by)


def short_lines(names: Names, pools: Sequence[ShortPool]) -> list[str]:
    """What is short by count: one sentence for whole teams, one for the skills week by week, one for yearly maxima.

    What is short in all weeks of a team is not told week by week again, nor rest where work alone is too much.
    """
    whole = [own for own in pools if own.kind == "whole_team"]
    worked = {own.skills for own in pools if own.kind == "people"}
    weekly: dict[tuple[str, ...], list[ShortPool]] = {}
    for own in pools:
        is_new = own.skills not in {team.skills for team in whole}
        if is_new and (own.kind == "people" or (own.kind == "rest" and own.skills not in worked)):
            weekly.setdefault(own.skills, []).append(own)
    lines = []
    if whole:
        few = list_in_words([f"{_who(names, own)} ({own.available} of {own.needed})" for own in whole])
        lines.append(f"too few are there in all weeks of the team ({names.span(whole[0].span)}): {few}")
    lines += [f"{_who(names, own[0])}: {_counts(names, own)}" for own in weekly.values()]
    return lines + [_yearly(names, own) for own in pools if own.kind == "yearly"]


def _counts(names: Names, pools: Sequence[ShortPool]) -> str:
    """'2 of 3 there (week of 7 May 2007)'."""
    return ", ".join(
        f"{own.available} of {own.needed} there{' or resting' * (own.kind == 'rest')} ({names.span(own.span)})"
        for own in pools
    )


def _yearly(names: Names, own: ShortPool) -> str:
    return (
        f"{_who(names, own)}: may begin {own.available} of the {own.needed} places of reviews in {own.owner}"
    )


def _who(names: Names, own: ShortPool) -> str:
    return " or ".join(map(names.skill, own.skills)) or "all inspectors"


def holder_in_words(names: Names, own: Holder) -> str:
    """'I007 works on the JAR of Leeds'."""
    reason = {
        "not_trained": "is not trained yet",
        "away": f"is away ({names.weeks(own.weeks)})",
        "not_independent": "has a conflict of interest or was there last time",
        "same_team": "has another place in this team",
        "busy": f"works on or rests after {list_in_words([names.activity(name) for name in own.activities])}",
        "at_maximum": f"has reached the maximum of reviews in {own.period}",
        "other": "is kept by another rule (bodies of a team, drafting, or needed in another team)",
    }[own.why]
    return f"{names.person(own.inspector)} {reason}"


def displacement_in_words(names: Names, own: Displacement) -> str:
    """'Leeds (383) moves from the week of ... to the week of ..., for 12 more'."""
    moves = [
        f"{list_in_words([names.area(area) for area in moved.areas])} moves from the {names.week(moved.before)} "
        f"to the {names.week(moved.after)}"
        for moved in own.moved
    ]
    price = f"for {own.price} more" if own.price >= 0 else f"which saves another {-own.price}"
    changed = (
        f"; {plural(own.people_changed, 'person', 'people')} change in other teams"
        if own.people_changed
        else ""
    )
    return f"{list_in_words(moves)}, {price}{changed}"


def _people(names: Names, missing: tuple[MissingPerson, ...]) -> list[str]:
    count = Counter((own.skill, own.weeks) for own in missing)
    by_weeks: dict[tuple[int, ...], list[str]] = {}
    for (skill, weeks), number in count.items():
        by_weeks.setdefault(weeks, []).append(names.people((skill,), number))
    return [f"{list_in_words(people)} more ({names.weeks(weeks)})" for weeks, people in by_weeks.items()]
