"""The console over one database, as a server of its own: `python -m benchmarks.console_server DATABASE PORT`."""

import socket
import sys
from pathlib import Path

import uvicorn

from benchmarks.console_programme import HALF_WAY
from console.app import create_app
from console.context import Context
from console.memory import collect_seldom
from models import make_engine
from services.bootstrap import now
from services.messages.transports import FolderTransport


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def main(database: str, port: str) -> None:
    """Serve until told to stop; mail would go nowhere."""
    collect_seldom()
    engine = make_engine(f"sqlite:///{database}")
    transport = FolderTransport(Path(database).parent)
    context = Context(engine, lambda: HALF_WAY, now, "http://127.0.0.1:4200", "token", transport)
    uvicorn.run(create_app(context), host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
