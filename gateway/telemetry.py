"""The gateway's metrics (Prometheus). Labels are bounded: subgraphs, kinds and outcomes, never operations or users."""

from __future__ import annotations

import time
from typing import Final

from prometheus_client import Counter, Histogram

requests_total: Final = Counter("gateway_requests_total", "GraphQL requests by outcome", ["outcome"])
request_seconds: Final = Histogram(
    "gateway_request_seconds",
    "Time from reading a request to its answer, in seconds",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
subgraph_requests_total: Final = Counter(
    "gateway_subgraph_requests_total", "Requests to subgraphs by outcome", ["subgraph", "outcome"]
)
supergraph_loads_total: Final = Counter(
    "gateway_supergraph_loads_total", "Supergraphs taken in, by outcome", ["outcome"]
)


class RequestMeter:
    """Measures requests; the outcomes are ``answered``, ``refused`` (not executed) and ``failed`` (a defect)."""

    def __init__(self) -> None:
        self._outcomes = {name: requests_total.labels(name) for name in ("answered", "refused", "failed")}

    def record(self, outcome: str, began: float) -> None:
        """Count a request that began at ``began`` (``time.perf_counter``)."""
        self._outcomes[outcome].inc()
        request_seconds.observe(time.perf_counter() - began)


class SubgraphMeter:
    """Counts requests to one subgraph."""

    def __init__(self, subgraph: str) -> None:
        self._answered = subgraph_requests_total.labels(subgraph, "answered")
        self._failed = subgraph_requests_total.labels(subgraph, "failed")

    def answered(self) -> None:
        """A complete answer came, whatever it says."""
        self._answered.inc()

    def failed(self) -> None:
        """No answer came."""
        self._failed.inc()
