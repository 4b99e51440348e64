"""Whole answers in sentences: explanations, moves, bottlenecks and conflicts."""

from collections.abc import Iterator

from reports.words import capitalised, list_in_words, number_in_words, plural
from scheduler.explaining.bottleneck_prices import Bottleneck
from scheduler.explaining.explanation import Alternative, Explanation
from scheduler.explaining.facts import Fact
from scheduler.explaining.impossibility import Conflict
from scheduler.explaining.ranked_weeks import ImpossibleWeek, Move
from scheduler.explaining.remedies import Remedy
from services.naming.names import Names
from services.naming.shortages import shortage_in_words
from services.shown.reasons.shortfalls import (
    displacement_in_words,
    holder_in_words,
    limit_in_words,
    short_lines,
    shortfall_in_words,
)

MOST_ACTIVITIES = 4


def explanation_lines(names: Names, own: Explanation, most: int | None = None) -> Iterator[str]:
    """Why an area is where it is; at most so many alternatives, those first that need least."""
    yield f"{names.area(own.area)}: {names.activity(own.activity)} starts in the {names.week(own.first_week)}."
    terms = [f"{term.replace('_', ' ')} {cost}" for term, cost in own.terms.items() if cost]
    yield f"It adds {sum(own.terms.values())} to the cost of dates" + (
        f" ({list_in_words(terms)})." if terms else "."
    )
    if not own.alternatives:
        yield "No other week would be cheaper while all other areas stay where they are."
        return
    count = plural(len(own.alternatives), "week")
    yield f"{capitalised(count)} would be cheaper with all other areas where they are, those first that need least:"
    chosen = sorted(own.alternatives, key=lambda item: (item.shortfall.size, -item.saving))[:most]
    for alternative in chosen:
        yield ""
        yield from alternative_lines(names, alternative)
    if len(chosen) < len(own.alternatives):
        yield ""
        yield f"... and {len(own.alternatives) - len(chosen)} more weeks that need more; --most shows more of them."


def alternative_lines(names: Names, own: Alternative) -> Iterator[str]:
    """A cheaper week, what blocks it, and what would free it."""
    yield f"{capitalised(names.week(own.first_week))}: would save {own.saving}."
    if own.shortfall.is_empty:
        changed = plural(own.people_changed, "person", "people")
        yield f"  Nothing stands in the way; {changed} would change in other teams. Maybe solve again."
        return
    yield from (f"  Short: {line}." for line in short_lines(names, own.pools))
    yield f"  What would free it: {shortfall_in_words(names, own.shortfall)}."
    for seat in own.seats:
        if len(seat.holders) <= MOST_ACTIVITIES * 2 and seat.holders:
            people = "; ".join(holder_in_words(names, holder) for holder in seat.holders)
            yield f"  {capitalised(names.skill(seat.seat.skill))}: {people}."
    if own.displacement is not None:
        yield f"  Or: {displacement_in_words(names, own.displacement)}."


def move_row(names: Names, own: Move) -> tuple[str, int | None, int | None, str]:
    """Week, rise, cost, and who makes room or why it is impossible."""
    return (names.week(own.week), own.rise, own.cost, _move_words(names, own))


def _move_words(names: Names, own: Move) -> str:
    if own.impossible is not None:
        return f"impossible: {impossible_in_words(names, own.impossible)}"
    if own.is_short:
        parts = [limit_in_words(limit) for limit in own.limits]
        parts += [f"{plural(unit.units, 'more unit')} of {unit.pool}" for unit in own.units]
        parts += short_lines(names, own.pools)[:2]
        who = "no other areas make room" if own.is_proven else "no one or two areas were found that make room"
        return f"{who}: {'; '.join(parts)}"
    if own.displacement is not None:
        return displacement_in_words(names, own.displacement)
    if own.is_present:
        return "where it is now" if own.rise == 0 else "where it starts now, with cheaper dates later on"
    changed = plural(own.people_changed, "person", "people")
    return f"fits; {changed} would change in other teams" if own.people_changed else "fits"


def impossible_in_words(names: Names, own: ImpossibleWeek) -> str:
    """The rule that forbids a week."""
    if own.why == "closed":
        assert own.closed_week is not None
        return f"{own.reason or 'closed'} ({own.calendar}, {names.week(own.closed_week)})"
    return {
        "window": "outside its window",
        "pinned": "pinned to another week",
        "frozen": "its dates are frozen",
        "horizon": "runs beyond the last week",
        "later": "no week for the later stages or for what is linked with it",
    }[own.why]


def bottleneck_in_words(names: Names, own: Bottleneck) -> str:
    """'One more inspector with camhs (8 May 2006 to 19 May 2006) would save up to 31.5.'"""
    where = names.span(own.span)
    what = {
        "person": f"one more {names.people_called(own.skills, 1)} ({where})",
        "yearly": f"one more review that {names.people_called(own.skills)} may begin in {own.owner}",
        "anonymous": f"one more unit of {own.owner} ({where})",
        "partner": f"one more visit at a time within {own.owner} ({where})",
        "period_maximum": f"a maximum higher by one for {own.owner} ({where})",
        "period_minimum": f"a minimum lower by one for {own.owner} ({where})",
    }[own.kind]
    return f"{capitalised(what)} would save up to {number_in_words(round(own.saving, 1))}."


def conflict_lines(names: Names, own: Conflict) -> Iterator[str]:
    """What clashes, and what would mend it."""
    if own.kind == "possible":
        yield "Nothing clashes: there is a plan that covers every place."
    elif own.kind == "unknown":
        yield "Neither a plan that covers every place nor a proof that there is none was found in time."
        yield "Give more --seconds."
    elif own.kind == "uncovered":
        yield from _uncovered_lines(names, own)
    else:
        yield from _clash_lines(names, own)


def _uncovered_lines(names: Names, own: Conflict) -> Iterator[str]:
    known = (
        "There is a plan that covers every place"
        if own.is_coverable
        else "Whether some plan covers every place was not decided in time"
    )
    yield f"{known}, but this one leaves places uncovered:"
    for seat in own.seats:
        where = names.activity(seat.seat.activity)
        yield f"  {capitalised(names.skill(seat.seat.skill))} in {where} ({names.weeks(seat.seat.weeks)})."
        for holder in seat.holders:
            yield f"    {holder_in_words(names, holder)}."


def _clash_lines(names: Names, own: Conflict) -> Iterator[str]:
    how = {
        "counting": "by counting",
        "prices": "by prices that can be verified",
        "search": "by a search of all dates",
        "teams": "by a search of all dates and teams",
        "persons": "by prices of persons",
    }
    yield f"No plan covers every place: proven {how[own.source or 'search']}."
    for shortage in own.shortages[:MOST_ACTIVITIES]:
        yield f"  {shortage_in_words(names, shortage)}"
    if len(own.shortages) > MOST_ACTIVITIES:
        yield f"  ... and {len(own.shortages) - MOST_ACTIVITIES} more."
    yield "These facts clash" + (", and without any one of them they would not:" if own.is_smallest else ":")
    for fact in own.facts:
        yield f"  {capitalised(fact_in_words(names, fact))}."
    if not own.facts:
        yield "  The stages, their lags and the horizon alone."
    if own.remedies:
        yield "What would mend it, tried by solving again:"
    for remedy in own.remedies:
        yield f"  {capitalised(remedy_in_words(names, remedy))}: {_effect(remedy)}."
    if own.together:
        yield "Together " + ("these mend it:" if own.mends_together else "these help, but do not mend it:")
        for remedy in own.together:
            yield f"  {capitalised(remedy_in_words(names, remedy))}."


def _effect(remedy: Remedy) -> str:
    if remedy.mends:
        return "mends it"
    if not remedy.is_known:
        return "may mend it, not decided in time"
    if remedy.stranded_left:
        return f"not enough alone, {plural(remedy.stranded_left, 'area')} still without any week"
    return f"not enough alone, {remedy.lack_left} still short"


def fact_in_words(names: Names, own: Fact) -> str:
    """'the start window of the JAR of Leeds'."""
    if own.activities and len(own.activities) <= MOST_ACTIVITIES:
        of = list_in_words([names.activity(name) for name in own.activities])
    else:
        of = f"{plural(len(own.activities), 'activity', 'activities')} of kind {own.owner.upper()}"
    return {
        "skill": f"how many {names.people_called((own.owner,))} there are",
        "pool": f"the units of {own.owner}",
        "period_maximum": f"the maximum of {own.owner}",
        "period_minimum": f"the minimum of {own.owner}",
        "partner": f"the limit of {own.owner}",
        "closures": f"the closed weeks of {own.owner}",
        "pins": f"the pin of {of}",
        "frozen": f"the frozen dates of {of}",
        "windows": f"the start window of {of}",
        "links": f"the link of {of}",
    }[own.kind]


def remedy_in_words(names: Names, own: Remedy) -> str:
    """'raise the maximum of autumn by 2'."""
    where = "" if own.span is None else f" ({names.span(own.span)})"
    if own.kind == "add_people":
        return f"add {names.people((own.target,), own.by)}{where}"
    if own.kind in ("widen_window", "unpin", "unfreeze", "drop_link"):
        verb = {"widen_window": "widen the window of", "unpin": "unpin", "unfreeze": "free the dates of"}
        return f"{verb.get(own.kind, 'drop the link of')} {names.activity(own.target)}{where}"
    return {
        "raise_maximum": f"raise the maximum of {own.target} by {own.by}",
        "lower_minimum": f"lower the minimum of {own.target} by {own.by}",
        "allow_excess": f"allow {own.by} more over {own.target}",
        "add_units": f"add {plural(own.by, 'unit')} of {own.target}{where}",
        "widen_windows": f"let the {own.target.upper()}s start up to {plural(own.by, 'week')} later",
        "open_calendar": f"open the closed weeks of {own.target}",
    }[own.kind]
