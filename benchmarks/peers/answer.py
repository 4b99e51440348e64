"""What every method answers in a benchmark."""

import json
from dataclasses import asdict, dataclass
from typing import Any

Point = tuple[float, int | None, int | None]
"""Seconds, cost of the best plan so far, bound so far; None is unknown."""


@dataclass(frozen=True)
class PeerAnswer:
    """Start weeks by activity (None: no plan), the proven bound (None: none), and the seconds it took.

    `trace` holds every improvement that the method reports, with plans charged at full cost. `memory_mb` is the
    peak of the process, None where nobody measured it.
    """

    starts: dict[str, tuple[int, ...]] | None
    bound: int | None
    seconds: float
    remarks: str = ""
    trace: tuple[Point, ...] = ()
    memory_mb: int | None = None

    def to_json(self) -> str:
        """The text of a JSON document."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> "PeerAnswer":
        """The answer whose `to_json` the text is."""
        document: dict[str, Any] = json.loads(text)
        starts = document.pop("starts")
        known = None if starts is None else {name: tuple(weeks) for name, weeks in starts.items()}
        trace = tuple((seconds, cost, bound) for seconds, cost, bound in document.pop("trace"))
        return PeerAnswer(starts=known, trace=trace, **document)
