"""The terms of a special review: the short form of a framework, approved after a critical event (R008, R094)."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from config.entry import Entry, Key, Positive, Words
from config.findings import InvalidFile, read_toml

Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class InvalidTerms(InvalidFile):
    """Terms that no special review can have."""


class StageTerms(Entry):
    """When a stage begins, and how many working days it takes."""

    starts_on: date
    working_days: Positive


class SpecialTerms(Entry):
    """What a special review looks at, who approved that, and when which step is due.

    Attributes
    ----------
    framework
        Identifier of the long form.
    approved_by
        Who approved the terms.
    scope
        Outcomes that it looks at, at least one (R008).
    bodies
        Inspectorates that take part, by their codes, at least two.
    extent
        Extent of fieldwork; that of the area's reviews without one.
    left_out
        Steps of the long form that it does without.
    stages
        Each planned stage that is not left out.
    deadlines
        Days of milestones and deadlines that have others than the long form counts.
    waiver, why
        The policy's code for the reason why rules are set aside, and what else is to be said.
    """

    framework: Words
    approved_by: Named
    scope: tuple[Key, ...] = Field(min_length=1)
    bodies: tuple[Named, ...] = Field(min_length=1)
    extent: Key | None = None
    left_out: tuple[Key, ...] = ()
    stages: dict[Key, StageTerms] = Field(min_length=1)
    deadlines: dict[Key, date] = Field(default_factory=dict)
    waiver: Key = "critical_event"
    why: str = ""


def read_terms(path: Path) -> SpecialTerms:
    """The terms in a TOML file; InvalidTerms with everything wrong with it: file, key, advice."""
    return read_toml(path, SpecialTerms, InvalidTerms)
