"""The example programmes that come with jarcycle."""

from pathlib import Path

from sqlalchemy import Engine

from cli.shown.errors import WrongUsage
from services.bootstrap import now
from services.imports import ImportSummary, import_folder

EXAMPLES = Path(__file__).parents[1] / "examples"


def import_example(engine: Engine, name: str, who: str) -> ImportSummary:
    """Import one of the examples that come with jarcycle."""
    return import_folder(engine, example_folder(name), who, now())


def example_folder(name: str) -> Path:
    """The folder of an example; a usage error if there is none of that name."""
    known = sorted(path.name for path in EXAMPLES.glob("*/") if (path / "programme.csv").exists())
    if name not in known:
        raise WrongUsage(
            f"there is no example '{name}'. Choose one that is installed: {', '.join(known) or 'none'}."
        )
    return EXAMPLES / name
