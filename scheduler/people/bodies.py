"""From which bodies a team comes (R002, R056, R144): the one place where the search reads these rules."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from scheduler.people.matching import most_pairs, pair_up
from scheduler.values.problem import Team


def bodies_needed(team: Team | None) -> int:
    """Different bodies that a team needs; one smaller than its minimum needs one per member, joint ones included."""
    return 0 if team is None else min(team.min_bodies, team.members())


def bodies_lent(team: Team | None) -> frozenset[str]:
    """Bodies of the places that the staff of another visit fill (R035)."""
    return frozenset(place.body for place in team.joint) if team is not None else frozenset()


def breaks_bodies(team: Team | None, bodies: Iterable[str], open_seats: int = 0) -> bool:
    """Whether inspectors from these bodies, one for each member, are no team, though open seats may bring others.

    Too few bodies (R056), or too few or too many members of one body (R144).
    """
    return team is not None and _welcome(team, Counter(bodies), frozenset(), open_seats) is not None


def people_of_enough_bodies(
    team: Team | None, wanted: Sequence[Sequence[int]], body: Sequence[str], open_seats: int = 0
) -> list[int] | None:
    """Somebody for each seat, nobody twice, of the right bodies together; None if there is no such team.

    Where one team is not right, in any that is some seat brings a body that is welcome where this one has another.

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
    everybody = frozenset(body[person] for able in wanted for person in able)
    count = Counter(body[person] for person in people)
    welcome = None if team is None else _welcome(team, count, everybody, open_seats)
    if team is None or welcome is None:
        return people
    if not _could_be_right(team, wanted, body, open_seats):
        return None
    others = [seat for seat, person in enumerate(people) if body[person] not in welcome]
    for number, seat in enumerate(others):
        narrowed = list(wanted)
        narrowed[seat] = [person for person in wanted[seat] if body[person] in welcome]
        for earlier in others[:number]:
            narrowed[earlier] = [person for person in wanted[earlier] if body[person] not in welcome]
        found = people_of_enough_bodies(team, narrowed, body, open_seats) if narrowed[seat] else None
        if found is not None:
            return found
    return None


def _welcome(team: Team, count: Mapping[str, int], all_bodies: Set[str], open_seats: int) -> Set[str] | None:
    """The bodies of which every right team has more members than one with such a count; None if it is right itself."""
    open_seats = max(0, open_seats)
    for body, most in team.most_from().items():
        if count.get(body, 0) > most:
            return all_bodies - {body}
    short = {body: least - count.get(body, 0) for body, least in team.least_from().items()}
    short = {body: lack for body, lack in short.items() if lack > 0}
    if sum(short.values()) > open_seats:
        return short.keys()
    known = count.keys() | bodies_lent(team)
    return all_bodies - known if len(known) + open_seats < bodies_needed(team) else None


def _could_be_right(
    team: Team, wanted: Sequence[Sequence[int]], body: Sequence[str], open_seats: int
) -> bool:
    """Whether each rule of bodies could be kept alone; a quick answer, and no sufficient one."""
    everybody = {body[person] for able in wanted for person in able} | bodies_lent(team)
    if len(everybody) + max(0, open_seats) < bodies_needed(team):
        return False
    for name, least in team.least_from().items():
        from_there = [[person for person in able if body[person] == name] for able in wanted]
        if most_pairs(from_there) + max(0, open_seats) < least:
            return False
    for name, most in team.most_from().items():
        others = [[person for person in able if body[person] != name] for able in wanted]
        if len(wanted) - most_pairs(others) > most:
            return False
    return True
