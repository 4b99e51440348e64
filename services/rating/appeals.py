"""Appeals against ratings: a query, a talk, the appeal, evidence, the decision, and the word to the area (R153, R162).

The first two are offered before an appeal and may resolve it. Who rated the area does not decide; an appeal that is
upheld leads to another rating.
"""

from sqlmodel import Session

from models import AnnualRating, AppealStep, RatingAppeal
from services import audit
from services.audit import Word
from services.casework.waiver_reasons import WaiverReason
from services.doors import DECIDE_APPEAL
from services.errors import AlreadySo, Objection, Refused
from services.naming.areas import find_area
from services.rating.annual import assessment_of, require_rating
from services.rating.appeal_objections import (
    AppealVerdict,
    Said,
    objections_to_appealing,
    objections_to_decider,
    objections_to_grade,
    objections_to_lodging,
    objections_to_state,
    objections_to_words,
)
from services.rating.appeal_steps import (
    BEFORE,
    UPHELD,
    Step,
    about,
    appeal_about,
    find_appeal,
    place_of,
    step_of,
)


def begin_query(session: Session, area: str, year: int, said: Said, word: Word) -> RatingAppeal:
    """Write down that an area asks about its rating, before any appeal.

    Raises
    ------
    NotFound
        If there is no such area, or it has not been rated.
    Refused
        Before the draft letter, after the final one, or while another query or appeal is open.
    """
    rating = require_rating(session, find_area(session, area), year)
    wrong = [*objections_to_appealing(session, rating), *objections_to_words(place_of(rating), said, "query")]
    if wrong:
        raise Refused(wrong)
    appeal = _made(session, rating)
    _record(session, appeal, Step.QUERY, said, word)
    return appeal


def talk(session: Session, number: int, said: Said, word: Word) -> RatingAppeal:
    """Write down the talk before an appeal: what was said, and who talked for the inspectorate (R162)."""
    appeal = find_appeal(session, number)
    wrong = list(objections_to_words(about(appeal), said, "talk"))
    if step_of(session, appeal) not in BEFORE:
        message = "it is lodged already: the talk comes before."
        wrong.append(Objection(about(appeal), message, "Add it as evidence.", "R162"))
    if wrong:
        raise Refused(wrong)
    _record(session, appeal, Step.TALK, said, word)
    return appeal


def lodge(
    session: Session, area: str, year: int, said: Said, word: Word, waiver: WaiverReason | None = None
) -> RatingAppeal:
    """Lodge an appeal of an area against its rating; a query about it goes on as this appeal.

    Parameters
    ----------
    waiver
        Why it may be lodged though it is late, or without a talk where the regime wants one first.

    Raises
    ------
    NotFound
        If there is no such area, or it has not been rated.
    Refused
        With everything wrong: late without a waiver, a second appeal against one rating, no grounds, a final letter.
    """
    rating = require_rating(session, find_area(session, area), year)
    before = appeal_about(session, rating)
    queried = before if before is not None and step_of(session, before) in BEFORE else None
    wrong = [] if queried is not None else list(objections_to_appealing(session, rating))
    wrong += objections_to_words(place_of(rating), said, "appeal")
    wrong += objections_to_lodging(session, rating, queried, word.as_of, waiver)
    if wrong:
        raise Refused(wrong)
    appeal = queried or _made(session, rating)
    if waiver is not None:
        appeal.waiver_code, appeal.waiver_reason = waiver.code, waiver.why.strip()
        session.add(appeal)
    _record(session, appeal, Step.LODGED, said, word)
    return appeal


def add_evidence(session: Session, number: int, said: Said, word: Word) -> RatingAppeal:
    """Write down more evidence for an appeal; Refused before it is lodged, and after the decision (R162)."""
    appeal = find_appeal(session, number)
    wrong = list(objections_to_words(about(appeal), said, "evidence"))
    wrong += objections_to_state(session, appeal, "evidence is added")
    if wrong:
        raise Refused(wrong)
    _record(session, appeal, Step.EVIDENCE, said, word)
    return appeal


def decide_appeal(session: Session, number: int, verdict: AppealVerdict, word: Word) -> RatingAppeal:
    """Decide an appeal; one that is upheld gives the area another rating, whose letter is a draft as before.

    Raises
    ------
    NotFound
        If there is no such appeal.
    Refused
        With everything wrong: not lodged or decided already, decided by who rated the area, without a reason, upheld
        without another rating, or with one that tests or limits rule out.
    """
    appeal = find_appeal(session, number)
    rating = session.get_one(AnnualRating, appeal.rating_id)
    outcome = verdict.outcome.replace("-", "_")
    wrong = [
        *objections_to_state(session, appeal, "it is decided"),
        *objections_to_decider(appeal, rating, verdict, word),
        *objections_to_grade(session, appeal, rating, outcome, verdict.grade, word.as_of),
    ]
    if wrong:
        raise Refused(wrong)
    appeal.outcome = outcome
    if outcome == UPHELD:
        appeal.new_rating_id = _rated_anew(session, rating, verdict, word).id
    session.add(appeal)
    _record(session, appeal, Step.DECIDED, Said(word.note.strip(), verdict.by.strip()), word)
    return appeal


def tell(session: Session, number: int, said: Said, word: Word) -> RatingAppeal:
    """Write down that the area was told the decision, and what it was told; Refused before the decision."""
    appeal = find_appeal(session, number)
    wrong, step = list(objections_to_words(about(appeal), said, "word")), step_of(session, appeal)
    if step is Step.TOLD:
        raise AlreadySo.because(about(appeal), "the area was told.")
    if step is not Step.DECIDED:
        wrong.append(
            Objection(about(appeal), "it is not decided.", DECIDE_APPEAL.advise("Decide it", number=number))
        )
    if wrong:
        raise Refused(wrong)
    _record(session, appeal, Step.TOLD, said, word)
    return appeal


def link_complaint(session: Session, number: int, reference: str, word: Word) -> RatingAppeal:
    """Link the complaint that followed an appeal, by its number (R137, R162); Refused before it is decided."""
    appeal, wanted = find_appeal(session, number), reference.strip()
    if appeal.complaint and appeal.complaint == wanted:
        raise AlreadySo.because(about(appeal), f"complaint {appeal.complaint} is linked.")
    wrong = []
    if not wanted:
        wrong.append(
            Objection(about(appeal), "no complaint is named.", "Give its number.", "R137", "complaint")
        )
    if step_of(session, appeal) not in (Step.DECIDED, Step.TOLD):
        message = "a complaint follows an appeal, and this one is not decided."
        wrong.append(
            Objection(about(appeal), message, DECIDE_APPEAL.advise("Decide it", number=number), "R137")
        )
    if wrong:
        raise Refused(wrong)
    before, appeal.complaint = appeal.complaint, wanted
    session.add(appeal)
    session.flush()
    audit.record_word(
        session,
        word,
        "link complaint",
        about(appeal),
        before={"complaint": before},
        after={"complaint": wanted},
    )
    return appeal


def _rated_anew(session: Session, rating: AnnualRating, verdict: AppealVerdict, word: Word) -> AnnualRating:
    """The rating that an upheld appeal leads to, on the newest profile; its letter stays a draft of the same texts."""
    assessment = assessment_of(session, find_area(session, rating.area_code), word.as_of)
    row = AnnualRating(
        **rating.model_dump(
            exclude={
                "id",
                "grade",
                "quarter",
                "regime",
                "rated_by",
                "rated_on",
                "why",
                "recorded_by",
                "recorded_at",
            }
        ),
        grade=verdict.grade,
        quarter=str(assessment.profile.quarter),
        regime=assessment.regime.id,
        rated_by=verdict.by.strip(),
        rated_on=word.as_of,
        why=word.note.strip(),
        recorded_by=word.who,
        recorded_at=word.at,
    )
    session.add(row)
    session.flush()
    after = {"grade": row.grade, "by": row.rated_by, "profile": row.quarter}
    audit.record_word(session, word, "rate", place_of(rating), before={"grade": rating.grade}, after=after)
    return row


def _made(session: Session, rating: AnnualRating) -> RatingAppeal:
    appeal = RatingAppeal(area_code=rating.area_code, year=rating.year, rating_id=rating.id or 0)
    session.add(appeal)
    session.flush()
    return appeal


def _record(session: Session, appeal: RatingAppeal, step: Step, said: Said, word: Word) -> None:
    session.add(
        AppealStep(
            appeal_id=appeal.id or 0,
            step=step.value,
            happened_on=word.as_of,
            said_by=said.by.strip(),
            note=said.note.strip(),
            recorded_by=word.who,
            recorded_at=word.at,
        )
    )
    session.flush()
    after: dict[str, object] = {
        "step": step.value,
        "by": said.by.strip(),
        "day": word.as_of,
        "outcome": appeal.outcome,
    }
    if appeal.waiver_code and step is Step.LODGED:
        after["waiver"] = [appeal.waiver_code, appeal.waiver_reason]
    audit.record(session, word.who, word.at, "appeal", about(appeal), after=after, why=said.note.strip())
