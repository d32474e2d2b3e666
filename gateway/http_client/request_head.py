"""Writing a request: constant head, the caller's headers, the length and the body in one piece of bytes."""

from __future__ import annotations

import re
from typing import Final

from gateway.executor.transport import SubgraphRequest, TransportError, TransportErrorKind
from gateway.http_client.content_encoding import ACCEPTED

# Anything else in a header would let its value start a header, or a request, of its own (RFC 9110 section 5.5).
_WELL_FORMED: Final = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [\t\x20-\x7e\x80-\xff]*\r\n)*", re.DOTALL)

# These describe the connection or the framing, which are this client's to decide.
_OWN_HEADERS: Final = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect"}
)
_ACCEPT_ENCODING: Final = b"accept-encoding: %b\r\n" % ACCEPTED.encode()


def encode_request(head_start: bytes, request: SubgraphRequest) -> bytes:
    """The bytes to send. Raises ``TransportError(MALFORMED)`` for a header that would break out of its line."""
    lines = [f"{name}: {value}\r\n" for name, value in request.headers if name not in _OWN_HEADERS]
    try:
        headers = "".join(lines).encode("latin-1")
    except UnicodeEncodeError:
        raise _refused() from None
    if _WELL_FORMED.fullmatch(headers) is None or headers.count(b"\r\n") != len(lines):
        raise _refused()
    body = request.body
    return b"%b%b%bcontent-length: %d\r\n\r\n%b" % (head_start, headers, _ACCEPT_ENCODING, len(body), body)


def _refused() -> TransportError:
    return TransportError(TransportErrorKind.MALFORMED, "a request header holds characters that HTTP forbids")
