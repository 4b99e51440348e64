"""How the console's process looks for garbage: seldom, since what pages read are many objects that stay."""

import gc

YOUNG, MIDDLE, OLD = 100_000, 50, 100
"""New objects after which the youngest are looked through, and how many times before the next older ones are."""


def collect_seldom() -> None:
    """Look for garbage less often: reading the programme anew takes little more than half the time."""
    gc.collect()
    gc.freeze()  # what was imported stays
    gc.set_threshold(YOUNG, MIDDLE, OLD)
