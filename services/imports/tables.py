"""The files of an import folder, and what must hold between them."""

from dataclasses import dataclass
from functools import cached_property

from services.imports import rows
from services.imports.rows import Row


@dataclass(frozen=True)
class Table:
    """One file of an import.

    Attributes
    ----------
    unique
        Sets of columns whose cells together may stand there only once.
    refers
        (column, file, column there): the cell, or each code in it, must exist there; blank is allowed.
    ordered
        (earlier, later) pairs of columns with days; equal days are in order.
    may_be_empty
        Whether a header without rows makes sense.
    is_of_teams
        Whether it needs rows where a framework of the programme has a team of named people.
    may_be_missing
        Whether the file may be left out: only where that deletes nothing.
    not_kept
        Columns that are passed over, and the remark that is made of each.
    """

    file: str
    model: type[Row]
    unique: tuple[tuple[str, ...], ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    may_be_empty: bool = True
    is_of_teams: bool = False
    may_be_missing: bool = False
    not_kept: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Its name without an ending: that of a sheet, too."""
        return self.file.removesuffix(".csv")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order of the documentation."""
        return tuple(name for name in self.model.model_fields if name != "row")

    @cached_property
    def needed_columns(self) -> tuple[str, ...]:
        """Columns that may not be left out."""
        return tuple(name for name in self.columns if self.model.model_fields[name].is_required())


AREA = ("area", "areas.csv", "code")
INSPECTOR = ("inspector", "inspectors.csv", "code")
DAYS = (("first_day", "last_day"),)

TABLES: tuple[Table, ...] = (
    Table(
        "programme.csv", rows.ProgrammeRow, ordered=(("first_start_on", "last_start_on"),), may_be_empty=False
    ),
    Table(
        "areas.csv",
        rows.AreaRow,
        unique=(("code",), ("gss_code",), ("name",)),
        refers=(("holiday_calendar", "school_holidays.csv", "calendar"), ("follows", "areas.csv", "code")),
        ordered=(("begins_on", "ends_on"),),
        may_be_empty=False,
    ),
    Table("ratings.csv", rows.RatingRow, unique=(("area", "measure", "published_on"),), refers=(AREA,)),
    Table(
        "comparators.csv",
        rows.ComparatorRow,
        unique=(("area", "comparator"), ("area", "rank")),
        refers=(AREA, ("comparator", "areas.csv", "code")),
        may_be_missing=True,
    ),
    Table("bodies.csv", rows.BodyRow, unique=(("code",),), may_be_empty=False),
    Table("skills.csv", rows.SkillRow, unique=(("code",),), is_of_teams=True),
    Table(
        "inspectors.csv",
        rows.InspectorRow,
        unique=(("code",),),
        refers=(("body", "bodies.csv", "code"), ("skills", "skills.csv", "code")),
        is_of_teams=True,
    ),
    Table(
        "absences.csv",
        rows.AbsenceRow,
        refers=(INSPECTOR,),
        ordered=DAYS,
        not_kept=(("reason", "why somebody is away is private, and was not kept."),),
    ),
    Table("leave.csv", rows.LeaveRow, refers=(INSPECTOR,), ordered=DAYS, may_be_missing=True),
    Table(
        "conflicts.csv", rows.ConflictRow, unique=(("inspector", "area", "kind"),), refers=(INSPECTOR, AREA)
    ),
    Table("contacts.csv", rows.ContactRow, unique=(("area", "role", "email"),), refers=(AREA,)),
    Table(
        "partners.csv",
        rows.PartnerRow,
        unique=(("area", "name"),),
        refers=(AREA, ("monitored_by", "bodies.csv", "code")),
        may_be_missing=True,
    ),
    Table("partner_groups.csv", rows.PartnerGroupRow, unique=(("code",),)),
    Table(
        "partner_members.csv",
        rows.PartnerMemberRow,
        unique=(("group", "area"),),
        refers=(("group", "partner_groups.csv", "code"), AREA),
    ),
    Table("school_holidays.csv", rows.SchoolHolidayRow, ordered=DAYS, may_be_empty=False),
    Table("one_off_days.csv", rows.OneOffDayRow, unique=(("day",),), may_be_missing=True),
    Table("closures.csv", rows.ClosureRow, refers=(AREA,), ordered=DAYS),
    Table(
        "elections.csv", rows.ElectionRow, refers=(AREA,), ordered=(("pre_election_start_on", "polling_on"),)
    ),
    Table("pools.csv", rows.PoolRow, unique=(("code",),)),
    Table(
        "inspections_due.csv",
        rows.InspectionDueRow,
        refers=(AREA,),
        ordered=(("window_first_day", "window_last_day"),),
    ),
    Table(
        "last_inspections.csv",
        rows.LastInspectionRow,
        unique=(("area", "kind"),),
        refers=(AREA,),
        may_be_missing=True,
    ),
    Table(
        "pins.csv",
        rows.PinRow,
        unique=(("area", "kind", "round", "off", "person"),),
        refers=(AREA, ("off", "inspectors.csv", "code"), ("person", "inspectors.csv", "code")),
        may_be_missing=True,
    ),
    Table(
        "scopes.csv",
        rows.ScopeRow,
        unique=(("area", "kind", "round"),),
        refers=(AREA,),
        may_be_missing=True,
    ),
    Table(
        "past_reviews.csv",
        rows.PastReviewRow,
        unique=(("area", "kind", "round", "stage", "first_day"),),
        refers=(AREA,),
        ordered=(("first_day", "last_day"),),
        may_be_missing=True,
    ),
    Table(
        "past_teams.csv",
        rows.PastTeamRow,
        unique=(("area", "kind", "round", "inspector"),),
        refers=(AREA, INSPECTOR),
        may_be_missing=True,
    ),
)
