"""An incident that cannot be staffed, or finds no dates: what would help, in sentences."""

from collections.abc import Iterator

from reports.words import capitalised, list_in_words
from scheduler.events import Hold
from scheduler.replanning.lacks import Donor, InTheWay, Unstaffed
from scheduler.replanning.result import ReplanResult
from services.naming.names import Names
from services.shown.reasons.open_places import stand_in

HELD: dict[Hold, str] = {
    "under_way": "under way",
    "notified": "its notice is given; name it as one that may move",
    "frozen": "within the frozen weeks; name it as one that may move",
}
"""Why a review is not moved, and what a planner can do about it."""


def incident_lines(names: Names, result: ReplanResult) -> Iterator[str]:
    """What the answer says of an incident beside its plans; nothing if it has a team and dates."""
    for blocking in result.in_the_way:
        yield _in_the_way(names, blocking)
    if result.unstaffed is not None:
        yield from _unstaffed_lines(names, result.unstaffed)


def _in_the_way(names: Names, blocking: InTheWay) -> str:
    return (
        f"Impossible beside {names.activity(blocking.activity)} ({blocking.activity}), {HELD[blocking.hold]}."
    )


def _unstaffed_lines(names: Names, found: Unstaffed) -> Iterator[str]:
    seats = list_in_words([f"{names.skill(seat.skill)} ({seat.count})" for seat in found.open_seats])
    what = "no team at all" if found.has_nobody else "no whole team"
    yield f"{capitalised(names.activity(found.activity))} has {what}; it lacks {seats}. What would help:"
    if found.later_week is not None:
        yield f"  Begin in the {names.week(found.later_week)}: a whole team is free then, and nothing else changes."
    for donor in found.donors:
        yield f"  {_donor(names, donor)}"
    for person in found.stand_ins:
        yield f"  {stand_in(names, person)}"
    if not (found.donors or found.stand_ins or found.later_week is not None):
        yield "  More people with these skills: nobody else has them and may work there."


def _donor(names: Names, donor: Donor) -> str:
    gives = (
        "a whole team" if donor.is_enough else list_in_words([names.skill(skill) for skill in donor.skills])
    )
    held = "" if donor.hold is None else f" ({HELD[donor.hold]})"
    return f"{capitalised(names.activity(donor.activity))} in other weeks{held} would give {gives}."
