"""What a result file says of the machine and the versions, so that figures can be compared."""

import os
import platform
from importlib.metadata import version


def machine() -> dict[str, str | int]:
    """Processor, cores that may be used, Python and solver versions; no host name."""
    return {
        "processor": _processor(),
        "cores": _cores(),
        "python": platform.python_version(),
        "ortools": version("ortools"),
        "numpy": version("numpy"),
    }


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()
