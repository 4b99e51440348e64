"""What a rating regime says: bands and blocks of a performance profile, tests, limits of a rating, and its year."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from config.entry import Entry, Key, Percent, Positive, Words
from config.judgements import Dated
from config.steps import Cited
from config.validity import Validity, holds_on

RegimeName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
"""The name of a regime and of its file: 'england-2009'."""

Measure = Literal["groups_in_bands", "no_group_in_bands", "above_national", "level_with_comparators"]
OF_BANDS: tuple[Measure, ...] = ("groups_in_bands", "no_group_in_bands")
"""Measures that look at the bands of groups; the others look at indicators."""

OF_SHARES: tuple[Measure, ...] = ("groups_in_bands", "above_national", "level_with_comparators")
"""Measures that ask for a share."""


class NamedKey(Entry):
    """A code with its name for people."""

    id: Key
    name: Words


class Band(NamedKey):
    """A band of performance, from a share of good or better judgements on, in per cent (R148)."""

    from_per_cent: Percent


class ServiceGroup(Dated):
    """A group of inspected and regulated services: block A of a profile (R150, R192)."""

    id: Key
    name: Words


class FindingKind(Dated):
    """A kind of inspection or review in block B of a profile, with its `outcomes` in words by their codes (R150)."""

    id: Key
    name: Words
    outcomes: dict[Key, Words] = Field(min_length=1)


class RatingTest(Dated):
    """What must be so for a `grade`, or a better one (R149); `text` says it to people.

    Of groups in the top bands, of indicators above the national figure or level with comparators at least `at_least`
    per cent; no group may be in a band of `no_group_in_bands`.
    """

    id: Key
    grade: Key
    text: Words
    measure: Measure
    bands: tuple[Key, ...] = ()
    at_least: Percent | None = None


class RatingLimit(Dated):
    """If the newest finding of a kind has one of the `outcomes`, the rating is `at_most` so (R096, R154)."""

    id: Key
    text: Words
    finding: Key
    outcomes: tuple[Key, ...] = Field(min_length=1)
    at_most: Key


class RatingRound(Cited):
    """The calendar of one year's rating (R151, R198): draft letters from a day by another, and publication."""

    year: Positive
    informed_on: date | None = None
    drafts_from: date
    drafts_by: date
    published_on: date


class AppealRules(Cited):
    """How an area appeals against its rating (R153, R162): working days, each counted from the step before.

    It lodges within `lodge_within` of the draft letter, after a talk about a query if `talk_first`. A talk follows a
    query `talk_within`, the decision an appeal `decide_within` but before publication, the word to it `tell_within`.
    """

    lodge_within: Positive = 20
    talk_first: bool = False
    talk_within: Positive = 5
    decide_within: Positive = 20
    tell_within: Positive = 5


class RatingRegime(Cited):
    """How areas are rated from `valid_from` up to, not including, `valid_to`.

    Attributes
    ----------
    grades
        What an area may be rated, the worst first.
    bands
        The highest first; the last one begins at nothing.
    small_below
        Fewer inspected services than this are told as a small number (R195).
    answer_within
        Working days in which a query about data is answered (R156, R159).
    contact_role
        The role of the single contact point (R156).
    """

    id: RegimeName
    name: Words
    valid_from: date
    valid_to: date | None = None
    small_below: Positive = 3
    answer_within: Positive = 10
    contact_role: Key
    grades: tuple[NamedKey, ...] = Field(min_length=2)
    bands: tuple[Band, ...] = Field(min_length=2)
    groups: tuple[ServiceGroup, ...] = Field(min_length=1)
    findings: tuple[FindingKind, ...] = ()
    tests: tuple[RatingTest, ...] = ()
    limits: tuple[RatingLimit, ...] = ()
    rounds: tuple[RatingRound, ...] = ()
    appeals: AppealRules = Field(default_factory=AppealRules)

    @property
    def validity(self) -> Validity:
        """On which days it holds."""
        return self.valid_from, self.valid_to

    def holds_on(self, day: date) -> bool:
        """Whether areas are rated by it on a day."""
        return holds_on(self.validity, day)

    def band_of(self, good: int, inspected: int) -> Band | None:
        """The band of so many good or better judgements of all; None without any inspection.

        The lower bound belongs to the band and nothing is rounded: 79.9 per cent is less than 80 (R148).
        """
        if not inspected:
            return None
        return next(band for band in self.bands if 100 * good >= band.from_per_cent * inspected)

    def rank(self, grade: str) -> int:
        """The place of a grade, 0 for the worst."""
        return [known.id for known in self.grades].index(grade)

    def grade_name(self, grade: str) -> str:
        """A grade in words; the code of one that the file no longer has."""
        return next((known.name for known in self.grades if known.id == grade), grade)

    def round_of(self, year: int) -> RatingRound | None:
        """The calendar of a year; None if the file has none."""
        return next((known for known in self.rounds if known.year == year), None)
