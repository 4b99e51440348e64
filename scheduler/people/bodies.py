"""From how many bodies a team comes (R002, R056): the one place where the search reads that rule."""

from collections.abc import Sequence, Set

from scheduler.people.matching import pair_up
from scheduler.values.problem import Team


def bodies_needed(team: Team | None) -> int:
    """Different bodies that a team needs; one smaller than its minimum needs one per member, joint ones included."""
    return 0 if team is None else min(team.min_bodies, team.members())


def bodies_lent(team: Team | None) -> frozenset[str]:
    """Bodies of the places that the staff of another visit fill (R035)."""
    return frozenset(place.body for place in team.joint) if team is not None else frozenset()


def lacks_bodies(team: Team | None, bodies: Set[str], open_seats: int = 0) -> bool:
    """Whether a team of people from these bodies comes from too few, though each open seat may bring another."""
    return len(bodies | bodies_lent(team)) + max(0, open_seats) < bodies_needed(team)


def people_of_enough_bodies(
    team: Team | None, wanted: Sequence[Sequence[int]], body: Sequence[str], open_seats: int = 0
) -> list[int] | None:
    """Somebody for each seat, nobody twice, of enough bodies together; None if there is no such team.

    If one team lacks a body, in any that does not some seat brings a body that this one has not.

    Parameters
    ----------
    wanted
        For each seat the people who could fill it, the preferred ones first.
    body
        The body of each person.
    open_seats
        Seats of the team that stay empty.
    """
    people = [person for person in pair_up(wanted) if person is not None]
    if len(people) < len(wanted):
        return None
    bodies = {body[person] for person in people}
    if not lacks_bodies(team, bodies, open_seats):
        return people
    if lacks_bodies(team, {body[person] for able in wanted for person in able}, open_seats):
        return None
    known = bodies | bodies_lent(team)
    for seat, able in enumerate(wanted):
        others = [person for person in able if body[person] not in known]
        if others:
            narrowed = [*wanted[:seat], others, *wanted[seat + 1 :]]
            found = people_of_enough_bodies(team, narrowed, body, open_seats)
            if found is not None:
                return found
    return None
