"""Performance profiles as values: what is known of an area in a quarter, in its three blocks (R150, R195)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.ratings import Band, RatingRegime
from models import Area, PerformanceProfile, ProfileFinding, ProfileGroup, ProfileIndicator
from services.doors import IMPORT_PROFILES
from services.errors import NotFound
from services.rating.quarters import Quarter, parse_quarter


@dataclass(frozen=True)
class Group:
    """A group of services of block A.

    Attributes
    ----------
    band
        None without any inspection.
    is_small
        Whether so few were inspected that it is told with the figures (R195); they count all the same.
    oldest_on
        The day of the oldest judgement, None if it is not known.
    year_before
        Good or better, and inspected, in the same quarter of the year before; None if that is not known.
    """

    id: str
    name: str
    inspected: int
    good_or_better: int
    band: Band | None
    is_small: bool = False
    oldest_on: date | None = None
    year_before: tuple[int, int] | None = None


@dataclass(frozen=True)
class Finding:
    """An inspection or review of block B: its kind and outcomes by code and name, and the quarter that brought it."""

    kind: str
    name: str
    found_on: date
    outcomes: tuple[str, ...]
    outcome_names: tuple[str, ...]
    source: str
    quarter: Quarter


@dataclass(frozen=True)
class Indicator:
    """An indicator of block C, of a year; national and comparators' figures where they are known."""

    code: str
    name: str
    year: int
    value: float
    national: float | None
    comparators: float | None
    lower_is_better: bool

    @property
    def is_above_national(self) -> bool | None:
        """Whether it is better than the national figure; None if that is not known (R149)."""
        if self.national is None or self.national == self.value:
            return None if self.national is None else False
        return (self.value < self.national) == self.lower_is_better

    @property
    def is_level_with_comparators(self) -> bool | None:
        """Whether it is as good as the comparators' figure, or better; None if that is not known (R149)."""
        if self.comparators is None or self.comparators == self.value:
            return None if self.comparators is None else True
        return (self.value < self.comparators) == self.lower_is_better


@dataclass(frozen=True)
class Profile:
    """A profile of an area in a quarter.

    Attributes
    ----------
    missing
        Names of the regime's groups of which the profile says nothing: neither a figure nor that there were none.
    findings
        Of this quarter and those before, the newest first: what was found once is considered later, too (R096).
    """

    area_code: str
    area: str
    quarter: Quarter
    imported_on: date
    groups: tuple[Group, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    indicators: tuple[Indicator, ...]


def quarters_of(session: Session, area_code: str) -> list[Quarter]:
    """The quarters of which there is a profile of an area, the newest first."""
    query = select(PerformanceProfile.quarter).where(PerformanceProfile.area_code == area_code)
    return sorted(map(parse_quarter, session.exec(query)), reverse=True)


def read_profile(
    session: Session, area: Area, regime: RatingRegime, quarter: Quarter | None = None
) -> Profile:
    """The profile of an area in a quarter; without one the newest.

    Raises
    ------
    NotFound
        If there is none, with the quarters that there are.
    """
    known = quarters_of(session, area.code)
    if not known or (quarter is not None and quarter not in known):
        place = f"profile {area.code} {quarter}" if quarter else f"profile {area.code}"
        there = f"Ask for one of: {', '.join(map(str, known))}."
        advice = there if known else IMPORT_PROFILES.advise("Import one")
        raise NotFound(place, "there is no such profile." if known else "there is none yet.", advice)
    wanted = quarter or known[0]
    rows = _rows(session, area.code)
    row = rows[wanted]
    indicators = session.exec(
        select(ProfileIndicator)
        .where(ProfileIndicator.profile_id == row.id)
        .order_by(col(ProfileIndicator.code))
    )
    groups = _groups(session, regime, wanted, rows)
    there_are = {group.id for group in groups}
    return Profile(
        area.code,
        area.name,
        wanted,
        row.imported_on,
        groups,
        tuple(one.name for one in _expected(regime, wanted) if one.id not in there_are),
        _findings(session, regime, [rows[one] for one in known if one <= wanted]),
        tuple(
            Indicator(
                one.code,
                one.name,
                one.year,
                one.value,
                one.national,
                one.comparators,
                one.lower_is_better,
            )
            for one in indicators
        ),
    )


def _rows(session: Session, area_code: str) -> dict[Quarter, PerformanceProfile]:
    query = select(PerformanceProfile).where(PerformanceProfile.area_code == area_code)
    return {parse_quarter(row.quarter): row for row in session.exec(query)}


def _expected(regime: RatingRegime, quarter: Quarter) -> list[Group]:
    return [
        Group(group.id, group.name, 0, 0, None) for group in regime.groups if group.holds_on(quarter.last_day)
    ]


def _groups(
    session: Session, regime: RatingRegime, quarter: Quarter, rows: dict[Quarter, PerformanceProfile]
) -> tuple[Group, ...]:
    """In the order of the regime; one that the regime no longer has comes last, under its code."""
    names = {group.id: group.name for group in regime.groups}
    found = _figures(session, rows[quarter])
    before = _figures(session, rows[quarter.year_before]) if quarter.year_before in rows else {}
    order = [name for name in names if name in found] + sorted(found.keys() - names.keys())
    groups = []
    for code in order:
        figures, earlier = found[code], before.get(code)
        groups.append(
            Group(
                code,
                names.get(code, code),
                figures.inspected,
                figures.good_or_better,
                regime.band_of(figures.good_or_better, figures.inspected),
                0 < figures.inspected < regime.small_below,
                figures.oldest_on,
                None if earlier is None else (earlier.good_or_better, earlier.inspected),
            )
        )
    return tuple(groups)


def _figures(session: Session, row: PerformanceProfile) -> dict[str, ProfileGroup]:
    query = select(ProfileGroup).where(ProfileGroup.profile_id == row.id)
    return {figures.group_code: figures for figures in session.exec(query)}


def _findings(
    session: Session, regime: RatingRegime, rows: Sequence[PerformanceProfile]
) -> tuple[Finding, ...]:
    """Each once: where a later profile has it, as that says it."""
    kinds = {kind.id: kind for kind in regime.findings}
    found: dict[tuple[str, date], Finding] = {}
    for row in rows:
        query = select(ProfileFinding).where(ProfileFinding.profile_id == row.id)
        for one in session.exec(query):
            kind = kinds.get(one.kind)
            words = kind.outcomes if kind else {}
            codes = tuple(one.outcomes.split())
            value = Finding(
                one.kind,
                kind.name if kind else one.kind,
                one.found_on,
                codes,
                tuple(words.get(code, code) for code in codes),
                one.source,
                parse_quarter(row.quarter),
            )
            found.setdefault((one.kind, one.found_on), value)
    return tuple(sorted(found.values(), key=lambda one: (one.found_on, one.kind), reverse=True))


def newest_of(findings: Iterable[Finding], kind: str) -> Finding | None:
    """The newest finding of a kind; None if there is none."""
    return max((one for one in findings if one.kind == kind), key=lambda one: one.found_on, default=None)
