"""The evaluation of 2009: 152 authorities, and what their questionnaires and conferences came to."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from sqlmodel import Session, col, select

from models import Area, Contact, Delivery
from services.audit import Word
from services.questionnaires.answering import Given, Said, Taken, invitation_of_area, take_answer
from services.questionnaires.sent_rounds import Sent, Wanted, open_round

ADDRESS = "https://reviews.example.org"
SENT_ON, REPLY_BY, REMIND_ON = date(2010, 1, 11), date(2010, 1, 25), date(2010, 1, 18)
NUM_AUTHORITIES, NUM_ANSWERED = 152, 59
NUM_VISITED, NUM_ANSWERED_OF_VISITS = 87, 53
LINK = re.compile(rf"{ADDRESS}(/answers/[A-Za-z0-9_-]{{43}})")

PROFILE: Said = {"profile": "3"}


def word(day: date = SENT_ON, who: str = "Ann Lee") -> Word:
    """What somebody says on a day."""
    return Word(who, datetime.combine(day, time(9), UTC), day)


def code(number: int) -> str:
    """The code of an authority, from 1 on."""
    return f"{number:03}"


def codes(numbers: range) -> tuple[str, ...]:
    """The codes of some authorities."""
    return tuple(map(code, numbers))


def fill(opened: Session, num_authorities: int = NUM_AUTHORITIES) -> None:
    """Authorities, each with its director."""
    for number in range(1, num_authorities + 1):
        opened.add(
            Area(
                code=code(number),
                gss_code=f"E06{number:06}",
                name=f"Authority {code(number)}",
                type="unitary",
                region="North West",
                lat=53.0,
                lon=-1.5,
                population_0_19=40_000,
                urgency=3,
                extent="light",
                holiday_calendar="england",
            )
        )
    opened.flush()
    for number in range(1, num_authorities + 1):
        email = f"director@a{code(number)}.example"
        opened.add(Contact(area_code=code(number), role="director", name=f"Dee {number}", email=email))
    opened.add(Contact(role="operations", name="Reviews desk", email="desk@inspectorate.example"))
    opened.flush()


def send(opened: Session, *areas: str, questionnaire: str = "assessment-2009", to: date = REPLY_BY) -> Sent:
    """Open a round for some areas, or for all."""
    wanted = Wanted(questionnaire, to, areas, "assessment-2009")
    return open_round(opened, wanted, word(), ADDRESS)


def answer(
    opened: Session, number: int, area: str, answers: Said | None = None, on: date = date(2010, 1, 20)
) -> Taken:
    """The answer of an authority on a day."""
    given = Given("Dee", "director", "the board", PROFILE if answers is None else answers)
    return take_answer(opened, invitation_of_area(opened, number, area), given, word(on, "Dee"))


def links(opened: Session, email: str) -> list[str]:
    """The paths under which somebody answers, in the order in which they were sent."""
    return list(_links(opened, email))


def _links(opened: Session, email: str) -> Iterator[str]:
    query = select(Delivery.body).where(Delivery.recipient == email).order_by(col(Delivery.id))
    for body in opened.exec(query):
        yield from LINK.findall(body)
