"""Reviews of the past, played again: imported from files, run day by day, signed off when things really happened."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, Step, session
from services.audit import Word
from services.casework.actions import RequiredAction, required_actions
from services.casework.advancing import advance, waits_for
from services.casework.cases import published_cases
from services.casework.sign_offs import agree_date
from services.casework.step_turns import Action
from services.casework.steps import last_day, sign_off_due
from services.casework.waiver_reasons import WaiverReason
from services.days.working_days import is_working_day, next_working_day
from services.imports import import_folder
from services.messages.outbox import send_due
from tests.engines import quick_engine
from tests.fakes import FakeTransport
from tests.import_files import SKILLS, Rows, right_files, write_files
from tests.known import known
from tests.people import sign
from tests.tables import at

LEADER = "leader"

Deed = Callable[[Session, Word], object]
"""What somebody does on a day beside signing off."""


def one_area(code: str, planned_on: date, last_start_on: date) -> dict[str, Rows]:
    """Files of a programme of a single area with enough people for any of its teams, a director and an executive."""
    files = right_files()
    files["programme.csv"][0] |= {
        "planned_on": planned_on.isoformat(),
        "first_start_on": planned_on.isoformat(),
        "last_start_on": last_start_on.isoformat(),
    }
    files["areas.csv"] = [area for area in files["areas.csv"] if area["code"] == "373"]
    files["areas.csv"][0] |= {"code": code, "urgency": "1", "population_0_19": "30000"}
    for name in ("ratings", "absences", "conflicts", "partner_groups", "partner_members", "closures"):
        files[f"{name}.csv"] = []
    files["elections.csv"], files["inspections_due.csv"] = [], []
    files["contacts.csv"] = [
        {"area": area, "role": role, "name": f"The {role}", "email": f"{role}@{place}.example"}
        for role, area, place in (
            ("director", code, "council"),
            ("chief_executive", code, "council"),
            ("lead_inspectorate", "", "ofsted"),
            ("audit_commission", "", "audit"),
            ("operations", "", "office"),
        )
    ]
    for person in files["inspectors.csv"]:
        person["email"] = f"{person['code'].lower()}@inspectors.example"
    return files


def as_published(code: str, kind: str, starts: Mapping[str, date]) -> Rows:
    """Rows of `past_reviews.csv`: what was announced before anything was kept here."""
    blank = {"last_day": "", "state": "published", "precision": "final"}
    return [
        {"area": code, "kind": kind, "stage": stage, "first_day": day.isoformat()} | blank
        for stage, day in starts.items()
    ]


def a_team(code: str, *skills: str) -> Rows:
    """Rows of `past_teams.csv`: the leader, and one person for each skill."""
    people = {skill: f"I{number}" for number, skill in enumerate((*SKILLS, LEADER), start=1)}
    return [
        {"area": code, "kind": "jar", "skill": skill, "inspector": people[skill]}
        for skill in (LEADER, *skills)
    ]


@dataclass
class Replay:
    """A programme whose days are run one after the other.

    `happened` says on which day a step was done, 'area-kind step'; of every other step people say so in time. `deeds`
    are what else was done, by day; `sent` is every message with the day of the run that sent it.
    """

    engine: Engine
    happened: Mapping[str, date] = field(default_factory=dict)
    deeds: Mapping[date, Deed] = field(default_factory=dict)
    waiver: WaiverReason | None = None
    sent: list[tuple[date, EmailMessage]] = field(default_factory=list)
    signed: dict[str, date] = field(default_factory=dict)

    def run(self, first: date, last: date) -> "Replay":
        """Every working day from the first to the last."""
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            if is_working_day(day):
                self._run_day(day)
        return self

    def run_weekly(self, first: date, last: date) -> "Replay":
        """The first working day of each week that begins in a calm time; what was missed is caught up."""
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            if day.weekday() == 0:
                self._run_day(next_working_day(day))
        return self

    def _run_day(self, day: date) -> None:
        """The tick, the messages, then what people do."""
        with session(self.engine) as opened:
            advance(opened, day)
        transport = FakeTransport()
        send_due(self.engine, day, lambda: at(day), transport)
        self.sent += [(day, message) for message in transport.messages]
        with session(self.engine) as opened:
            word = Word("planner", at(day), day, "as it was")
            if day in self.deeds:
                self.deeds[day](opened, word)
            self._sign(opened, word)

    def _sign(self, opened: Session, word: Word) -> None:
        query = (
            select(Step, Activity.code)
            .join(Activity, col(Activity.id) == col(Step.activity_id))
            .where(Step.state != "done", col(Step.needs_sign_off).is_(True))
            .order_by(col(Step.position), col(Activity.code))
        )
        for step, code in opened.exec(query).all():
            name = f"{code} {step.step_id}"
            on = self.happened.get(name, sign_off_due(step))
            if on > word.as_of or step.state in ("left_out", "superseded") or waits_for(opened, step.id or 0):
                continue
            day = self.happened.get(name, last_day(step))
            sign(opened, step.id or 0, day, word, waiver=self.waiver)
            self.signed[name] = word.as_of

    def step(self, code: str, step_id: str) -> Step:
        """A step as it stands now."""
        with session(self.engine, read_only=True) as opened:
            query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
            return opened.exec(query.where(Activity.code == code, Step.step_id == step_id)).one()

    def days(self, code: str, *steps: str) -> list[date]:
        """On which day each of these steps is due; of a stage, its last."""
        return [last_day(self.step(code, step)) for step in steps]

    def told(self, recipient: str, words: str) -> list[date]:
        """Days on which somebody was told something."""
        return [day for day, mail in self.sent if mail["To"] == recipient and words in text_of(mail)]

    def twice_a_day(self) -> list[tuple[date, str]]:
        """Who got more than one message on a day."""
        counts = Counter((day, str(mail["To"])) for day, mail in self.sent)
        return [who for who, count in counts.items() if count > 1]


def text_of(message: EmailMessage) -> str:
    """Subject and words of a message."""
    return f"{message['Subject']}\n{known(message.get_body(('plain',))).get_content()}"


def imported(migrated: Path, folder: Path, files: dict[str, Rows], day: date, **given: object) -> Replay:
    """A database of its own with the files, imported on a day; nothing has run yet."""
    path = folder / "own.db"
    path.write_bytes(migrated.read_bytes())
    engine = quick_engine(f"sqlite:///{path}")
    import_folder(engine, write_files(folder / "files", files), "planner", at(day))
    return Replay(engine, **given)  # type: ignore[arg-type]


def step_of(opened: Session, code: str, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.code == code, Step.step_id == step_id)).one()


def agrees(code: str, step_id: str, day: date, waiver: WaiverReason | None = None) -> Deed:
    """Another day than the counted one is agreed."""
    return lambda opened, word: agree_date(
        opened, step_of(opened, code, step_id).id or 0, day, word, waiver=waiver
    )


def to_waive(opened: Session, day: date) -> list[RequiredAction]:
    """Broken rules for which somebody is asked for a reason."""
    actions = (action for case in published_cases(opened) for action in required_actions(case, day))
    return [action for action in actions if action.action is Action.WAIVE]
