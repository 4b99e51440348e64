"""The register of inspections besides the review: whose, under which law, and what becomes of each (R011, R119)."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from config.entry import Entry, Key, Positive, Requirement, Words
from config.questionnaire import QuestionnaireId
from config.validity import Validity, holds_on

Subsumed = Literal["wholly", "partly", "no"]
SUBSUMED_WORDS: dict[Subsumed, str] = {"wholly": "Subsumed", "partly": "Partly subsumed", "no": "Goes on"}


class InspectionType(Entry):
    """A type of inspection.

    Of one that is `subsumed` wholly none may be booked from `ends_on` on. One that is held apart needs a reason, unless
    it is `statutory` (its cycle is in law) or `stays_separate`. Activities of a framework's `kind` are of this type;
    the links of the policy give the price of their distance, of others `price_per_week` for each clear week between
    them and the review, up to `cap_weeks`. `outcomes` are those of the review to which a result may contribute (R175).
    Of a type that is not announced, the authority's side learns nothing that is due.
    """

    id: Key
    name: Words
    body: Words
    law: Words
    cycle: Words
    subsumed: Subsumed
    becomes: Words
    ends_on: date | None = None
    statutory: bool = False
    stays_separate: bool = False
    is_announced: bool = True
    at_a_place: bool = False
    kind: Key | None = None
    price_per_week: Positive | None = None
    cap_weeks: Positive | None = None
    outcomes: tuple[Key, ...] = ()
    requirements: tuple[Requirement, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether one that is held apart from the review needs one of the reasons (R105)."""
        return not self.statutory and not self.stays_separate

    @model_validator(mode="after")
    def _says_one_thing(self) -> "InspectionType":
        if (self.subsumed == "wholly") != (self.ends_on is not None):
            raise ValueError("ends_on belongs to a type that is subsumed wholly: give both, or neither")
        if (self.price_per_week is None) != (self.cap_weeks is None):
            raise ValueError("price_per_week and cap_weeks belong together: give both, or neither")
        if self.kind is not None and self.price_per_week is not None:
            raise ValueError("the links of the policy give the price of a kind: leave price_per_week out")
        return self


class OverlapArea(Entry):
    """What the review and an inspection of a type would both look at, with the skill that it takes (R100)."""

    id: Key
    name: Words
    type: Key
    skill: Key


class ThematicStudy(Entry):
    """A national study, built into reviews that are on site from one day up to, not including, another (R106)."""

    id: Key
    name: Words
    from_on: date
    until_on: date

    @model_validator(mode="after")
    def _in_order(self) -> "ThematicStudy":
        if self.until_on <= self.from_on:
            raise ValueError(f"until_on is not later than {self.from_on}: give a later day")
        return self


class InspectionRegister(Entry):
    """All types of inspection in the time of a review; `review` is its kind, `stage` the one they may be within."""

    id: QuestionnaireId
    name: Words
    source: Words
    review: Key
    stage: Key
    valid_from: date
    valid_to: date | None = None
    reasons: dict[Key, Words] = Field(min_length=1)
    types: tuple[InspectionType, ...] = Field(min_length=1)
    overlaps: tuple[OverlapArea, ...] = ()
    studies: tuple[ThematicStudy, ...] = ()

    @property
    def validity(self) -> Validity:
        """From which day it holds, and until when."""
        return self.valid_from, self.valid_to

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return holds_on(self.validity, day)

    def type_of(self, name: str) -> InspectionType | None:
        """The type of an identifier; None if there is none."""
        return next((one for one in self.types if one.id == name), None)

    def type_of_kind(self, kind: str) -> InspectionType | None:
        """The type of the activities of a kind; None if they are of none."""
        return next((one for one in self.types if one.kind == kind), None)
