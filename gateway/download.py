"""Fetches small documents of the control plane: key sets and supergraphs. Subgraph traffic never passes here."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final, Protocol
from urllib.parse import urlsplit

MAX_DOWNLOAD_BYTES: Final = 64 * 1024 * 1024
DOWNLOAD_TIMEOUT_SECONDS: Final = 10


class DownloadFailed(Exception):
    """No document came; the message is one line for the log."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document and the ETag to ask for changes with."""

    body: bytes
    etag: str | None


class Download(Protocol):
    """Fetches a URL; None when the document still has ``etag``. Raises ``DownloadFailed``."""

    async def __call__(
        self, url: str, *, etag: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Document | None: ...


async def download(url: str, *, etag: str | None = None, headers: Mapping[str, str] | None = None) -> Document | None:
    """``Download`` over http and https; redirects are refused, they could lead inside the network."""
    return await asyncio.to_thread(_fetch, url, etag, headers or {})


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, _req: urllib.request.Request, _fp: IO[bytes], code: int, _msg: str, _headers: HTTPMessage, _newurl: str
    ) -> Any:
        raise DownloadFailed(f"the server redirects (status {code}), which is not followed")


_opener = urllib.request.build_opener(_NoRedirects)
_direct_opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def _fetch(url: str, etag: str | None, headers: Mapping[str, str]) -> Document | None:
    if not url.startswith(("http://", "https://")):
        raise DownloadFailed(f"{url} is not an http(s) URL")
    request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - the scheme was checked
    if etag is not None:
        request.add_header("If-None-Match", etag)
    # A proxy of the environment leads out of this machine; services beside the gateway are not to be found there.
    opener = _direct_opener if urlsplit(url).hostname in _LOOPBACK else _opener
    try:
        with opener.open(request, timeout=DOWNLOAD_TIMEOUT_SECONDS) as response:
            body = response.read(MAX_DOWNLOAD_BYTES + 1)
            if len(body) > MAX_DOWNLOAD_BYTES:
                raise DownloadFailed(f"{url} sent more than {MAX_DOWNLOAD_BYTES} bytes")
            declared = response.headers.get("Content-Length")
            if declared is not None and declared.isdigit() and len(body) != int(declared):
                raise DownloadFailed(f"{url} closed the connection early")
            return Document(body, response.headers.get("ETag"))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 304:
            return None
        raise DownloadFailed(f"{url} answered with status {error.code}") from error
    except (OSError, HTTPException) as error:
        reason = " ".join(str(getattr(error, "reason", None) or error).split())
        raise DownloadFailed(f"{url} cannot be reached: {reason}") from error
