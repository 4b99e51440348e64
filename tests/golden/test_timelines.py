"""Whole timelines as read and agreed (R043-R053, R089, R124); a change of any date shows as a difference."""

import pytest

from tests.golden.timelines import CASES, FILES, timeline_text


@pytest.mark.parametrize("case", CASES)
def test_the_timeline_is_as_agreed(case):
    assert timeline_text(case) == (FILES / f"{case}.json").read_text(encoding="utf-8")


def test_every_kept_file_has_a_case():
    assert {path.stem for path in FILES.glob("*.json")} == set(CASES)
