"""Options that take two values each time, such as `--with AREA WEEK`: Typer itself has none that may be repeated."""

from typing import Any


def taking_pairs(command: Any) -> Any:
    """The same command, of which an option that may be repeated takes two values where its metavar has two words."""
    for parameter in command.params:
        is_option = parameter.param_type_name == "option"
        if is_option and parameter.multiple and len((parameter.metavar or "").split()) == len(PAIR):
            parameter.nargs = len(PAIR)
    return command


PAIR = ("one", "other")
