"""The signs of what is over: a red tail where a step was done late, a ring where a rule was waived."""

from reports.scale import Scale
from reports.values import Ending

RING = 4
"""Radius of a ring in pixels."""

_LEAST_TAIL, _TAIL_HEIGHT = 7, 3


def tail(ended: Ending | None, edge: int, middle: int, scale: Scale, *, grows_left: bool) -> str:
    """
    The tail of a step that was done late, as long as the delay but never too short to be seen; empty if it was not.

    Parameters
    ----------
    edge
        Where it begins: the end of a bar, from which it grows to the right, or the edge of a diamond that stands
        on the day it was done, from which it grows back to the due day.
    """
    if ended is None or not ended.days_late:
        return ""
    length = max(scale.full_width(ended.due, ended.on), _LEAST_TAIL)
    left = max(edge - length, 0) if grows_left else edge
    right = edge if grows_left else min(edge + length, scale.width)
    return f'<path class="x" d="{tail_path(left, right, middle)}"/>' if right > left else ""


def tail_path(left: int, right: int, middle: int) -> str:
    """Path data of a tail between two columns."""
    top = middle - 1
    return f"M{left} {top}h{right - left}v{_TAIL_HEIGHT}h-{right - left}z"


def ring(x: int, y: int) -> str:
    """The sign of a waived rule around a point."""
    return f'<circle class="y" cx="{x}" cy="{y}" r="{RING}"/>'
