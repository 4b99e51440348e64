"""What every example knows of an authority, whatever is drawn for it besides."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A council with its DfE number (`code`), where it is in degrees, and how many people of 0 to 19 live there."""

    code: str
    gss_code: str
    name: str
    type: str
    region: str
    lat: float
    lon: float
    population_0_19: int
    holiday_calendar: str = "england"
