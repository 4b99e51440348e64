import pytest
from sqlalchemy import Engine

from models import session
from services.errors import NotFound
from services.shown.areas import find_area
from tests import tables


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with session(engine) as opened:
        tables.fill(opened, num_areas=6)
    return engine


@pytest.mark.parametrize("code", ["wigan", "WIGAN", " E08000002 ", "e08000002"])
def test_an_area_is_found_by_either_code(filled: Engine, code: str) -> None:
    with session(filled, read_only=True) as opened:
        assert find_area(opened, code).name == "Wigan"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("E080000", "Maybe barnet (Barnet) or cheshire (Cheshire) or luton (Luton)?"),
        ("Wigann", "Maybe wigan (Wigan)?"),
        ("zzzzzz", "Maybe its DfE number, such as 820, or its GSS code, such as E10000002."),
    ],
)
def test_an_unknown_area_is_refused_with_the_nearest_ones(filled: Engine, typed: str, advice: str) -> None:
    with session(filled, read_only=True) as opened, pytest.raises(NotFound) as refused:
        find_area(opened, typed)
    assert refused.value.findings[0].advice == advice


def test_without_any_area_the_advice_is_to_import(engine: Engine) -> None:
    with session(engine, read_only=True) as opened, pytest.raises(NotFound, match="Maybe import a programme"):
        find_area(opened, "820")
