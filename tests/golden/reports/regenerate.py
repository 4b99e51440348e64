"""Write the golden files anew: `python -m tests.golden.reports.regenerate`; read the difference in review."""

from pathlib import Path

from tests.golden.reports.samples import GOLDEN

FOLDER = Path(__file__).parent


def regenerate() -> None:
    """Write every golden file."""
    for name, make in GOLDEN.items():
        (FOLDER / name).write_bytes(make())


if __name__ == "__main__":
    regenerate()
