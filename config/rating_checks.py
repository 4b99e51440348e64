"""What can be wrong with a rating regime, beyond its single entries."""

from collections import Counter
from collections.abc import Iterable, Iterator

from config.findings import Found, nearest
from config.judgements import Dated
from config.ratings import OF_BANDS, OF_SHARES, RatingRegime, RatingTest
from config.validity import meet


def findings_in_regime(regime: RatingRegime) -> list[Found]:
    """Names that stand twice or that nothing has, bands that do not fall, tests that ask nothing, days out of order."""
    return [
        *_twice(regime),
        *_bands(regime),
        *_tests(regime),
        *_limits(regime),
        *_rounds(regime),
    ]


def _twice(regime: RatingRegime) -> Iterator[Found]:
    for key, names in (
        ("grades", [grade.id for grade in regime.grades]),
        ("bands", [band.id for band in regime.bands]),
        ("findings", [finding.id for finding in regime.findings]),
        ("rounds", [str(known.year) for known in regime.rounds]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield key, f"'{name}' is there {count} times.", "Write each once."
    groups: list[tuple[str, Dated]] = [(group.id, group) for group in regime.groups]
    tests: list[tuple[str, Dated]] = [(test.id, test) for test in regime.tests]
    limits: list[tuple[str, Dated]] = [(limit.id, limit) for limit in regime.limits]
    for key, entries in (("groups", groups), ("tests", tests), ("limits", limits)):
        for position, (name, entry) in enumerate(entries):
            if any(name == other and meet(entry.validity, one.validity) for other, one in entries[:position]):
                message = f"'{name}' is there twice on the same days."
                yield f"{key}[{position}].id", message, "End the older one (valid_to) where the newer starts."


def _bands(regime: RatingRegime) -> Iterator[Found]:
    bounds = [band.from_per_cent for band in regime.bands]
    for position in range(1, len(bounds)):
        if bounds[position] >= bounds[position - 1]:
            message = f"{bounds[position]} is not below the band before it, {bounds[position - 1]}."
            yield f"bands[{position}].from_per_cent", message, "Write the highest band first."
    if bounds[-1] != 0:
        message = f"the last band begins at {bounds[-1]}, so lower shares have none."
        yield f"bands[{len(bounds) - 1}].from_per_cent", message, "Let it begin at 0."


def _tests(regime: RatingRegime) -> Iterator[Found]:
    grades = [grade.id for grade in regime.grades]
    bands = [band.id for band in regime.bands]
    for position, test in enumerate(regime.tests):
        key = f"tests[{position}]"
        yield from _unknown(f"{key}.grade", "grade", [test.grade], grades)
        yield from _unknown(f"{key}.bands", "band", test.bands, bands)
        yield from _asked(key, test)


def _asked(key: str, test: RatingTest) -> Iterator[Found]:
    if test.measure in OF_BANDS and not test.bands:
        yield f"{key}.bands", f"'{test.measure}' looks at no band.", "Name one or more."
    if test.measure not in OF_BANDS and test.bands:
        yield f"{key}.bands", f"'{test.measure}' looks at indicators, which have no bands.", "Leave it out."
    if test.measure in OF_SHARES and test.at_least is None:
        yield f"{key}.at_least", "this key is missing.", "Give the smallest share in per cent."
    if test.measure not in OF_SHARES and test.at_least is not None:
        yield f"{key}.at_least", f"'{test.measure}' asks for no share.", "Leave it out."


def _limits(regime: RatingRegime) -> Iterator[Found]:
    findings = {finding.id: finding for finding in regime.findings}
    for position, limit in enumerate(regime.limits):
        key = f"limits[{position}]"
        yield from _unknown(f"{key}.at_most", "grade", [limit.at_most], [grade.id for grade in regime.grades])
        yield from _unknown(f"{key}.finding", "kind of finding", [limit.finding], findings)
        if limit.finding in findings:
            yield from _unknown(
                f"{key}.outcomes", "outcome", limit.outcomes, findings[limit.finding].outcomes
            )


def _rounds(regime: RatingRegime) -> Iterator[Found]:
    for position, known in enumerate(regime.rounds):
        days = [
            known.informed_on or known.drafts_from,
            known.drafts_from,
            known.drafts_by,
            known.published_on,
        ]
        if days != sorted(days):
            message = f"the days of {known.year} are not in order."
            advice = "Put informed_on, drafts_from, drafts_by and published_on one after the other."
            yield f"rounds[{position}]", message, advice
        if not regime.holds_on(known.published_on):
            message = f"the regime does not hold on {known.published_on}, when {known.year} is published."
            yield f"rounds[{position}].published_on", message, "Check valid_from and valid_to."


def _unknown(key: str, what: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Found]:
    for name in names:
        if name not in set(known):
            yield key, f"there is no {what} '{name}'.", nearest(name, known)
