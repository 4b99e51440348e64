"""Who has a message in hand: named by transport, machine and process, so that a sender that died is seen at once."""

import os
from datetime import datetime, timedelta
from socket import gethostname

from models import Delivery

LEASE = timedelta(minutes=15)
"""After this long a claim without an end is nobody's: longer than any mail server is waited for."""


def claimer(transport: str) -> str:
    """This process, with the transport that it sends by."""
    return f"{transport} {gethostname()}:{os.getpid()}"


def is_by(row: Delivery, transport: str) -> bool:
    """Whether a message was claimed for this kind of transport."""
    return row.claimed_by.split(" ")[0] == transport


def has_died(row: Delivery) -> bool:
    """Whether a message is claimed by a process of this machine that is no more."""
    host, _, number = row.claimed_by.partition(" ")[2].rpartition(":")
    return (
        row.state == "claimed" and host == gethostname() and number.isdigit() and not _is_alive(int(number))
    )


def is_abandoned(row: Delivery, now: datetime) -> bool:
    """The same, or a claim of any machine that has lasted too long."""
    return has_died(row) or row.claimed_at is None or row.claimed_at <= now - LEASE


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, so it is there
    return True
