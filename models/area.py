"""Areas, who answers for them, their partners and their published ratings."""

from datetime import date, datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from models.base import UtcInstant


class Area(SQLModel, table=True):
    """A children's services authority area (R004); `code` is the stable DfE number, `gss_code` a label.

    `urgency` is the index of concern, 1 (none) to 10 (gravest): counted from the ratings that were published before the
    planning day (R023-R027), or, if `is_urgency_given`, set by hand for the reason in `urgency_source`; `option`
    overrides the programme's sequencing option (R039); `extent` of fieldwork is light, standard or full (R077);
    `holiday_calendar` names the school holidays that hold here.
    """

    code: str = Field(primary_key=True)
    gss_code: str = Field(unique=True)
    name: str = Field(unique=True)
    type: str
    region: str
    lat: float
    lon: float
    hq_town: str = ""
    population_0_19: int
    urgency: int
    urgency_source: str = ""
    urgency_is_drawn: bool = False
    is_urgency_given: bool = True
    extent: str
    option: int | None = None
    holiday_calendar: str


class Rating(SQLModel, table=True):
    """A judgement about an area that was published on a day."""

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    measure: str
    value: str
    published_on: date
    source: str
    is_drawn: bool = False


class Comparator(SQLModel, table=True):
    """A statistical neighbour, with which an area is compared; the one of `rank` 1 is most like it (R181)."""

    area_code: str = Field(foreign_key="area.code", primary_key=True)
    comparator_code: str = Field(foreign_key="area.code", primary_key=True)
    rank: int


class ConcernIndex(SQLModel, table=True):
    """The index of concern of an area as it was counted or given on a planning day; a row for each change (R027).

    `counted_at` is when it was entered, so that it can be told which index a stored plan was made with. `reason` is
    that of an index set by hand.
    """

    id: int | None = Field(default=None, primary_key=True)
    area_code: str = Field(foreign_key="area.code", index=True)
    counted_on: date
    value: int
    reason: str = ""
    counted_at: datetime = Field(sa_column=Column(UtcInstant, nullable=False))


class Contact(SQLModel, table=True):
    """A person who is told.

    `role` is one that a framework names (director, chief_executive), that stands in for one
    (nominated_officer, R064), or operations. Without `area_code` the contact serves every area.
    """

    id: int | None = Field(default=None, primary_key=True)
    area_code: str | None = Field(default=None, foreign_key="area.code", index=True)
    role: str
    name: str
    email: str
    telephone: str = ""


class PartnerGroup(SQLModel, table=True):
    """An organisation that serves several areas, such as a police force (R128); `maximum` areas at once."""

    code: str = Field(primary_key=True)
    name: str
    kind: str
    maximum: int


class PartnerMember(SQLModel, table=True):
    """An area served by a partner group."""

    group_code: str = Field(foreign_key="partnergroup.code", primary_key=True)
    area_code: str = Field(foreign_key="area.code", primary_key=True)
