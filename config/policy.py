"""Policy: what a programme wants, as prices, and the rules of the round, of confirmation and of reminders.

All prices are whole numbers in one unit: what it costs to start one activity of the lowest urgency one week
later. Another body copies `policy/default.toml` under a new name into the folder `policy` of its home.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from config.concern_rules import ConcernRules
from config.consultation import ConsultationRules
from config.entry import Entry, Key, Positive, Words
from config.event_rules import EventRules
from config.findings import Finding, InvalidFile, files_by_name, nearest, read_toml
from config.follow_up import FollowUpRules
from config.links import LinkRule
from config.prices import Prices
from config.programme_rules import ProgrammeRules
from config.settings import home_settings
from config.yearly_rules import YearlyRules

FOLDER = Path(__file__).parent / "policy"
OTHER = "other"
"""The reason for a waiver that is only told in words."""

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year: '12-31'."""


class InvalidPolicy(InvalidFile):
    """A policy that cannot be used, or one that does not exist."""


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

    def stand_ins_of(self, role: Key) -> Iterator[Key]:
        """Who takes a role that nobody holds, and whoever takes theirs: the nearest first, each once."""
        seen = {role}
        while (role := self.stand_ins.get(role, "")) and role not in seen:
            seen.add(role)
            yield role

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


class SpeakerRules(Entry):
    """Who may say what of an activity: its days, outputs, specification, team, evidence, findings, comments and so on.

    Roles, among them 'operations' (the planner's office, and whoever types for it). Of the step that is spoken of
    'signs' is the role that signs it off, 'acts' are those who act in it, 'circulates' is who sends its document;
    'asked' is who was asked for an item of evidence, who owns a proposed action, or who monitors a recommendation.
    """

    days: tuple[Key, ...] = ("signs", "acts", "operations")
    output: tuple[Key, ...] = ("signs", "acts", "operations")
    specification: tuple[Key, ...] = ("signs", "acts", "operations")
    team: tuple[Key, ...] = ("signs", "operations")
    evidence: tuple[Key, ...] = ("signs", "acts", "asked", "operations")
    circulation: tuple[Key, ...] = ("circulates", "signs", "operations")
    contact_point: tuple[Key, ...] = ("signs", "operations")
    findings: tuple[Key, ...] = ("signs", "acts", "operations")
    comments: tuple[Key, ...] = ("signs", "acts", "operations")
    consultation: tuple[Key, ...] = ("signs", "acts", "operations")
    recommendation: tuple[Key, ...] = ("signs", "acts", "operations")
    proposed_action: tuple[Key, ...] = ("signs", "acts", "asked", "operations")
    monitoring: tuple[Key, ...] = ("asked", "operations")


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
    events: EventRules = Field(default_factory=EventRules)
    consultation: ConsultationRules = Field(default_factory=ConsultationRules)
    follow_up: FollowUpRules = Field(default_factory=FollowUpRules)
    concern: ConcernRules = Field(default_factory=ConcernRules)
    yearly: YearlyRules | None = None
    speakers: SpeakerRules = Field(default_factory=SpeakerRules)

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
