"""How far an item of evidence is: the states that the tables keep, and those of what is not in them yet."""

ASKED, RECEIVED, ACCEPTED, RETURNED, NOT_NEEDED = "asked", "received", "accepted", "returned", "not_needed"

PLANNED, NOT_ASKED = "planned", "not_asked"
"""States of an item that nobody has asked for yet, and that nobody will ask for."""

OPEN = (ASKED, RETURNED)
"""States in which an item is still to come."""

CAME = (RECEIVED, ACCEPTED)


def state_in_words(state: str) -> str:
    """'still to come', 'received'."""
    return {ASKED: "still to come", NOT_NEEDED: "not needed"}.get(state, state)
