"""Authorities that were asked what they think: an open and a closed round, answers, a conference and a suggestion."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models import Delivery
from services.audit import Word
from services.days.working_days import add_working_days
from services.developments.trials import add_lesson, add_trial
from services.questionnaires.answering import Given, invitation_of_area, take_answer
from services.questionnaires.conferences import NewConference, add_conference
from services.questionnaires.sent_rounds import Wanted, close_round, open_round
from services.questionnaires.suggestions import add_suggestion
from tests.known import known
from tests.questionnaires import ADDRESS, LINK

DEVELOPMENT = "2005-reviews"
EVALUATION = "assessment-2009"


def ask_authorities(opened: Session, areas: Sequence[str], word: Word) -> None:
    """Send two questionnaires to some areas, of which the first one answers, and record what else was said."""
    reply_by = add_working_days(word.as_of, 10)
    said = {"arrangements": "agree", "arrangements_comment": "Early dates help", "more": "A clear letter"}
    for name in ("joint-review", "contact-visit-2009"):
        number = open_round(opened, Wanted(name, reply_by, tuple(areas), EVALUATION), word, ADDRESS).number
        given = Given("Jane Avon", "director", "the board", said)
        take_answer(opened, invitation_of_area(opened, number, areas[0]), given, word)
    close_round(opened, number, word)
    add_conference(opened, NewConference(EVALUATION, word.as_of, "Leeds", 5, tuple(areas)), word)
    add_suggestion(opened, EVALUATION, "Performance profile", "Widen access to it", word)
    trial = add_trial(opened, DEVELOPMENT, "Leeds", word.as_of, word)
    add_lesson(opened, trial.id or 0, "Leave more time before the fieldwork", word)


def answering_page(opened: Session) -> str:
    """The path of a page on which an authority answers."""
    query = select(Delivery.body).where(Delivery.occasions == "questionnaire").order_by(col(Delivery.id))
    return str(LINK.findall(known(opened.exec(query).first()))[0])
