"""What the files of performance profiles look like: one model a file, its fields being the columns (R150)."""

from typing import Annotated

from pydantic import Field

from services.imports.cells import (
    CalendarYear,
    Code,
    Codes,
    Count,
    Day,
    Number,
    OptionalDay,
    OptionalNumber,
    Text,
    YesNo,
    needed,
)
from services.imports.rows import Row
from services.imports.tables import Table
from services.rating.quarters import Quarter, parse_quarter

QuarterCell = Annotated[Quarter, needed(parse_quarter)]


class ProfileRow(Row):
    """A row about an area in a quarter."""

    area: Code = Field(description="code of the area")
    quarter: QuarterCell = Field(description="a quarter of a calendar year, such as 2009-Q3")


class GroupRow(ProfileRow):
    """Block A: a group of inspected services."""

    group: Text = Field(description="code of the group in the rating regime, such as `adoption`")
    inspected: Count = Field(description="services with a judgement; 0 if there is none")
    good_or_better: Count = Field(description="of these, services judged good or better")
    oldest_on: OptionalDay = Field(None, description="day of the oldest of these judgements; blank: unknown")


class FindingRow(ProfileRow):
    """Block B: what an inspection or a review found."""

    kind: Text = Field(description="code of the kind in the rating regime, such as `contact_visit`")
    day: Day = Field(description="day on which it was found")
    outcomes: Codes = Field(description="codes of outcomes of that kind, separated by `;`")
    source: Text = Field(description="the letter or the report")


class IndicatorRow(ProfileRow):
    """Block C: a national indicator."""

    indicator: Text = Field(description="its number, such as NI 59")
    name: Text = Field(description="what it measures")
    year: CalendarYear = Field(description="the year of the figures")
    value: Number = Field(description="the area's figure")
    national: OptionalNumber = Field(None, description="the national figure; blank: unknown")
    comparators: OptionalNumber = Field(None, description="that of comparable areas; blank: unknown")
    lower_is_better: YesNo = Field(False, description="whether a lower figure is the better one")


PROFILE_TABLES = (
    Table("profile_groups.csv", GroupRow, unique=(("area", "quarter", "group"),)),
    Table("profile_findings.csv", FindingRow, unique=(("area", "quarter", "kind", "day"),)),
    Table("profile_indicators.csv", IndicatorRow, unique=(("area", "quarter", "indicator"),)),
)
"""The files of a folder of profiles; each must be there, with its header at least."""
