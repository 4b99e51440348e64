"""The edition of the data: another one after every change that pages show, whoever made it."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update
from sqlmodel import select

from models import Area, Edition, Heartbeat, SolveBeat, SolveRun, make_engine, session
from models.edition_watch import EditionWatch
from tests.tables import AT, PLANNED_ON, fill
from tests.unit.models.test_migrations import moved_to


@pytest.fixture
def watch(engine: Engine) -> EditionWatch:
    with session(engine) as opened:
        fill(opened, 1)
    return EditionWatch(engine)


def test_reading_leaves_the_edition_as_it_is(engine: Engine, watch: EditionWatch) -> None:
    before = watch.now()
    with session(engine, read_only=True) as opened:
        opened.exec(select(Area)).all()
    with session(engine) as opened:
        opened.exec(select(Area)).all()
    assert watch.now() == before


def test_a_change_by_rows_by_statement_and_by_text_makes_a_new_one_each(
    engine: Engine, watch: EditionWatch
) -> None:
    seen = [watch.now()]
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").name = "Steel City"
    seen.append(watch.now())
    with session(engine) as opened:
        opened.exec(update(Area).values(region="North"))
    seen.append(watch.now())
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM contact"))
    seen.append(watch.now())
    assert len(set(seen)) == 4


def test_what_is_rolled_back_makes_none(engine: Engine, watch: EditionWatch) -> None:
    before = watch.now()
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").name = "Steel City"
        opened.flush()
        opened.rollback()
    assert watch.now() == before


def test_signs_of_life_of_a_solve_make_none_and_those_of_the_daily_work_do(
    engine: Engine, watch: EditionWatch
) -> None:
    before = watch.now()
    with session(engine) as opened:
        run = SolveRun(option="3", profile="quick", started_by="Ann", started_at=AT)
        opened.add(run)
        opened.flush()
        opened.add(SolveBeat(run_id=run.id or 0, at=AT))
    assert watch.now() == before
    with session(engine) as opened:
        opened.add(Heartbeat(name="tick", as_of=PLANNED_ON, began_at=AT))
    assert watch.now() != before


def test_a_change_of_another_process_is_seen(engine: Engine, watch: EditionWatch) -> None:
    before = watch.now()
    url = engine.url.render_as_string(hide_password=False)
    change = (
        "import sys\nfrom models import Area, make_engine, session\n"
        "with session(make_engine(sys.argv[1])) as opened:\n    opened.get_one(Area, 'sheffield').name = 'Other'\n"
    )
    subprocess.run([sys.executable, "-c", change, url], check=True, cwd=Path(__file__).parents[3])
    assert watch.now() != before


def test_a_lost_row_is_made_anew_and_a_lost_file_is_never_the_same(
    engine: Engine, watch: EditionWatch, tmp_path: Path
) -> None:
    with session(engine) as opened:
        opened.delete(opened.get_one(Edition, 1))
    before = watch.now()
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").name = "Other"
    assert watch.now() != before
    lost = EditionWatch(make_engine(f"sqlite:///{tmp_path}/lost.db"))
    assert lost.now() != lost.now()


def test_tables_may_come_and_go_by_migrations(engine: Engine, watch: EditionWatch) -> None:
    moved_to(engine, "0022")
    moved_to(engine, "head")
    before = watch.now()
    with session(engine) as opened:
        opened.get_one(Area, "sheffield").name = "Other"
    assert watch.now() != before
