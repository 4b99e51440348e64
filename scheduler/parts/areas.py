"""Areas and the weeks that are closed in them."""

from pydantic import Field

from scheduler.value import Identifier, Value, WeekSpan


class Location(Value):
    """A point in degrees (WGS 84)."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class Area(Value):
    """A children's services authority area (R004)."""

    id: Identifier
    name: str
    location: Location
    region: str = ""


class Closure(Value):
    """Weeks in which a stage may not run, and why ('Easter holiday')."""

    span: WeekSpan
    reason: str = ""


class Calendar(Value):
    """A named set of closed weeks, shared by every stage that refers to it (school holidays, blackouts)."""

    id: Identifier
    closures: tuple[Closure, ...] = ()
