"""What is measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

OPERATIONS = Path(__file__).parent / "operations"


@dataclass(frozen=True, slots=True)
class Scenario:
    """``shared``: all requests carry the same Authorization header, so that gateways may share subgraph calls."""

    key: str
    title: str
    operation: Path
    connections: int
    latency_ms: float = 0.0
    shared: bool = False


_BIG = OPERATIONS / "four_levels.graphql"
_SMALL = OPERATIONS / "one_fetch.graphql"

SCENARIOS = (
    Scenario("big-1", "four levels, 87 KB, 1 connection", _BIG, 1),
    Scenario("big-50", "four levels, 87 KB, 50 connections", _BIG, 50),
    Scenario("big-400", "four levels, 87 KB, 400 connections", _BIG, 400),
    Scenario("big-50-shared", "the same at 50 connections, calls may be shared", _BIG, 50, shared=True),
    Scenario("small-50", "one fetch, 50 connections", _SMALL, 50),
    Scenario("big-50-slow", "four levels, subgraphs take 4 ms, 50 connections", _BIG, 50, latency_ms=4.0),
)
HEADLINE = "big-50"
