"""Where the packages of peers live: a virtual environment of their own, made by `make peers`."""

from pathlib import Path

PEERS_PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"


class PeerMissing(Exception):
    """A peer's package is not installed."""


def peers_python() -> Path:
    """The interpreter that has highspy and PyJobShop.

    Raises
    ------
    PeerMissing
        If it is not there.
    """
    if not PEERS_PYTHON.exists():
        raise PeerMissing(f"{PEERS_PYTHON} is not there. Run: make peers.")
    return PEERS_PYTHON
