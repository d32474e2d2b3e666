"""The proof that a request comes from the gateway or from a sister service.

``x-agora-signature: v1,<unix seconds>,<nonce hex>,<hex HMAC-SHA256>`` over method, path, audience (the subgraph's
name), identity header, SHA-256 of the body, timestamp and nonce, joined by newlines. It binds the caller's identity
to one request to one subgraph: an altered body, another subgraph's signature, an old or a repeated one is refused.

Nonces are remembered by the verifying process. A process that just started refuses nothing by nonce that another
process saw; the timestamp bounds that to the tolerance.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Final

from shared.auth.principal import MalformedIdentity, Principal, decode_identity, encode_identity

IDENTITY_HEADER: Final = "x-agora-identity"
SIGNATURE_HEADER: Final = "x-agora-signature"
TOLERANCE_SECONDS: Final = 300
MAX_REMEMBERED_NONCES: Final = 400_000  # about 60 MB at worst; beyond it the oldest seconds are refused outright


class InvalidSignature(Exception):
    """No proof, or not for this request. The text is for logs; callers answer a bare UNAUTHENTICATED."""


def new_nonce() -> str:
    return secrets.token_hex(12)


def sign(
    secret: str, *, method: str, path: str, audience: str, identity: str, body: bytes, now: int, nonce: str
) -> str:
    """The signature header's value. ``now`` is in unix seconds, ``identity`` is ``""`` for anonymous callers."""
    digest = _digest(secret, (method.upper(), path, audience, identity, _hash(body), str(now), nonce))
    return f"v1,{now},{nonce},{digest}"


def signed_headers(
    secret: str, *, method: str, path: str, audience: str, principal: Principal, body: bytes
) -> dict[str, str]:
    """Identity and signature headers of one outgoing request, stamped now."""
    identity = encode_identity(principal)
    signature = sign(
        secret,
        method=method,
        path=path,
        audience=audience,
        identity=identity,
        body=body,
        now=int(time.time()),
        nonce=new_nonce(),
    )
    headers = {SIGNATURE_HEADER: signature}
    if identity:
        headers[IDENTITY_HEADER] = identity
    return headers


class Verifier:
    """Checks the proof on requests to one subgraph and remembers the nonces it accepted."""

    def __init__(
        self,
        secret: str,
        audience: str,
        *,
        now: Callable[[], float] = time.time,
        max_nonces: int = MAX_REMEMBERED_NONCES,
    ) -> None:
        if not secret:
            raise ValueError("the gateway secret is empty")
        self._secret = secret
        self._audience = audience
        self._now = now
        self._nonces = _NonceMemory(max_nonces)

    def verify(self, headers: Mapping[str, str], method: str, path: str, body: bytes) -> Principal:
        """The caller of a proven request. ``headers`` has lower-case names. Raises InvalidSignature."""
        stamp, nonce, digest = _parse(headers.get(SIGNATURE_HEADER, ""))
        now = int(self._now())
        if abs(now - int(stamp)) > TOLERANCE_SECONDS:
            raise InvalidSignature("the signature's timestamp is outside the tolerance")
        identity = headers.get(IDENTITY_HEADER, "")
        expected = _digest(self._secret, (method.upper(), path, self._audience, identity, _hash(body), stamp, nonce))
        if not hmac.compare_digest(expected, digest):
            raise InvalidSignature("the signature does not match the request")
        if not self._nonces.accept(int(stamp), nonce, now):
            raise InvalidSignature("the nonce was used before")
        try:
            return decode_identity(identity)
        except MalformedIdentity as error:
            raise InvalidSignature(str(error)) from error


class _NonceMemory:
    """Accepted nonces by second; seconds that fell out of memory are refused, never forgotten into acceptance."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._by_second: dict[int, set[str]] = {}
        self._size = 0
        self._refuse_before = 0

    def accept(self, second: int, nonce: str, now: int) -> bool:
        self._drop_before(now - TOLERANCE_SECONDS)
        if second < self._refuse_before:
            return False
        seen = self._by_second.setdefault(second, set())
        if nonce in seen:
            return False
        seen.add(nonce)
        self._size += 1
        if self._size > self._capacity:
            self._drop_before(min(self._by_second) + 1)
        return True

    def _drop_before(self, second: int) -> None:
        if second <= self._refuse_before:
            return
        self._refuse_before = second
        for old in [known for known in self._by_second if known < second]:
            self._size -= len(self._by_second.pop(old))


def _parse(header: str) -> tuple[str, str, str]:
    parts = header.split(",")
    if len(parts) != 4 or parts[0] != "v1":
        raise InvalidSignature("the signature header is missing or malformed")
    _, stamp, nonce, digest = parts
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or not 16 <= len(nonce) <= 64:
        raise InvalidSignature("the signature header is missing or malformed")
    if not digest.isascii():
        raise InvalidSignature("the signature header is missing or malformed")
    return stamp, nonce, digest


def _digest(secret: str, lines: tuple[str, ...]) -> str:
    return hmac.new(secret.encode("utf-8"), "\n".join(lines).encode("utf-8"), hashlib.sha256).hexdigest()


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
