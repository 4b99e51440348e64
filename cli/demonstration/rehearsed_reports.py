"""What the people of a rehearsal find out and write: made up, and the same for the same seed and review."""

import random
from dataclasses import replace

from sqlmodel import Session

from config.framework import Framework
from services.audit import Word
from services.casework.reporting.comments import ACCEPTED, answer_comment
from services.casework.reporting.findings import FindingKind, NewFinding, agree_finding
from services.casework.reporting.lacks import ReportLacks
from services.casework.reporting.texts import write_part

KINDS = (FindingKind.STRENGTH,) * 3 + (FindingKind.GAP, FindingKind.FAILURE)
TEXTS = {
    FindingKind.STRENGTH: "Services do this well, and children notice it.",
    FindingKind.GAP: "In part of the area nobody does this.",
    FindingKind.FAILURE: "What is done here does not reach those who need it.",
}
TEXT = "Made up for the demonstration.\n\nNothing of this was found in any real area."


def report_all(
    opened: Session, code: str, framework: Framework, lacks: ReportLacks, said: tuple[Word, int]
) -> None:
    """Let every contribution end, write what is empty, and accept what was commented, as the planner's office.

    Parameters
    ----------
    said
        The word of that day, and the seed of the rehearsal.
    """
    word, seed = replace(said[0], note=""), said[1]
    causes = list(framework.findings.causes) if framework.findings is not None else []
    for contribution in lacks.contributions:
        chance = random.Random(f"{seed} {code} {contribution.id}")
        kind = chance.choice(KINDS)
        cause = "" if kind is FindingKind.STRENGTH else chance.choice(causes)
        managed = "Neighbouring areas help out." if cause else ""
        new = NewFinding(contribution.id, kind, TEXTS[kind], cause, managed, contribution.services)
        agree_finding(opened, code, new, word)
    for part in lacks.parts:
        write_part(opened, code, part.id, TEXT, word)
    for number in lacks.comments:
        answer_comment(opened, code, number, ACCEPTED, word)
