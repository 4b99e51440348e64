"""Grades as facts of plans: the last grade may decide who is in the next team (R146), so that plans become stale."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session

from services.audit import Word
from services.casework.judging import Judged, judge
from services.casework.signers import Signer
from services.plans.staleness import facts_may_change

JUDGED = "An activity was judged."


def judge_and_mark(
    session: Session,
    activity_id: int,
    grades: Mapping[str, str],
    decided_on: date,
    word: Word,
    signer: Signer | None = None,
) -> Judged:
    """Record grades as `casework.judging.judge` does; plans to which they matter become stale.

    Raises
    ------
    Refused
        With every reason, as `judge` says.
    """
    with facts_may_change(session, JUDGED, word.who, word.at, word.as_of):
        return judge(session, activity_id, grades, decided_on, word, signer)
