"""Verifies bearer tokens (RFC 7519, RFC 8725): only configured issuers, only their algorithms, only their keys."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt

from gateway.authentication.credentials import InvalidCredentials
from gateway.authentication.key_sets import KeySet, KeySetUnavailable
from gateway.settings import IssuerSettings
from shared.auth.principal import ANONYMOUS, Principal

MAX_TOKEN_BYTES: Final = 16 * 1024
MAX_REMEMBERED_TOKENS: Final = 10_000
REMEMBERED_SECONDS: Final = 30.0  # so long may a key that its issuer withdrew still count
# A header that brings its own key, points to one, or demands an extension is never needed and often an attack.
REFUSED_HEADERS: Final = frozenset({"jku", "jwk", "x5u", "x5c", "crit", "b64"})
# ``typ`` in the header names the kind of JWT; these are the ones of access tokens (RFC 9068).
ACCESS_TOKEN_HEADER_TYPES: Final = frozenset({"jwt", "at+jwt", "application/at+jwt"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer and its keys."""

    settings: IssuerSettings
    keys: KeySet


@dataclass(frozen=True, slots=True)
class _VerifiedToken:
    principal: Principal
    until: float


class TokenAuthenticator:
    """An ``Authenticator`` that believes the tokens of ``issuers``."""

    def __init__(self, issuers: Iterable[Issuer], *, leeway_seconds: int) -> None:
        self._issuers = {issuer.settings.issuer: issuer for issuer in issuers}
        self._leeway_seconds = leeway_seconds
        self._verified: dict[str, _VerifiedToken] = {}

    async def authenticate(self, authorization: str | None) -> Principal:
        """Anonymous without a header. Raises ``InvalidCredentials``."""
        if authorization is None:
            return ANONYMOUS
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token or len(token) > MAX_TOKEN_BYTES:
            raise InvalidCredentials("not a bearer token")
        known = self._verified.get(token)
        if known is not None and known.until > time.time():
            return known.principal
        issuer = self._issuer_of(token)
        claims = await self._verify(token, issuer)
        principal = _principal(claims, issuer.settings)
        self._remember(token, principal, float(claims["exp"]))
        return principal

    def _remember(self, token: str, principal: Principal, expires_at: float) -> None:
        """Checking a signature costs more than serving a small query; the oldest tokens make room."""
        if len(self._verified) >= MAX_REMEMBERED_TOKENS:
            del self._verified[next(iter(self._verified))]
        self._verified[token] = _VerifiedToken(principal, min(expires_at, time.time() + REMEMBERED_SECONDS))

    def _issuer_of(self, token: str) -> Issuer:
        """By the unverified ``iss``: it only chooses whose keys must verify the token."""
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise InvalidCredentials(f"malformed token: {error}") from error
        name = claims.get("iss")
        issuer = self._issuers.get(name) if isinstance(name, str) else None
        if issuer is None:
            raise InvalidCredentials("unknown issuer")
        return issuer

    async def _verify(self, token: str, issuer: Issuer) -> Mapping[str, Any]:
        settings = issuer.settings
        try:
            key = await self._key(jwt.get_unverified_header(token), issuer)
            claims: Mapping[str, Any] = jwt.decode(
                token,
                key.key,
                # The key's own algorithm is not asked: an RSA key must not check an HMAC, whatever the token says.
                algorithms=[name for name in settings.algorithms if not name.upper().startswith(("HS", "NONE"))],
                issuer=settings.issuer,
                audience=settings.audience,
                leeway=self._leeway_seconds,
                options={"require": ["exp", "iss", "sub"], "verify_aud": settings.audience is not None},
            )
        except (jwt.PyJWTError, ValueError, TypeError, KeySetUnavailable) as error:
            raise InvalidCredentials(f"{type(error).__name__}: {error}") from error
        if settings.token_types and claims.get("typ") not in settings.token_types:
            raise InvalidCredentials("not an access token")
        return claims

    async def _key(self, header: Mapping[str, Any], issuer: Issuer) -> jwt.PyJWK:
        refused = REFUSED_HEADERS.intersection(header)
        if refused:
            raise InvalidCredentials(f"the token's header holds {', '.join(sorted(refused))}")
        if str(header.get("typ", "JWT")).lower() not in ACCESS_TOKEN_HEADER_TYPES:
            raise InvalidCredentials("the token's header names another type")
        if header.get("alg") not in issuer.settings.algorithms:
            raise InvalidCredentials("the token's algorithm is not allowed")
        key_id = header.get("kid")
        key = await issuer.keys.key(key_id if isinstance(key_id, str) else None)
        if key is None:
            raise InvalidCredentials("the token was signed with an unknown key")
        return key


def _principal(claims: Mapping[str, Any], settings: IssuerSettings) -> Principal:
    session = claims.get("sid")
    return Principal(
        subject=str(claims["sub"]),
        scopes=_names(claims.get(settings.scope_claim)),
        roles=_names(claims.get(settings.roles_claim)),
        session_id=session if isinstance(session, str) and session else None,
    )


def _names(value: Any) -> frozenset[str]:
    """Scopes and roles come as a text with spaces (RFC 8693 section 4.2) or as a list."""
    if isinstance(value, str):
        return frozenset(value.split())
    if isinstance(value, list):
        return frozenset(each for each in value if isinstance(each, str))
    return frozenset()
