"""R068: no word of an unannounced visit reaches the authority's side before its step, in any channel; then all do.

The year of the 2009 programme is run. In each channel somebody looks on the eve of every visit, while it is on, and
after its step is signed off.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from config.clock import Clock
from console.app import create_app
from console.context import Context
from flows import tick_flow
from flows.artifacts import programme_artifacts
from flows.horizon import wanted_stage_runs
from models import Activity, Area, Step, session
from services.audit import Word
from services.plans.cancelling import cancel
from services.shown.exports import Format, export_plan
from services.shown.outlook import step_lines
from services.shown.shown_plan import Audience, Selection
from tests.day_runner import weekdays
from tests.engines import quick_engine
from tests.fakes import FakeTransport
from tests.known import known
from tests.regime import PLANNED_ON, solved_home
from tests.replaying import Replay
from tests.signing_in import cookies_of, sign_in_as
from tests.tables import at

WORDS = re.compile(r"unannounced|\bcra\b|contact, referral", re.IGNORECASE)
"""What names such a visit: its framework, its kind, its code."""

EXPORTS = (Format.SVG, Format.HTML, Format.XLSX, Format.CSV, Format.ICS)
OF_EXPORTS = {format.value for format in EXPORTS}
EVE, BEGUN, SIGNED = "eve", "begun", "signed"
LAST = date(2010, 6, 30)

DIRECTORS = {
    "830": "director@derbyshire.example",
    "831": "director@derby.example",
    "855": "director@leicestershire.example",
    "856": "director@leicester.example",
    "857": "director@rutland.example",
    "925": "director@lincolnshire.example",
}


@dataclass
class Year:
    """The first day of each visit, and in which channels it was seen, by its area and when somebody looked."""

    replay: Replay
    visits: dict[str, date]
    seen: dict[tuple[str, str], set[str]] = field(default_factory=dict)


def whole_text(mail: EmailMessage) -> str:
    """Subject, words, page and attachments of a message."""
    texts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    return "\n".join([str(mail["Subject"]), *texts])


def unpacked(workbook: bytes) -> str:
    with zipfile.ZipFile(BytesIO(workbook)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def channels(engine: Engine, area: str, day: date) -> dict[str, str]:
    """What an authority is shown on a day, and what of its area stands where others can read it."""
    found, only = {}, Selection(areas=frozenset({area}))
    with session(engine, read_only=True) as opened:
        lines = step_lines(opened, day, area, Audience.AUTHORITY)
        found["page"] = "\n".join(f"{line.activity} {line.activity_name} {line.name}" for line in lines)
        for format in EXPORTS:
            made = export_plan(opened, 1, format, as_of=day, selection=only, audience=Audience.AUTHORITY)
            found[format] = unpacked(made.content) if format is Format.XLSX else made.content.decode()
    context = Context(engine, lambda: day, lambda: at(day), "", "token", FakeTransport())
    director = TestClient(create_app(context), base_url="http://localhost")
    director.cookies.update(
        cookies_of(sign_in_as(engine, "authority", login=f"of-{area}", area_code=area, at=at(day)))
    )
    answer = director.get(f"/exports/area-{area}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    found["feed"] = answer.text
    return found | of_prefect(engine, area, day)


def of_prefect(engine: Engine, area: str, day: date) -> dict[str, str]:
    """The runs that wait, the artifacts, and the names of the tick's tasks."""
    with session(engine, read_only=True) as opened:
        name = opened.get_one(Area, area).name
    artifacts: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            programme_artifacts,
            "write_pages",
            lambda pages, _words: artifacts.append(pages.get(f"review-{area}")) or [],
        )
        patch.setattr(
            programme_artifacts,
            "write_table",
            lambda _key, rows, _words: artifacts.extend(row for row in rows if row["area"] == name),
        )
        programme_artifacts.write_programme_artifacts(engine, day)
        patch.setattr(tick_flow, "open_engine", lambda: engine)
        tasks = [due.name for due in tick_flow.activities_due.fn(day)]
    runs = wanted_stage_runs(engine, day, Clock.showing(day, datetime(2009, 3, 2, tzinfo=UTC)))
    return {
        "run": "\n".join(str(run) for run in runs if f"area: {name}" in run.tags),
        "artifact": "\n".join(map(str, artifacts)),
        "task": "\n".join(task for task in tasks if area in task),
    }


def where_it_is_seen(engine: Engine, area: str, day: date) -> set[str]:
    """The channels that have a word of the visit."""
    return {str(channel) for channel, text in channels(engine, area, day).items() if WORDS.search(text)}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The days around each visit are run one by one, those between them on Mondays; everybody is punctual."""
    home = solved_home(tmp_path_factory.mktemp("unannounced"))
    engine = quick_engine(f"sqlite:///{home / 'jarcycle.db'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JARCYCLE_HOME", str(home))
        with session(engine, read_only=True) as opened:
            query = select(Activity.area_code, Step.start_on)
            query = query.join(Step, col(Step.activity_id) == col(Activity.id))
            days = {area: known(day) for area, day in opened.exec(query.where(Step.step_id == "visit"))}
        year = Year(Replay(engine), days)
        for day in weekdays(PLANNED_ON, LAST):
            ago = {area: (day - start).days for area, start in days.items()}
            if day.weekday() == 0 or any(-1 <= number <= 5 for number in ago.values()):
                year.replay.run(day, day)
            for area, number in ago.items():
                when = {-1: EVE, 1: BEGUN, 2: SIGNED}.get(number)
                if when:
                    year.seen[area, when] = where_it_is_seen(engine, area, day)
        yield year
    engine.dispose()


@pytest.mark.parametrize("area", DIRECTORS)
def test_no_word_of_a_visit_is_in_any_channel_before_its_step(year: Year, area: str) -> None:
    """R068: on the eve, and while it is on, in pages, exports, feeds, run names, artifacts and names of tasks."""
    assert year.seen[area, EVE] == set()
    assert year.seen[area, BEGUN] == set()


@pytest.mark.parametrize("area", DIRECTORS)
def test_afterwards_the_visit_is_seen_in_every_channel(year: Year, area: str) -> None:
    """Its stage is over, so no run waits for it."""
    assert year.seen[area, SIGNED] == {"page", "feed", "artifact", "task", *OF_EXPORTS}


@pytest.mark.parametrize("area", DIRECTORS)
def test_the_first_word_in_a_mail_to_the_authority_is_of_a_visit_that_is_signed_off(
    year: Year, area: str
) -> None:
    """R068, R142: neither subject, words, page nor calendar; then the letter with its day."""
    signed = year.replay.signed[f"{area}-cra-2009 visit"]
    mails = [(day, whole_text(mail)) for day, mail in year.replay.sent if mail["To"] == DIRECTORS[area]]
    words = [day for day, text in mails if WORDS.search(text)]
    assert min(words) > signed > year.visits[area]
    assert any("Letter with strengths" in text and "is done" in text for _day, text in mails)


def test_authorities_hear_of_the_announced_inspection_meanwhile_and_nothing_of_another_area(
    year: Year,
) -> None:
    with session(year.replay.engine, read_only=True) as opened:
        names = {area.code: area.name for area in opened.exec(select(Area))}
    heard = {area: [d for d, m in year.replay.sent if m["To"] == DIRECTORS[area]] for area in DIRECTORS}
    assert [area for area, days in heard.items() if min(days) < year.visits[area]] != []
    for _day, mail in year.replay.sent:
        for area, director in DIRECTORS.items():
            if mail["To"] == director:
                assert str(mail["Subject"]).startswith((f"{names[area]}: ", f"{names[area]}, "))


def test_the_year_ends_with_everything_done_and_nobody_told_twice_a_day(year: Year) -> None:
    """R140, R143."""
    with session(year.replay.engine, read_only=True) as opened:
        assert set(opened.exec(select(Activity.state))) == {"done"}
    assert year.replay.twice_a_day() == []


def test_a_visit_that_is_called_off_before_it_was_known_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R068: neither its cancellation nor the one planned in its place."""
    home = solved_home(tmp_path)
    monkeypatch.setenv("JARCYCLE_HOME", str(home))
    engine = quick_engine(f"sqlite:///{home / 'jarcycle.db'}")
    replay = Replay(engine).run(PLANNED_ON, PLANNED_ON)
    with session(engine) as opened:
        cancel(
            opened, "855-cra-2009", Word("test", at(PLANNED_ON), PLANNED_ON, "the team is ill"), again=True
        )
    tomorrow = PLANNED_ON + timedelta(days=1)
    replay.run(tomorrow, tomorrow)
    assert where_it_is_seen(engine, "855", tomorrow) == set()
    assert not any(
        WORDS.search(whole_text(mail)) for _day, mail in replay.sent if mail["To"] in DIRECTORS.values()
    )
    engine.dispose()
