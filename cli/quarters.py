"""`--quarter`, as several commands take it."""

from typing import Annotated

import typer

from cli.shown.errors import WrongUsage
from config.findings import InvalidText
from services.rating.quarters import Quarter, parse_quarter

QuarterOf = Annotated[
    str | None,
    typer.Option("--quarter", metavar="QUARTER", help="Such as 2009-Q3; default: the newest profile."),
]


def parsed_quarter(text: str | None) -> Quarter | None:
    """The quarter that `--quarter` names; WrongUsage if it names none."""
    if text is None:
        return None
    try:
        return parse_quarter(text)
    except InvalidText:
        raise WrongUsage(
            f"'{text}' is no quarter. Write it as 2009-Q3, for July to September 2009."
        ) from None
