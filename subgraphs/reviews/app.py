"""Composition root of the reviews subgraph's HTTP process."""

from __future__ import annotations

from starlette.applications import Starlette

from shared.auth import Verifier
from shared.db import create_database_engine, ping_database, session_factory
from shared.subgraph_app import RequestScope, SubgraphDefinition, create_app
from shared.subgraph_app.strawberry_prelude import executable, federation_sdl
from subgraphs.reviews.context import ReviewsContext
from subgraphs.reviews.loaders import ReviewsLoaders
from subgraphs.reviews.schema import ENTITIES, schema
from subgraphs.reviews.settings import ReviewsSettings


def build_app(settings: ReviewsSettings) -> Starlette:
    """The application."""
    engine = create_database_engine(
        settings.database,
        application_name="agora reviews",
        pool_size=settings.pool_size,
        statement_timeout_ms=settings.statement_timeout_ms,
    )
    sessions = session_factory(engine)

    def context(scope: RequestScope) -> ReviewsContext:
        return ReviewsContext(scope.principal, ReviewsLoaders(sessions, scope.principal))

    definition = SubgraphDefinition(
        name="reviews",
        schema=executable(schema),
        sdl=federation_sdl(schema),
        context=context,
        entities=ENTITIES,
        probes={"postgres": lambda: ping_database(engine)},
        close=engine.dispose,
    )
    return create_app(definition, Verifier(settings.gateway_secret.get_secret_value(), "reviews"))
