"""Ctrl-C while solving: the first asks the solver to stop and keep the best plan, the second ends at once."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from types import FrameType
from typing import TypeVar

from cli.output import say

Answer = TypeVar("Answer")


class StopFlag:
    """True once somebody pressed Ctrl-C (or sent SIGTERM); ask it by calling it."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        """Whether the solve should stop."""
        return self._asked.is_set()

    def ask(self, _signal: int, _frame: FrameType | None) -> None:
        """Signal handler."""
        if self._asked.is_set():
            raise KeyboardInterrupt
        self._asked.set()
        say("Stopping; the best plan so far is kept. Press Ctrl-C again to end at once.")


def interruptible(work: Callable[[StopFlag], Answer]) -> tuple[Answer, bool]:
    """Do `work` in a thread, so that signals are heard while the solver is deep in its own code.

    Returns the answer, and whether it was asked to stop.
    """
    flag = StopFlag()
    before = {number: signal.signal(number, flag.ask) for number in (signal.SIGINT, signal.SIGTERM)}
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="solve")
    try:
        future = pool.submit(work, flag)
        while True:
            try:
                return future.result(timeout=0.2), flag()
            except NotYet:
                if future.done():
                    raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for number, handler in before.items():
            signal.signal(number, handler)
