"""The statement of other inspections in an area, and what its authority sees of it (R068, R100, R119, R123)."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from models import session
from reports.tables_as_page import tables_html
from services.inspections.relating import WITHIN, Relation
from services.naming.areas import find_area
from services.shown.inspection_tables import statement_sentences, statement_tables, statement_title
from services.shown.inspections import Burden, Statement, statement_of
from services.shown.shown_plan import Audience
from tests.inspections import (
    ADOPTION,
    AS_OF,
    EDUCATION,
    RESULT,
    WELFARE,
    YOT,
    files_of,
    imported,
    with_youth_offending,
)
from tests.known import known
from tests.york import AREA, york


def statement(engine: Engine, audience: Audience = Audience.INSPECTORATE, as_of: date = AS_OF) -> Statement:
    """That of York's area."""
    with session(engine, read_only=True) as opened:
        return statement_of(opened, find_area(opened, AREA), as_of, audience)


def filled(engine: Engine, folder: Path) -> None:
    """York with everything that is due, and a result."""
    york(engine)
    with_youth_offending(engine)
    told = {**ADOPTION, "told_on": "2006-04-03"}
    imported(engine, files_of(folder, [told, WELFARE, EDUCATION], [RESULT]))


def test_yorks_youth_offending_inspection_is_within_and_saves_the_review_a_seat_r097_r100(
    engine: Engine, tmp_path: Path
) -> None:
    """C9: window 22 May to 14 August 2006, planned 22 to 26 May, fieldwork 15 to 26 May."""
    filled(engine, tmp_path)
    shown = statement(engine)
    (inspection,) = [one for one in shown.inspections if one.activity == YOT]
    assert (inspection.relation, inspection.price) == (Relation(WITHIN, 0), 0)
    by = {one.overlap.id: one.by for one in shown.allocations}
    assert known(by["youth_offending"]).activity == YOT
    assert by["mental_health"] is None


def test_a_statement_says_what_becomes_of_each_inspection_and_what_is_spared_r119_r123(
    engine: Engine, tmp_path: Path
) -> None:
    """Two types subsumed since September 2005, one within, one visit saved."""
    filled(engine, tmp_path)
    shown = statement(engine)
    assert shown.burden == Burden(num_subsumed=2, num_partly=2, num_within=1, num_visits=1, num_overlaps=1)
    assert known(statement(engine, as_of=date(2005, 8, 31)).burden).num_subsumed == 0
    tables = {table.name: table.rows for table in statement_tables(shown)}
    assert tables["Today's inspections"][0][-2:] == (
        "Subsumed. The joint area review takes its place.",
        "From 1 September 2005",
    )
    assert [row[2:] for row in tables["Joint visits"]] == [("4 to 15 September 2006",)]
    assert [row[-2] for row in tables["Due besides the review"]][:2] == ["Within the review", ""]
    sentences = statement_sentences(shown)
    assert "Built into the review: Youth offending teams and Local Safeguarding Children Boards." in sentences


def test_results_of_settings_are_evidence_by_outcome_with_the_commissioners_part_r102_r103_r175(
    engine: Engine, tmp_path: Path
) -> None:
    """An independent home counts like any other."""
    filled(engine, tmp_path)
    (line,) = statement(engine).results
    assert (line.outcome, line.sector, line.grade) == ("Staying safe", "Independent", "Good")
    assert line.commissioner == "Placements are reviewed late"


def test_an_authority_sees_what_it_was_told_of_and_nothing_of_days_of_the_review_r068(
    engine: Engine, tmp_path: Path
) -> None:
    """Not the visit to the home, not its results, not where anything lies to the review; and nothing a day early."""
    filled(engine, tmp_path)
    shown = statement(engine, Audience.AUTHORITY)
    assert [one.type.id for one in shown.inspections] == ["yot", "adoption"]
    assert {one.relation for one in shown.inspections} == {None}
    names = [table.name for table in statement_tables(shown, Audience.AUTHORITY)]
    assert names == ["Today's inspections", "Due besides the review"]
    assert (shown.results, shown.visits, shown.allocations, shown.burden) == ((), (), (), None)
    early = statement(engine, Audience.AUTHORITY, date(2006, 4, 2))
    assert [one.type.id for one in early.inspections] == ["yot"]


def test_a_day_without_a_register_says_so(engine: Engine) -> None:
    """The register of 2005 ends with the regime of 2009."""
    york(engine)
    shown = statement(engine, as_of=date(2009, 4, 1))
    assert statement_tables(shown) == []
    assert statement_sentences(shown) == ["There is no register of inspections for 1 April 2009."]


def test_a_printed_statement_has_captions_and_no_markup_of_others_r119(
    engine: Engine, tmp_path: Path
) -> None:
    """Names of places are text."""
    york(engine)
    place = "<b>Elm</b>"
    imported(engine, files_of(tmp_path, [{**WELFARE, "place": place}]))
    shown = statement(engine)
    page = tables_html(statement_title(shown), statement_sentences(shown), statement_tables(shown)).decode()
    assert "<h1>Other inspections in Sheffield</h1>" in page
    assert "<caption>Due besides the review</caption>" in page
    assert "&lt;b&gt;Elm&lt;/b&gt;" in page
    assert place not in page
