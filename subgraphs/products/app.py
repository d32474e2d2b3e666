"""Composition root of the products subgraph's HTTP process."""

from __future__ import annotations

from starlette.applications import Starlette

from shared.auth import Verifier
from shared.clock import Clock, SystemClock
from shared.db import Sessions, create_database_engine, ping_database, session_factory
from shared.search import SearchEngine, TypesenseEngine
from shared.subgraph_app import ContextFactory, RequestScope, SubgraphDefinition, create_app
from subgraphs.products.context import ProductsContext
from subgraphs.products.domain.market import market_for
from subgraphs.products.loaders import Loaders
from subgraphs.products.media.routes import media_routes
from subgraphs.products.resolvers.entities import ENTITIES
from subgraphs.products.resolvers.schema import build_schema, read_sdl
from subgraphs.products.search.searcher import Searcher
from subgraphs.products.settings import ProductsSettings


def build_app(settings: ProductsSettings) -> Starlette:
    """The application. The search engine is no condition of readiness: without it the database answers."""
    database = create_database_engine(
        settings.database,
        application_name="agora products",
        pool_size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
    )
    # Each read is one statement: without BEGIN and ROLLBACK it takes one round trip instead of three.
    reading = session_factory(database.execution_options(isolation_level="AUTOCOMMIT"))
    engine = search_engine(settings)

    async def close() -> None:
        await engine.close()
        await database.dispose()

    definition = SubgraphDefinition(
        name="products",
        schema=build_schema(),
        sdl=read_sdl(),
        context=context_factory(settings, reading, engine, SystemClock()),
        entities=ENTITIES,
        probes={"postgres": lambda: ping_database(database)},
        routes=media_routes(),
        close=close,
    )
    return create_app(definition, Verifier(settings.gateway_secret.get_secret_value(), "products"))


def search_engine(settings: ProductsSettings) -> TypesenseEngine:
    """The engine that the settings name."""
    return TypesenseEngine(settings.typesense_url, settings.typesense_api_key.get_secret_value())


def context_factory(
    settings: ProductsSettings, sessions: Sessions, engine: SearchEngine, clock: Clock
) -> ContextFactory:
    """Contexts for one process: loaders are made anew for each request, all else is shared."""
    searcher = Searcher(engine, sessions, prefix=settings.key_prefix, clock=clock)
    media_base_url = settings.media_base_url.rstrip("/")

    def context(scope: RequestScope) -> ProductsContext:
        return ProductsContext(
            principal=scope.principal,
            market=market_for(language=scope.market.language, currency=scope.market.currency),
            loaders=Loaders(sessions, clock),
            sessions=sessions,
            searcher=searcher,
            clock=clock,
            media_base_url=media_base_url,
        )

    return context
