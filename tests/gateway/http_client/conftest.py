"""A raw server whose every byte a test decides, and a connection without a network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from gateway.executor.transport import SubgraphRequest, SubgraphResponse
from gateway.http_client.connection import Connection
from gateway.http_client.limits import ClientLimits

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class RawServer:
    """Counts the connections it took; ``url`` leads to it."""

    url: str
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One request, head and body; empty at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    return head + await reader.readexactly(length)


@pytest.fixture
def raw_server():
    """``async with raw_server(handle) as server``: each connection is passed to ``handle(reader, writer, server)``."""

    @asynccontextmanager
    async def serve(handle, host: str = "127.0.0.1", ssl=None) -> AsyncIterator[RawServer]:
        tasks: set[asyncio.Task] = set()

        async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            state.connections += 1
            tasks.add(asyncio.current_task())
            try:
                await handle(reader, writer, state)
            except (ConnectionError, asyncio.CancelledError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(on_connection, host, 0, ssl=ssl)
        port = server.sockets[0].getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        state = RawServer(f"{'https' if ssl else 'http'}://{shown}:{port}/graphql")
        try:
            yield state
        finally:
            server.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return serve


@pytest.fixture
def answering(raw_server):
    """A server that answers every request with the same bytes, then closes if ``close``."""

    def serve(answer: bytes, *, close: bool = False, host: str = "127.0.0.1", ssl=None):
        async def handle(reader, writer, state) -> None:
            while request := await read_request(reader):
                state.requests.append(request)
                writer.write(answer)
                await writer.drain()
                if close:
                    return

        return raw_server(handle, host, ssl)

    return serve


@pytest.fixture
def read_one_request():
    return read_request


@pytest.fixture
def request_to():
    """A request to ``server`` with generous time."""

    def make(server: RawServer, **options) -> SubgraphRequest:
        values = {"headers": (("content-type", "application/json"),), "body": b'{"query":"{a}"}', "timeout_ms": 20_000}
        return SubgraphRequest(url=server.url, **{**values, **options})

    return make


class WireTransport:
    """What a connection needs of a transport, in memory."""

    def __init__(self) -> None:
        self.closed = False
        self.sent = b""

    def write(self, data: bytes) -> None:
        self.sent += data

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        self.closed = True

    def get_write_buffer_size(self) -> int:
        return 0


@pytest.fixture
def receive():
    """``receive(pieces, eof)``: the outcome of one exchange whose answer arrives in those pieces.

    Returns the response or raises the transport error; the connection's reusability comes along.
    """

    def run(
        pieces: list[bytes], *, eof: bool = False, limits: ClientLimits | None = None
    ) -> tuple[SubgraphResponse, bool]:
        loop = asyncio.new_event_loop()
        try:
            connection = Connection(limits or ClientLimits(), lambda _: None)
            transport = WireTransport()
            connection.connection_made(transport)
            result = loop.create_future()
            connection.exchange(b"request", result)
            for piece in pieces:
                if not transport.closed:
                    connection.data_received(piece)
            if eof and not transport.closed:
                connection.eof_received()
                connection.connection_lost(None)
            assert result.done(), "the exchange hangs"
            return result.result(), connection.reusable
        finally:
            loop.close()

    return run
