"""The pages about messages say what is sent: on which occasions, and in the life of one review."""

import importlib.util
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _load():
    spec = importlib.util.spec_from_file_location("make_messages", ROOT / "docs" / "make_messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date():
    module = _load()
    assert module.PAGE.read_text(encoding="utf-8") == module.page(), "run docs/make_messages.py"


EXAMPLE = (ROOT / "docs" / "messages-example.md").read_text(encoding="utf-8")


def _messages():
    """Day, recipients, subject and text of each message of the example."""
    days = re.split(r"^## (.+)$", EXAMPLE, flags=re.MULTILINE)[1:]
    for day, text in zip(days[::2], days[1::2], strict=True):
        found = re.findall(r"^To (.+?): \*\*(.+?)\*\*.*?```text\n(.*?)\n```", text, re.MULTILINE | re.DOTALL)
        for names, subject, body in found:
            yield day, re.split(r", | and ", names), subject, body


def test_nobody_of_the_example_gets_two_messages_on_one_day():
    counts = Counter((day, name) for day, names, _subject, _body in _messages() for name in names)
    assert len(counts) > 150
    assert [key for key, count in counts.items() if count > 1] == []


def test_nothing_of_the_example_is_said_twice_to_a_person():
    lines = Counter()
    for _day, names, _subject, body in _messages():
        said = [(line, after) for line, after in pairwise(body.splitlines()) if after.startswith("  ")]
        lines.update((name, *pair) for name in names for pair in said if pair[0].startswith("- "))
    assert len(lines) > 150
    assert [line for line, count in lines.items() if count > 1] == []


def test_the_example_says_whom_to_ask_and_what_to_do_and_cites_no_requirement():
    found = list(_messages())
    assert all("Whom to ask\n-----------\n\n- " in body for _day, _names, _subject, body in found)
    assert all(subject.startswith("York") for _day, _names, subject, _body in found)
    assert not re.search(r"\bR\d{3}\b|127\.0\.0\.1|localhost", EXAMPLE)
    notice = next(
        body for _day, names, subject, body in found if "notice" in subject and "Jane Avon" in names
    )
    for said in (
        "24 to 28 April 2006: Analysis week",
        "Self-assessment handed in: by 27 March 2006",
        "020 7946",
    ):
        assert said in notice


def test_the_authority_of_the_example_hears_nothing_before_its_notice():
    subjects = [subject for _day, names, subject, _body in _messages() if "Jane Avon" in names]
    assert "notice of the joint area review" in subjects[0]
