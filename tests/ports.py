"""A port of this machine that nobody listens on."""

import socket


def free_port() -> int:
    """Any free port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
