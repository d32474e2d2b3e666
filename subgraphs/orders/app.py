"""Composition root of the orders subgraph's HTTP process."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette

from shared.auth import Verifier
from shared.clock import Clock, SystemClock
from shared.db import create_database_engine, session_factory
from shared.subgraph_app import RequestScope, SubgraphDefinition, create_app
from subgraphs.orders.context import OrdersContext
from subgraphs.orders.loaders import OrdersLoaders
from subgraphs.orders.order.access import AccessTokens
from subgraphs.orders.payment import PaymentProvider
from subgraphs.orders.resolvers.entities import ENTITIES
from subgraphs.orders.schema import build_schema, read_sdl
from subgraphs.orders.services import Sisters, build_services, connect_sisters
from subgraphs.orders.settings import OrdersSettings


def build_app(
    settings: OrdersSettings,
    *,
    clock: Clock | None = None,
    sisters: Sisters | None = None,
    provider: PaymentProvider | None = None,
) -> Starlette:
    """The application; nothing connects before the first request."""
    engine = create_database_engine(
        settings.database,
        application_name="agora orders",
        pool_size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
    )
    sessions = session_factory(engine)
    time = clock or SystemClock()
    secret = settings.gateway_secret.get_secret_value()
    services = build_services(settings, sessions, time, sisters or connect_sisters(settings), provider=provider)
    tokens = AccessTokens(secret)

    def context(scope: RequestScope) -> OrdersContext:
        return OrdersContext(
            principal=scope.principal,
            market=scope.market,
            sessions=sessions,
            clock=time,
            loaders=OrdersLoaders(sessions),
            carts=services.carts,
            checkouts=services.checkouts,
            products=services.sisters.products,
            inventory=services.sisters.inventory,
            tokens=tokens,
        )

    async def close() -> None:
        await services.checkouts.close()
        await services.sisters.http.aclose()
        await engine.dispose()

    definition = SubgraphDefinition(
        name="orders",
        schema=build_schema(),
        sdl=read_sdl(),
        context=context,
        entities=ENTITIES,
        probes={"postgres": lambda: _ping(engine)},
        close=close,
    )
    return create_app(definition, Verifier(secret, "orders"))


async def _ping(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
