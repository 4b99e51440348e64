"""At whose prices plans are compared: one list for all of them, or a refusal that says what differs."""

from collections.abc import Sequence

from cli.arguments import NamedPlan
from reports.words import list_in_words
from services.errors import Refused
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.plans.price_lists import Priced, one_list, policy_then, terms_that_differ


def priced(found: NamedPlan) -> Priced:
    """A plan with all that its price list is known by."""
    return Priced(found.name, found.problem, found.plan, policy_then(found.row))


def at_one_list(found: Sequence[NamedPlan], named: NamedPlan | None = None) -> Priced:
    """The plan at whose prices all are compared: the one named, else one at whose prices each costs what it says.

    Raises
    ------
    Refused
        If they have several price lists, and none is named.
    """
    if named is not None:
        return priced(named)
    plans = [priced(one) for one in found]
    listed = one_list(plans)
    if listed is None:
        words = TERM_WORDS | TEAM_TERM_WORDS
        differing = list_in_words([words.get(term, term) for term in terms_that_differ(plans[-1], plans)])
        message = (
            f"the plans are priced by several price lists, so their costs can't be compared ({differing})."
        )
        last = found[-1].version or found[-1].name
        names = " ".join(str(one.version or one.name) for one in found)
        advice = (
            f"Count them at the prices of one: jarcycle compare {names} --prices {last}; or solve them again."
        )
        raise Refused.because("prices", message, advice)
    return listed
