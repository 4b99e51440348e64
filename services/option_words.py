"""The sequencing options and the terms of the cost: the choices that commands and flows offer, and their words."""

from enum import StrEnum
from typing import Literal

from services.errors import Refused

Option = Literal[1, 2, 3, 4, "mixed"]
"""How a problem is sequenced: one option for every area, or each area's own."""

CONCURRENT, FAR_APART = "concurrent", "far apart"

TERM_WORDS = {
    "urgency": "Delay of urgent reviews",
    "stretch": "Longer gap before fieldwork",
    "sequencing": "Sequencing of review and assessment",
    "co_ordination": "Distance from other inspections",
    "burden": "Burden on the area",
    "evenness": "Uneven load",
    "partners": "Partners visited at once",
    "stability": "Changes to published dates",
}
"""The terms of the cost of dates in the words of a planner."""

TEAM_TERM_WORDS = {
    "travel": "Travel",
    "fairness": "Reviews above a fair share",
    "change": "Changes to published teams",
}
"""The terms of the cost of teams."""


class SolveOption(StrEnum):
    """Under which sequencing a programme is solved: one option for every area, or each area's own."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    MIXED = "mixed"

    @property
    def for_problem(self) -> Option:
        """The same as `build_problem` takes it."""
        return "mixed" if self is SolveOption.MIXED else int(self)  # type: ignore[return-value]


MIXED = SolveOption.MIXED.value
"""What a programme is called in which each area has its option."""

OF_ALL = (SolveOption.ONE, SolveOption.TWO, SolveOption.THREE, SolveOption.FOUR)
"""The options that are compared; a mix is made of them."""


def option_named(word: object) -> SolveOption:
    """The option of that name or number, else Refused with those that there are."""
    if str(word) not in list(SolveOption):
        advice = f"Choose one of: {', '.join(SolveOption)}."
        raise Refused.because("option", f"there is no option '{word}'.", advice)
    return SolveOption(str(word))


def option_in_words(option: str) -> str:
    """'option 3', or that each area has its own (R039)."""
    return "each area's own option" if option == "mixed" else f"option {option}"


def option_meanings(pair: tuple[str, str] | None) -> dict[str, str]:
    """What each option does with the two kinds of a pair (R030-R036): 'VISIT first'; empty without one."""
    if pair is None:
        return {}
    first, second = (f"{kind.upper().replace('_', ' ')} first" for kind in pair)
    return {"1": first, "2": second, "3": CONCURRENT, "4": FAR_APART}


def option_explained(option: str, pair: tuple[str, str] | None) -> str:
    """'option 3 (concurrent)', for readers who do not know the numbers by heart."""
    words, meanings = option_in_words(option), option_meanings(pair)
    return f"{words} ({meanings[option]})" if option in meanings else words
