"""Both judges of teams."""

import pytest

from tests.rule_cases.judges import Judge, in_the_making, in_the_search


@pytest.fixture(params=[in_the_making, in_the_search])
def judge(request: pytest.FixtureRequest) -> Judge:
    chosen: Judge = request.param
    return chosen
