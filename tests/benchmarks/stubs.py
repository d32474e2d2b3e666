"""The four subgraphs in one process. Each distinct request is executed once; then its bytes are sent from memory.

``python stubs.py --ports 4201 4202 4203 4204 [--latency-ms 4]``: accounts, inventory, products, reviews.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

import httptools
import uvloop
from subgraph_execution import NAMES, answer

_KNOWN: dict[tuple[str, bytes], bytes] = {}


class StubProtocol(asyncio.Protocol):
    """HTTP/1.1 with nothing to spare: reads a request, writes the answer known for its body."""

    def __init__(self, name: str, latency_seconds: float) -> None:
        self._name = name
        self._latency = latency_seconds
        self._parser: Any = httptools.HttpRequestParser(self)
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        body, self._body = self._body, b""
        key = (self._name, body)
        response = _KNOWN.get(key)
        if response is None:
            content = answer(self._name, body)
            head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(content)
            response = _KNOWN[key] = head + content
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self._transport.write, response)
        else:
            self._transport.write(response)


async def serve(ports: list[int], latency_ms: float) -> None:
    loop = asyncio.get_running_loop()
    for name, port in zip(NAMES, ports, strict=True):
        await loop.create_server(
            lambda name=name: StubProtocol(name, latency_ms / 1000), "127.0.0.1", port, backlog=2048
        )
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ports", type=int, nargs=4, required=True)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    options = parser.parse_args()
    uvloop.run(serve(options.ports, options.latency_ms))


if __name__ == "__main__":
    main()
