"""Composition root of the inventory subgraph's HTTP process."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.applications import Starlette

from shared.auth import Verifier
from shared.cache import connect_cache
from shared.clock import Clock, SystemClock
from shared.db import create_database_engine, session_factory
from shared.subgraph_app import RequestScope, SubgraphDefinition, create_app
from shared.subgraph_app.strawberry_prelude import executable, federation_sdl
from subgraphs.inventory.context import InventoryContext
from subgraphs.inventory.loaders import InventoryLoaders
from subgraphs.inventory.schema import ENTITIES, schema
from subgraphs.inventory.service import ReservationService
from subgraphs.inventory.settings import InventorySettings
from subgraphs.inventory.stock_memory import StockMemory


def build_app(settings: InventorySettings, *, clock: Clock | None = None) -> Starlette:
    """The application; nothing connects before the first request."""
    engine = create_database_engine(
        settings.database,
        application_name="agora inventory",
        pool_size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
    )
    sessions = session_factory(engine)
    time = clock or SystemClock()
    reservations = ReservationService(sessions, time)
    memory = StockMemory(connect_cache(settings.redis_url, prefix=settings.key_prefix, area="stock"), time)

    def context(scope: RequestScope) -> InventoryContext:
        return InventoryContext(
            principal=scope.principal,
            market=scope.market,
            sessions=sessions,
            clock=time,
            loaders=InventoryLoaders(sessions, time, memory),
            reservations=reservations,
        )

    async def close() -> None:
        await memory.settle()
        await engine.dispose()

    definition = SubgraphDefinition(
        name="inventory",
        schema=executable(schema),
        sdl=federation_sdl(schema),
        context=context,
        entities=ENTITIES,
        probes={"postgres": lambda: _ping(engine)},
        close=close,
    )
    return create_app(definition, Verifier(settings.gateway_secret.get_secret_value(), "inventory"))


async def _ping(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
