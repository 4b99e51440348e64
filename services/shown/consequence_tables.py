"""What a change by hand means, in a planner's words: tables of moves, places and costs, and which rules it breaks."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from reports.words import capitalised, date_in_words, plural
from services.doors import CANDIDATES, Advice
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.plans.by_hand import ByHand
from services.plans.consequences import Broken
from services.plans.waived_rules import WAIVABLE_RULES


class Listed(NamedTuple):
    """A table: its title, its columns and its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def first_lines(made: ByHand) -> Iterator[str]:
    """What was asked for, and by which facts it goes."""
    yield made.what
    if made.source.why_changed:
        by = "goes by those of now" if made.source.has_facts_of_now else "still goes by the older ones"
        yield f"Facts have changed since plan {made.source.version}: {made.source.why_changed} The draft {by}."


def change_tables(made: ByHand) -> Iterator[Listed]:
    """Activities that move and places that change hands, if any, and what it costs before and after."""
    if moves := list(_moves(made)):
        yield Listed("Moves", ("activity", "code", "from", "to", "weeks", ""), moves)
    if people := list(_people(made)):
        columns = ("activity", "place", "from", "to", "why")
        yield Listed("Places that change hands", columns, people)
    yield Listed("Costs", ("", f"plan {made.source.version}", "then", "change"), list(_costs(made)))


def broken_lines(made: ByHand) -> Iterator[str]:
    """Every rule that it breaks, where the weeks are that keep the rules, and what a publication would refuse."""
    found = made.consequences.broken
    yield from map(_in_words, found)
    if found:
        yield f"It breaks {plural(len(found), 'rule')}. {_what_a_publication_asks(found)}"
    if any(broken.is_new for broken in found) and made.consequences.moved:
        code = made.consequences.moved[0].activity
        yield CANDIDATES.advise("See the weeks that keep the rules", code=code, version=made.source.version)
    for objection in made.consequences.objections:
        yield Advice(f"A publication asks: {objection}", f"A publication asks: {objection.on_page()}")


def _what_a_publication_asks(found: Sequence[Broken]) -> str:
    """Whether the broken rules can be waived, each for a reason, or some of them never."""
    never = sorted({broken.rule for broken in found} - WAIVABLE_RULES.keys())
    if never:
        return f"A publication refuses it: {', '.join(never)} cannot be waived."
    return "A publication asks for a reason to waive each."


def told_table(made: ByHand) -> Listed | None:
    """Who would be told if it were published; None if nobody."""
    rows = [
        (
            person.name or person.address,
            person.address,
            f"{person.activity} {person.step}".strip(),
            person.words,
        )
        for person in made.consequences.told
    ]
    if not rows:
        return None
    return Listed("Would be told, once it is published", ("who", "address", "code", "what"), rows)


def told_line(made: ByHand) -> str:
    """How many would be told."""
    count = len({person.address for person in made.consequences.told})
    whom = plural(count, "person", "people") if count else "nobody"
    return capitalised(f"{whom} would be told if it were published.")


def _moves(made: ByHand) -> Iterator[tuple[object, ...]]:
    for change in made.consequences.moved:
        yield (
            made.source.names.activity(change.activity),
            change.activity,
            _days(change.before),
            _days(change.after),
            f"{change.weeks:+d}",
            "" if change.is_wanted else "goes along",
        )


def _people(made: ByHand) -> Iterator[tuple[object, ...]]:
    names = made.source.names
    for change in made.consequences.displaced:
        yield (
            change.activity,
            names.skill(change.place),
            names.person(change.out) if change.out else "nobody",
            names.person(change.into) if change.into else "NOBODY",
            change.why,
        )


def _costs(made: ByHand) -> Iterator[tuple[str, int, int, str]]:
    """Uncovered places, and every term that either plan has, with the sums."""
    before, after = made.consequences.costs_before, made.consequences.costs_after
    yield _row("Uncovered places", before.uncovered_places, after.uncovered_places)
    yield _row("Cost of dates", before.date_cost, after.date_cost)
    for term, words in TERM_WORDS.items():
        yield from _term(words, before.date_terms.get(term, 0), after.date_terms.get(term, 0))
    yield _row("Cost of teams", before.team_cost, after.team_cost)
    for term, words in TEAM_TERM_WORDS.items():
        yield from _term(words, before.team_terms.get(term, 0), after.team_terms.get(term, 0))


def _term(words: str, before: int, after: int) -> Iterator[tuple[str, int, int, str]]:
    if before or after:
        yield _row(f"  {words}", before, after)


def _row(words: str, before: int, after: int) -> tuple[str, int, int, str]:
    return words, before, after, f"{after - before:+d}" if after != before else ""


def _in_words(broken: Broken) -> str:
    since = "" if broken.is_new else " The plan before breaks this rule, too."
    cited = f" ({broken.requirement})" if broken.requirement else ""
    return f"Broken rule: {broken.place}: {broken.message}{cited}{since}"


def _days(mondays: tuple[date, ...]) -> str:
    return "\n".join(map(date_in_words, mondays))
