"""The report of a review as values: everything that a page, a document or a printed file of it says."""

from dataclasses import dataclass, replace
from datetime import date


def paragraphs_of(text: str) -> tuple[str, ...]:
    """A text in paragraphs: a blank line ends one."""
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


@dataclass(frozen=True)
class Passage:
    """A text under a heading; a section with aspects has one passage for each of them, and no text of its own."""

    heading: str
    text: str = ""
    aspects: tuple["Passage", ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its text, paragraph by paragraph."""
        return paragraphs_of(self.text)


@dataclass(frozen=True)
class Found:
    """A finding: what it is about, its kind in words ('gap'), its text, its cause, and how the area managed."""

    contribution: str
    kind: str
    text: str = ""
    cause: str = ""
    managed: str = ""
    services: str = ""

    def in_words(self) -> str:
        """The finding in a line, after the name of its contribution."""
        more = [
            f"Services: {self.services}." if self.services else "",
            f"Why: {self.cause}." if self.cause else "",
            f"How the area managed: {self.managed}" if self.managed else "",
        ]
        return " ".join(filter(None, [self.text, *more]))


@dataclass(frozen=True)
class Outcome:
    """An outcome with its findings, in the order of the contributions."""

    name: str
    findings: tuple[Found, ...]


@dataclass(frozen=True)
class Grade:
    """A judgement by identifier and name, its grade, and the best grade of its scale."""

    id: str
    name: str
    grade: str
    best: str


@dataclass(frozen=True)
class ServiceReport:
    """A report of its own on a service (R086)."""

    service: str
    title: str
    link: str
    summary: str


@dataclass(frozen=True)
class Reported:
    """A report: of which activity, in which version of which day, and all that it says.

    `summary` is for the public, `children` for children and young people; both are among the sections, too. One that is
    not `is_whole` has a summary alone.
    """

    code: str
    name: str
    area: str
    version: str
    on: date
    grades: tuple[Grade, ...]
    sections: tuple[Passage, ...]
    outcomes: tuple[Outcome, ...]
    linked: tuple[ServiceReport, ...]
    summary: Passage
    children: Passage
    is_whole: bool = True

    @property
    def title(self) -> str:
        """'Joint review of York'."""
        return f"{self.name}: {self.area}"

    def only(self, passage: Passage) -> "Reported":
        """One of its summaries, to be read without the rest (R087)."""
        return replace(self, sections=(passage,), grades=(), outcomes=(), linked=(), is_whole=False)
