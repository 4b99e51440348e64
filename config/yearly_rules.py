"""What a policy says of the yearly assessment of every area: its days, its judgements, what each year is for."""

from typing import Annotated

from pydantic import Field, model_validator

from config.entry import Entry, Key, Words

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
"""A day of every year: '11-30'."""


class YearDays(Entry):
    """The days of a year's assessment, all included (R109, R111, R115).

    The self-assessment is issued from `made_on` to `issued_until` and returned by `returned_by`; the field exercise is
    within `field_first` and `field_last`; every area is judged by `judged_by`, and the results are out by `out_by`.
    """

    made_on: MonthDay = "01-02"
    issued_until: MonthDay = "02-28"
    returned_by: MonthDay = "04-30"
    field_first: MonthDay = "06-01"
    field_last: MonthDay = "07-31"
    judged_by: MonthDay = "11-30"
    out_by: MonthDay = "12-31"

    @model_validator(mode="after")
    def _in_order(self) -> "YearDays":
        days = [getattr(self, name) for name in type(self).model_fields]
        if days != sorted(days):
            raise ValueError("the days of a yearly assessment must follow each other")
        return self


class YearRoles(Entry):
    """What a year is for an area, in words: that of its review, the one after it, or one before it (R021)."""

    review: Words = "Review"
    follow_up: Words = "Follow-up"
    agenda: Words = "Agenda"


class YearlyRules(Entry):
    """The yearly assessment of every area (R107-R115), which `judging_role` judges (R109).

    `report_step` is the step of the programme's main kind with which a review is out; a review that is out by
    `days.judged_by` makes its year one without a field exercise, whose judgements come from the review (R113). In the
    years of `everywhere_in` each area has a field exercise all the same (R107). `judgements` are graded on `scale`,
    the best first; a result that is out counts towards concern by `measures`, the measure with its judgement (R110).
    `inputs` are what others give each year (R176), `people` who takes part in the conversation (R178).
    """

    name: Words
    report_step: Key
    judging_role: Key
    days: YearDays = Field(default_factory=YearDays)
    roles: YearRoles = Field(default_factory=YearRoles)
    everywhere_in: tuple[int, ...] = ()
    judgements: dict[Key, Words] = Field(min_length=1)
    scale: tuple[str, ...] = Field(default=("4", "3", "2", "1"), min_length=2)
    measures: dict[Key, Key] = Field(default_factory=dict)
    inputs: dict[Key, Words] = Field(default_factory=dict)
    people: dict[Key, Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _measures_are_judged(self) -> "YearlyRules":
        for measure, judgement in self.measures.items():
            if judgement not in self.judgements:
                raise ValueError(f"measure '{measure}' is taken from '{judgement}', which is not judged")
        return self

    def title(self, year: int) -> str:
        """The assessment of a year: 'APA 2006'."""
        return f"{self.name} {year}"
