"""How long the calling thread has had something to do: time that it ran, and time that it waited for a processor.

On a machine that is shared, the time that a thread runs says little about how busy it is: a loop that is never idle may
run for a third of the time. Linux counts the waiting, too (``sched-stats``, /proc/<pid>/schedstat).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

_SCHEDULER_STATISTICS: Final = Path("/proc/thread-self/schedstat")


def runnable_seconds() -> float:
    """Seconds of running and of waiting to run; of running alone where the system does not tell."""
    try:
        running, waiting, _ = _SCHEDULER_STATISTICS.read_bytes().split()
    except (OSError, ValueError):
        return time.thread_time()
    return (int(running) + int(waiting)) / 1e9
