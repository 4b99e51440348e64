"""The help of a command in words: no names of types, and bounds of numbers as people say them."""

from typing import Any


def in_words(command: Any) -> Any:
    """The same command, whose help names its arguments without a type and its numbers' bounds in words."""
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda ctx: None
        # A number without bounds keeps none; other parameters have no such words.
        low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
        parameter._get_number_range_help_str = lambda words=bounds(low, high): words
    return command


def bounds(low: float | None, high: float | None) -> str | None:
    """'1 to 100', 'at least 1'; None if a number has no bounds."""
    if low is not None and high is not None:
        return f"{low:g} to {high:,.0f}"
    if low is not None:
        return f"at least {low:g}"
    return None if high is None else f"at most {high:g}"
