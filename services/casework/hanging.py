"""What hangs on a step that is done, and goes with that word when it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from models import Step
from reports.words import list_in_words
from services.audit import Word
from services.casework.circulation import forget_circulation
from services.casework.evidence.taking_back import take_back_requests
from services.casework.final_team import team_falls_back
from services.casework.step_case import StepCase


@dataclass(frozen=True)
class Gone:
    """What went with a word: `kind` is step, evidence, circulation or team, `names` of which, in words."""

    kind: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{WORDS[self.kind]}: {list_in_words(self.names)}."


WORDS = {
    "step": "Not done any more, because it had ended by itself",
    "evidence": "Not asked for any more",
    "circulation": "Not sent any more, as far as is known, to",
    "team": "Provisional again, the team of",
}


def let_go(case: StepCase, by_itself: Sequence[Step], word: Word) -> tuple[Gone, ...]:
    """Take back what hangs on a step that is not done after all: requests, who was sent its document, the final team.

    The same of the steps that had ended `by_itself` after it, which are open again. Each is one entry of the audit
    log, so that nothing is lost. What somebody has answered, recorded or graded is a word of its own and stays.
    """
    session, activity = case.session, case.activity
    names = [step.step_id for step in (case.step, *by_itself)]
    gone = {
        "step": [step.name for step in by_itself],
        "evidence": take_back_requests(session, activity),
        "circulation": [whom for name in names for whom in forget_circulation(session, activity, name, word)],
        "team": [code for name in names for code in team_falls_back(session, activity, name, word)],
    }
    return tuple(Gone(kind, tuple(found)) for kind, found in gone.items() if found)
