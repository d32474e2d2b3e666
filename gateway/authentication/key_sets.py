"""The public keys of one issuer (RFC 7517), kept, renewed, and looked at again when a token names an unknown one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Final

import jwt
import msgspec

from gateway.download import Download, DownloadFailed

_log = logging.getLogger(__name__)

UNKNOWN_KEY_PAUSE_SECONDS: Final = 5.0  # between downloads that tokens with made-up key ids can cause
NO_KEYS_PAUSE_SECONDS: Final = 0.5  # between tries while the issuer's keys were never seen
ASYMMETRIC_KEY_TYPES: Final = frozenset({"RSA", "EC", "OKP"})


class KeySetUnavailable(Exception):
    """The issuer's keys were never seen; whether the token is good cannot be told."""


class KeySet:
    """Keys by id. Old keys stay in use while their issuer cannot be reached."""

    def __init__(
        self, url: str, download: Download, *, cache_seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = url
        self._download = download
        self._cache_seconds = cache_seconds
        self._now = now
        self._keys: dict[str | None, jwt.PyJWK] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._lock = asyncio.Lock()

    async def key(self, key_id: str | None) -> jwt.PyJWK | None:
        """The key ``key_id``, or the only key when a token names none. Raises ``KeySetUnavailable``."""
        if self._is_stale() or self._find(key_id) is None:
            await self._renew(key_id)
        if self._fetched_at is None:
            raise KeySetUnavailable(self._url)
        return self._find(key_id)

    def _find(self, key_id: str | None) -> jwt.PyJWK | None:
        if key_id is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(key_id)

    def _is_stale(self) -> bool:
        return self._fetched_at is None or self._now() - self._fetched_at >= self._cache_seconds

    async def _renew(self, key_id: str | None) -> None:
        async with self._lock:
            if not self._is_stale() and self._find(key_id) is not None:
                return
            pause = NO_KEYS_PAUSE_SECONDS if self._fetched_at is None else UNKNOWN_KEY_PAUSE_SECONDS
            if self._tried_at is not None and self._now() - self._tried_at < pause:
                return
            self._tried_at = self._now()
            try:
                document = await self._download(self._url)
                if document is not None:
                    self._keys = read_keys(document.body)
                    self._fetched_at = self._now()
            except (DownloadFailed, ValueError) as error:
                _log.warning("key set %s was not renewed: %s", self._url, error)


class _KeySetForm(msgspec.Struct):
    keys: list[dict[str, Any]]


def read_keys(body: bytes) -> dict[str | None, jwt.PyJWK]:
    """Public asymmetric signing keys by id; others are passed over. Raises ValueError for what is no key set."""
    try:
        value = msgspec.json.decode(body, type=_KeySetForm)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not a JWK set: {error}") from error
    keys: dict[str | None, jwt.PyJWK] = {}
    for entry in value.keys:
        if entry.get("kty") not in ASYMMETRIC_KEY_TYPES or entry.get("use") == "enc":
            continue
        try:
            keys[entry.get("kid")] = jwt.PyJWK(entry)
        except jwt.PyJWTError as error:
            _log.warning("a key of a key set is not usable: %s", error)
    return keys
