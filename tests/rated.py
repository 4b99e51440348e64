"""A made-up authority with nine groups of services in the third quarter of 2009, as values and as imported files."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from config.rating_files import find_regime
from models import session
from services.audit import Word
from services.imports.profile_files import import_profiles, read_profiles
from services.rating.profiles import Finding, Group, Indicator, Profile
from services.rating.quarters import Quarter
from tests.tables import WHO, at, fill

AREA = "sheffield"
QUARTER = Quarter(2009, 3)
REGIME = find_regime("england-2009")
DRAFTED, PUBLISHED = date(2009, 9, 14), date(2009, 12, 9)
RATED_ON = date(2009, 9, 7)

Shares = Mapping[str, tuple[int, int]]
"""Good or better, and inspected, by the code of a group."""

GREEN: Shares = {
    "schools": (62, 80),
    "adult_learning": (4, 4),
    "early_years": (33, 41),
    "childminders": (31, 39),
    "fostering": (1, 1),
    "adoption": (1, 1),
    "childrens_homes": (8, 10),
    "pupil_referral_units": (3, 4),
    "youth_services": (5, 5),
}
"""Nine groups, all of them dark or light green."""

AMBER = {"pupil_referral_units": (2, 4)}
SECOND_AMBER = {"youth_services": (3, 5)}
RED_ADOPTION = {"adoption": (0, 1)}

GOOD_OUTCOMES = (
    Indicator("NI 59", "Initial assessments in time", 2009, 78.4, 71.8, 77.0, lower_is_better=False),
    Indicator("NI 62", "Children moved three times", 2009, 9.6, 10.7, 9.6, lower_is_better=True),
)
OLD_PRIORITY_ACTION = ("contact_visit", date(2009, 6, 10), ("priority_action",))
"""An area for priority action as inspectors named them before April 2010, without a ground of the new definition."""


def profile_of(
    shares: Shares,
    findings: Sequence[tuple[str, date, tuple[str, ...]]] = (),
    indicators: tuple[Indicator, ...] = GOOD_OUTCOMES,
) -> Profile:
    """A profile as a value."""
    names = {group.id: group.name for group in REGIME.groups}
    groups = tuple(
        Group(code, names[code], of, good, REGIME.band_of(good, of), 0 < of < REGIME.small_below)
        for code, (good, of) in shares.items()
    )
    found = tuple(
        Finding(kind, kind, day, outcomes, outcomes, "a letter", QUARTER) for kind, day, outcomes in findings
    )
    missing = tuple(name for code, name in names.items() if code not in shares)
    return Profile(AREA, "Sheffield", QUARTER, RATED_ON, groups, missing, found, indicators)


def files_of(
    folder: Path,
    shares: Shares = GREEN,
    findings: Sequence[str] = (),
    quarter: str = "2009-Q3",
    area: str = AREA,
) -> Path:
    """The same as a folder of files; `findings` are rows behind area and quarter."""
    folder.mkdir(exist_ok=True)
    groups = [f"{area},{quarter},{code},{of},{good},2006-10-04" for code, (good, of) in shares.items()]
    _write(folder, "groups", "area,quarter,group,inspected,good_or_better,oldest_on", groups)
    rows = [f"{area},{quarter},{row}" for row in findings]
    _write(folder, "findings", "area,quarter,kind,day,outcomes,source", rows)
    figures = [
        f"{area},{quarter},NI 59,Initial assessments in time,2009,78.4,71.8,77,no",
        f"{area},{quarter},NI 62,Children moved three times,2009,9.6,10.7,9.6,yes",
    ]
    header = "area,quarter,indicator,name,year,value,national,comparators,lower_is_better"
    _write(folder, "indicators", header, figures)
    return folder


def on(day: date, note: str = "") -> Word:
    """A planner's word on a day."""
    return Word(WHO, at(day), day, note)


def imported(engine: Engine, folder: Path, is_filled: bool = False) -> None:
    """Three areas, and the profile in a folder; `is_filled` where there are areas already."""
    with session(engine) as opened:
        if not is_filled:
            fill(opened)
        import_profiles(opened, read_profiles(folder), on(RATED_ON))


def _write(folder: Path, block: str, header: str, rows: Sequence[str]) -> None:
    (folder / f"profile_{block}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
