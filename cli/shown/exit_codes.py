"""What the command's exit code says; with several answers the highest counts."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Documented in docs/command-line.md."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    INVALID_INPUT = 3
    IMPOSSIBLE = 4
    NO_PLAN_IN_TIME = 5
    VIOLATIONS = 6
    UNSENT = 7
    INTERRUPTED = 130
