"""``seed``: the demo catalogue into the database, then into the search index."""

from __future__ import annotations

from datetime import UTC, datetime

from shared.clock import SystemClock
from shared.db import create_database_engine, session_factory
from shared.db.demo_load import is_loaded, mark_loaded, wipe
from shared.demo import Catalogue
from shared.subgraph_app import SeedRequest
from subgraphs.products.app import search_engine
from subgraphs.products.models import LOADED_TABLES
from subgraphs.products.search.indexer import Indexer
from subgraphs.products.seed import load_catalogue
from subgraphs.products.settings import ProductsSettings

_STATEMENT_TIMEOUT_MS = 600_000  # one chunk of a COPY may wait for the disk


async def seed(settings: ProductsSettings, request: SeedRequest) -> None:
    """Load and index once; a second call with the same size only makes sure of the index."""
    database = create_database_engine(
        settings.database, application_name="agora products seed", statement_timeout_ms=_STATEMENT_TIMEOUT_MS
    )
    engine = search_engine(settings)
    try:
        async with database.begin() as connection:
            if request.reset:
                await wipe(connection, LOADED_TABLES)
            already = await is_loaded(connection, "products", request.size)
            if not already:
                await load_catalogue(connection, Catalogue(request.size), request.progress)
                await mark_loaded(connection, "products", request.size, datetime.now(UTC))
        indexer = Indexer(engine, session_factory(database), prefix=settings.key_prefix, clock=SystemClock())
        if already:
            await indexer.ensure()
        else:
            await indexer.reindex(lambda done, total: request.progress("index", done, total))
    finally:
        await engine.close()
        await database.dispose()
