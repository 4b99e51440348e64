"""What a policy says about two kinds of activity in one area: the pair that the options sequence, and other links."""

from typing import Literal

from pydantic import model_validator

from config.entry import Entry, Key, Positive, Whole
from config.steps import Cited

LinkKind = Literal["before", "within", "near", "apart", "clear"]

PRICED: tuple[LinkKind, ...] = ("near", "apart")
"""Kinds of link that are nothing but a price."""


class Pair(Entry):
    """The two kinds of activity that the sequencing options are about (R030-R037).

    Option 1 has `first` first, option 2 `second`; option 3 puts the second within the first, option 4 far from it.
    `first` is the kind that charts name without saying so, and that saves seats after or beside the other.
    """

    first: Key
    second: Key

    @model_validator(mode="after")
    def _two_kinds(self) -> "Pair":
        if self.first == self.second:
            raise ValueError(f"a pair needs two kinds, not '{self.first}' twice")
        return self


class LinkRule(Cited):
    """A link between the activities of two kinds in one area, whatever the option.

    `before`: `first` has ended when `second` starts, at least `at_least` and at most `at_most` clear `unit` later,
    each week beyond the earliest at `price_per_week`. `within`: `first` runs within the weeks of `second`. `near` and
    `apart`: each clear week between them, or short of `cap_weeks`, costs `price_per_week`. `clear`: no week has both,
    and at least `at_least` clear weeks lie between. Without `first_stage` or `second_stage` the last stage of the first
    and the first stage of the second are meant; of a `within` the first of the first and the last of the second; of a
    `clear` every stage on site.
    """

    id: Key
    kind: LinkKind
    first: Key
    second: Key
    first_stage: Key | None = None
    second_stage: Key | None = None
    at_least: Whole = 0
    at_most: Positive | None = None
    unit: Literal["weeks", "months"] = "weeks"
    price_per_week: Whole | None = None
    cap_weeks: Positive | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "LinkRule":
        if self.first == self.second:
            raise ValueError(f"a link needs two kinds, not '{self.first}' twice")
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError(f"at most {self.at_most} and at least {self.at_least} {self.unit}: swap the two")
        if self.kind in PRICED and None in (self.price_per_week, self.cap_weeks):
            raise ValueError(f"a link of kind '{self.kind}' needs price_per_week and cap_weeks")
        if self.kind not in PRICED and self.cap_weeks is not None:
            raise ValueError(f"a link of kind '{self.kind}' has no cap_weeks: leave it out")
        if self.kind not in ("before", "clear") and self.at_least:
            raise ValueError(f"a link of kind '{self.kind}' has no at_least: leave it out")
        if self.kind != "before" and (self.at_most is not None or self.unit != "weeks"):
            raise ValueError(f"only a link of kind 'before' has at_most and another unit, not '{self.kind}'")
        if self.kind in ("within", "clear") and self.price_per_week is not None:
            raise ValueError(f"a link of kind '{self.kind}' is a rule, not a price: leave price_per_week out")
        return self
