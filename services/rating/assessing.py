"""What a profile allows: the tests of a rating regime on a day, what limits the rating, and the best grade left.

A grade is given by people: this says which it may be at best, and why (R149, R154, R158).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from config.ratings import RatingLimit, RatingRegime, RatingTest
from services.rating.profiles import Finding, Group, Indicator, Profile, newest_of


@dataclass(frozen=True)
class Tested:
    """A test and how it came out.

    Attributes
    ----------
    met
        None if nothing is known that could answer it.
    count, of
        How many of all that were looked at are as the test wants them.
    against
        Names of those that are not, with their numbers where these are small: 'Adoption services, n = 1' (R195).
    """

    test: RatingTest
    met: bool | None
    count: int
    of: int
    against: tuple[str, ...]


@dataclass(frozen=True)
class Limited:
    """A limit: whether it holds on the day, and the finding that it is about (the newest of its kind), if one fits."""

    limit: RatingLimit
    holds: bool
    finding: Finding | None

    @property
    def limits(self) -> bool:
        """Whether the rating is limited by it."""
        return self.holds and self.finding is not None


@dataclass(frozen=True)
class Assessment:
    """Everything that a rating rests on; `best` is the code of the best grade that is not ruled out."""

    regime: RatingRegime
    profile: Profile
    day: date
    tests: tuple[Tested, ...]
    limits: tuple[Limited, ...]
    best: str

    def ruling_out(self, grade: str) -> tuple[Sequence[Tested], Sequence[Limited]]:
        """The tests that a grade fails, and the limits that it is beyond."""
        rank = self.regime.rank
        failed = [one for one in self.tests if one.met is False and rank(one.test.grade) <= rank(grade)]
        beyond = [one for one in self.limits if one.limits and rank(one.limit.at_most) < rank(grade)]
        return failed, beyond


def assess(regime: RatingRegime, profile: Profile, day: date) -> Assessment:
    """Apply the tests and limits that hold on a day.

    Limits that held before, or will hold later, are listed as well, with their texts (R154): who reads them sees what
    was defined anew.
    """
    tests = tuple(_tested(test, profile) for test in regime.tests if test.holds_on(day))
    limits = tuple(
        Limited(limit, limit.holds_on(day), _fitting(limit, profile, day)) for limit in regime.limits
    )
    found = Assessment(regime, profile, day, tests, limits, regime.grades[0].id)
    left = [grade.id for grade in regime.grades if not any(found.ruling_out(grade.id))]
    return Assessment(regime, profile, day, tests, limits, left[-1] if left else regime.grades[0].id)


def _fitting(limit: RatingLimit, profile: Profile, day: date) -> Finding | None:
    finding = newest_of((one for one in profile.findings if one.found_on <= day), limit.finding)
    return finding if finding is not None and set(finding.outcomes) & set(limit.outcomes) else None


def _tested(test: RatingTest, profile: Profile) -> Tested:
    if test.measure in ("groups_in_bands", "no_group_in_bands"):
        return _of_groups(test, [group for group in profile.groups if group.band is not None])
    return _of_indicators(test, profile.indicators)


def _of_groups(test: RatingTest, groups: Sequence[Group]) -> Tested:
    """Groups without inspections have no band: they are looked at by no test."""
    is_in = [group.band is not None and group.band.id in test.bands for group in groups]
    is_wanted = [not there for there in is_in] if test.measure == "no_group_in_bands" else is_in
    against = tuple(
        f"{group.name}, n = {group.inspected}" if group.is_small else group.name
        for group, wanted in zip(groups, is_wanted, strict=True)
        if not wanted
    )
    return _counted(test, sum(is_wanted), len(groups), against)


def _of_indicators(test: RatingTest, indicators: Sequence[Indicator]) -> Tested:
    compared = list(_compared(test, indicators))
    against = tuple(f"{one.code} {one.name}" for one, is_wanted in compared if not is_wanted)
    return _counted(test, sum(is_wanted for _one, is_wanted in compared), len(compared), against)


def _compared(test: RatingTest, indicators: Sequence[Indicator]) -> Iterator[tuple[Indicator, bool]]:
    for one in indicators:
        is_wanted = (
            one.is_above_national if test.measure == "above_national" else one.is_level_with_comparators
        )
        if is_wanted is not None:
            yield one, is_wanted


def _counted(test: RatingTest, count: int, of: int, against: tuple[str, ...]) -> Tested:
    if not of:
        return Tested(test, None, 0, 0, ())
    met = count == of if test.at_least is None else 100 * count >= test.at_least * of
    return Tested(test, met, count, of, against)
