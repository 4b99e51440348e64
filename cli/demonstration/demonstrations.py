"""Which examples a demonstration can play: what is solved of each, and on which day it opens."""

from dataclasses import dataclass
from datetime import date

from cli.shown.errors import WrongUsage
from services.option_words import OF_ALL, SolveOption


@dataclass(frozen=True)
class Demonstration:
    """An example that is played.

    Attributes
    ----------
    example
        Its folder in `examples`.
    opens_on
        The day on which it stands when it opens; from then on it goes on day by day.
    options
        Those that are solved: a programme in which nothing is sequenced has the same plan under each.
    has_events
        Whether critical events are recorded and decided about.
    profiles
        The folder in `examples` whose performance profiles are read on that day.
    """

    example: str
    opens_on: date
    options: tuple[SolveOption, ...] = OF_ALL
    has_events: bool = False
    profiles: str | None = None


USUAL = Demonstration("england-2005", date(2006, 3, 1), has_events=True)
TODAY = Demonstration("england-today", date(2026, 3, 2), (SolveOption.FOUR,))
REGIME = Demonstration("england-2009", date(2010, 4, 6), (SolveOption.FOUR,), profiles="profiles-2009")
ALL = (USUAL, REGIME, TODAY)


def find_demonstration(example: str | None) -> Demonstration:
    """The one of an example, the usual one if none is named; a usage error for an example that is not played."""
    if example is None:
        return USUAL
    found = next((known for known in ALL if known.example == example), None)
    if found is None:
        names = ", ".join(known.example for known in ALL)
        raise WrongUsage(f"no demonstration plays '{example}'. Choose one of: {names}.")
    return found
