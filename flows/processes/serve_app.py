"""A child of `jarcycle up` that serves a web application on a socket that its parent listens on.

`python -m flows.processes.serve_app module:factory DESCRIPTOR` starts it.
"""

import socket
import sys

import uvicorn

from config.private import start_private
from flows.processes.parent import end_with_parent

GRACEFUL_SECONDS = 3
STARTUP_FAILED = 3


def main(factory: str, descriptor: str) -> None:
    """Serve until told to stop, on a socket that the parent listens on; open connections get `GRACEFUL_SECONDS`."""
    start_private()
    end_with_parent()
    config = uvicorn.Config(
        factory, factory=True, log_level="warning", timeout_graceful_shutdown=GRACEFUL_SECONDS
    )
    server = uvicorn.Server(config)
    server.run(sockets=[socket.socket(fileno=int(descriptor))])
    if not server.started:
        sys.exit(STARTUP_FAILED)


if __name__ == "__main__":
    main(*sys.argv[1:])
