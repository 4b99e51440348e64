"""What each file's rows look like: one model a file, its fields being the columns.

A column with a default may be left out of the file. Days that people give are inclusive; they become half-open
only in the tables.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.imports.cells import (
    Code,
    Codes,
    Count,
    Day,
    Latitude,
    Longitude,
    Mail,
    OptionalDay,
    OptionalMail,
    OptionalOption,
    OptionalPositive,
    OptionalRound,
    OptionalText,
    OptionalUrgency,
    OptionNumber,
    Percent,
    Positive,
    RestWeeks,
    Share,
    Telephone,
    Text,
    YesNo,
)


class Row(BaseModel):
    """A row of a file; `row` is its number in a spreadsheet (the header is row 1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: int = Field(exclude=True)


class ProgrammeRow(Row):
    """The programme: which round is planned (R013, R014)."""

    name: Text = Field(description="name of the programme")
    planned_on: Day = Field(description="planning date; only ratings published before it count")
    first_start_on: Day = Field(description="first day on which a review may start")
    last_start_on: Day = Field(description="last day on which a review may start")
    default_option: OptionNumber = Field(
        description="sequencing option 1 to 4 for areas without one of their own"
    )
    policy: Text = Field("default", description="name of a policy in `config/policy`")
    round: Positive = Field(
        1, description="number of the round; the activities of a later one are new ones, `CODE-KIND-2`"
    )
    frameworks: Codes = Field(
        (),
        description="frameworks that the programme follows, by their identifiers, separated by `;`; blank: all",
    )
    is_demo: YesNo = Field(False, description="whether the programme is an example")


class AreaRow(Row):
    """A children's services authority area (R004)."""

    code: Code = Field(description="the DfE number, stable")
    gss_code: Text = Field(description="the GSS code, a label")
    name: Text = Field(description="name of the authority")
    type: Text = Field(description="type of authority, as in `elections.csv`")
    region: Text = Field(description="region")
    lat: Latitude = Field(description="latitude in degrees (WGS 84)")
    lon: Longitude = Field(description="longitude in degrees (WGS 84)")
    hq_town: OptionalText = Field(None, description="where the council sits")
    population_0_19: Count = Field(description="people aged 0 to 19 (R006)")
    urgency: OptionalUrgency = Field(
        None,
        description="1 (no concern) to 10 (gravest), set by hand; blank: counted from `ratings.csv`, R023 to R027",
    )
    urgency_source: OptionalText = Field(
        None, description="what an urgency that is set by hand rests on; it needs a reason"
    )
    urgency_is_drawn: YesNo = Field(False, description="whether it was drawn by lot for an example")
    extent: OptionalText = Field(None, description="extent of fieldwork (R077); blank: the framework chooses")
    option: OptionalOption = Field(
        None, description="sequencing option of this area (R039); blank: the programme's"
    )
    holiday_calendar: Text = Field(description="calendar of `school_holidays.csv` that holds here")
    begins_on: OptionalDay = Field(None, description="first day of the authority; blank: it is there already")
    ends_on: OptionalDay = Field(None, description="last day of the authority; blank: it stays")
    follows: Codes = Field(
        (),
        description="codes of the areas whose place it takes, separated by `;`: what they have not done is its",
    )


class RatingRow(Row):
    """A judgement about an area that was published on a day (R023 to R025)."""

    area: Text = Field(description="code of the area")
    measure: Text = Field(
        description="what was judged; a skill's code with grade 1 or 2 makes that skill a focus"
    )
    value: Text = Field(description="the judgement; grades 1 to 4, 4 is best")
    published_on: Day = Field(description="day of publication")
    source: Text = Field(description="where it was published")
    is_drawn: YesNo = Field(False, description="whether it was drawn by lot for an example")


class ComparatorRow(Row):
    """An area with which another is compared: one of its statistical neighbours (R130, R181)."""

    area: Text = Field(description="code of the area")
    comparator: Text = Field(description="code of the area that is like it")
    rank: Positive = Field(description="1 for the one that is most like it, up to 10")


class BodyRow(Row):
    """A commission or inspectorate (R005)."""

    code: Code = Field(description="short code")
    name: Text = Field(description="name")
    has_duty: YesNo = Field(description="whether it has the duty to take part in reviews")


class SkillRow(Row):
    """An expertise that a team may need (R059)."""

    code: Code = Field(description="code, as in the frameworks")
    name: Text = Field(description="name")


class InspectorRow(Row):
    """A person of a body."""

    code: Code = Field(description="code of the person")
    name: Text = Field(description="name")
    email: OptionalMail = Field(None, description="mail address; blank if there is none")
    body: Text = Field(description="code of the body")
    skills: Codes = Field((), description="codes of skills, separated by `;`")
    is_leader: YesNo = Field(description="whether qualified to lead a team (R057)")
    home_town: OptionalText = Field(None, description="where travel starts")
    home_lat: Latitude = Field(description="latitude of that place")
    home_lon: Longitude = Field(description="longitude of that place")
    trained_from: OptionalDay = Field(
        None, description="first day of deployment (R062); blank: from the beginning"
    )
    percent: Share = Field(100, description="share of a full week worked, in per cent")
    rest_weeks: RestWeeks = Field(1, description="weeks without review after each review")
    max_reviews_per_year: Positive = Field(
        description="most reviews begun in a financial year, for full time"
    )
    max_reviews_per_calendar_year: OptionalPositive = Field(
        None, description="most reviews begun in a calendar year, for full time; blank: no such maximum"
    )
    voluntary: YesNo = Field(
        False, description="whether the person takes part although the body has no duty to (R005)"
    )
    is_synthetic: YesNo = Field(False, description="whether the person is made up")


class AbsenceRow(Row):
    """Days on which a person is not, or only partly, free for reviews."""

    inspector: Text = Field(description="code of the inspector")
    first_day: Day = Field(description="first day away")
    last_day: Day = Field(description="last day away")
    percent_available: Percent = Field(0, description="share of the time still free for reviews, in per cent")


class LeaveRow(Row):
    """Days of leave that an inspector entered."""

    inspector: Text = Field(description="code of the inspector")
    first_day: Day = Field(description="first day of leave")
    last_day: Day = Field(description="last day of leave")
    percent_available: Percent = Field(0, description="share of the time still free for reviews, in per cent")
    said_by: Text = Field(description="who entered it")
    said_on: Day = Field(description="when it was entered")


class ConflictRow(Row):
    """An area in which a person may not work."""

    inspector: Text = Field(description="code of the inspector")
    area: Text = Field(description="code of the area")
    kind: Literal["interest", "previous"] = Field(
        "interest", description="interest, or previous (reviewed it last time)"
    )


class ContactRow(Row):
    """Someone who is told (R064, R067)."""

    area: OptionalText = Field(None, description="code of the area; blank: serves every area")
    role: Text = Field(
        description="role that a framework names (director, chief_executive), who stands in for "
        "one (nominated_officer), or operations"
    )
    name: Text = Field(description="name")
    email: Mail = Field(description="mail address")
    telephone: Telephone = Field(None, description="telephone number")


class PartnerRow(Row):
    """An organisation that works with the council for children in an area (R004)."""

    area: Text = Field(description="code of the area")
    name: Text = Field(description="name of the organisation")
    kind: Text = Field(description="kind of organisation, such as police or primary_care_trust")
    chief_officer: Text = Field(description="name of its chief officer, to whom the draft report goes (R066)")
    email: Mail = Field(description="mail address of the chief officer")
    telephone: Telephone = Field(None, description="telephone number")
    monitored_by: OptionalText = Field(None, description="code of the body that monitors it (R093)")


class PartnerGroupRow(Row):
    """An organisation that serves several areas, such as a police force (R128)."""

    code: Code = Field(description="code")
    name: Text = Field(description="name")
    kind: Text = Field(description="kind of organisation, such as police")
    maximum: Positive = Field(description="areas in fieldwork at once without a price")


class PartnerMemberRow(Row):
    """An area served by a partner group."""

    group: Text = Field(description="code of the partner group")
    area: Text = Field(description="code of the area")


class SchoolHolidayRow(Row):
    """A school holiday of one calendar."""

    calendar: Text = Field(description="name of the calendar")
    name: Text = Field(description="name of the holiday")
    first_day: Day = Field(description="first day of the holiday")
    last_day: Day = Field(description="last day of the holiday")


class OneOffDayRow(Row):
    """A day that is other than the calendar of England says, such as a bank holiday of one year."""

    day: Day = Field(description="the day, from Monday to Friday")
    name: Text = Field(description="what it is called")
    is_working: YesNo = Field(False, description="yes: a bank holiday on which people work; no: nobody works")


class ClosureRow(Row):
    """Days on which nothing may take place, everywhere or in one area."""

    area: OptionalText = Field(None, description="code of the area; blank: everywhere")
    first_day: Day = Field(description="first closed day")
    last_day: Day = Field(description="last closed day")
    reason: Text = Field(description="why")


class ElectionRow(Row):
    """A poll in areas of one type, or in one area, before which no area-wide report is published."""

    area_type: Text = Field(description="type of authority as in `areas.csv`, or all")
    area: OptionalText = Field(
        None, description="code of the only area with this poll; blank: all of the type"
    )
    polling_on: Day = Field(description="polling day")
    pre_election_start_on: Day = Field(description="first day of the pre-election period")
    kind: Text = Field(description="local, general or european")
    note: OptionalText = Field(None, description="remark")


class PoolRow(Row):
    """A body that staffs itself with so many teams at a time."""

    code: Code = Field(description="code of the pool, as in the frameworks")
    name: Text = Field(description="name")
    units: Positive = Field(description="teams at a time")


class InspectionDueRow(Row):
    """Another inspection that is due in an area within a window (R097, R098)."""

    area: Text = Field(description="code of the area")
    kind: Text = Field(description="kind of inspection, as in its framework")
    round: OptionalRound = Field(
        None,
        description="which one of several of the kind in the area: 2, or the year of one that comes each year; "
        "blank: the first, or the year of its first day",
    )
    window_first_day: Day = Field(description="first day on which it may start")
    window_last_day: Day = Field(description="last day on which it may start")


class LastInspectionRow(Row):
    """The last one of a kind in an area, of kinds whose next is due an anniversary or an outcome later."""

    area: Text = Field(description="code of the area")
    kind: Text = Field(description="kind of activity, as in its framework")
    ended_on: OptionalDay = Field(None, description="its last day; blank: there never was one")
    outcome: OptionalText = Field(None, description="its outcome or overall grade; blank where none counts")
    doubt: OptionalText = Field(None, description="what is in doubt about it, told at the import")


class PinRow(Row):
    """What the planner wants: an activity in a week, a person in a place, or a person kept off an area."""

    area: Text = Field(description="code of the area")
    kind: OptionalText = Field(
        None, description="kind of the activity whose week or place is pinned, as in its framework"
    )
    round: OptionalRound = Field(None, description="as in `inspections_due.csv`; blank: the programme's")
    week_of: OptionalDay = Field(None, description="a day of the week in which the activity begins")
    place: OptionalText = Field(
        None, description="'leader', or the code of the skill that a place of its team needs"
    )
    person: OptionalText = Field(None, description="code of the inspector who has that place")
    off: OptionalText = Field(None, description="code of an inspector who is kept off the area")


class ScopeRow(Row):
    """An activity of narrow scope: it looks at some outcomes only (R008)."""

    area: Text = Field(description="code of the area")
    kind: Text = Field(description="kind of activity, as in its framework")
    round: OptionalRound = Field(None, description="as in `inspections_due.csv`; blank: the programme's")
    outcomes: Codes = Field(description="outcomes of the framework that it looks at, separated by `;`")


class PastReviewRow(Row):
    """A stage of what was done, under way or already published when the programme was adopted half-way."""

    area: Text = Field(description="code of the area")
    kind: Text = Field(description="kind of activity, as in its framework")
    round: OptionalRound = Field(None, description="as in `inspections_due.csv`; blank: the programme's")
    stage: Text = Field(description="stage, as in the framework; every stage has a row")
    first_day: Day = Field(description="a day of the week in which it began or is published to begin")
    last_day: OptionalDay = Field(
        None, description="day on which it really ended; blank: as planned (done), not ended yet (under_way)"
    )
    state: Literal["done", "under_way", "published"] = Field(
        description="of the whole activity: done (every stage has ended), under_way or published (still ahead)"
    )
    precision: Literal["indicative", "confirmed", "final"] | None = Field(
        None,
        description="how precise its dates are (R018); blank: indicative if published, else final",
    )


class PastTeamRow(Row):
    """A person in the team of a row of `past_reviews.csv`."""

    area: Text = Field(description="code of the area")
    kind: Text = Field(description="kind of activity, as in its framework")
    round: OptionalRound = Field(None, description="as in `past_reviews.csv`")
    skill: Text = Field(description="code of the skill whose place the person has, or leader, or deputy")
    inspector: Text = Field(description="code of the inspector")
