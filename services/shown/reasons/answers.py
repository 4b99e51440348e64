"""Whole answers in sentences: explanations, bottlenecks and conflicts."""

from collections.abc import Iterator

from reports.words import (
    capitalised,
    delay_in_words,
    list_in_words,
    number_in_words,
    plural,
)
from scheduler.candidates.explanation import Alternative, Explanation
from scheduler.explaining.bottleneck_prices import Bottleneck
from scheduler.explaining.facts import Fact
from scheduler.explaining.impossibility import Conflict
from scheduler.explaining.impossible_weeks import ImpossibleWeek
from scheduler.explaining.remedies import Remedy
from services.naming.cost_unit import price_of_week
from services.naming.names import Names
from services.naming.shortages import shortage_in_words
from services.shown.reasons.shortfalls import (
    displacement_in_words,
    holder_in_words,
    short_lines,
    shortfall_in_words,
)
from services.shown.reasons.standing_words import only_week_line

MOST_ACTIVITIES = 4


def explanation_lines(
    names: Names, explanation: Explanation, most: int | None = None, is_settled: bool = False
) -> Iterator[str]:
    """Why an area is where it is; at most so many alternatives, those first that need least.

    Parameters
    ----------
    is_settled
        Whether `standing_lines` have said what keeps it there.
    """
    area, week = names.area(explanation.area), names.week(explanation.first_week)
    yield f"{area}: {names.activity(explanation.activity)} starts in the {week}."
    terms = [f"{term.replace('_', ' ')} {cost}" for term, cost in explanation.terms.items() if cost]
    added = sum(explanation.terms.values())
    as_delay = delay_in_words(added, price_of_week(names.problem))
    yield f"It adds {added} to the cost of dates{as_delay}" + (
        f" ({list_in_words(terms)})." if terms else "."
    )
    if not explanation.alternatives:
        yield _no_cheaper_week(names, explanation, is_settled)
        return
    count = plural(len(explanation.alternatives), "week")
    yield f"{capitalised(count)} would be cheaper with all other areas where they are, those first that need least:"
    chosen = sorted(explanation.alternatives, key=lambda item: (item.shortfall.size, -item.saving))[:most]
    for alternative in chosen:
        yield ""
        yield from alternative_lines(names, alternative)
    if len(chosen) < len(explanation.alternatives):
        yield ""
        left = len(explanation.alternatives) - len(chosen)
        yield f"... and {left} more weeks that need more; --most shows more of them."


def _no_cheaper_week(names: Names, explanation: Explanation, is_settled: bool) -> str:
    """That there is no other week at all, or that none of the others is cheaper."""
    if explanation.other_weeks == 0:
        fixed_by = explanation.fixed_by or "window"
        return only_week_line(names, explanation.activity, explanation.first_week, fixed_by, is_settled)
    others = plural(explanation.other_weeks, "other week")
    verb = "is" if explanation.other_weeks == 1 else "are"
    return f"{capitalised(others)} {verb} open to it; none would be cheaper while all other areas stay where they are."


def alternative_lines(names: Names, alternative: Alternative) -> Iterator[str]:
    """A cheaper week, what blocks it, and what would free it."""
    yield f"{capitalised(names.week(alternative.first_week))}: would save {alternative.saving}."
    if alternative.shortfall.is_empty:
        changed = plural(alternative.people_changed, "person", "people")
        yield f"  Nothing stands in the way; {changed} would change in other teams. Solve again."
        return
    yield from (f"  Short: {line}." for line in short_lines(names, alternative.pools))
    yield f"  What would free it: {shortfall_in_words(names, alternative.shortfall)}."
    for seat in alternative.seats:
        if len(seat.holders) <= MOST_ACTIVITIES * 2 and seat.holders:
            people = "; ".join(holder_in_words(names, holder) for holder in seat.holders)
            yield f"  {capitalised(names.skill(seat.seat.skill))}: {people}."
    if alternative.displacement is not None:
        yield f"  Or: {displacement_in_words(names, alternative.displacement, alternative.saving)}."


def impossible_in_words(names: Names, impossible: ImpossibleWeek) -> str:
    """The rule that forbids a week."""
    if impossible.why == "closed":
        assert impossible.closed_week is not None
        return (
            f"{impossible.reason or 'closed'} ({impossible.calendar}, {names.week(impossible.closed_week)})"
        )
    return {
        "window": "outside its window",
        "pinned": "pinned to another week",
        "frozen": "its dates are frozen",
        "horizon": "runs beyond the last week",
        "later": "no week for the later stages or for what is linked with it",
    }[impossible.why]


def bottleneck_in_words(names: Names, bottleneck: Bottleneck) -> str:
    """'One more inspector with camhs (8 May 2006 to 19 May 2006) would save up to 31.5.'"""
    where = names.span(bottleneck.span)
    what = {
        "person": f"one more {names.people_called(bottleneck.skills, 1, bottleneck.body)} ({where})",
        "yearly": f"one more review that {names.people_called(bottleneck.skills, body=bottleneck.body)} may begin in "
        f"{bottleneck.owner}",
        "anonymous": f"one more unit of {bottleneck.owner} ({where})",
        "partner": f"one more visit at a time within {bottleneck.owner} ({where})",
        "period_maximum": f"a maximum higher by one for {bottleneck.owner} ({where})",
        "period_minimum": f"a minimum lower by one for {bottleneck.owner} ({where})",
    }[bottleneck.kind]
    return f"{capitalised(what)} would save up to {number_in_words(round(bottleneck.saving, 1))}."


def conflict_lines(names: Names, conflict: Conflict) -> Iterator[str]:
    """What clashes, and what would resolve it."""
    if conflict.kind == "possible":
        yield "Nothing clashes: there is a plan that covers every place."
    elif conflict.kind == "unknown":
        yield "Neither a plan that covers every place nor a proof that there is none was found in time."
        yield "Give more --seconds."
    elif conflict.kind == "uncovered":
        yield from _uncovered_lines(names, conflict)
    else:
        yield from _clash_lines(names, conflict)


def _uncovered_lines(names: Names, conflict: Conflict) -> Iterator[str]:
    known = (
        "There is a plan that covers every place"
        if conflict.is_coverable
        else "Whether some plan covers every place was not decided in time"
    )
    yield f"{known}, but this one leaves places uncovered:"
    for seat in conflict.seats:
        where = names.activity(seat.seat.activity)
        yield f"  {capitalised(names.skill(seat.seat.skill))} in {where} ({names.weeks(seat.seat.weeks)})."
        for holder in seat.holders:
            yield f"    {holder_in_words(names, holder)}."


def _clash_lines(names: Names, conflict: Conflict) -> Iterator[str]:
    how = {
        "counting": "by counting",
        "prices": "by prices that can be verified",
        "search": "by a search of all dates",
        "teams": "by a search of all dates and teams",
        "persons": "by prices of persons",
    }
    yield f"No plan covers every place: proven {how[conflict.source or 'search']}."
    for shortage in conflict.shortages[:MOST_ACTIVITIES]:
        yield f"  {shortage_in_words(names, shortage)}"
    if len(conflict.shortages) > MOST_ACTIVITIES:
        yield f"  ... and {len(conflict.shortages) - MOST_ACTIVITIES} more."
    yield "These facts clash" + (
        ", and without any one of them they would not:" if conflict.is_smallest else ":"
    )
    for fact in conflict.facts:
        yield f"  {capitalised(fact_in_words(names, fact))}."
    if not conflict.facts:
        yield "  The stages, their lags and the horizon alone."
    if conflict.remedies:
        yield "What would resolve it, tried by solving again:"
    for remedy in conflict.remedies:
        yield f"  {capitalised(remedy_in_words(names, remedy))}: {_effect(remedy)}."
    if conflict.together:
        yield "Together " + (
            "these resolve it:" if conflict.mends_together else "these help, but do not resolve it:"
        )
        for remedy in conflict.together:
            yield f"  {capitalised(remedy_in_words(names, remedy))}."


def _effect(remedy: Remedy) -> str:
    if remedy.mends:
        return "resolves it"
    if not remedy.is_known:
        return "may resolve it, not decided in time"
    if remedy.stranded_left:
        return f"not enough alone, {plural(remedy.stranded_left, 'area')} still without any week"
    return f"not enough alone, {remedy.lack_left} still short"


def fact_in_words(names: Names, fact: Fact) -> str:
    """'the start window of the VISIT of Leeds'."""
    if fact.activities and len(fact.activities) <= MOST_ACTIVITIES:
        of = list_in_words([names.activity(name) for name in fact.activities])
    else:
        of = f"{plural(len(fact.activities), 'activity', 'activities')} of kind {fact.owner.upper()}"
    return {
        "skill": f"how many {names.people_called((fact.owner,))} there are",
        "quota": f"how many members of a team come from {fact.owner}",
        "pool": f"the units of {fact.owner}",
        "period_maximum": f"the maximum of {fact.owner}",
        "period_minimum": f"the minimum of {fact.owner}",
        "partner": f"the limit of {fact.owner}",
        "closures": f"the closed weeks of {fact.owner}",
        "pins": f"the pin of {of}",
        "frozen": f"the frozen dates of {of}",
        "windows": f"the start window of {of}",
        "links": f"the link of {of}",
    }[fact.kind]


def remedy_in_words(names: Names, remedy: Remedy) -> str:
    """'raise the maximum of autumn by 2'."""
    where = "" if remedy.span is None else f" ({names.span(remedy.span)})"
    if remedy.kind == "add_people":
        return f"add {names.people((remedy.target,), remedy.by)}{where}"
    if remedy.kind in ("widen_window", "unpin", "unfreeze", "drop_link"):
        verb = {"widen_window": "widen the window of", "unpin": "unpin", "unfreeze": "free the dates of"}
        return f"{verb.get(remedy.kind, 'drop the link of')} {names.activity(remedy.target)}{where}"
    return {
        "raise_maximum": f"raise the maximum of {remedy.target} by {remedy.by}",
        "lower_minimum": f"lower the minimum of {remedy.target} by {remedy.by}",
        "allow_excess": f"allow {remedy.by} more over {remedy.target}",
        "ease_quota": f"let teams miss the quota of {remedy.target} by {remedy.by}",
        "add_units": f"add {plural(remedy.by, 'unit')} of {remedy.target}{where}",
        "widen_windows": f"let the {remedy.target.upper()}s start up to {plural(remedy.by, 'week')} later",
        "open_calendar": f"open the closed weeks of {remedy.target}",
    }[remedy.kind]
