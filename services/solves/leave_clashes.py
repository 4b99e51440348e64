"""What leave would mean before it is stored: the reviews in which somebody has a place then, with stand-ins."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from services.audit import Word
from services.plans.leave import Entered, enter_leave
from services.previews import preview
from services.solves.stand_ins import StandIn, StandIns


@dataclass(frozen=True)
class Clash:
    """A review in which somebody has a place while they are away, and who could take it, the nearest first."""

    activity: str
    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True)
class LookedAt:
    """Leave as it would be entered, and the places that clash with it."""

    entered: Entered
    clashes: tuple[Clash, ...]


def look_at_leave(
    session: Session, person: str, first_day: date, last_day: date, percent_available: int, word: Word
) -> LookedAt:
    """What `enter_leave` would do; nothing is stored, and it refuses the same."""

    def enter(opened: Session) -> LookedAt:
        entered = enter_leave(opened, person, first_day, last_day, percent_available, word)
        found = StandIns(opened)
        clashes = (Clash(code, found.of(code, entered.leave.inspector)) for code in entered.reviews)
        return LookedAt(entered, tuple(clashes))

    looked, _changed = preview(session, enter)  # leave moves no date, and tells nobody
    return looked
