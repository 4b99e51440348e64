"""An area whose preparation group has begun: a member, a task that is open, and a meeting to record."""

from datetime import timedelta

from sqlmodel import Session, select

from models import Account
from services.audit import Word
from services.preparation.members import NewMember, add_member, organisations_of, start_group
from services.preparation.planned_tasks import NewTask, add_task
from services.programme import rules_of


def begin_preparing(opened: Session, login: str, word: Word) -> None:
    """The group of the account's area starts on the day of the word."""
    area = opened.exec(select(Account.area_code).where(Account.login == login)).one() or ""
    framework = next(iter(rules_of(opened).frameworks))
    start_group(opened, area, framework, "The service executive", word.as_of, word)
    council = organisations_of(opened, area)[0]
    new = NewMember("Nia Farr", council, "Assistant director", "nia.farr@council.example", is_chair=True)
    add_member(opened, area, new, word)
    due_on = word.as_of + timedelta(weeks=4)
    add_task(opened, area, NewTask("Assemble the evidence", "Nia Farr", due_on), word)
