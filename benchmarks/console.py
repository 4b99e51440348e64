"""The console for many readers: how soon each page is there and how heavy it is, and 200 people who ask at once.

A real server in a process of its own answers over HTTP on this machine; the readers' threads run beside it.
"""

import gzip
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from benchmarks import results_file
from benchmarks.console_programme import HALF_WAY, make_programme
from benchmarks.console_server import free_port
from console.visitors import COOKIE, new_secret
from models import Account, Heartbeat, session
from services.accounts.visits import begin_visit
from services.bootstrap import now

COPIES = (1, 10)
"""England-2005 once and ten times: 150 and 1,500 areas."""

AREAS = 150
PEOPLE = 200
RUNS = 5
PAGES = (
    "/",
    "/areas",
    "/areas/202",
    "/people",
    "/people/I001",
    "/load",
    "/load/work",
    "/due",
    "/actions",
    "/plans",
    "/events",
    "/history",
    "/messages",
    "/messages/coming",
)
START_SECONDS, ANSWER_SECONDS = 60, 300
SECRET = new_secret()


def run() -> None:
    """Both sizes; writes `console` (each page) and `console-readers` (200 people)."""
    pages: list[dict[str, Any]] = []
    readers: list[dict[str, Any]] = []
    for copies in COPIES:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "console.db"
            engine = make_programme(path, copies)
            _sign_in(engine)
            with _serving(path) as port:
                pages += [_page(engine, port, address, copies * AREAS) for address in PAGES]
                readers += list(_readers(engine, port, copies * AREAS))
            engine.dispose()
    results_file.write(
        "console",
        "python -m benchmarks console",
        "Each page of the console over a programme half-way: seconds until it is there when something has just changed "
        f"(everything is read anew) and when nothing has (median of {RUNS}), its bytes on the wire and unpacked.",
        pages,
    )
    results_file.write(
        "console-readers",
        "python -m benchmarks console",
        f"{PEOPLE} people ask at the same moment, right after a change: the median and the slowest answer in seconds, "
        "answers that were none, and the slowest of /health, asked four times a second meanwhile.",
        readers,
    )


def _sign_in(engine: Engine) -> None:
    """A planner, as whom everybody reads."""
    with session(engine) as opened:
        account = Account(
            login="planner", name="Pat Planner", password_hash="", roles="planner", created_at=now()
        )
        opened.add(account)
        opened.flush()
        begin_visit(opened, account.id or 0, SECRET, now())


@contextmanager
def _serving(path: Path) -> Iterator[int]:
    """The port of a console over a database, in a process of its own."""
    port = free_port()
    child = subprocess.Popen([sys.executable, "-m", "benchmarks.console_server", str(path), str(port)])
    try:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                _get(port, "/health")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait()


def _page(engine: Engine, port: int, address: str, areas: int) -> dict[str, Any]:
    load = os.getloadavg()[0]
    _change(engine)
    fresh, wire, plain = _timed(port, address)
    again = [_timed(port, address)[0] for _ in range(RUNS)]
    return {
        "areas": areas,
        "page": address,
        "seconds_after_change": round(fresh, 3),
        "seconds": round(median(again), 4),
        "kb_on_the_wire": round(wire / 1024, 1),
        "kb": round(plain / 1024, 1),
        "load_before": round(load, 1),
    }


def _readers(engine: Engine, port: int, areas: int) -> Iterator[dict[str, Any]]:
    questions: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("the first page", lambda _number: "/"),
        ("all pages in turn", lambda number: PAGES[number % len(PAGES)]),
    )
    for name, address_of in questions:
        load = os.getloadavg()[0]
        _change(engine)
        with ThreadPoolExecutor(PEOPLE + 1) as pool:
            asked = [pool.submit(_answered, port, address_of(number)) for number in range(PEOPLE)]
            slowest_health = 0.0
            while not all(answer.done() for answer in asked):
                began = time.perf_counter()
                _get(port, "/health")
                slowest_health = max(slowest_health, time.perf_counter() - began)
                time.sleep(0.25)
        answers = [answer.result() for answer in asked]
        seconds = [took for took, is_answer in answers if is_answer]
        yield {
            "areas": areas,
            "people": PEOPLE,
            "ask for": name,
            "median_seconds": round(median(seconds), 2),
            "slowest_seconds": round(max(seconds), 2),
            "errors": sum(not is_answer for _took, is_answer in answers),
            "slowest_health_seconds": round(slowest_health, 2),
            "load_before": round(load, 1),
        }


def _answered(port: int, address: str) -> tuple[float, bool]:
    """Seconds until an answer was there, and whether it was the page."""
    began = time.perf_counter()
    try:
        status, _wire, _plain = _get(port, address)
    except (OSError, http.client.HTTPException):
        return time.perf_counter() - began, False
    return time.perf_counter() - began, status == http.client.OK


def _timed(port: int, address: str) -> tuple[float, int, int]:
    began = time.perf_counter()
    status, wire, plain = _get(port, address)
    if status != http.client.OK:
        raise RuntimeError(f"{address} answered {status}. Look into the server's output.")
    return time.perf_counter() - began, wire, plain


def _get(port: int, address: str) -> tuple[int, int, int]:
    """Status, bytes on the wire, bytes unpacked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request(
            "GET", address, headers={"Accept-Encoding": "gzip", "Cookie": f"{COOKIE}={SECRET}"}
        )
        answer = connection.getresponse()
        body = answer.read()
        is_packed = answer.getheader("Content-Encoding") == "gzip"
        return answer.status, len(body), len(gzip.decompress(body)) if is_packed else len(body)
    finally:
        connection.close()


def _change(engine: Engine) -> None:
    """A change that everybody must see: nothing that was kept may be used any more."""
    with session(engine) as opened:
        opened.merge(Heartbeat(name="tick", as_of=HALF_WAY, began_at=now(), ended_at=now()))
