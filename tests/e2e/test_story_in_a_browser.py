"""The story of one review of England's programme, as a planner reads it on the pages: how grave the concern is."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.app import create_app
from tests.e2e.busy_programme import plan_england
from tests.e2e.office import Hand
from tests.e2e.serving import context_on, serving
from tests.engines import on_copy
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import PLANNED_ON

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AREA, CODE = "Stoke-on-Trent", "861"
LEAST, MOST = 1, 10
"""No concern, and the gravest."""


@pytest.fixture
def hand(
    browser: "Browser", example_file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Hand]:
    """A planner's, at a console over the plan that services made and published, to save the wait for a solve."""
    with on_copy(example_file, tmp_path / "jarcycle.db") as engine:
        plan_england(engine)
        secret = sign_in_as(engine, "planner", "operator", login="ann", name="Ann Lee")
        with serving(create_app(context_on(engine, PLANNED_ON))) as address:
            opened = browser.new_context(base_url=address)
            opened.add_cookies(
                [{"name": name, "value": value, "url": address} for name, value in cookies_of(secret).items()]
            )
            yield Hand(opened.new_page(), has_mouse=True, pictures=request.config.getoption("--pictures"))
            opened.close()


def test_the_priority_of_a_review_is_told_with_the_lines_that_it_is_the_sum_of(hand: Hand) -> None:
    hand.page.goto(f"/areas/{CODE}")
    hand.link("Priority")
    heading = hand.page.get_by_role("heading", level=1).inner_text()
    lines = hand.page.get_by_role("region", name="What was published").locator("tbody tr")
    points = [text.strip() for text in lines.locator("td:nth-child(5)").all_inner_texts()]
    counted = sum(int(text) for text in points if text)
    assert counted > 0
    assert heading == f"Priority of {AREA}: {min(max(counted, LEAST), MOST)} of 10"
    hand.photograph("why-early", 900)
