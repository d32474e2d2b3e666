"""Where a URL leads: the origin that owns a connection pool, and the request head that never changes for it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.executor.transport import TransportError, TransportErrorKind

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port; connections are shared by everything that has the same origin."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """Value of the ``Host`` header: IPv6 addresses in brackets, the default port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart: its origin and the constant first lines of every ``POST`` to it."""

    origin: Origin
    head_start: bytes


def parse_target(url: str) -> Target:
    """Take ``url`` apart.

    Raises ``TransportError(MALFORMED)`` when it is no absolute http(s) URL or holds characters that would end the
    request line.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        path_bytes = path.encode("ascii")
        if host and not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError:
        raise _refused() from None
    if parts.scheme not in DEFAULT_PORTS or not host or any(character <= " " for character in path + host):
        raise _refused()
    origin = Origin(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme])
    return Target(origin, b"POST %b HTTP/1.1\r\nhost: %b\r\n" % (path_bytes, origin.authority.encode("ascii")))


def _refused() -> TransportError:
    return TransportError(TransportErrorKind.MALFORMED, "the subgraph's URL is not an absolute http(s) URL")
