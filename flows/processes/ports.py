"""Ports to listen on: one that was asked for must be free, a default one may give way to the next."""

import socket

TRIES = 20
BACKLOG = 100


class PortBusy(Exception):
    """Another programme listens on a port that was asked for."""


def listen(what: str, host: str, port: int, variable: str, asked_for: bool) -> socket.socket:
    """A socket that listens on `port`, or on the next free one if nobody insisted on it.

    It is ours from now on: nobody else can take the port while the server behind it is still starting, and be
    shown a secret that is meant for it.

    Raises
    ------
    PortBusy
        If `port` was asked for and is taken, or none of the next ones is free.
    """
    for candidate in [port] if asked_for else range(port, min(port + TRIES, 65536)):
        if found := _listen(host, candidate):
            return found
    raise PortBusy(
        f"The {what} cannot listen on port {port} of {host}: another program is using it. "
        f"Stop that one, which may be jarcycle itself, or set {variable} to a free port."
    )


def _listen(host: str, port: int) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        return None
    return made
