"""The words of messages are files: each is checked when it is read, and an operator's own goes before ours."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.settings import home_settings
from models import session
from services.errors import NotFound, Refused
from services.messages.samples import previewed
from services.messages.templates import FOLDER, InvalidTemplate, template_list, words_of
from services.messages.triggers import FRAME, OCCASIONS
from services.messages.values import Side
from tests.tables import published

EVERY = [(occasion.id, side) for occasion in (*OCCASIONS, FRAME) for side in occasion.sides]
DAY = date(2005, 9, 1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path / "home"))
    return home_settings().messages


def write(home: Path, name: str, text: str) -> None:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def findings(home: Path, text: str, name: str = "notice/authority.txt") -> list[str]:
    """What is wrong with a file of the home."""
    write(home, name, text)
    with pytest.raises(InvalidTemplate) as caught:
        words_of("notice", "authority")
    return [str(finding) for finding in caught.value.findings]


def test_every_occasion_has_a_file_for_each_side_that_hears_of_it_and_no_other() -> None:
    assert [(line.occasion, line.side) for line in template_list()] == EVERY
    ours = set(FOLDER.glob("*/*.txt"))
    assert {FOLDER.parents[1] / line.file for line in template_list()} == ours


def test_words_that_both_sides_hear_alike_stand_once() -> None:
    for folder in FOLDER.iterdir():
        texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.txt")]
        assert len(set(texts)) == len(texts), folder.name


def test_a_file_for_both_sides_gives_way_to_that_of_a_side(home: Path) -> None:
    write(home, "done/both.txt", "Subject: for both\n")
    write(home, "done/authority.txt", "Subject: for one\n")
    names = {line.side: Path(line.file).name for line in template_list() if line.occasion == "done"}
    assert names == {"authority": "authority.txt", "inspectorate": "both.txt"}


@pytest.mark.parametrize(("occasion", "side"), EVERY)
def test_every_template_makes_a_message_of_the_sample(engine: Engine, occasion: str, side: Side) -> None:
    """It says which area, what and when, whom to ask and where to look, and cites no requirement."""
    with session(engine, read_only=True) as opened:
        found = previewed(opened, occasion, side, None, DAY)
    assert found.subject.startswith("York")
    assert "Dear Jane Avon,\n" in found.body
    assert "- Reviews desk, Lead inspectorate, 020 7946 0000, reviews@inspectorate.example\n" in found.body
    assert "https://reviews.example.org/areas/816" in found.body
    assert "(R0" not in found.body
    assert "\n\n\n" not in found.body


@pytest.mark.parametrize(("occasion", "side"), [pair for pair in EVERY if pair[0] != "evidence"])
def test_every_template_makes_a_message_of_an_activity(engine: Engine, occasion: str, side: Side) -> None:
    published(engine, num_areas=1)
    with session(engine, read_only=True) as opened:
        found = previewed(opened, occasion, side, "sheffield-jar", DAY)
    assert "Sheffield" in found.subject
    assert "https" not in found.body  # no address is set


def test_a_file_of_the_home_takes_the_place_of_ours_at_once(engine: Engine, home: Path) -> None:
    write(home, "notice/authority.txt", "Subject: {{ items[0].review.area }} is next\nBe ready.\n")
    with session(engine, read_only=True) as opened:
        found = previewed(opened, "notice", None, None, DAY)
        other = previewed(opened, "cancelled", None, None, DAY)
    assert found.subject == "York is next"
    assert "Be ready." in found.body
    assert "cancelled" in other.subject


def test_a_name_that_nothing_has_is_refused_with_its_line_also_in_a_branch_that_is_rarely_taken(
    home: Path,
) -> None:
    body = "{% for item in items %}\n{% if item.why %}{{ item.reveiw.area }}{% endif %}\n{% endfor %}\n"
    assert findings(home, "Subject: {{ items[0].review.area }}\n\n" + body) == [
        "messages/notice/authority.txt: line 4: there is no name 'reveiw'. Try 'review'."
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Hello\n", "line 1: it has no subject. Begin the first line with 'Subject:'."),
        ("Subject: {{ itmes|length }}\n", "line 1: there is no name 'itmes'. Try 'items'."),
        ("Subject: x\n{{ today|dya }}\n", "line 2: there is no filter 'dya'. Try 'day'."),
        ("Subject: x\n{{ today|day\n", "line 2: "),
        ("Subject: x\n{% for item in items %}\n", "Check the braces"),
        ("Subject: {{ sections[0].subject }}\n", "there is no name 'sections'"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_line_and_advice(home: Path, text: str, finding: str) -> None:
    assert any(finding in found for found in findings(home, text))


def test_everything_wrong_with_every_file_is_said_at_once(home: Path) -> None:
    write(home, "farewell/authority.txt", "Subject: x\n")
    write(home, "joined/authority.txt", "Subject: x\n")
    found = findings(home, "Subject: {{ nobody }}{{ nothing }}\n")
    assert len(found) == 4
    assert any("there is no occasion 'farewell'" in text for text in found)
    assert any("nobody of 'authority' hears of it. Choose one of: inspectorate." in text for text in found)


def test_a_message_of_nothing_is_refused(engine: Engine) -> None:
    published(engine, num_areas=1)
    with session(engine, read_only=True) as opened:
        with pytest.raises(NotFound, match="there is no such occasion"):
            previewed(opened, "notise", None, None, DAY)
        with pytest.raises(NotFound, match="nobody of that side hears of it"):
            previewed(opened, "joined", "authority", None, DAY)
        with pytest.raises(NotFound, match="no such activity"):
            previewed(opened, "notice", None, "atlantis", DAY)
        with pytest.raises(Refused, match="nothing is asked of it"):
            previewed(opened, "evidence", None, "sheffield-jar", DAY)
        with pytest.raises(Refused, match="several activities are meant"):
            previewed(opened, "notice", None, "sheffield", DAY)
