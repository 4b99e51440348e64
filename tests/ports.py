"""Ports for servers that choose theirs before they listen."""

import socket


def free_port(host: str = "127.0.0.1") -> int:
    """Any port that nobody listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
