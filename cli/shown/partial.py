"""The best plan of a solve under way, in a file beside the one that it will be written to.

The file named by `--output` is only touched once the solve is over: what stood there may be better than a first plan.
"""

from pathlib import Path

from cli.files import write_text
from cli.shown.output import say
from scheduler.values.result import Result

SUFFIX = ".partial"


class PartialPlan:
    """Writes every plan that it is given to `plan.json.partial`, whole or not at all, and removes that in the end.

    Without an output, or with one that is no plain file, nothing is written.
    """

    def __init__(self, output: Path | None) -> None:
        self.path = (
            output.with_name(output.name + SUFFIX) if output is not None and _is_plain(output) else None
        )
        self._is_written = False

    def keep(self, result: Result) -> None:
        """Take the answer so far."""
        if self.path is not None and result.plan is not None:
            write_text(self.path, result.plan.model_dump_json(indent=1) + "\n")
            self._is_written = True

    def remove(self) -> None:
        """The solve is over and its plan is where it should be."""
        if self.path is not None and self._is_written:
            self.path.unlink(missing_ok=True)

    def tell(self) -> None:
        """The solve has ended without an answer: say where its best plan is, if it had one."""
        if self._is_written:
            say(f"The best plan until then is in {self.path}.")


def _is_plain(path: Path) -> bool:
    """Whether it is a file, or will be one; `/dev/stdout` may lead to a file, but beside it nothing can be written."""
    return (path.is_file() or not path.exists()) and Path("/dev") not in path.absolute().parents
