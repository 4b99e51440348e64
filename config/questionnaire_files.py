"""Questionnaire files: jarcycle's own and those in the folder `questionnaires` of the home, which come before ours."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from config.findings import Finding, Found, InvalidFile, files_by_name, nearest, read_toml
from config.questionnaire import Question, Questionnaire
from config.settings import home_settings

FOLDER = Path(__file__).parent / "questionnaires"


class InvalidQuestionnaire(InvalidFile):
    """A questionnaire that cannot be used, or one that does not exist."""


def load_questionnaire(path: Path) -> Questionnaire:
    """Read and check one file; InvalidQuestionnaire with everything wrong with it."""
    found = read_toml(path, Questionnaire, InvalidQuestionnaire)
    findings = [Finding(path.name, *fault) for fault in _findings(path, found)]
    if findings:
        raise InvalidQuestionnaire(findings)
    return found


def read_questionnaires() -> Mapping[str, Questionnaire]:
    """All of them by identifier; InvalidQuestionnaire with everything wrong with any file."""
    files = sorted(files_by_name(FOLDER, home_settings().questionnaires).values())
    return _load_all(tuple((path, path.stat().st_mtime_ns) for path in files))


def find_questionnaire(name: str) -> Questionnaire:
    """The questionnaire of that identifier, else InvalidQuestionnaire with advice."""
    known = read_questionnaires()
    if name not in known:
        message = f"there is no questionnaire '{name}'."
        raise InvalidQuestionnaire([Finding("questionnaires", name, message, nearest(name, known))])
    return known[name]


@lru_cache(maxsize=4)
def _load_all(files: tuple[tuple[Path, int], ...]) -> Mapping[str, Questionnaire]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    found: dict[str, Questionnaire] = {}
    findings: list[Finding] = []
    for path, _changed in files:
        try:
            questionnaire = load_questionnaire(path)
        except InvalidQuestionnaire as fault:
            findings.extend(fault.findings)
        else:
            found[questionnaire.id] = questionnaire
    if findings:
        raise InvalidQuestionnaire(findings)
    return found


def _findings(path: Path, questionnaire: Questionnaire) -> Iterator[Found]:
    if path.stem != questionnaire.id:
        message = f"the file is not named after its id '{questionnaire.id}'."
        yield "id", message, f"Rename the file to {questionnaire.id}.toml."
    for position, question in enumerate(questionnaire.questions):
        for key, message, advice in _of_question(questionnaire, question):
            yield f"questions[{position}].{key}", message, advice


def _of_question(questionnaire: Questionnaire, question: Question) -> Iterator[Found]:
    if question.has_comment and not question.choices:
        yield "has_comment", "nothing is chosen here, so the answer is words already.", "Leave it out."
    if question.kind != "up_to" and "most" in question.model_fields_set:
        yield "most", f"a question of kind '{question.kind}' has one answer.", "Leave it out."
    if question.of_which is None:
        return
    others = [other.id for other in questionnaire.questions if other.kind == "yes_no"]
    if question.of_which not in others:
        message = f"there is no question '{question.of_which}' that is answered with yes or no."
        yield "of_which", message, nearest(question.of_which, others) or "Add one, or leave it out."
