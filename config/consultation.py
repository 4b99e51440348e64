"""What frameworks and policies say of consulting children, young people, parents and carers (R046, R074, R121)."""

from pydantic import Field, model_validator

from config.entry import Entry, Key, Positive, Words
from config.steps import Cited


class Consultation(Cited):
    """That children are consulted in the stage `held_in`, whose findings the step `needed_for` needs (R046, R074).

    `groups` are always consulted (R081), `local_groups` on grounds that matter in an area (R129, R179, R190). The
    survey goes to `min_schools` to `max_schools` schools and colleges. What came of it is fed back to those who were
    consulted between the steps `published_at` and `fed_back_by` (R088).
    """

    held_in: Key
    needed_for: Key
    published_at: Key
    fed_back_by: Key
    groups: dict[Key, Words] = Field(min_length=1)
    local_groups: dict[Key, Words] = Field(default_factory=dict)
    min_schools: Positive = 12
    max_schools: Positive = 18

    @property
    def steps(self) -> frozenset[str]:
        """The steps of which it speaks."""
        return frozenset((self.held_in, self.needed_for, self.published_at, self.fed_back_by))

    def group_name(self, code: str) -> str:
        """A group in words, by its code."""
        return self.groups.get(code) or self.local_groups.get(code, code)

    @model_validator(mode="after")
    def _fits(self) -> "Consultation":
        if self.min_schools > self.max_schools:
            raise ValueError(f"min_schools {self.min_schools} is more than max_schools {self.max_schools}")
        if both := sorted(self.groups.keys() & self.local_groups.keys()):
            raise ValueError(f"'{both[0]}' is always consulted: leave it out of local_groups")
        return self


class ConsultationRules(Entry):
    """How often a group of an area is consulted, and how soon a concern is answered or referred (R121, R184).

    More than `most_per_group` consultations within `months` are warned of; statutory surveys don't count. A concern
    that is neither answered nor referred within `concern_working_days` goes to the role `escalates_to`.
    """

    most_per_group: Positive = 2
    months: Positive = 12
    concern_working_days: Positive = 1
    escalates_to: Key = "operations"
