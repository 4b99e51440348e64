"""A policy's pair and links are data, and say one thing each."""

from typing import Any

import pytest
from pydantic import ValidationError

from config.framework_files import FOLDER, frameworks
from config.links import LinkRule, Pair
from config.policy import Policy, load_policy
from services.problem.link_checks import link_findings

KNOWN = frameworks([FOLDER])


def rule(**keys: Any) -> LinkRule:
    return LinkRule.model_validate({"id": "it", "kind": "before", "first": "jar", "second": "yot"} | keys)


def with_links(*links: LinkRule) -> Policy:
    return load_policy().model_copy(update={"links": links})


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"second": "jar"}, "two kinds"),
        ({"at_least": 3, "at_most": 2}, "swap the two"),
        ({"kind": "near"}, "price_per_week and cap_weeks"),
        ({"kind": "apart", "price_per_week": 2}, "price_per_week and cap_weeks"),
        ({"cap_weeks": 4}, "no cap_weeks"),
        ({"kind": "within", "at_most": 2}, "only a link of kind 'before'"),
        ({"kind": "clear", "unit": "months"}, "only a link of kind 'before'"),
        ({"kind": "within", "at_least": 2}, "has no at_least"),
        ({"kind": "clear", "price_per_week": 2}, "a rule, not a price"),
        ({"kind": "within", "price_per_week": 2}, "a rule, not a price"),
        ({"kind": "beside"}, "Input should be"),
    ],
)
def test_a_link_that_contradicts_itself_is_refused(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        rule(**keys)


def test_each_kind_of_link_is_accepted() -> None:
    assert rule(at_least=1, at_most=2, unit="months", price_per_week=3).kind == "before"
    assert rule(kind="within").kind == "within"
    assert rule(kind="clear", at_least=2).at_least == 2
    assert rule(kind="near", price_per_week=1, cap_weeks=26).kind == "near"
    assert rule(kind="apart", price_per_week=1, cap_weeks=26).kind == "apart"


def test_a_pair_needs_two_kinds() -> None:
    with pytest.raises(ValidationError, match="'jar' twice"):
        Pair(first="jar", second="jar")


def test_a_link_of_the_pair_is_refused_as_the_options_sequence_it() -> None:
    policy = load_policy().model_dump()
    policy["links"] = [rule(second="ca").model_dump()]
    with pytest.raises(ValidationError, match="the options sequence"):
        Policy.model_validate(policy)


def test_two_links_of_one_name_are_refused() -> None:
    policy = load_policy().model_dump()
    policy["links"] = [rule().model_dump(), rule(kind="within").model_dump()]
    with pytest.raises(ValidationError, match="two links are called 'it'"):
        Policy.model_validate(policy)


@pytest.mark.parametrize(
    ("link", "key", "message"),
    [
        (rule(second="yott"), "links.it.second", "no framework is of the kind 'yott'"),
        (rule(first_stage="feldwork"), "links.it.first_stage", "no planned stage 'feldwork'"),
    ],
)
def test_unknown_kinds_and_stages_are_named_with_advice(link: LinkRule, key: str, message: str) -> None:
    (found,) = link_findings(with_links(link), KNOWN)
    assert found.key == key
    assert message in found.message
    assert found.advice


def test_kinds_that_come_before_each_other_in_a_circle_are_named() -> None:
    back = rule(id="back", first="yot", second="jar")
    (found,) = link_findings(with_links(rule(), back), KNOWN)
    assert "in a circle" in found.message


def test_what_runs_within_another_cannot_come_before_it() -> None:
    inside = rule(id="inside", kind="within", first="yot", second="jar")
    (found,) = link_findings(with_links(rule(), inside), KNOWN)
    assert "'inside' (within)" in found.message


def test_links_that_fit_together_are_accepted() -> None:
    near = rule(id="near", kind="near", price_per_week=1, cap_weeks=4)
    assert list(link_findings(with_links(rule(), near), KNOWN)) == []
    assert list(link_findings(load_policy(), KNOWN)) == []
