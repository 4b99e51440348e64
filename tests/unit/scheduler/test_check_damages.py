"""Ten ways in which a plan file may be damaged by hand; each is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from scheduler.checking.checker import check
from scheduler.values.documents import load_plan
from tests.builders import messages
from tests.complete import complete, complete_plan

Document = dict[str, Any]


def dates(plan: Document, activity: str) -> list[int]:
    return next(item["starts"] for item in plan["dates"] if item["activity"] == activity)


def seat(plan: Document, activity: str, skill: str) -> Document:
    return next(m for m in plan["members"] if (m["activity"], m["skill"]) == (activity, skill))


def two_reviews_in_a_week(plan: Document) -> None:
    dates(plan, "jar-south")[:] = [11, 14]


def fieldwork_in_a_holiday(plan: Document) -> None:
    dates(plan, "jar-north")[:] = [4, 7]


def closed_week(plan: Document) -> None:
    dates(plan, "jar-south")[:] = [17, 20]


def missing_leader(plan: Document) -> None:
    plan["members"].remove(seat(plan, "jar-south", "leader"))


def one_body_only(plan: Document) -> None:
    seat(plan, "jar-south", "leader")["inspector"] = "bob"
    plan["members"].remove(seat(plan, "jar-south", "education"))
    plan["members"].append({"activity": "jar-south", "skill": "education", "inspector": "eve"})


def lag_of_five_months(plan: Document) -> None:
    dates(plan, "ca-north")[:] = [34]


def conflict_of_interest(plan: Document) -> None:
    seat(plan, "jar-south", "safeguarding")["inspector"] = "bob"


def wrong_cost(plan: Document) -> None:
    plan["costs"]["date_terms"]["urgency"] -= 10


def area_left_out(plan: Document) -> None:
    plan["dates"] = [item for item in plan["dates"] if not item["activity"].endswith("north")]
    plan["members"] = [item for item in plan["members"] if not item["activity"].endswith("north")]


def pin_moved(plan: Document) -> None:
    dates(plan, "yot-north")[:] = [13]


@pytest.mark.parametrize(
    ("damage", "rule", "words"),
    [
        (two_reviews_in_a_week, "two_reviews_in_a_week", "ann"),
        (fieldwork_in_a_holiday, "closed_week", "October half-term"),
        (missing_leader, "leader_missing", "no team leader"),
        (one_body_only, "too_few_bodies", "from CSCI only"),
        (lag_of_five_months, "lag_link", "21 clear weeks"),
        (conflict_of_interest, "conflict_of_interest", "bob"),
        (closed_week, "closed_week", "Christmas closure"),
        (wrong_cost, "wrong_cost", "claims 74 for the date term 'urgency'; it is 84"),
        (area_left_out, "activity_missing", "jar-north (North)"),
        (pin_moved, "pin_moved", "yot-north"),
    ],
)
def test_a_damage_is_named(damage: Callable[[Document], None], rule: str, words: str):
    document = json.loads(complete_plan().model_dump_json())
    assert check(complete(), load_plan(json.dumps(document))) == ()
    damage(document)
    found = check(complete(), load_plan(json.dumps(document)))
    assert words in messages(v for v in found if v.rule == rule)
