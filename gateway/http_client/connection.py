"""One connection: writes a request, parses its response, and says afterwards whether it can carry another.

Lives inside the event loop's callbacks: no awaiting here. Everything a peer may send ends in a result or in a
``TransportError`` of the exchange under way; a byte outside an exchange closes the connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, cast

import httptools

from gateway.executor.transport import SubgraphResponse, TransportError, TransportErrorKind
from gateway.http_client.content_encoding import decode_body
from gateway.http_client.limits import ClientLimits

_MAX_INTERIM_RESPONSES: Final = 8


class Connection(asyncio.Protocol):
    """An HTTP/1.1 connection that carries one exchange at a time."""

    __slots__ = (
        "_body",
        "_body_bytes",
        "_complete",
        "_encoding",
        "_header_bytes",
        "_headers",
        "_headers_done",
        "_interim",
        "_length_known",
        "_limits",
        "_on_lost",
        "_parser",
        "_result",
        "_transport",
        "idle_since",
        "received_nothing",
        "reusable",
    )

    def __init__(self, limits: ClientLimits, on_lost: Callable[[Connection], None]) -> None:
        self._limits = limits
        self._on_lost = on_lost
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._result: asyncio.Future[SubgraphResponse] | None = None
        self._interim = 0
        self._headers: list[tuple[str, str]] = []
        self._body: list[bytes] = []
        self._encoding = ""
        self._start_message()
        self.reusable = False
        self.received_nothing = True
        self.idle_since = 0.0

    def exchange(self, data: bytes, result: asyncio.Future[SubgraphResponse]) -> None:
        """Send ``data``; ``result`` gets the response or a ``TransportError``."""
        self._result = result
        self.received_nothing = True
        self.reusable = False
        self._interim = 0
        if self._transport is None:
            # Lost between being handed over and being used.
            self._fail(TransportErrorKind.CLOSED, "the subgraph closed the connection")
        else:
            self._transport.write(data)

    def abandon(self) -> None:
        """Drop the connection now, whatever is under way."""
        self._result = None
        self.reusable = False
        if self._transport is not None:
            self._transport.abort()

    def time_out(self) -> None:
        """Fail the exchange under way: its time is up."""
        self._fail(TransportErrorKind.TIMEOUT, "the subgraph did not answer in time")

    def close(self) -> None:
        """Fail the exchange under way, if any: the client is closing."""
        self._fail(TransportErrorKind.CLOSED, "the client is closed")

    @property
    def is_open(self) -> bool:
        """Whether both sides still hold the connection open, as far as this side has heard."""
        return self._transport is not None and not self._transport.is_closing()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the interface without the base class.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._result is None:
            # An answer nobody asked for must never become the answer to the next request.
            self.abandon()
            return
        self.received_nothing = False
        if not self._headers_done:
            self._header_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._fail(TransportErrorKind.MALFORMED, "the subgraph switched protocols")
        except httptools.HttpParserError as error:
            # A callback's own exception (a limit) comes wrapped by the parser.
            cause = error.__context__
            self._fail_with(
                cause
                if isinstance(cause, TransportError)
                else TransportError(TransportErrorKind.MALFORMED, "the subgraph's answer is not HTTP")
            )
        else:
            if not self._headers_done and self._header_bytes > self._limits.max_header_bytes:
                self._fail(TransportErrorKind.TOO_LARGE, "the response headers are too large")
        if self._complete:
            self._finish()

    def eof_received(self) -> bool:
        if self._headers_done and not self._length_known and self._result is not None:
            # Without a length the end of the connection is the end of the body (RFC 9112 section 6.3).
            self._complete = True
            self._finish()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._transport = None
        self.reusable = False
        self._fail(TransportErrorKind.CLOSED, "the subgraph closed the connection")
        self._on_lost(self)

    # httptools callbacks

    def on_message_begin(self) -> None:
        if self._complete:
            # A second response in the same piece of data: the first one stands, the connection is of no more use.
            self.reusable = False
            raise TransportError(TransportErrorKind.MALFORMED, "the subgraph sent more than one response")

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._headers_done:
            return
        lowered = name.decode("latin-1").lower()
        text = value.decode("latin-1").rstrip(" \t")
        self._headers.append((lowered, text))
        if lowered == "content-length":
            self._length_known = True
        elif lowered == "transfer-encoding":
            self._length_known = text.lower().endswith("chunked")
        elif lowered == "content-encoding":
            self._encoding = f"{self._encoding},{text}" if self._encoding else text

    def on_headers_complete(self) -> None:
        self._headers_done = True
        limit = self._limits.max_header_bytes
        # What has been received bounds the headers, unless a body came along.
        if self._header_bytes > limit and sum(len(name) + len(value) for name, value in self._headers) > limit:
            raise TransportError(TransportErrorKind.TOO_LARGE, "the response headers are too large")

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        if self._body_bytes > self._limits.max_body_bytes:
            raise TransportError(TransportErrorKind.TOO_LARGE, "the response is too large")
        self._body.append(body)

    def on_message_complete(self) -> None:
        if 100 <= self._parser.get_status_code() < 200:
            self._interim += 1
            if self._interim > _MAX_INTERIM_RESPONSES:
                raise TransportError(TransportErrorKind.MALFORMED, "the subgraph sent too many interim responses")
            self._start_message()
            return
        self._complete = True
        self.reusable = self._parser.should_keep_alive()

    def _start_message(self) -> None:
        self._headers = []
        self._headers_done = False
        self._length_known = False
        self._header_bytes = 0
        self._encoding = ""
        self._body = []
        self._body_bytes = 0
        self._complete = False

    def _finish(self) -> None:
        result, self._result = self._result, None
        if result is None:
            return
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        try:
            if self._encoding:
                body = decode_body(body, self._encoding, self._limits.max_body_bytes)
        except TransportError as error:
            if not result.done():
                result.set_exception(error)
        else:
            if not result.done():
                result.set_result(SubgraphResponse(self._parser.get_status_code(), tuple(self._headers), body))
        self._start_message()
        if self._transport is not None and self._transport.get_write_buffer_size() > 0:
            # The answer came before the request was read in full: what is still unsent would precede the next one.
            self.reusable = False

    def _fail(self, kind: TransportErrorKind, message: str) -> None:
        self._fail_with(TransportError(kind, message))

    def _fail_with(self, error: TransportError) -> None:
        if self._complete:
            # The response is whole; what followed it only costs the connection.
            self.reusable = False
            return
        result, self._result = self._result, None
        if result is not None and not result.done():
            result.set_exception(error)
        self.abandon()
