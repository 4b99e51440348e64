"""Problems and plans as JSON: the round trip, and mistakes with their path."""

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from benchmarks.instances import small
from scheduler.values.documents import json_schema, load_plan, load_problem
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Area, Problem
from scheduler.values.value import WeekSpan
from tests.builders import one_area, two_areas
from tests.complete import complete, complete_plan


def mistakes(text):
    with pytest.raises(InvalidProblem) as error:
        load_problem(text)
    return [str(finding) for finding in error.value.findings]


def damaged(*path, value):
    """The complete problem with one value replaced."""
    document = json.loads(complete().model_dump_json())
    part = document
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return json.dumps(document)


@pytest.mark.parametrize("problem", [one_area(), two_areas(), complete(), small()], ids=lambda p: p.name)
def test_a_problem_survives_the_round_trip(problem):
    again = load_problem(problem.model_dump_json())
    assert again == problem
    assert again.hash == problem.hash


def test_a_plan_survives_the_round_trip():
    assert load_plan(complete_plan().model_dump_json(indent=2)) == complete_plan()


def test_the_hash_depends_on_content_only():
    assert complete().hash == complete().hash
    assert complete().hash != complete(min_percent=81).hash


def test_a_changed_copy_has_its_own_hash():
    problem = complete()
    assert problem.hash != problem.model_copy(update={"min_percent": 81}).hash
    assert problem.model_copy(update={"min_percent": 81}).hash == complete(min_percent=81).hash


def test_values_are_frozen():
    with pytest.raises(ValidationError):
        complete().name = "other"


def test_weeks_run_forwards():
    with pytest.raises(ValidationError, match="backwards"):
        WeekSpan(first=3, end=2)


@pytest.mark.parametrize(
    ("path", "value", "finding"),
    [
        (("name",), 3, "name: Input should be a valid string, not 3."),
        (
            ("areas", 1, "location", "lat"),
            91,
            "areas[1].location.lat: Input should be less than or equal to 90",
        ),
        (
            ("activities", 3, "stages", 0, "duration_weeks"),
            1.5,
            "activities[3].stages[0].duration_weeks: Input should be a valid integer",
        ),
        (("activities", 0, "urgency_price"), -1, "activities[0].urgency_price: Input should be greater than"),
        (("activities", 0, "stages"), [], "activities[0].stages: Tuple should have at least 1 item"),
        (
            ("periods", 0, "span"),
            {"first": 5, "end": 2},
            "periods[0].span: weeks run backwards, from 5 to 2. Check whether the two were swapped.",
        ),
        (("first_monday",), "soon", "first_monday: Input should be a valid date"),
        (("version",), 2, "version: Input should be 1, not 2."),
    ],
)
def test_a_wrong_value_is_placed_by_its_path(path, value, finding):
    found = mistakes(damaged(*path, value=value))
    assert len(found) == 1
    assert found[0].startswith(finding)
    assert re.search(r"\. (Check|See|Give|Add|Round) ", found[0])


def test_a_misspelt_field_is_never_ignored():
    assert mistakes(damaged("activities", 0, "urgancy_price", value=3)) == [
        "activities[0].urgancy_price: Extra inputs are not permitted, not 3. "
        "Check the spelling; docs/data-format.md lists every field."
    ]


def test_all_mistakes_are_reported_together():
    assert len(mistakes('{"name": 3, "num_weeks": 0}')) == 5


def test_a_mistake_in_a_link_is_reported_for_its_kind_only():
    assert mistakes(damaged("links", 0, "price_per_week", value=-1))[0].startswith(
        "links[0].price_per_week: "
    )
    assert len(mistakes(damaged("links", 0, "price_per_week", value=-1))) == 1


@pytest.mark.parametrize("link", [{"kind": "laag"}, {}, 7, {"kind": []}])
def test_a_link_of_an_unknown_kind_is_found(link):
    found = mistakes(damaged("links", 0, value=link))
    assert len(found) == 1
    assert "links[0].kind: must have one of the kinds lag, within, apart, near" in found[0]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "line 1, column 1: is not JSON"),
        ('{"name": "x",}', "line 1, column 14: is not JSON"),
        ('{"name": "x", "name": "y"}', "document: names the field 'name' twice."),
        ('{"num_weeks": NaN}', "num_weeks: is NaN, which is no number. Give a number."),
        ('{"num_weeks": ' + "9" * 5000 + "}", "num_weeks: has 5000 digits, more than any number"),
        ('{"areas": [{"lat": 1}, {"lat": -Infinity}]}', "areas[1].lat: is -Infinity, which is no number."),
        ('{"areas": [{"lat": 1e400}]}', "areas[0].lat: is 1e400, which is no number."),
        ("[1, 2]", "document: should be an object in braces."),
        ("[" * 100_000, "document: is nested too deeply."),
        ('{"name": "\\ud800"}', "document: has half a character"),
    ],
)
def test_what_is_no_document_is_named(text, finding):
    assert mistakes(text)[0].startswith(finding)


def test_a_wrong_plan_is_placed_by_its_path():
    document = json.loads(complete_plan().model_dump_json())
    del document["dates"][0]["starts"]
    document["costs"]["uncovered_places"] = -1
    with pytest.raises(InvalidProblem) as error:
        load_plan(json.dumps(document))
    places = [finding.place for finding in error.value.findings]
    assert places == ["dates[0].starts", "costs.uncovered_places"]


@pytest.mark.parametrize(("document", "model"), [("problem", Problem), ("plan", type(complete_plan()))])
def test_the_schema_names_every_field(document, model):
    schema = json_schema(document)
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]) == set(model.model_fields)
    assert schema["additionalProperties"] is False


def test_the_schema_reaches_into_parts():
    assert set(json_schema("problem")["$defs"]["Area"]["properties"]) == set(Area.model_fields)


EARLIER = Path(__file__).parents[2] / "golden" / "problem_of_an_earlier_version.json"
"""A problem with every feature that there was before quotas and people at work."""

ITS_HASH = "da477e3ca16a20d1e66fd642be6eaa07c7f5c036faba74fa581e594834dd7863"


def test_a_problem_of_an_earlier_version_keeps_its_hash() -> None:
    """So that its plans and certificates hold: a field that comes later is left out of the text by default."""
    text = EARLIER.read_text(encoding="utf-8")
    problem = Problem.model_validate_json(text)
    assert problem.hash == ITS_HASH
    assert problem.model_dump_json(exclude={"pair"}) == text
    changed = problem.model_copy(update={"min_percent": problem.min_percent - 1})
    assert changed.hash != ITS_HASH
