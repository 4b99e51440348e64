"""Rotation: nobody inspects the same area twice running (R062)."""

from tests.rule_cases.plans import rules_of_two, with_person


def test_nobody_inspects_the_same_area_twice_running():
    assert rules_of_two(with_person("bob", previous_areas=("north",))) == {"rotation"}
    assert rules_of_two(with_person("bob", previous_areas=())) == set()
