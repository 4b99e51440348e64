"""A child of `jarcycle up` that serves a web application: `python -m flows.serve_app module:factory HOST PORT`."""

import sys

import uvicorn

from config.private import start_private
from flows.parent import end_with_parent

GRACEFUL_SECONDS = 3


def main(factory: str, host: str, port: str) -> None:
    """Serve until told to stop; open connections are given `GRACEFUL_SECONDS`."""
    start_private()
    end_with_parent()
    uvicorn.run(
        factory,
        factory=True,
        host=host,
        port=int(port),
        log_level="warning",
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
