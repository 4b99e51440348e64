"""What hangs on a step that is done, and goes with that word when it is taken back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


def let_go(case: StepCase, word: Word) -> tuple[Gone, ...]:
    """Take back what hangs on a step that is not done after all: requests, who was sent its document, the final team.

    Each is one entry of the audit log, so that nothing is lost. What somebody has answered, recorded or graded is a
    word of its own and stays.
    """
    return tuple(_gone(case, word))


def _gone(case: StepCase, word: Word) -> Iterator[Gone]:
    whys: dict[str, Callable[[], list[str]]] = {
        "evidence": lambda: take_back_requests(case.session, case.activity),
        "circulation": lambda: forget_circulation(case.session, case.activity, case.step.step_id, word),
        "team": lambda: team_falls_back(case.session, case.activity, case.step.step_id, word),
    }
    for kind, forget in whys.items():
        if names := forget():
            yield Gone(kind, tuple(names))
