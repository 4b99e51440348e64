"""Policy: what a programme wants, as prices, and the rules of the round, of confirmation and of reminders.

All prices are whole numbers in one unit: what it costs to start one activity of the lowest urgency one week
later. Another body copies `policy/default.toml` under a new name into the folder `policy` of its home.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.entry import Entry, Key, Percent, Positive, Whole, Words
from config.findings import Finding, InvalidFile, files_by_name, nearest, read_toml
from config.links import LinkRule, Pair
from config.settings import home_settings

FOLDER = Path(__file__).parent / "policy"
LEVELS_OF_URGENCY = 10
OTHER = "other"
"""The reason for a waiver that is only told in words."""

PeriodKind = Literal["financial_year", "calendar_year", "quarter", "term"]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year: '12-31'."""


class InvalidPolicy(InvalidFile):
    """A policy that cannot be used, or one that does not exist."""


class CappedPrice(Entry):
    """A price per week that stops rising at `cap_weeks`."""

    price_per_week: Whole
    cap_weeks: Positive


class MovePrice(Entry):
    """What it costs to move an announced stage: once, and per week of distance."""

    move: Whole
    per_week: Whole


class StabilityPrices(Entry):
    """The price of moving what was announced, by the precision of its dates (R018)."""

    indicative: MovePrice
    confirmed: MovePrice
    final: MovePrice


class TravelAndFairness(Entry):
    """Prices of the cost of people: kilometre from home, review above `fair_share` in a period, person changed."""

    per_km: Whole
    per_review_over_share: Whole
    fair_share: Whole
    fair_period: PeriodKind
    per_person_changed: Whole


class Prices(Entry):
    """Prices of the objective's terms.

    `urgency` is the price of one week of delay of a review for urgency 1 (no concern) to 10 (R023-R027);
    `delay` the same for kinds that wait at one price, whatever the area's urgency. `stretch` is the price of each
    clear week above the normal two (R049). `lag` prices each week beyond the first allowed one of options 1 and 2
    (R030, R032); `apart` each clear week short of its cap under option 4 (R036).
    """

    urgency: tuple[Whole, ...] = Field(min_length=LEVELS_OF_URGENCY, max_length=LEVELS_OF_URGENCY)
    delay: dict[Key, Whole] = Field(default_factory=dict)
    stretch: Whole
    lag: Whole
    apart: CappedPrice
    stability: StabilityPrices
    people: TravelAndFairness

    def urgency_price(self, urgency: int) -> int:
        """Price of a week of delay for an urgency from 1 to 10."""
        return self.urgency[min(max(urgency, 1), LEVELS_OF_URGENCY) - 1]

    @model_validator(mode="after")
    def _more_urgent_is_not_cheaper(self) -> "Prices":
        if any(later < earlier for earlier, later in zip(self.urgency, self.urgency[1:], strict=False)):
            raise ValueError(
                "urgency prices must not fall: graver concern could then mean a later review (R027)"
            )
        return self


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


class ConfirmationRules(Entry):
    """How the programme becomes precise (R016-R018).

    A financial year (April to March) is confirmed by `confirm_by` before it; an activity is final by `final_by`
    or `final_weeks_before` its first stage, whichever is earlier. Dates are frozen from the precision `frozen_from` on:
    planning leaves them, only replanning after an event may move them.
    """

    confirm_by: MonthDay
    final_by: MonthDay
    final_weeks_before: Positive
    frozen_from: Literal["indicative", "confirmed", "final", "never"] = "confirmed"


class ReminderRules(Entry):
    """When who is reminded of a step that is due and not done.

    So many working days before, on the day if `on_the_day`, then every `overdue_every` working days. After every
    `escalate_every` overdue reminders the next role of the ladder is told too. `stand_ins` names
    who takes a role that nobody holds (R064); `ladders` the roles above it, nearest first. Who is offered a place in a
    team is asked to answer within `answer_within` working days.
    """

    working_days_before: tuple[Positive, ...]
    on_the_day: bool
    overdue_every: Positive
    escalate_every: Positive
    answer_within: Positive = 10
    stand_ins: dict[Key, Key] = Field(default_factory=dict)
    ladders: dict[Key, tuple[Key, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _falls(self) -> "ReminderRules":
        if list(self.working_days_before) != sorted(set(self.working_days_before), reverse=True):
            raise ValueError("working_days_before must fall: [20, 10, 5, 1]")
        return self


class CalendarRules(Entry):
    """The yearly closure over Christmas, both days included; it may run into the next year."""

    christmas_first: MonthDay
    christmas_last: MonthDay


class WaiverRules(Entry):
    """Why a rule may be waived: `reasons` in words, by their codes. Each waiver names one; OTHER says the rest."""

    reasons: dict[Key, Words] = Field(default={OTHER: "Another reason"}, min_length=1)


class EvidenceRules(Entry):
    """How often areas are asked for the same evidence, and of whom (R065, R116, R120).

    What was asked for or came in serves for `reuse_months` whoever needs it; what came in more than `update_months`
    before it is needed is brought up to date. Evidence that several activities may share is asked of the
    `co_ordinator` if one of their frameworks asks that role for it. A file may have `most_megabytes`.
    """

    reuse_months: Positive = 12
    update_months: Positive = 6
    co_ordinator: Key = "director"
    most_megabytes: Positive = 10

    @model_validator(mode="after")
    def _an_update_comes_first(self) -> "EvidenceRules":
        if self.update_months > self.reuse_months:
            raise ValueError(
                f"an update after {self.update_months} months comes later than a new request after {self.reuse_months}"
            )
        return self


class Policy(Entry):
    """Everything a programme's owner may decide otherwise."""

    prices: Prices
    programme: ProgrammeRules
    links: tuple[LinkRule, ...] = ()
    confirmation: ConfirmationRules
    calendar: CalendarRules
    reminders: ReminderRules
    evidence: EvidenceRules = Field(default_factory=EvidenceRules)
    waivers: WaiverRules = Field(default_factory=WaiverRules)

    @property
    def main_kind(self) -> str:
        """The kind that the programme is about: the first of its pair; empty without one."""
        return self.programme.pair.first if self.programme.pair else ""

    @model_validator(mode="after")
    def _links_fit(self) -> "Policy":
        ids = [link.id for link in self.links]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"two links are called '{twice[0]}': rename one")
        pair = self.programme.pair
        for link in self.links:
            if pair and {link.first, link.second} == {pair.first, pair.second}:
                raise ValueError(f"link '{link.id}' joins the pair that the options sequence: leave it out")
        return self


def policies() -> tuple[str, ...]:
    """Names of all policies: those that come with jarcycle, and the operator's own in `policy` of the home."""
    return tuple(sorted(_files()))


def load_policy(name: str | Path = "default") -> Policy:
    """A policy: by its name, or any file by its path. The operator's own goes before one of ours of that name.

    Raises
    ------
    InvalidPolicy
        If there is no such policy, or with everything wrong with its file.
    """
    if isinstance(name, Path):
        return read_toml(name, Policy, InvalidPolicy)
    files = _files()
    if name not in files:
        raise InvalidPolicy([Finding("policy", name, f"there is no policy '{name}'.", nearest(name, files))])
    return _load(files[name], files[name].stat().st_mtime_ns)


def day_in(year: int, day: str) -> date:
    """A day of every year in one year: '12-31' in 2005; 29 February becomes the 28th where there is none."""
    month, number = (int(part) for part in day.split("-"))
    if (month, number) == (2, 29):
        number = 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return date(year, month, number)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int) -> Policy:
    # The time of change is part of the cache's key, so that an edited file is read again.
    return read_toml(path, Policy, InvalidPolicy)


def _files() -> dict[str, Path]:
    return files_by_name(FOLDER, home_settings().policies)
