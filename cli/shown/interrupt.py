"""Ctrl-C while solving: the first asks the solver to stop and keep the best plan, the second ends at once."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import FrameType
from typing import TypeVar

from cli.shown.output import say

Answer = TypeVar("Answer")

WAKE_SECONDS = 0.2
"""How often the waiting thread looks up, so that it hears signals."""


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
    try:
        future: Future[Answer] = Future()
        # A daemon: after the second Ctrl-C nobody waits for the solver any more.
        thread = threading.Thread(target=_fulfil, args=(future, work, flag), name="solve", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(timeout=WAKE_SECONDS)
        return future.result(), flag()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _fulfil(future: Future[Answer], work: Callable[[StopFlag], Answer], flag: StopFlag) -> None:
    try:
        future.set_result(work(flag))
    except BaseException as error:
        future.set_exception(error)
