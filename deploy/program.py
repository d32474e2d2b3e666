"""The values that describe a stack: programs that keep running and jobs that run once.

They are plain data, made by ``stack.py`` and by the engines, and carried out by the supervisor
(behind ``make up``) or by a test session. Nothing here starts a process.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Probe = Callable[[], None]
"""Returns when the program can be used; raises `NotReady` with the reason otherwise. Blocks for seconds at most."""

Group = Literal["engine", "subgraph", "gateway"]


class NotReady(Exception):
    """Why a program cannot be used yet."""


@dataclass(frozen=True, slots=True)
class Program:
    """A long-running process.

    ``environment`` is the whole environment, not an addition. ``after`` names the programs and jobs that
    must be healthy or done before it starts; programs are stopped in the reverse order. A program without
    ``probe`` counts as healthy once it has run for ``settle_s``. ``ports`` are
    those on 127.0.0.1 that it listens on. ``health_url`` is what ``make status`` asks, where there is one.
    ``own_log`` means that the output goes to its log file only.
    """

    name: str
    group: Group
    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    probe: Probe | None = field(default=None, repr=False)
    settle_s: float = 3
    after: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    health_url: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_s: float = 15
    ready_within_s: float = 60
    start_attempts: int = 1
    own_log: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A command that runs once in a start, such as a subgraph's migrations."""

    name: str
    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    after: tuple[str, ...] = ()
    shows_progress: bool = False
