"""Writes docs/messages-example.md: every message of one review's life, to whom it went and what it said.

`python docs/make_messages_example.py` imports York of england-2005 into a database of its own, publishes its review and
plays it day by day with the people of the demonstration. One of the team cannot come, the planner moves the review to
other weeks once, and steps that people sign off late move those that count from them.
"""

import csv
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Engine, update
from sqlmodel import col, select

from cli.demonstration.rehearsal import rehearse
from models import (
    Absence,
    Activity,
    Contact,
    Evidence,
    EvidenceNeed,
    TeamPlace,
    make_engine,
    session,
    upgrade,
)
from reports.words import date_in_words, list_in_words, plural
from scheduler.values.result import SolveParams
from services.audit import Word
from services.casework.evidence.answers import receive
from services.casework.evidence.kept_files import Receipt
from services.imports import import_folder
from services.messages.transports import Attempt, Ending
from services.option_words import OF_ALL
from services.plans.publication import publish
from services.solves.solving import Asker, solve_option

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "messages-example.md"
YORK, TYPE, REVIEW, FRAMEWORK = "816", "unitary", "816-jar", "jar-2005"
EXAMPLE = ROOT / "examples" / "england-2005"
FIRST_WEEK, SECOND_WEEK = date(2006, 5, 15), date(2006, 4, 24)
PUBLISHED_ON, MOVED_ON, ENDS_ON = date(2005, 8, 1), date(2005, 10, 3), date(2007, 4, 1)
WHO, WHY = "planner", "The council asked for a week before its elections"
TELEPHONE = "020 7946 0816"
WIDTH = 130
"""Characters in a line of prose."""
HEAD = """# All messages of one review

Written by `docs/make_messages_example.py`: the joint area review of York from the first publication of its dates to its
evaluation, with made-up people who are mostly punctual. Each message is shown once, with all to whom the same was said.
What is sent when: [messages](messages.md).
"""


class Sent(NamedTuple):
    """A message that went out."""

    day: date
    to: str
    name: str
    subject: str
    text: str
    events: int


class Collector:
    """Takes every message, as a mail server would."""

    name = "collector"
    is_repeatable = False

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def line(self) -> AbstractContextManager["Collector"]:
        """Itself."""
        return nullcontext(self)

    def deliver(self, message: EmailMessage) -> Attempt:
        """Keep it."""
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        found = re.search(r"^Dear (.*),$", text, re.MULTILINE)
        day = datetime.strptime(str(message["Date"])[5:16], "%d %b %Y").date()
        events = sum(str(part.get_content()).count("BEGIN:VEVENT") for part in message.iter_attachments())
        name = found.group(1) if found else ""
        self.sent.append(Sent(day, str(message["To"]), name, str(message["Subject"]), text, events))
        return Attempt(Ending.SENT)


def messages() -> list[Sent]:
    """Play the review; every message in its order."""
    collector = Collector()
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/york.db")
        upgrade(engine)
        import_folder(engine, _york(Path(folder) / "york"), WHO, _at(PUBLISHED_ON))
        _publish(engine, FIRST_WEEK, PUBLISHED_ON, "")
        _play(engine, PUBLISHED_ON, MOVED_ON, collector)
        _somebody_cannot_come(engine)
        _publish(engine, SECOND_WEEK, MOVED_ON, WHY)
        _play(engine, MOVED_ON, ENDS_ON, collector)
        engine.dispose()
    return collector.sent


def _play(engine: Engine, start: date, end: date, collector: Collector) -> None:
    """Day by day; what is asked for comes in on the day on which it is due."""
    for day in (start + timedelta(days=number) for number in range((end - start).days)):
        with session(engine) as opened:
            needed = select(EvidenceNeed.item).join(
                Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id)
            )
            for item in opened.exec(needed.where(Evidence.due_on <= day, Evidence.state == "asked")).all():
                receive(opened, REVIEW, item, Receipt(day), Word(WHO, _at(day), day))
        rehearse(engine, day, day + timedelta(days=1), collector, address="https://reviews.example.org")


def page() -> str:
    """The page with what was sent."""
    parts = [HEAD]
    day = None
    for group in _groups(messages()):
        first = group[0]
        if first.day != day:
            day = first.day
            parts.append(f"## {date_in_words(day)}\n")
        names = list_in_words([sent.name for sent in group])
        attached = f" With {plural(first.events, 'date')} attached." if first.events else ""
        told = fill(f"To {names}: **{first.subject}**.{attached}", WIDTH, break_on_hyphens=False)
        parts.append(f"{told}\n\n```text\n{first.text.rstrip()}\n```\n")
    return "\n".join(parts)


def _groups(sent: list[Sent]) -> Iterator[list[Sent]]:
    """Messages of a day that say the same, apart from the names of their readers."""
    found: dict[tuple[object, ...], list[Sent]] = {}
    for one_sent in sent:
        said = re.sub(
            r"^(Dear .*|You are receiving this in your role: .*)$", "", one_sent.text, flags=re.MULTILINE
        )
        found.setdefault((one_sent.day, one_sent.subject, said), []).append(one_sent)
    yield from found.values()


def _york(folder: Path) -> Path:
    """The example's files for York alone, with its review and nothing else."""
    folder.mkdir()
    for path in EXAMPLE.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            rows, names = list(reader), list(reader.fieldnames or ())
        column = "code" if path.name == "areas.csv" else "area"
        if column in names:
            rows = [row for row in rows if row[column] in ("", YORK)]
        if path.name == "elections.csv":
            rows = [row for row in rows if row["area_type"] in ("all", TYPE)]
        if path.name in ("inspections_due.csv", "comparators.csv"):
            rows = []
        if path.name == "programme.csv":
            rows = [{**row, "frameworks": FRAMEWORK, "is_demo": ""} for row in rows]
        with (folder / path.name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
    members = (folder / "partner_members.csv").read_text(encoding="utf-8")
    groups = folder / "partner_groups.csv"
    kept = [
        line
        for number, line in enumerate(groups.read_text(encoding="utf-8").splitlines())
        if number == 0 or line.split(",")[0] in members
    ]
    groups.write_text("\n".join([*kept, ""]), encoding="utf-8")
    return folder


def _publish(engine: Engine, monday: date, day: date, why: str) -> None:
    with session(engine) as opened:
        opened.exec(update(Activity).values(pinned_on=monday))
        opened.exec(
            update(Contact).where(col(Contact.role) == "lead_inspectorate").values(telephone=TELEPHONE)
        )
    asker = Asker(WHO, lambda: _at(day))
    solved = solve_option(engine, OF_ALL[0], SolveParams(num_workers=1), asker, profile="quick")
    with session(engine) as opened:
        publish(opened, solved.version or 0, "indicative", Word(WHO, _at(day), day, why))


def _somebody_cannot_come(engine: Engine) -> None:
    """One of the team is away in the weeks that the review moves to."""
    with session(engine) as opened:
        place = opened.exec(
            select(TeamPlace).where(TeamPlace.skill != "leader").order_by(TeamPlace.skill)
        ).first()
        if place is not None:
            opened.add(
                Absence(inspector_code=place.inspector_code, start_on=SECOND_WEEK, end_on=date(2006, 7, 1))
            )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
