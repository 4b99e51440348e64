"""Plans that say something wrong about themselves."""

from collections.abc import Callable
from random import Random

from scheduler.cost import DATE_TERMS, TEAM_TERMS
from tests.complete import complete_plan
from tests.corruptions.draft import Corruption, Draft, corruption

GOOD = complete_plan().costs


def uncovered_places_hushed_up(draft: Draft, draw: Random) -> None:
    """A seat is empty, and the plan says that none is."""
    draft.leave("jar-south", draw.choice(["safeguarding", "education"]))
    draft.costs["uncovered_places"] = GOOD.uncovered_places


def uncovered_places_made_up(draft: Draft, draw: Random) -> None:
    draft.costs["uncovered_places"] = GOOD.uncovered_places + draw.randint(1, 5)


def a_term_left_out(draft: Draft, draw: Random) -> None:
    name = draw.choice(DATE_TERMS)
    draft.costs["date_terms"] = {term: cost for term, cost in GOOD.date_terms.items() if term != name}


def a_term_that_does_not_exist(draft: Draft, draw: Random) -> None:
    draft.costs["team_terms"] = {**GOOD.team_terms, "luck": draw.randint(0, 5)}


def wrong_by_one(kind: str, term: str) -> Corruption:
    """A term of the cost that is one too high, or one too low where it is not zero."""
    terms: dict[str, int] = getattr(GOOD, kind)

    def damage(draft: Draft, draw: Random) -> None:
        step = draw.choice([-1, 1]) if terms[term] else 1
        draft.costs[kind] = {**terms, term: terms[term] + step}

    return Corruption(f"{term}_wrong_by_one", damage, frozenset({"wrong_cost"}))


def each(kind: str, terms: tuple[str, ...]) -> list[Corruption]:
    make: Callable[[str, str], Corruption] = wrong_by_one
    return [make(kind, term) for term in terms]


CLAIMS = (
    corruption(uncovered_places_hushed_up, "wrong_uncovered_places"),
    corruption(uncovered_places_made_up, "wrong_uncovered_places"),
    corruption(a_term_left_out, "wrong_cost"),
    corruption(a_term_that_does_not_exist, "wrong_cost"),
    *each("date_terms", DATE_TERMS),
    *each("team_terms", TEAM_TERMS),
)
