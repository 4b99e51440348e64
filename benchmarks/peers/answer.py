"""What every method answers in a benchmark."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PeerAnswer:
    """Start weeks by activity (None: no plan), the proven bound (None: none), and the seconds it took."""

    starts: dict[str, tuple[int, ...]] | None
    bound: int | None
    seconds: float
    remarks: str = ""
