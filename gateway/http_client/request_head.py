"""Writing a request: constant head, the caller's headers, the length and the body in one piece of bytes."""

from __future__ import annotations

import re
from typing import Final

from gateway.executor.transport import Headers, SubgraphRequest, TransportError, TransportErrorKind
from gateway.http_client.content_encoding import ACCEPTED

# Anything else in a header would let its value start a header, or a request, of its own (RFC 9110 section 5.5).
_WELL_FORMED: Final = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t\x20-\x7e\x80-\xff]*\r\n)*", re.DOTALL)

# These describe the connection or the framing, which are this client's to decide.
_OWN_HEADERS: Final = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect"}
)
_MAX_KEPT_LINES: Final = 256
_ACCEPT_ENCODING: Final = b"accept-encoding: %b\r\n" % ACCEPTED.encode()


class RequestEncoder:
    """Writes requests; header lines that were written lately are kept, since one client request makes many calls."""

    def __init__(self) -> None:
        self._lines: dict[Headers, bytes] = {}

    def encode(self, head_start: bytes, request: SubgraphRequest) -> bytes:
        """The bytes to send. Raises ``TransportError(MALFORMED)`` for a header that would break out of its line."""
        headers = request.headers
        lines = self._lines.get(headers)
        if lines is None:
            if len(self._lines) >= _MAX_KEPT_LINES:
                self._lines.clear()
            lines = self._lines[headers] = _header_lines(headers)
        body = request.body
        return b"%b%bcontent-length: %d\r\n\r\n%b" % (head_start, lines, len(body), body)


def _header_lines(headers: Headers) -> bytes:
    lines = [f"{name}: {value}\r\n" for name, value in headers if name not in _OWN_HEADERS]
    try:
        text = "".join(lines).encode("latin-1")
    except UnicodeEncodeError:
        raise _refused() from None
    if _WELL_FORMED.fullmatch(text) is None or text.count(b"\r\n") != len(lines):
        raise _refused()
    return text + _ACCEPT_ENCODING


def _refused() -> TransportError:
    return TransportError(TransportErrorKind.MALFORMED, "a request header holds characters that HTTP forbids")
