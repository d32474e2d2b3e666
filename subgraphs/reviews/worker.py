"""Composition root of the reviews subgraph's worker: the outbox relay."""

from __future__ import annotations

from shared.clock import SystemClock
from shared.db import create_database_engine, session_factory
from shared.events import run_worker
from subgraphs.reviews.settings import ReviewsSettings


async def work(settings: ReviewsSettings) -> None:
    """Run until a signal."""
    engine = create_database_engine(settings.database, application_name="agora reviews worker", pool_size=4)
    try:
        await run_worker(settings, session_factory(engine), clock=SystemClock())
    finally:
        await engine.dispose()
