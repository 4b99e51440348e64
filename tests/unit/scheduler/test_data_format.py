"""The pages on the data format: the example is sound, and every field is named with its default."""

import json
import re
from pathlib import Path

import pytest

import scheduler.events.kinds
import scheduler.values.plan
import scheduler.values.problem
import scheduler.values.proof
from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.validating.validation import validate
from scheduler.values.documents import load_plan, load_problem
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.value import Value, WeekSpan

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "data-format.md").read_text(encoding="utf-8")
TABLES = "".join(path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("data-format/*.md")))

MODELS = [WeekSpan] + [
    value
    for module in (
        scheduler.values.problem,
        scheduler.values.plan,
        scheduler.values.proof,
        scheduler.events.kinds,
    )
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, Value) and value.__module__ == module.__name__
]


def example() -> tuple[Problem, Plan]:
    problem, plan = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    return load_problem(problem), load_plan(plan)


def section(name: str) -> dict[str, str]:
    """Default by field of the table under a heading."""
    text = TABLES.split(f"\n### {name}\n", 1)[1].split("\n#", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` \|.*\| (.*?) \|$", text, re.MULTILINE))


def test_the_example_is_a_sound_problem_with_a_plan_that_keeps_every_rule():
    problem, plan = example()
    assert validate(problem) == ()
    assert check(problem, plan) == ()


@pytest.mark.parametrize("earlier", [(0, 3), (1, 4), (1, 5), (2, 5), (2, 6), (3, 6)])
def test_no_earlier_dates_keep_every_rule_as_the_page_says(earlier):
    problem, plan = example()
    document = json.loads(plan.model_dump_json())
    document["dates"][0]["starts"], document["dates"][1]["starts"] = [earlier[1]], earlier
    found = {violation.rule for violation in check(problem, load_plan(json.dumps(document)))}
    assert found & {"closed_week", "untrained"}


def test_a_stretched_start_a_week_earlier_costs_one_more_as_the_page_says():
    problem, plan = example()
    stretched = make_plan(problem, {"jar-north": (3, 7), "ca-north": (7,)}, plan.members)
    assert check(problem, stretched) == ()
    assert stretched.costs.date_cost == plan.costs.date_cost + 1


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_explained_with_its_default(model):
    explained = section(model.__name__)
    assert list(explained) == list(model.model_fields)
    for name, field in model.model_fields.items():
        if field.is_required():
            expected = "required"
        elif isinstance(default := field.get_default(call_default_factory=True), Value):
            expected = "all defaults" if default == type(default)() else ""
        else:
            expected = f"`{json.dumps(default)}`"
        assert explained[name] == expected
