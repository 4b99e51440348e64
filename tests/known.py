"""Values that a test needs to be there."""

from typing import TypeVar

T = TypeVar("T")


def known(value: T | None) -> T:
    """A value that may be missing in general, but not here; the test fails at once if it is."""
    if value is None:
        raise AssertionError("There is nothing where the test needs a value.")
    return value
