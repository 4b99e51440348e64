"""What both the review and another inspection would look at, given to one of them, once only (R100)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from config.inspections import InspectionRegister, OverlapArea
from services.inspections.due import DueInspection
from services.inspections.relating import AFTER


@dataclass(frozen=True)
class Allocation:
    """Who inspects an overlap area: an inspection, or the review itself (None)."""

    overlap: OverlapArea
    by: DueInspection | None


def allocate(register: InspectionRegister, inspections: Sequence[DueInspection]) -> tuple[Allocation, ...]:
    """Give each overlap area to one inspection of an area.

    It goes to the inspection that claims it; else to the first of its type, unless that comes after the review, which
    then could not use what it finds; else the review keeps it (decision: the papers say only 'once').
    """
    return tuple(Allocation(overlap, _by(overlap, inspections)) for overlap in register.overlaps)


def claimed_twice(claims: Iterable[tuple[str, ...]]) -> tuple[int, str] | None:
    """The position of the first inspection that claims what an earlier one claims, and what; None: there is none."""
    seen: set[str] = set()
    for position, claimed in enumerate(claims):
        for overlap in claimed:
            if overlap in seen:
                return position, overlap
            seen.add(overlap)
    return None


def _by(overlap: OverlapArea, inspections: Sequence[DueInspection]) -> DueInspection | None:
    claiming = [one for one in inspections if overlap.id in one.overlaps]
    of_type = [
        one
        for one in inspections
        if one.type.id == overlap.type and not (one.relation and one.relation.where == AFTER)
    ]
    return min(claiming or of_type, key=lambda one: one.days.last_on, default=None)
