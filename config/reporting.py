"""What a framework says about findings and the report: what is to be found out, how it ends, and what is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from config.entry import Key, Positive, Words
from config.steps import Cited

Month = Annotated[int, Field(ge=1, le=12, strict=True)]


class Contribution(Cited):
    """What services contribute to an outcome: in scope it ends in a finding, or in the reason why there is none (R186).

    `services` are those that it covers: they are published with it (R189). One that is `always` looked at is in scope
    wherever the review looks (R187).
    """

    id: Key
    outcome: Key
    name: Words
    services: tuple[Words, ...] = ()
    always: bool = False


class FindingRules(Cited):
    """How contributions end (R048, R080, R085).

    Findings are agreed at the steps `agreed_at`, the earlier from evidence alone; without an end for each contribution
    in scope, the step `needed_for` is not signed off. `causes` are those of gaps and failures; for one that is in
    `asks_how_managed` somebody says how the area managed. `not_judged` are reasons for which there is no finding. Of
    an outcome in `always_fieldwork` not everything is agreed before the last of these steps.
    """

    agreed_at: tuple[Key, ...] = Field(min_length=1)
    needed_for: Key
    causes: dict[Key, Words] = Field(min_length=1)
    asks_how_managed: tuple[Key, ...] = ()
    not_judged: dict[Key, Words] = Field(min_length=1)
    always_fieldwork: tuple[Key, ...] = ()


class Section(Cited):
    """A section of the report; `who` may write it (R084).

    With `aspects` each of these has a text of its own (R185). Unless it may stay empty (`may_be_empty`), it has text
    before the step `due_at` is signed off. `most_letters` is the longest text that is taken.
    """

    id: Key
    name: Words
    who: tuple[Key, ...] = Field(min_length=1)
    due_at: Key
    may_be_empty: bool = False
    aspects: dict[Key, Words] = Field(default_factory=dict)
    most_letters: Positive = 20_000

    def parts(self) -> Iterator["Part"]:
        """What is written of it, text by text."""
        if not self.aspects:
            yield Part(self.id, self.name, self)
        for aspect, name in self.aspects.items():
            yield Part(f"{self.id}.{aspect}", f"{self.name}: {name}", self, name)


@dataclass(frozen=True)
class Part:
    """A text of the report: a section, or one of its aspects ('management.leadership')."""

    id: str
    name: str
    section: Section
    aspect: str = ""


class Feed(Cited):
    """Who works on with what was judged, once the report is published (R042).

    With a `kind` it is input of the area's activities of that kind, with a `month` it counts from the next such month
    on.
    """

    id: Key
    name: Words
    judgements: tuple[Key, ...] = Field(min_length=1)
    kind: Key | None = None
    month: Month | None = None


class ReportRules(Cited):
    """The one report of an activity (R083): its sections in order, its versions and to whom its grades go.

    `versions` are kept as they are when a step is signed off, by that step; the last one is published. The authority's
    side has each once its step is done. Comments on the first one, which come at the step `comments_at`, are answered
    before the last one (R066). `public_summary` and `children_summary` are sections that can be read alone (R087).
    """

    sections: tuple[Section, ...] = Field(min_length=1)
    versions: dict[Key, Words] = Field(min_length=1)
    comments_at: Key
    public_summary: Key
    children_summary: Key
    feeds: tuple[Feed, ...] = ()

    @property
    def published_at(self) -> str:
        """The step with which it is published."""
        return list(self.versions)[-1]

    @property
    def drafted_at(self) -> str:
        """The step with which others first get it."""
        return next(iter(self.versions))

    def parts(self) -> tuple[Part, ...]:
        """Every text of it, in order."""
        return tuple(part for section in self.sections for part in section.parts())

    def part(self, name: str) -> Part:
        """A text by its name; KeyError if there is none."""
        return {part.id: part for part in self.parts()}[name]

    def needed_for(self, step: str) -> tuple[Part, ...]:
        """The texts without which a step is not signed off: those due at it; at the last one all that are needed."""
        return tuple(
            part
            for part in self.parts()
            if not part.section.may_be_empty and (part.section.due_at == step or step == self.published_at)
        )
