"""Follows the supergraph: a file or an http(s) URL. Yields each new SDL; keeps the last good one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from gateway.download import Download, DownloadFailed
from gateway.errors import StartupError

_log = logging.getLogger(__name__)

MAX_SUPERGRAPH_BYTES: Final = 64 * 1024 * 1024


class SourceUnavailable(Exception):
    """The supergraph cannot be read now; the message is one line."""


class SupergraphSource(Protocol):
    """Where supergraphs come from."""

    async def read(self) -> str | None:
        """The SDL, or None when it is the one read last. Raises ``SourceUnavailable``."""
        ...


class FileSource:
    """A file; replaced or rewritten in place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: bytes | None = None
        self._stamp: tuple[int, int, int] | None = None

    async def read(self) -> str | None:
        """As ``SupergraphSource.read``."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            if stamp == self._stamp:
                return None
            if status.st_size > MAX_SUPERGRAPH_BYTES:
                raise SourceUnavailable(f"{self._path} is larger than {MAX_SUPERGRAPH_BYTES} bytes")
            content = await asyncio.to_thread(self._path.read_bytes)
            text = content.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SourceUnavailable(f"cannot read supergraph {self._path}: {reason}") from error
        self._stamp = stamp
        if content == self._seen:
            return None
        self._seen = content
        return text


class UrlSource:
    """An HTTP resource, asked with its ETag; ``headers`` carry the registry's credentials."""

    def __init__(self, url: str, download: Download, headers: Mapping[str, str]) -> None:
        self._url = url
        self._download = download
        self._headers = headers
        self._etag: str | None = None
        self._seen: bytes | None = None

    async def read(self) -> str | None:
        """As ``SupergraphSource.read``."""
        try:
            document = await self._download(self._url, etag=self._etag, headers=self._headers)
            if document is None or document.body == self._seen:
                return None
            text = document.body.decode("utf-8")
        except (DownloadFailed, UnicodeDecodeError) as error:
            raise SourceUnavailable(f"cannot read supergraph: {error}") from error
        self._etag, self._seen = document.etag, document.body
        return text


class RegistryClient:
    """Reads a source at start and follows it. ``last_good_file`` survives restarts while the source is away."""

    def __init__(self, source: SupergraphSource, *, poll_seconds: float, last_good_file: Path | None) -> None:
        self._source = source
        self._poll_seconds = poll_seconds
        self._last_good_file = last_good_file

    async def first(self) -> str:
        """The SDL to start with. Raises ``StartupError``."""
        try:
            sdl = await self._source.read()
        except SourceUnavailable as error:
            kept = self._read_last_good()
            if kept is None:
                raise StartupError(str(error)) from error
            _log.warning("%s; starting with the supergraph kept in %s", error, self._last_good_file)
            return kept
        assert sdl is not None, "a source that was never read has no earlier document"
        return sdl

    async def changes(self) -> AsyncIterator[str]:
        """Every later SDL, unchecked; ends at once when the source is not to be followed."""
        while self._poll_seconds > 0:
            await asyncio.sleep(self._poll_seconds)
            try:
                sdl = await self._source.read()
            except SourceUnavailable as error:
                _log.warning("%s; the current supergraph stays in service", error)
                continue
            if sdl is not None:
                yield sdl

    def keep(self, sdl: str) -> None:
        """Remember a supergraph that is in service."""
        if self._last_good_file is None:
            return
        try:
            written = self._last_good_file.with_suffix(".new")
            written.write_text(sdl, encoding="utf-8")
            written.replace(self._last_good_file)
        except OSError as error:
            _log.warning("the supergraph was not kept in %s: %s", self._last_good_file, error)

    def _read_last_good(self) -> str | None:
        if self._last_good_file is None:
            return None
        try:
            return self._last_good_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
