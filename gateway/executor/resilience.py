"""When a subgraph fails: whether to try again, and when to leave it alone for a while.

Pure state; the client asks and tells. Times are in seconds of a monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

_MAX_SAVED_RETRIES = 10.0


@dataclass(slots=True)
class RetryBudget:
    """Lets retries be at most ``percent`` of requests, with a few saved up, so that they cannot double an overload."""

    percent: int
    _saved: float = field(init=False, default=_MAX_SAVED_RETRIES)

    def request_made(self) -> None:
        """Every first try saves a part of a retry."""
        self._saved = min(_MAX_SAVED_RETRIES, self._saved + self.percent / 100)

    def take(self) -> bool:
        """Spend one retry, if there is one."""
        if self.percent == 0 or self._saved < 1:
            return False
        self._saved -= 1
        return True


class BreakerState(Enum):
    """CLOSED lets requests pass, OPEN refuses them, HALF_OPEN has one on its way to find out."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(slots=True)
class CircuitBreaker:
    """Opens after ``failures`` failures in a row (0: never), for ``open_seconds``; then one request probes."""

    failures: int
    open_seconds: float
    state: BreakerState = field(init=False, default=BreakerState.CLOSED)
    _in_a_row: int = field(init=False, default=0)
    _opened_at: float = field(init=False, default=0.0)

    def admits(self, now: float) -> bool:
        """Whether a request may be sent; asking in the open state's last moment makes it the probe."""
        match self.state:
            case BreakerState.CLOSED:
                return True
            case BreakerState.HALF_OPEN:
                return False
            case BreakerState.OPEN:
                if now - self._opened_at < self.open_seconds:
                    return False
                self.state = BreakerState.HALF_OPEN
                return True

    def succeeded(self) -> None:
        """The subgraph answered."""
        self._in_a_row = 0
        self.state = BreakerState.CLOSED

    def failed(self, now: float) -> None:
        """The subgraph did not answer, or with an overload status."""
        self._in_a_row += 1
        if self.failures and (self.state is BreakerState.HALF_OPEN or self._in_a_row >= self.failures):
            self.state = BreakerState.OPEN
            self._opened_at = now

    def abandoned(self) -> None:
        """The client left before there was an answer, which says nothing about the subgraph."""
        if self.state is BreakerState.HALF_OPEN:
            self.state = BreakerState.OPEN
