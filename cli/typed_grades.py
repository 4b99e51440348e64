"""Grades as people type them on the command line: `safeguarding=3`."""

from collections.abc import Iterable

from cli.shown.errors import WrongUsage


def given_grades(texts: Iterable[str], example: str) -> dict[str, str]:
    """Grade by judgement; WrongUsage for what is no grade, or if one is given twice.

    Parameters
    ----------
    example
        One that is right, for the advice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, grade = text.partition("=")
        if not sign or not grade:
            raise WrongUsage(f"'{text}' is no grade. Write it like {example}.")
        if name in found:
            raise WrongUsage(f"'{name}' is graded twice. Give it once.")
        found[name] = grade
    return found
