"""Composition root of the products subgraph's worker: the outbox relay, the indexer and its watch over the index."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from shared.clock import SystemClock
from shared.db import create_database_engine, session_factory
from shared.events import Consumer, run_worker
from shared.search import SearchUnavailable
from subgraphs.products.app import search_engine
from subgraphs.products.events import INDEXING, SearchEvents
from subgraphs.products.search.indexer import Indexer
from subgraphs.products.settings import ProductsSettings

logger = logging.getLogger(__name__)

WATCH_SECONDS: Final = 15.0


async def work(settings: ProductsSettings) -> None:
    """Run until a signal."""
    database = create_database_engine(settings.database, application_name="agora products worker", pool_size=10)
    engine = search_engine(settings)
    sessions, clock = session_factory(database), SystemClock()
    indexer = Indexer(engine, sessions, prefix=settings.key_prefix, clock=clock)
    events = SearchEvents(indexer, sessions, clock)
    try:
        await run_worker(
            settings,
            sessions,
            clock=clock,
            consumers=[Consumer(INDEXING, events.handle)],
            background=[lambda: watch_index(indexer)],
        )
    finally:
        await engine.close()
        await database.dispose()


async def watch_index(indexer: Indexer) -> None:
    """Rebuild an index that was lost, and keep the record of changes short."""
    while True:
        try:
            await indexer.ensure()
            await indexer.forget_old_changes()
        except SearchUnavailable as error:
            logger.warning("the search index cannot be checked: %s", error)
        await asyncio.sleep(WATCH_SECONDS)
