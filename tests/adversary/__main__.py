"""What is wrong with the answer to one question: `python -m tests.adversary solve 17 [--smaller] [--into FOLDER]`.

FOLDER gets the files that `jarcycle solve`, `replan`, `candidates`, `explain` and `why-infeasible` read.
"""

import argparse
import sys
from pathlib import Path

from tests.adversary.question import asked, wrong
from tests.adversary.shrink import smaller
from tests.adversary.subjects import SUBJECTS


def main() -> None:
    """Ask, tell, and write the files."""
    parser = argparse.ArgumentParser(prog="python -m tests.adversary", description=__doc__)
    parser.add_argument("subject", choices=[subject.name for subject in SUBJECTS])
    parser.add_argument("seed", type=int)
    parser.add_argument(
        "--smaller", action="store_true", help="take away what the first wrong claim does not need"
    )
    parser.add_argument("--into", type=Path, help="folder for problem, plan and event")
    options = parser.parse_args()
    subject = next(subject for subject in SUBJECTS if subject.name == options.subject)
    question, answer = asked(subject, options.seed)
    failing = [claim for claim in subject.claims if wrong(claim, question, answer)]
    for claim in failing:
        _tell(f"{claim.__name__}: {'; '.join(wrong(claim, question, answer))}")
    if not failing:
        _tell("Every claim is true.")
    elif options.smaller:
        question = smaller(subject, failing[0], question)
    if options.into is not None:
        options.into.mkdir(parents=True, exist_ok=True)
        parts = {"problem": question.problem, "plan": question.plan, "event": question.event}
        for name, part in parts.items():
            if part is not None:
                (options.into / f"{name}.json").write_text(part.model_dump_json(indent=1))
        _tell(f"now_week {question.now_week}, frozen_weeks {question.frozen_weeks}, area '{question.area}'")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


main()
