"""The rules of the round: how long it is, how many may start in it, and how its two kinds are sequenced."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from config.entry import Entry, Key, Percent, Positive, Whole
from config.links import Pair
from config.prices import PeriodKind


class FixedLimit(Entry):
    """At most `maximum` activities of `kinds` start from `first_on` up to, not including, `until` (R014)."""

    id: Key
    kinds: tuple[Key, ...] = Field(min_length=1)
    first_on: date
    until: date
    maximum: Whole

    @model_validator(mode="after")
    def _forwards(self) -> "FixedLimit":
        if self.until <= self.first_on:
            raise ValueError(f"it runs from {self.first_on} until {self.until}, which is backwards or empty")
        return self


class PeriodRule(Entry):
    """At most `maximum` activities of `kinds` start in every period of a kind.

    Without `price` the bound is hard; with it each further one, up to `max_excess` a period, costs that much.
    """

    id: Key
    kinds: tuple[Key, ...] = Field(min_length=1)
    period: PeriodKind
    maximum: Whole
    price: Whole | None = None
    max_excess: Whole = 0

    @model_validator(mode="after")
    def _price_needs_excess(self) -> "PeriodRule":
        if (self.price is None) != (self.max_excess == 0):
            raise ValueError("price and max_excess belong together")
        return self


class PartnerRule(Entry):
    """What each further area of one partner group on site with an activity of `kinds` in a week costs (R128).

    The group says how many may be.
    """

    kinds: tuple[Key, ...] = Field(min_length=1)
    price: Whole
    max_excess: Whole


class ProgrammeRules(Entry):
    """The round (R013, R014, R126): first activities from `first_start_on` to `last_start_on`, both included.

    The options sequence the two kinds of `pair`; without one they all mean the same. The solver's horizon runs
    `tail_weeks` further for the second of the pair. Under options 1 and 2 the later activity
    starts `lag_min_months` to `lag_max_months` calendar months after the earlier (R030, R032). A person
    fills a place only in weeks with `min_percent` available; a leader drafts at most `leader_drafts` reports
    at a time.
    """

    first_start_on: date
    last_start_on: date
    tail_weeks: Whole
    default_option: Annotated[int, Field(ge=1, le=4, strict=True)]
    lag_min_months: Positive
    lag_max_months: Positive
    min_percent: Percent
    leader_drafts: Positive
    pair: Pair | None = None
    partners: PartnerRule
    limits: tuple[FixedLimit, ...] = ()
    per_period: tuple[PeriodRule, ...] = ()

    @property
    def num_start_weeks(self) -> int:
        """Whole weeks in which a first stage may start: 173 in the default."""
        return (self.last_start_on - self.first_start_on).days // 7

    @property
    def num_weeks(self) -> int:
        """Weeks of the solver's horizon."""
        return self.num_start_weeks + self.tail_weeks

    @model_validator(mode="after")
    def _possible(self) -> "ProgrammeRules":
        if self.first_start_on.weekday() != 0:
            raise ValueError(f"the programme starts on {self.first_start_on}, which is not a Monday")
        if self.last_start_on <= self.first_start_on:
            raise ValueError(f"last_start_on {self.last_start_on} is not after {self.first_start_on}")
        if self.lag_max_months < self.lag_min_months:
            raise ValueError(
                f"at most {self.lag_max_months} and at least {self.lag_min_months} months of lag"
            )
        return self
