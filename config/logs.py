"""Logging for every entry point: one line per message on standard error, never on standard output."""

import logging
import sys

from config.settings import log_settings

OURS = ("cli", "config", "console", "flows", "models", "reports", "scheduler", "services")
"""Our packages."""

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up_logging(level: str | None = None) -> None:
    """Send the messages of our packages to standard error; a second call only changes the level.

    Parameters
    ----------
    level
        DEBUG, INFO, WARNING or ERROR; without it JARCYCLE_LOG_LEVEL decides. Other libraries keep theirs.
    """
    chosen = level or log_settings().level
    for package in OURS:
        logger = logging.getLogger(package)
        logger.setLevel(chosen)
        if not any(handler.get_name() == "jarcycle" for handler in logger.handlers):
            logger.addHandler(_handler())


def _handler() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name("jarcycle")
    handler.setFormatter(logging.Formatter(FORMAT))
    return handler
