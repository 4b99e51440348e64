"""What a change by hand means, as a planner reads it and as `--json` says it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from cli.shown.changes import RULES
from cli.shown.output import plain, print_table, say
from reports.words import capitalised, date_in_words, plural
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.plans.by_hand import ByHand
from services.plans.consequences import Broken


def document(made: ByHand, number: int | None) -> dict[str, Any]:
    """One document: the draft's number (None: nothing is stored), the plan it was made from, and what it means."""
    return {
        "plan": number,
        "made_from": made.source.version,
        "what": made.what,
        "has_facts_of_now": made.source.has_facts_of_now,
        "why_changed": made.source.why_changed,
        "keeps_rules": made.consequences.keeps_rules,
        **plain(made.consequences),
    }


def tell(made: ByHand) -> None:
    """The whole of it in words and tables."""
    say(made.what)
    if made.source.why_changed:
        by = "goes by those of now" if made.source.has_facts_of_now else "still goes by the older ones"
        say(f"Facts have changed since plan {made.source.version}: {made.source.why_changed} The draft {by}.")
    _tell_moves(made)
    _tell_people(made)
    print_table("Costs", ("", f"plan {made.source.version}", "then", "change"), _costs(made))
    _tell_broken(made)
    for objection in made.consequences.objections:
        say(f"A publication asks: {objection}")
    _tell_told(made)


def _tell_broken(made: ByHand) -> None:
    found = made.consequences.broken
    for broken in found:
        say(_in_words(broken))
    if found:
        say(
            f"It breaks {plural(len(found), 'rule')}. No waiver sets that aside, so a publication refuses it."
        )
    if any(broken.is_new for broken in found) and made.consequences.moved:
        area = made.source.names.area_of(made.consequences.moved[0].activity)
        say(f"See the weeks that keep the rules: jarcycle moves {area} {made.source.version}")


def _tell_moves(made: ByHand) -> None:
    rows = [
        (
            made.source.names.activity(change.activity),
            change.activity,
            _days(change.before),
            _days(change.after),
            f"{change.weeks:+d}",
            "" if change.is_wanted else "goes along",
        )
        for change in made.consequences.moved
    ]
    if rows:
        print_table("Moves", ("activity", "code", "from", "to", "weeks", ""), rows)


def _tell_people(made: ByHand) -> None:
    names = made.source.names
    rows = [
        (
            change.activity,
            names.skill(change.place),
            names.person(change.out) if change.out else "nobody",
            names.person(change.into) if change.into else "NOBODY",
            change.why,
        )
        for change in made.consequences.displaced
    ]
    if rows:
        print_table("Places that change hands", ("activity", "place", "from", "to", "why"), rows)


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


def _tell_told(made: ByHand) -> None:
    told = made.consequences.told
    if told:
        rows = [
            (
                person.name or person.address,
                person.address,
                f"{person.activity} {person.step}".strip(),
                RULES.get(person.rule, person.rule),
            )
            for person in told
        ]
        print_table("Would be told, once it is published", ("who", "address", "code", "what"), rows)
    count = len({person.address for person in told})
    say(
        capitalised(
            f"{plural(count, 'person', 'people') if count else 'nobody'} would be told if it were published."
        )
    )


def _days(mondays: tuple[date, ...]) -> str:
    return "\n".join(map(date_in_words, mondays))
