"""The gateway's metrics (Prometheus). Labels are bounded: subgraphs, kinds and outcomes, never operations or users."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import Counter, Gauge, Histogram

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
executing: Final = Gauge("gateway_requests_executing", "Requests that are executed now")
waiting: Final = Gauge("gateway_requests_waiting", "Requests that wait for a place to execute")


@contextmanager
def timed_request() -> Iterator[None]:
    """Measure one request."""
    began = time.perf_counter()
    try:
        yield
    finally:
        request_seconds.observe(time.perf_counter() - began)
