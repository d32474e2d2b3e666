"""The load generator: a number of connections, each with one request under way, for some seconds.

``python load.py --url URL --operation FILE --connections 50 --seconds 5 [--same-authorization]`` prints one JSON object:
requests per second, latencies in milliseconds, bytes of an answer, failed requests.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httptools
import uvloop

DRAIN_SECONDS = 60

_numbers = itertools.count(1)


class Client(asyncio.Protocol):
    """One connection: sends the next request as soon as the last answer is complete."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._parser: Any = httptools.HttpResponseParser(self)
        self._size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._run.lost()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self._size += len(body)

    def on_message_complete(self) -> None:
        self._run.record(time.perf_counter() - self._sent_at, self._size, self._parser.get_status_code())
        if self._run.over:
            self._transport.close()
        else:
            self._send()

    def _send(self) -> None:
        self._size = 0
        self._sent_at = time.perf_counter()
        self._transport.write(self._run.request())


class Run:
    """What is sent, until when, and what came back."""

    def __init__(self, url: str, body: bytes, *, unique: bool) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self._start = f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-type: application/json\r\naccept: application/json\r\n".encode()
        self._end = b"content-length: %d\r\n\r\n%b" % (len(body), body)
        self._unique = unique
        self.over = False
        self.latencies: list[float] = []
        self.sizes: set[int] = set()
        self.failed = 0
        self.open = 0
        self.all_closed = asyncio.Event()

    def request(self) -> bytes:
        number = next(_numbers) if self._unique else 0
        return b"%bauthorization: Bearer benchmark-%d\r\n%b" % (self._start, number, self._end)

    def record(self, seconds: float, size: int, status: int) -> None:
        self.latencies.append(seconds)
        self.sizes.add(size)
        self.failed += status != 200

    def lost(self) -> None:
        if not self.over:
            self.failed += 1
        self.open -= 1
        if self.open == 0:
            self.all_closed.set()


async def measure(run: Run, connections: int, seconds: float) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    run.open = connections
    for _ in range(connections):
        await loop.create_connection(lambda: Client(run), run.host, run.port)
    start = time.perf_counter()
    await asyncio.sleep(seconds)
    run.over = True
    passed = time.perf_counter() - start
    in_time = len(run.latencies)
    # What is under way is waited for: a gateway that still works on it would be disturbed in its next run.
    async with asyncio.timeout(DRAIN_SECONDS):
        await run.all_closed.wait()
    latencies = sorted(run.latencies)
    return {
        "requests_per_second": round(in_time / passed, 1),
        "p50_ms": _percentile(latencies, 0.50),
        "p99_ms": _percentile(latencies, 0.99),
        "answer_bytes": sorted(run.sizes),
        "requests": len(latencies),
        "failed": run.failed,
    }


def _percentile(ordered: list[float], share: float) -> float | None:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 2) if ordered else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--operation", type=Path, required=True)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--same-authorization", action="store_true")
    options = parser.parse_args()
    body = json.dumps({"query": options.operation.read_text()}).encode()
    run = Run(options.url, body, unique=not options.same_authorization)
    print(json.dumps(uvloop.run(measure(run, options.connections, options.seconds))))


if __name__ == "__main__":
    main()
