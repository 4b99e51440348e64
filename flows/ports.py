"""Free ports: one that was asked for must be free, a default one may give way to the next."""

import socket

TRIES = 20


class PortBusy(Exception):
    """Another programme listens on a port that was asked for."""


def is_free(host: str, port: int) -> bool:
    """Whether we could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(
    what: str, host: str, port: int, variable: str, asked_for: bool, taken: tuple[int, ...] = ()
) -> int:
    """The port to listen on: `port`, or the next free one if nobody insisted on it.

    Raises
    ------
    PortBusy
        If `port` was asked for and is taken, or none of the next ones is free.
    """
    candidates = [port] if asked_for else range(port, min(port + TRIES, 65536))
    for candidate in candidates:
        if candidate not in taken and is_free(host, candidate):
            return candidate
    raise PortBusy(
        f"The {what} cannot listen on port {port} of {host}: another programme does. "
        f"Maybe jarcycle runs already, or set {variable} to a free port."
    )
