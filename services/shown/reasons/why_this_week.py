"""'Why this week?' in about three sentences, from the candidates of an activity."""

from collections.abc import Iterator

from reports.words import plural
from scheduler.candidates.values import WeekCandidate, WeekCandidates
from services.naming.names import Names
from services.shown.reasons.candidate_rows import shortage_words, swap_words


def why_lines(names: Names, answer: WeekCandidates) -> Iterator[str]:
    """Where an activity begins, which weeks would be cheaper, and what would free one of them.

    Nothing where no other week is open: what leaves none is said by `only_week_line`.
    """
    if answer.fixed_by is not None:
        return
    now = next((found for found in answer.weeks if found.is_present), None)
    others = [found for found in answer.weeks if found.alone is not None and not found.is_present]
    if now is not None:
        yield f"It begins in the {names.week(now.week)}; rules leave it {plural(len(others), 'other week')}."
    if not others:
        return
    cheaper = [found for found in answer.weeks if found.least_rise is not None and found.least_rise < 0]
    if not cheaper:
        yield "None would be cheaper while all others stay where they are."
        return
    yield _cheapest(names, cheaper)
    yield _way_out(names, cheaper)


def _cheapest(names: Names, cheaper: list[WeekCandidate]) -> str:
    first = min(cheaper, key=lambda found: (found.least_rise or 0, found.week))
    verb = "has" if len(cheaper) == 1 else "have"
    return (
        f"{plural(len(cheaper), 'week')} {verb} cheaper dates with all others where they are; "
        f"the cheapest, in the {names.week(first.week)}, would save {-(first.least_rise or 0)}."
    )


def _way_out(names: Names, cheaper: list[WeekCandidate]) -> str:
    """The week that can be had and saves most, else the one that lacks least, with what it lacks."""
    to_be_had = [
        (found.best.rise, found.week, found) for found in cheaper if found.best and found.best.rise < 0
    ]
    if to_be_had:
        rise, week, found = min(to_be_had, key=lambda item: item[:2])
        assert found.best is not None
        gain = f", and saves {-rise}"
        if found.swap is not None:
            gain = f" if {swap_words(names, found.swap)}; both together save {-rise}"
        left = shortage_words(names, found.best)
        return f"The {names.week(week)} can be had{gain}{f', but this {left}' if left else ''}."
    nearest = [
        (found.alone.shortage_rank, found) for found in cheaper if found.alone and found.alone.rise < 0
    ]
    if not nearest:
        return "People, units or limits are short for all of these dates."
    _, found = min(nearest, key=lambda item: (item[0], item[1].week))
    assert found.alone is not None
    return (
        f"What is short keeps it from all of them: least in the {names.week(found.week)}, which would save "
        f"{-found.alone.rise} but {shortage_words(names, found.alone)}."
    )
