"""The common ground of all entries in our configuration files: frozen, strict about unknown keys."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name used in files, commands and tables: small letters, digits and underscores."""

Words = Annotated[str, Field(min_length=1)]
Requirement = Annotated[str, Field(pattern=r"^R\d{3}$")]
"""Number of a rule in the register of requirements: 'R049'."""

Whole = Annotated[int, Field(ge=0, strict=True)]
Positive = Annotated[int, Field(ge=1, strict=True)]
Percent = Annotated[int, Field(ge=0, le=100, strict=True)]


class Entry(BaseModel):
    """A frozen entry; an unknown key is an error, so that a misspelt word is never silently ignored.

    Its validator is built with the first entry: most commands read few of our files.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
