"""Mistakes in links are found; every refusal has its acceptance."""

from scheduler.validating.validation import validate
from scheduler.values.problem import ClearLink, NearLink, WithinLink
from tests.builders import (
    assessment,
    messages,
    ref,
    review,
    two_areas,
)
from tests.complete import complete


def findings(**changes):
    return messages(validate(complete(**changes)))


def with_link(link):
    return findings(links=(*complete().links, link))


def test_a_link_between_two_areas_is_found():
    link = NearLink(one=ref("ca-north"), other=ref("fostering-south"), cap_weeks=5, price_per_week=1)
    activities = (review("north"), review("south"), assessment("north"))
    problem = two_areas(
        activities=activities,
        pools=complete().pools,
        links=(WithinLink(inner=ref("ca-north"), outer=ref("jar-south", "fieldwork")),),
    )
    assert "joins activities of two areas, north and south" in messages(validate(problem))
    assert "joins activities of two areas" in with_link(link)


def test_links_may_run_in_circles():
    """The assessment hangs on the fieldwork already, which hangs on the analysis."""
    assert with_link(ClearLink(one=ref("ca-north"), other=ref("jar-north", "analysis"))) == ""


def test_a_stage_joined_with_itself_is_found():
    link = NearLink(one=ref("ca-north"), other=ref("ca-north"), cap_weeks=5, price_per_week=1)
    assert "joins a stage with itself" in with_link(link)
