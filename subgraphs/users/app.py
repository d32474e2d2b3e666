"""Composition root of the users subgraph's HTTP process."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.auth import Verifier
from shared.auth.jwt import AccessTokenIssuer
from shared.clock import Clock, SystemClock
from shared.db import create_database_engine, ping_database, session_factory
from shared.subgraph_app import RequestScope, SubgraphDefinition, create_app
from shared.subgraph_app.strawberry_prelude import executable, federation_sdl
from subgraphs.users.context import UsersContext
from subgraphs.users.loaders import UsersLoaders
from subgraphs.users.passwords import PasswordHasher
from subgraphs.users.schema import ENTITIES, schema
from subgraphs.users.service import AccountService
from subgraphs.users.settings import UsersSettings

JWKS_PATH = "/.well-known/jwks.json"
JWKS_MAX_AGE_SECONDS = 300


def build_app(settings: UsersSettings, *, clock: Clock | None = None) -> Starlette:
    """The application. Raises OSError when the signing key cannot be read."""
    engine = create_database_engine(
        settings.database,
        application_name="agora users",
        pool_size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
    )
    sessions = session_factory(engine)
    issuer = AccessTokenIssuer(
        settings.jwt_private_key_file.read_bytes(), issuer=settings.jwt_issuer, audience=settings.jwt_audience
    )
    hasher = PasswordHasher(concurrency=settings.password_concurrency)
    service = AccountService(sessions, clock or SystemClock(), issuer, hasher)

    def context(scope: RequestScope) -> UsersContext:
        return UsersContext(scope.principal, service, UsersLoaders(sessions, scope.principal))

    async def close() -> None:
        hasher.close()
        await engine.dispose()

    definition = SubgraphDefinition(
        name="users",
        schema=executable(schema),
        sdl=federation_sdl(schema),
        context=context,
        entities=ENTITIES,
        probes={"postgres": lambda: ping_database(engine)},
        routes=[jwks_route(issuer.jwks())],
        close=close,
    )
    return create_app(definition, Verifier(settings.gateway_secret.get_secret_value(), "users"))


def jwks_route(jwks: dict[str, Any]) -> Route:
    """The public keys that verify our access tokens (RFC 7517)."""

    async def answer(_: Request) -> Response:
        return JSONResponse(jwks, headers={"cache-control": f"public, max-age={JWKS_MAX_AGE_SECONDS}"})

    return Route(JWKS_PATH, answer)
