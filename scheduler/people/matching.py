"""Pairs of seats and people: as many as possible (augmenting paths, Kuhn 1955)."""

from collections.abc import Sequence


def pair_up(wanted: Sequence[Sequence[int]]) -> list[int | None]:
    """For each seat a person of those who could fill it, each person at most once; as many seats as possible.

    Parameters
    ----------
    wanted
        For each seat the people who could fill it, the preferred ones first.
    """
    seat_of: dict[int, int] = {}
    for seat in range(len(wanted)):
        _augment(seat, wanted, seat_of, set())
    people: list[int | None] = [None] * len(wanted)
    for person, seat in seat_of.items():
        people[seat] = person
    return people


def most_pairs(wanted: Sequence[Sequence[int]]) -> int:
    """How many seats can be filled."""
    return sum(person is not None for person in pair_up(wanted))


def _augment(seat: int, wanted: Sequence[Sequence[int]], seat_of: dict[int, int], seen: set[int]) -> bool:
    for person in wanted[seat]:
        if person in seen:
            continue
        seen.add(person)
        if person not in seat_of or _augment(seat_of[person], wanted, seat_of, seen):
            seat_of[person] = seat
            return True
    return False
