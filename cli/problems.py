"""Everything wrong with an input, for people and for programs: place, fact, advice."""

from typing import Any

from cli.output import print_json, say


def report_invalid(error: Exception, as_json: bool) -> bool:
    """Print all findings of an error about input; False if the error is not about input.

    Every such error of ours carries its `findings`, each a value that reads as one line.
    """
    findings: tuple[Any, ...] | None = getattr(error, "findings", None)
    if findings is None:
        return False
    if as_json:
        print_json({"error": "invalid input", "findings": list(findings)})
    for finding in findings:
        say(str(finding))
    count = len(findings)
    say(f"{count} {'problem' if count == 1 else 'problems'} found. Nothing was changed.")
    return True
