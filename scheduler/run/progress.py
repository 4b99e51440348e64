"""Keeps the time, the best cost and the best bound of one phase of a solve, and tells a listener."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from scheduler.values.result import Listener, StopRequest, TracePoint, gap


class Progress:
    """What one phase has reached so far.

    Parameters
    ----------
    phase
        'dates' or 'teams'.
    seconds
        Time limit of the phase, from now on.
    started
        Start of the whole solve on the `time.monotonic` clock; trace points count from it.
    patience
        Share of the time after which the phase ends if there is no incumbent by then; above 1 a first one has longer.
    """

    def __init__(
        self,
        phase: str,
        seconds: float,
        gap_target: float = 0.0,
        listener: Listener | None = None,
        stop: StopRequest | None = None,
        started: float | None = None,
        patience: float = 1.0,
    ) -> None:
        self.phase, self.gap_target = phase, gap_target
        self.listener, self.stop = listener, stop
        self.begun = time.monotonic()
        self.started = self.begun if started is None else started
        self.deadline = self.begun + seconds
        self.first_by = self.begun + patience * seconds
        self.incumbent: int | None = None
        self.bound: int | None = None
        self.was_stopped = False
        self.trace: list[TracePoint] = []

    def seconds(self) -> float:
        """Seconds since the phase began."""
        return time.monotonic() - self.begun

    def seconds_left(self) -> float:
        """Seconds until the phase must end, never negative; zero once it was stopped."""
        deadline = self.first_by if self.incumbent is None else self.deadline
        return 0.0 if self.was_stopped else max(0.0, deadline - time.monotonic())

    def found(self, cost: int) -> bool:
        """Note the cost of a plan; whether it is better than all before."""
        if self.incumbent is not None and cost >= self.incumbent:
            return False
        self.incumbent = cost
        self._tell()
        return True

    def proved(self, bound: int) -> bool:
        """Note a proven bound; whether it is better than all before."""
        if self.bound is not None and bound <= self.bound:
            return False
        self.bound = bound
        self._tell()
        return True

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """What runs within it is ended by Ctrl-C, which counts as a request to stop."""
        try:
            yield
        except KeyboardInterrupt:
            self.stopped()

    def stopped(self) -> None:
        """Note that somebody ended the phase."""
        self.was_stopped = True

    def found_of_another_kind(self) -> None:
        """A plan was found that is better whatever it costs: the cost of those before it counts no more."""
        self.incumbent = None

    def gap(self) -> float | None:
        """Relative gap as a fraction, None while incumbent or bound is unknown."""
        if self.incumbent is None or self.bound is None:
            return None
        return gap(self.incumbent, self.bound)

    def is_solved(self) -> bool:
        """Whether the gap target is reached."""
        reached = self.gap()
        return reached is not None and reached <= self.gap_target

    def must_end(self) -> bool:
        """Whether time is up or a stop was asked for; polls the stop request."""
        if not self.was_stopped and self.stop is not None and self.stop():
            self.was_stopped = True
        return self.seconds_left() <= 0

    def is_done(self) -> bool:
        """Whether there is nothing more to do or no time to do it."""
        return self.is_solved() or self.must_end()

    def _tell(self) -> None:
        point = TracePoint(
            seconds=round(time.monotonic() - self.started, 3),
            phase=self.phase,
            incumbent=self.incumbent,
            bound=self.bound,
        )
        self.trace.append(point)
        if self.listener is not None:
            self.listener(point)
