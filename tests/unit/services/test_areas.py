import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import Activity, Area, Inspector, session
from services.errors import NotFound, Refused, ServiceError
from services.naming.areas import find_area
from services.naming.named import Named, most_like
from services.naming.people import find_inspector
from services.naming.steps import find_step_of
from tests import tables


@pytest.fixture
def filled(engine: Engine) -> Engine:
    with session(engine) as opened:
        tables.fill(opened, num_areas=6)
    return engine


@pytest.mark.parametrize(
    "word", ["wigan", "WIGAN", " E08000002 ", "e08000002", "City of Wigan", "city of wigan"]
)
def test_an_area_is_found_by_either_code_or_its_name(filled: Engine, word: str) -> None:
    with session(filled) as opened:
        opened.exec(select(Area).where(Area.code == "wigan")).one().name = "City of Wigan"
        assert find_area(opened, word).code == "wigan"


@pytest.mark.parametrize("word", ["wigan-1", "Inspector 2.1", "inspector 2.1", "wigan-1@inspectors.example"])
def test_an_inspector_is_found_by_code_name_or_address(filled: Engine, word: str) -> None:
    with session(filled, read_only=True) as opened:
        assert find_inspector(opened, word).code == "wigan-1"


def test_a_name_that_two_people_have_is_refused_with_their_codes(filled: Engine) -> None:
    with session(filled) as opened:
        for code in ("wigan-1", "luton-2"):
            opened.exec(select(Inspector).where(Inspector.code == code)).one().name = "Ann Smith"
        with pytest.raises(Refused, match=r"2 have that name. Use a code: luton-2, wigan-1\."):
            find_inspector(opened, "ann smith")
        assert find_inspector(opened, "luton-2").name == "Ann Smith"


def test_an_unknown_inspector_is_refused_with_the_nearest_ones(filled: Engine) -> None:
    with session(filled, read_only=True) as opened:
        with pytest.raises(NotFound, match=r"no such inspector. Try Inspector 0.1 \(sheffield-1\)"):
            find_inspector(opened, "Inspector 0.1x")
        with pytest.raises(NotFound, match="Use a name or a code"):
            find_inspector(opened, "zzzzzzzzz")


@pytest.mark.parametrize(
    ("activity", "step"),
    [
        ("wigan-jar", "set_up"),
        ("WIGAN-JAR", "Setting-up meeting and briefing"),
        ("Wigan", "set_up"),
        ("E08000002", "set_up"),
    ],
)
def test_a_step_is_found_by_its_activity_or_area_and_its_name(
    engine: Engine, activity: str, step: str
) -> None:
    tables.published(engine)
    with session(engine, read_only=True) as opened:
        found = find_step_of(opened, activity, step)
        assert opened.get_one(Activity, found.activity_id).code == "wigan-jar"
        assert found.step_id == "set_up"


@pytest.mark.parametrize(
    ("activity", "step", "advice"),
    [
        ("wigan-jar", "draft_raport", "Use one of: draft_report"),
        ("wigan-jor", "draft_report", "Try wigan-jar or wigan-ca"),
        ("nowhere at all", "draft_report", "Use its name, its DfE number"),
        ("wigan", "notification", "Name one of them: wigan-ca, wigan-jar"),
    ],
)
def test_a_step_that_is_not_clear_is_refused_with_the_candidates(
    engine: Engine, activity: str, step: str, advice: str
) -> None:
    tables.published(engine)
    with session(engine, read_only=True) as opened, pytest.raises(ServiceError) as refused:
        find_step_of(opened, activity, step)
    assert refused.value.findings[0].advice.startswith(advice)


def test_before_a_plan_is_published_no_step_has_dates(filled: Engine) -> None:
    with session(filled, read_only=True) as opened, pytest.raises(NotFound, match="Publish a plan first"):
        find_step_of(opened, "wigan-jar", "draft_report")


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("E080000", "Try Barnet (barnet) or Cheshire (cheshire) or Luton (luton)."),
        ("Wigann", "Try Wigan (wigan)."),
        ("zzzzzz", "Use its name, its DfE number such as 820, or its GSS code such as E10000002."),
    ],
)
def test_an_unknown_area_is_refused_with_the_nearest_ones(filled: Engine, typed: str, advice: str) -> None:
    with session(filled, read_only=True) as opened, pytest.raises(NotFound) as refused:
        find_area(opened, typed)
    assert refused.value.findings[0].advice == advice


def test_an_area_is_near_if_any_word_of_its_name_begins_so() -> None:
    known = [Named("810", "Kingston upon Hull, City of"), Named("383", "Leeds")]
    assert [str(named) for named in most_like("hull", known)] == ["Kingston upon Hull, City of (810)"]
    assert most_like("ull", known) == []


def test_without_any_area_the_advice_is_to_import(engine: Engine) -> None:
    with session(engine, read_only=True) as opened, pytest.raises(NotFound, match="Import a programme first"):
        find_area(opened, "820")
