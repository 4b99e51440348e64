"""Addresses of web servers, as settings name them."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit


def web_address(url: str | None) -> str | None:
    """The address of a web server, without a slash at its end; ValueError if it is none, or has a path."""
    split = urlsplit(url or "")
    if url and (split.scheme not in ("http", "https") or not split.hostname or split.path.strip("/")):
        raise ValueError(
            "it is the address of a web server without a path, such as https://jarcycle.example.org"
        )
    return url.rstrip("/") if url else None


def encrypted_address(url: str | None) -> str | None:
    """An address over https, or of this machine; it may have a path. ValueError if it is none."""
    split = urlsplit(url or "")
    is_safe = split.scheme == "https" or (split.scheme == "http" and is_this_machine(split.hostname or ""))
    if url and not (is_safe and split.hostname):
        raise ValueError(
            "it is an address that begins with https://, such as https://login.example.org/tenant"
        )
    return url.rstrip("/") if url else None


def in_address(host: str) -> str:
    """A host as an address has it: a number of version 6 in brackets."""
    return f"[{host}]" if ":" in host else host


def is_this_machine(host: str) -> bool:
    """Whether only this machine is reached by it."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_names(text: str) -> tuple[str, ...]:
    """Names of hosts, separated by commas; ValueError if one is none."""
    names = tuple(filter(None, map(str.strip, text.split(","))))
    if not all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in names):
        raise ValueError("it holds host names separated by commas, such as jarcycle.example.org")
    return names
