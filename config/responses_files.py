"""Summaries of responses: jarcycle's own and those in the folder `responses` of the home, which come before ours."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from config.findings import Finding, Found, InvalidFile, files_by_name, nearest, read_toml
from config.responses import GRADES, GradedQuestion, SummaryOfResponses
from config.settings import home_settings

FOLDER = Path(__file__).parent / "responses"


class InvalidResponses(InvalidFile):
    """A summary of responses that cannot be used, or one that does not exist."""


def load_responses(path: Path) -> SummaryOfResponses:
    """Read and check one file; InvalidResponses with everything wrong with it."""
    found = read_toml(path, SummaryOfResponses, InvalidResponses)
    findings = [Finding(path.name, *fault) for fault in _findings(path, found)]
    if findings:
        raise InvalidResponses(findings)
    return found


def read_responses() -> Mapping[str, SummaryOfResponses]:
    """All of them by identifier; InvalidResponses with everything wrong with any file."""
    files = sorted(files_by_name(FOLDER, home_settings().responses).values())
    return _load_all(tuple((path, path.stat().st_mtime_ns) for path in files))


def find_responses(name: str) -> SummaryOfResponses:
    """The summary of that identifier, else InvalidResponses with advice."""
    known = read_responses()
    if name not in known:
        message = f"there is no summary of responses '{name}'."
        raise InvalidResponses([Finding("responses", name, message, nearest(name, known))])
    return known[name]


@lru_cache(maxsize=4)
def _load_all(files: tuple[tuple[Path, int], ...]) -> Mapping[str, SummaryOfResponses]:
    # The time of change is part of the cache's key, so that an edited file is read again.
    found: dict[str, SummaryOfResponses] = {}
    findings: list[Finding] = []
    for path, _changed in files:
        try:
            summary = load_responses(path)
        except InvalidResponses as fault:
            findings.extend(fault.findings)
        else:
            found[summary.id] = summary
    if findings:
        raise InvalidResponses(findings)
    return found


def _findings(path: Path, summary: SummaryOfResponses) -> Iterator[Found]:
    if path.stem != summary.id:
        message = f"the file is not named after its id '{summary.id}'."
        yield "id", message, f"Rename the file to {summary.id}.toml."
    opens_on, ends_on = summary.opens_on, summary.ends_on
    if opens_on is not None and ends_on is not None and ends_on < opens_on:
        yield "ends_on", f"it is earlier than {opens_on}, when it opens.", "Check both days."
    numbers = [question.number for question in summary.questions]
    for position, question in enumerate(summary.questions):
        if question.number in numbers[:position]:
            yield f"questions[{position}].number", f"question {question.number} is there twice.", "Keep one."
        for key, message, advice in _of_question(question):
            yield f"questions[{position}]{key}", message, advice
    headings = [heading.id for heading in summary.headings]
    for position, heading in enumerate(headings):
        if heading in headings[:position]:
            yield f"headings[{position}].id", f"'{heading}' is there twice.", "Keep one."
    named = {
        "suggestions": [row.heading for row in summary.suggestions],
        "actions": [row.heading for row in summary.actions],
    }
    for name, found in named.items():
        for position, heading in enumerate(found):
            if heading not in headings:
                message = f"there is no heading '{heading}'."
                yield f"{name}[{position}].heading", message, nearest(heading, headings)
    for position, suggestion in enumerate(summary.suggestions):
        if suggestion.question is not None and suggestion.question not in numbers:
            message = f"there is no question {suggestion.question}."
            yield f"suggestions[{position}].question", message, "Leave it out, or correct the number."


def _of_question(question: GradedQuestion) -> Iterator[Found]:
    counts = {**question.grades, "ungraded": question.ungraded, "total": question.total}
    if not question.is_graded:
        for name, number in counts.items():
            if number is not None:
                message = f"question {question.number} is not graded, so it has no number here."
                yield f".{name}", message, "Leave it out, and name under preferred what most preferred."
        return
    if question.preferred:
        message = f"question {question.number} is graded."
        yield ".preferred", message, "Leave it out, or set is_graded to false."
    missing = [name for name, number in counts.items() if number is None]
    for name in missing:
        yield f".{name}", "this key is missing.", "Add it, or set is_graded to false."
    if missing:
        return
    parts = [getattr(question, name) for name in ("ungraded", *GRADES)]
    if sum(parts) != question.total:
        sums = " + ".join(map(str, parts))
        message = f"{sums} = {sum(parts)}, and the total is {question.total}."
        yield "", message, "Correct the number that was copied wrong."
