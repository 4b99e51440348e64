"""Input that nobody can mean is named with place and advice before anything is solved, all of it at once."""

import json
from typing import Any

import pytest

from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.documents import load_problem
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Absence, AnonymousPool, Calendar, Capacity, Closure, NearLink, Problem
from tests.builders import changed, inspector, messages, ref, span
from tests.complete import complete

FAR = 10**12


def damaged(*path: Any, value: Any) -> Problem:
    """The complete problem with one number of its document replaced."""
    document = json.loads(complete().model_dump_json())
    part = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return load_problem(json.dumps(document))


@pytest.mark.parametrize(
    ("path", "usual", "place"),
    [
        (("inspectors", 0, "rest_weeks"), 3, "inspectors[0] (ann).rest_weeks"),
        (("inspectors", 0, "absences", 0, "span", "end"), 99_999, "inspectors[0] (ann).absences[0].span.end"),
        (
            ("inspectors", 0, "max_reviews", "financial_year"),
            9,
            "inspectors[0] (ann).max_reviews.financial_year",
        ),
        (
            ("activities", 0, "stages", 1, "lag_max_weeks"),
            5,
            "(jar-north).stages[1] (fieldwork).lag_max_weeks",
        ),
        (("links", 1, "cap_weeks"), 30, "links[1].cap_weeks"),
        (("lag_tables", 0, "end", 3), 44, "lag_tables[0] (months).end[3]"),
        (("pools", 0, "units"), 4, "pools[0] (audit_commission).units"),
        (("partner_limits", 0, "max_excess"), 2, "partner_limits[0] (police).max_excess"),
        (("period_limits", 0, "maximum"), 2, "period_limits[0] (autumn).maximum"),
        (
            ("calendars", 0, "closures", 0, "span", "first"),
            16,
            "calendars[0] (office).closures[0].span.first",
        ),
        (("team_prices", "fair_share"), 2, "team_prices.fair_share"),
    ],
)
def test_a_number_that_nobody_can_mean_is_named(path: tuple[Any, ...], usual: int, place: str) -> None:
    far = -FAR if path[-1] == "first" else FAR
    text = messages(validate(damaged(*path, value=far)))
    assert f"{place}: {far} is too large" in text
    assert "Check the number of digits." in text
    assert validate(damaged(*path, value=usual)) == ()


@pytest.mark.parametrize(
    ("kind", "name", "changes", "place"),
    [
        (
            "calendars",
            "school",
            {"closures": (Closure(span=span(3, 3), reason="Strike"),)},
            "closure (Strike)",
        ),
        ("inspectors", "dan", {"absences": (Absence(span=span(5, 5)),)}, "inspector dan, absence"),
        ("pools", "audit_commission", {"exceptions": (Capacity(span=span(3, 3), units=1),)}, "exception"),
    ],
)
def test_a_span_without_weeks_is_named(kind: str, name: str, changes: dict[str, Any], place: str) -> None:
    text = messages(validate(changed(complete(), kind, name, **changes)))
    assert place in text
    assert "has no week" in text


def test_spans_of_a_week_are_sound() -> None:
    problem = changed(complete(), "inspectors", "dan", absences=(Absence(span=span(5, 6)),))
    problem = changed(problem, "pools", "audit_commission", exceptions=(Capacity(span=span(3, 4), units=1),))
    assert validate(problem) == ()


def pinned(**pins: tuple[int, ...]) -> Problem:
    problem = complete()
    for name, weeks in pins.items():
        problem = changed(problem, "activities", name.replace("_", "-"), pinned_starts=weeks)
    return problem


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        (
            {"jar_north": (8, 11), "ca_north": (40,)},
            {"jar_north": (8, 11), "ca_north": (30,)},
            "on_site starts in week 30, but after an end in week 12 allowed are weeks 39 to 51",
        ),
        (
            {"jar_south": (20, 24), "ca_south": (24,)},
            {"jar_south": (20, 24), "ca_south": (26,)},
            "weeks 26 to 27 are not within weeks 24 to 25",
        ),
    ],
)
def test_pins_that_break_a_link_are_named(good: Any, bad: Any, words: str) -> None:
    """R017 with R030 and R034."""
    text = messages(validate(pinned(**bad)))
    assert "is broken by the pins of" in text
    assert words in text
    assert validate(pinned(**good)) == ()


def test_everything_is_named_at_once_and_nothing_is_solved() -> None:
    """Windows, links, pins, names, numbers and prices: one mistake of each kind."""
    alone = NearLink(one=ref("ca-south"), other=ref("ca-south"), cap_weeks=4, price_per_week=1)
    problem = changed(complete(), "activities", "jar-north", start_window=span(5, 5))
    problem = changed(problem, "activities", "yot-north", pinned_starts=(16,), start_window=span(0, 40))
    problem = changed(problem, "activities", "jar-south", urgency_price=10**30)
    problem = problem.model_copy(
        update={
            "links": (*problem.links, alone),
            "inspectors": (*problem.inspectors, inspector("ann", "Ofsted", rest_weeks=FAR)),
            "pools": (AnonymousPool(id="audit_commission", units=FAR),),
            "calendars": (*problem.calendars, Calendar(id="empty", closures=(Closure(span=span(2, 2)),))),
        }
    )
    with pytest.raises(InvalidProblem) as error:
        solve(problem)
    found = [str(finding) for finding in error.value.findings]
    for words in (
        "jar-north, start window: has no week",
        "joins a stage with itself",
        "on_site cannot start in week 16: closed by office",
        "inspector ann: is there 2 times",
        f"rest_weeks: {FAR} is too large",
        f"units: {FAR} is too large",
        "calendar empty, closure: has no week",
        "urgency_price: 1000000000000000000000000000000 is too high",
    ):
        assert any(words in text for text in found), words
    assert all(finding.advice for finding in error.value.findings)


def test_negative_capacities_are_named_by_their_places() -> None:
    document = json.loads(complete().model_dump_json())
    document["pools"][0]["units"] = -1
    document["inspectors"][0]["percent"] = -5
    with pytest.raises(InvalidProblem) as error:
        load_problem(json.dumps(document))
    assert [finding.place for finding in error.value.findings] == ["pools[0].units", "inspectors[0].percent"]
    assert {finding.advice for finding in error.value.findings} == {"Check the sign."}
