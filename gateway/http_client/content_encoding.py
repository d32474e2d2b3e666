"""Undoing ``Content-Encoding`` with a cap on what comes out, so that a small bomb cannot grow in memory."""

from __future__ import annotations

import zlib
from typing import Final

from gateway.executor.transport import TransportError, TransportErrorKind

ACCEPTED: Final = "gzip, deflate"

_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
_ZLIB_WINDOW: Final = zlib.MAX_WBITS
_RAW_WINDOW: Final = -zlib.MAX_WBITS
_ZLIB_METHOD: Final = 8
_MAX_GZIP_MEMBERS: Final = 16


def decode_body(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """``body`` without its content encodings (a list, applied left to right: undone right to left).

    Raises ``TransportError``: TOO_LARGE past ``max_bytes``, MALFORMED for damaged or unknown encodings.
    """
    for name in reversed(encoding.lower().split(",")):
        match name.strip():
            case "" | "identity":
                continue
            case "gzip" | "x-gzip":
                body = _inflate(body, _GZIP_WINDOW, max_bytes)
            case "deflate":
                body = _inflate(body, _deflate_window(body), max_bytes)
            case _:
                raise TransportError(TransportErrorKind.MALFORMED, "the response has an unknown content encoding")
    return body


def _deflate_window(body: bytes) -> int:
    """Servers send ``deflate`` with and without the zlib header that RFC 9110 section 8.4.1.2 asks for."""
    has_zlib_header = len(body) >= 2 and body[0] & 0x0F == _ZLIB_METHOD and (body[0] << 8 | body[1]) % 31 == 0
    return _ZLIB_WINDOW if has_zlib_header else _RAW_WINDOW


def _inflate(body: bytes, window: int, max_bytes: int) -> bytes:
    output: list[bytes] = []
    room = max_bytes
    rest = body
    try:
        # A gzip body may hold several members in a row (RFC 1952 section 2.2); each costs a copy of the rest.
        while rest:
            if len(output) == _MAX_GZIP_MEMBERS:
                raise TransportError(TransportErrorKind.MALFORMED, "the compressed response has too many parts")
            stream = zlib.decompressobj(window)
            piece = stream.decompress(rest, room + 1)
            room -= len(piece)
            if room < 0:
                raise TransportError(TransportErrorKind.TOO_LARGE, "the decompressed response is too large")
            if not stream.eof:
                raise TransportError(TransportErrorKind.MALFORMED, "the compressed response is cut short")
            output.append(piece)
            rest = stream.unused_data
    except zlib.error:
        raise TransportError(TransportErrorKind.MALFORMED, "the compressed response is damaged") from None
    return b"".join(output)
