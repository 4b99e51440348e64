"""What the files of other inspections look like: one model a file, its fields being the columns (R101-R105)."""

from typing import Literal

from pydantic import Field

from services.imports.cells import Code, Codes, Day, OptionalDay, OptionalText, OptionNumber, Text
from services.imports.rows import Row
from services.imports.tables import Table

SECTORS = "authority, voluntary or independent"


class InspectionRow(Row):
    """A row about an area and a type of inspection."""

    area: Code = Field(description="code of the area")
    type: Text = Field(description="type in the register of inspections, such as `adoption`")


class OtherInspectionRow(InspectionRow):
    """An inspection that another body has to hold in an area, or at a place in it."""

    place: OptionalText = Field(None, description="the establishment; blank: the whole area")
    sector: Literal["", "authority", "voluntary", "independent"] = Field(
        "", description=f"who provides the service: {SECTORS}; blank: unknown"
    )
    due_by: Day = Field(description="day by which it must be over")
    window_first_day: OptionalDay = Field(None, description="first day on which it may be; blank: any")
    window_last_day: OptionalDay = Field(None, description="last day on which it may be; blank: due_by")
    planned_first_day: OptionalDay = Field(None, description="first day that is planned; blank: none yet")
    planned_last_day: OptionalDay = Field(None, description="last day that is planned; blank: none yet")
    relation: Literal["", "before", "after", "within"] = Field(
        "", description="before, after or within the review, as its body says; blank: as the days say"
    )
    reason: OptionalText = Field(
        None, description="why it is held apart from the review: a reason of the register"
    )
    overlaps: Codes = Field(
        (), description="overlap areas of the register that it takes from the review, separated by `;`"
    )
    told_on: OptionalDay = Field(
        None, description="day on which the authority was told; blank: it does not know"
    )


class SettingResultRow(InspectionRow):
    """What an inspection of a setting found of one outcome."""

    place: Text = Field(description="the establishment")
    sector: Literal["authority", "voluntary", "independent"] = Field(
        description=f"who provides the service: {SECTORS}"
    )
    day: Day = Field(description="last day of the inspection")
    outcome: Text = Field(description="an outcome of the review to which such a setting contributes")
    grade: OptionNumber = Field(description="4 outstanding, 3 good, 2 adequate, 1 inadequate")
    commissioner: OptionalText = Field(
        None, description="what is judged of the authority that commissions or places; blank: nothing"
    )


INSPECTION_TABLES = (
    Table(
        "other_inspections.csv",
        OtherInspectionRow,
        unique=(("area", "type", "place", "due_by"),),
        ordered=(("window_first_day", "window_last_day"), ("planned_first_day", "planned_last_day")),
    ),
    Table("setting_results.csv", SettingResultRow, unique=(("area", "type", "place", "day", "outcome"),)),
)
"""The files of a folder of other inspections; each must be there, with its header at least."""
