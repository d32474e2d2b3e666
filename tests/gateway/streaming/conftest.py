from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
import uvicorn

from gateway.executor.subgraph_client import SubgraphUnavailable


class FakeEvents:
    """An event source of given events; remembers what was asked and whether it was told to stop."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.asked: list[dict[str, Any]] = []
        self.contexts: list[Any] = []
        self.stays_open = False
        self.closed = asyncio.Event()

    async def events_of(self, call: Any, context: Any) -> AsyncIterator[bytes]:
        self.asked.append(json.loads(call.body))
        self.contexts.append(context)
        try:
            for event in self.events:
                if isinstance(event, Exception):
                    raise event
                yield event if isinstance(event, bytes) else json.dumps(event).encode()
            if self.stays_open:
                await asyncio.Event().wait()
        finally:
            self.closed.set()


@pytest.fixture
def event_source():
    source = FakeEvents()

    class Adapter:
        given = source

        def events(self, call: Any, context: Any) -> AsyncIterator[bytes]:
            return source.events_of(call, context)

    return Adapter()


@pytest.fixture
def unavailable() -> Exception:
    return SubgraphUnavailable("10.0.0.1 closed the stream")


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Any], Any]]:
    """``await serve(application)`` gives host:port of a real server in this event loop."""
    async with AsyncExitStack() as stack:

        async def start(application: Any) -> str:
            return await stack.enter_async_context(_served(application))

        yield start


@asynccontextmanager
async def _served(application: Any) -> AsyncIterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, lifespan="off", log_config=None, ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None
    task = asyncio.create_task(server._serve([listener]))
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
