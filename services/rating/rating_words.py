"""How a rating's reasons read: shares, tests, limits and findings in words, the same in commands, pages and letters."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from config.ratings import RatingLimit, RatingTest
from reports.words import date_in_words, list_in_words, plural
from services.days.weeks import day_before
from services.rating.assessing import Limited, Tested
from services.rating.profiles import Finding, Group

TENTH = Decimal("0.1")


def figure_in_words(figure: float | None) -> str:
    """'78.4', '0.09': a figure of an indicator as it was given; empty where it is not known."""
    return "" if figure is None else f"{figure:,.6g}"


def share_in_words(count: int, of: int) -> str:
    """'33 of 41 (80.5 %)'; 'none' of nothing. 79.96 per cent reads as 79.9: it is no 80 (R148)."""
    if not of:
        return "none"
    exact = Decimal(100 * count) / of
    share = exact.quantize(TENTH, ROUND_HALF_UP)
    if share > exact and share == share.to_integral_value():
        share = exact.quantize(TENTH, ROUND_DOWN)
    return f"{count} of {of} ({share} %)"


def group_in_words(group: Group) -> str:
    """'33 of 41 (80.5 %), dark green'; 'no inspections'; a small number is told (R195)."""
    if group.band is None:
        return "no inspections"
    small = f"; a small number, n = {group.inspected}" if group.is_small else ""
    return f"{share_in_words(group.good_or_better, group.inspected)}, {group.band.name}{small}"


def trend_in_words(group: Group) -> str:
    """'a year before 30 of 40 (75.0 %)'; empty if that is not known (R195)."""
    if group.year_before is None:
        return ""
    good, inspected = group.year_before
    return f"a year before {share_in_words(good, inspected)}" if inspected else "a year before no inspections"


def asked_in_words(test: RatingTest) -> str:
    """The text of a test with the share that it asks: '..., at least 80 %'."""
    return test.text if test.at_least is None else f"{test.text}: at least {test.at_least} %"


def tested_in_words(tested: Tested) -> str:
    """'7 of 9 (77.8 %); not: Fostering services, n = 2'."""
    if tested.met is None:
        return "no figures"
    against = f"; not: {'; '.join(tested.against)}" if tested.against else ""
    return f"{share_in_words(tested.count, tested.of)}{against}"


def finding_in_words(finding: Finding) -> str:
    """'Areas for priority action, 10 June 2009'."""
    return f"{list_in_words(finding.outcome_names)}, {date_in_words(finding.found_on)}"


def limit_days_in_words(limit: RatingLimit) -> str:
    """'until 31 March 2010', 'from 1 April 2010'; empty for a limit that always holds."""
    parts = [f"from {date_in_words(limit.valid_from)}"] if limit.valid_from else []
    parts += [f"until {date_in_words(day_before(limit.valid_to))}"] if limit.valid_to else []
    return " ".join(parts)


def limited_in_words(limited: Limited) -> str:
    """'limits: ...', 'would limit, but does not hold on this day: ...', 'does not limit'."""
    if limited.finding is None:
        return "does not limit" if limited.holds else "does not hold on this day"
    what = finding_in_words(limited.finding)
    return f"limits: {what}" if limited.holds else f"would limit, but does not hold on this day: {what}"


def age_in_words(oldest_on: date, day: date) -> str:
    """How old a judgement is: 'oldest judgement 3 May 2006, 3 years old' (R195)."""
    years = day.year - oldest_on.year - ((day.month, day.day) < (oldest_on.month, oldest_on.day))
    age = f"{plural(years, 'year')} old" if years > 0 else "less than a year old"
    return f"oldest judgement {date_in_words(oldest_on)}, {age}"
