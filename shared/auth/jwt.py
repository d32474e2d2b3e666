"""Access tokens: EdDSA JWTs that the users subgraph issues and everybody verifies through its JWKS.

Claims: sub, iss, aud, exp, iat, jti, typ="access", scope (space separated), roles, sid, email_verified. Only EdDSA
is accepted, whatever the token's header says; headers that point at keys (jku, jwk, x5u) or extend the format (crit)
are refused. Unit of all times: unix seconds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from shared.auth.principal import Principal

ACCESS_TOKEN_SECONDS: Final = 300
_LEEWAY_SECONDS: Final = 5
_REQUIRED_CLAIMS: Final = ("sub", "iss", "aud", "exp", "iat", "jti", "typ")
_REFUSED_HEADERS: Final = ("jku", "jwk", "x5u", "x5c", "crit")


class InvalidToken(Exception):
    """The token is malformed, expired, not ours or not an access token."""


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says about a user. ``session_id`` names the sign-in that it belongs to."""

    subject: str
    scopes: frozenset[str]
    roles: frozenset[str]
    session_id: str
    email_verified: bool
    token_id: str = ""
    expires_at: int = 0

    @property
    def principal(self) -> Principal:
        return Principal(subject=self.subject, scopes=self.scopes, roles=self.roles, session_id=self.session_id or None)


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

    def issue(self, claims: AccessClaims, *, now: int, lifetime_seconds: int = ACCESS_TOKEN_SECONDS) -> str:
        """The signed token. ``token_id`` is made up when empty; ``expires_at`` follows from ``lifetime_seconds``."""
        payload: dict[str, Any] = {
            "sub": claims.subject,
            "iss": self._issuer,
            "aud": self._audience,
            "iat": now,
            "exp": now + lifetime_seconds,
            "jti": claims.token_id or secrets.token_hex(16),
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


class AccessTokenVerifier:
    """Verifies access tokens against a JWK set, chosen by the token's ``kid``."""

    def __init__(self, jwks: Mapping[str, Any], *, issuer: str = "agora", audience: str = "agora") -> None:
        self._keys = {str(key["kid"]): _public_key(key) for key in jwks.get("keys", ()) if _is_ed25519(key)}
        self._issuer = issuer
        self._audience = audience

    def verify(self, token: str) -> AccessClaims:
        """The claims of a token that is valid now. Raises InvalidToken."""
        try:
            header = jwt.get_unverified_header(token)
            if any(name in header for name in _REFUSED_HEADERS):
                raise InvalidToken("the token's header names its own key or an extension")
            key = self._keys.get(str(header.get("kid")))
            if key is None:
                raise InvalidToken("the token was signed with an unknown key")
            payload = jwt.decode(
                token,
                key,
                algorithms=["EdDSA"],
                issuer=self._issuer,
                audience=self._audience,
                leeway=_LEEWAY_SECONDS,
                options={"require": list(_REQUIRED_CLAIMS)},
            )
        except jwt.PyJWTError as error:
            raise InvalidToken("the token is invalid or expired") from error
        if payload["typ"] != "access":
            raise InvalidToken("the token is not an access token")
        return _claims(payload)


def public_jwks(keys: Iterable[Ed25519PublicKey]) -> dict[str, Any]:
    """The JWK set of several public keys, so that a rotation can publish old and new together."""
    return {
        "keys": [
            {"kty": "OKP", "crv": "Ed25519", "x": _raw(key), "kid": _thumbprint(key), "alg": "EdDSA", "use": "sig"}
            for key in keys
        ]
    }


def _claims(payload: Mapping[str, Any]) -> AccessClaims:
    roles = payload.get("roles")
    return AccessClaims(
        subject=str(payload["sub"]),
        scopes=frozenset(str(payload.get("scope") or "").split()),
        roles=frozenset(str(role) for role in roles) if isinstance(roles, list) else frozenset(),
        session_id=str(payload.get("sid") or ""),
        email_verified=payload.get("email_verified") is True,
        token_id=str(payload["jti"]),
        expires_at=int(payload["exp"]),
    )


def _is_ed25519(key: Mapping[str, Any]) -> bool:
    return key.get("kty") == "OKP" and key.get("crv") == "Ed25519" and "x" in key and "kid" in key


def _public_key(key: Mapping[str, Any]) -> Ed25519PublicKey:
    raw = str(key["x"])
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))


def _raw(key: Ed25519PublicKey) -> str:
    return _base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def _thumbprint(key: Ed25519PublicKey) -> str:
    """RFC 7638: SHA-256 over the required members in lexical order."""
    members = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": _raw(key)}, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(members.encode("ascii")).digest())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
