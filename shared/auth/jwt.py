"""Access tokens: EdDSA JWTs that the users subgraph issues. Gateways verify them through its JWK set.

Claims: sub, iss, aud, exp, iat, jti, typ="access", scope (space separated), roles, sid, email_verified. Unit of all
times: unix seconds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

ACCESS_TOKEN_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says about a user. ``session_id`` names the sign-in that it belongs to."""

    subject: str
    scopes: frozenset[str]
    roles: frozenset[str]
    session_id: str
    email_verified: bool


class AccessTokenIssuer:
    """Signs access tokens with one Ed25519 key, given as PEM."""

    def __init__(self, private_key_pem: bytes, *, issuer: str = "agora", audience: str = "agora") -> None:
        key = load_pem_private_key(private_key_pem, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError("the JWT private key is not an Ed25519 key")
        self._key = key
        self._issuer = issuer
        self._audience = audience
        self._kid = _thumbprint(key.public_key())

    def issue(self, claims: AccessClaims, *, now: int) -> str:
        """The signed token, valid for ``ACCESS_TOKEN_SECONDS``."""
        payload: dict[str, Any] = {
            "sub": claims.subject,
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "exp": now + ACCESS_TOKEN_SECONDS,
            "jti": secrets.token_hex(16),
            "typ": "access",
            "scope": " ".join(sorted(claims.scopes)),
            "roles": sorted(claims.roles),
            "sid": claims.session_id,
            "email_verified": claims.email_verified,
        }
        return jwt.encode(payload, self._key, algorithm="EdDSA", headers={"kid": self._kid})

    def jwks(self) -> dict[str, Any]:
        """The public key as a JWK set (RFC 7517), for ``/.well-known/jwks.json``."""
        return public_jwks([self._key.public_key()])


def public_jwks(keys: Iterable[Ed25519PublicKey]) -> dict[str, Any]:
    """The JWK set of several public keys, so that a rotation can publish old and new together."""
    return {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "x": _raw(key), "kid": _thumbprint(key), "alg": "EdDSA", "use": "sig"}
            for key in keys
        ]
    }


def _raw(key: Ed25519PublicKey) -> str:
    return _base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def _thumbprint(key: Ed25519PublicKey) -> str:
    """RFC 7638: SHA-256 over the required members in lexical order."""
    members = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": _raw(key)}, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(members.encode("ascii")).digest())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
