"""Children of `jarcycle up` end with it, also when it was killed and could not stop them."""

import os
import signal
import sys
import threading
import time

GRACE_SECONDS = 10.0


def end_with_parent() -> None:
    """Watch standard input, a pipe that nobody writes to: once it closes, the parent is gone, and we end.

    First with SIGTERM, as the parent would have done it; whoever still lives after `GRACE_SECONDS` is
    killed with its whole process group.
    """
    threading.Thread(target=_watch, name="end-with-parent", daemon=True).start()


def _watch() -> None:
    try:
        while sys.stdin.buffer.read(1):
            pass
    except (OSError, ValueError):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
