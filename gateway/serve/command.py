"""``python -m gateway serve``."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn
import uvloop

from gateway.app import GRAPHQL_PATH, open_gateway
from gateway.errors import StartupError
from gateway.http.server_protocol import bounded_protocol
from gateway.read_settings import load_settings
from gateway.serve.workers import listen, run_workers
from gateway.settings import GatewaySettings
from shared.telemetry import configure_logging

_log = logging.getLogger(__name__)

YOUNG_OBJECTS_BEFORE_COLLECTION: Final = 20_000


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT. ``args``: config, supergraph, host, port, workers; None where not given.

    What keeps the gateway from starting is one line on standard error, and exit status 1.
    """
    try:
        settings = _settings(args)
        configure_logging(level=settings.log.level, log_format=settings.log.format)
        listener = listen(settings.listen.host, settings.listen.port)
        with listener:
            return _serve_on(listener, settings)
    except StartupError as error:
        print(f"gateway: {error}", file=sys.stderr)  # noqa: T201 - the command's output
        return 1


def _settings(args: argparse.Namespace) -> GatewaySettings:
    given: dict[tuple[str, str], Any] = {
        ("supergraph", "source"): args.supergraph,
        ("listen", "host"): args.host,
        ("listen", "port"): args.port,
        ("listen", "workers"): args.workers,
    }
    overrides = {place: value for place, value in given.items() if value is not None}
    return load_settings(Path(args.config) if args.config else None, os.environ, overrides)


def _serve_on(listener: socket.socket, settings: GatewaySettings) -> int:
    if settings.listen.workers == 1:
        return _run_server(listener, settings)
    asyncio.run(_check(settings))
    return run_workers(settings.listen.workers, lambda: _run_server(listener, settings))


def _run_server(listener: socket.socket, settings: GatewaySettings) -> int:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(listener, settings))


async def _check(settings: GatewaySettings) -> None:
    """Start once and stop, so that what is wrong is said once, not by each worker."""
    async with open_gateway(settings, os.environ):
        pass


class _Server(uvicorn.Server):
    """A server whose process ends by itself after a signal to stop, instead of being ended by that signal again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _collect_seldom() -> None:
    """Keep the collector of reference cycles out of the requests' way.

    What was made at start lives to the end. Serving makes hardly a cycle, yet many objects at once: by default the
    collector would look through those of the requests under way several times in each of them.
    """
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS_BEFORE_COLLECTION)


async def _serve(listener: socket.socket, settings: GatewaySettings) -> int:
    async with open_gateway(settings, os.environ) as application:
        _collect_seldom()
        config = uvicorn.Config(
            application,
            http=bounded_protocol(
                max_head_bytes=settings.limits.max_head_bytes,
                head_timeout_seconds=settings.limits.head_timeout_ms / 1000,
            ),
            ws="websockets-sansio",
            ws_max_size=settings.limits.max_body_bytes,
            lifespan="off",
            access_log=False,
            proxy_headers=False,
            log_config=None,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=settings.listen.shutdown_grace_ms // 1000,
        )
        host, port = listener.getsockname()[:2]
        _log.info("serving GraphQL at http://%s:%d%s", host, port, GRAPHQL_PATH)
        await _Server(config).serve(sockets=[listener])
    return 0
