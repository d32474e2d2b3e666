"""Composition root of the reviews subgraph's worker: the outbox relay, and the record of who bought what."""

from __future__ import annotations

from shared.clock import SystemClock
from shared.db import create_database_engine, session_factory
from shared.events import Consumer, run_worker
from subgraphs.reviews.events import PURCHASES, PurchaseEvents
from subgraphs.reviews.settings import ReviewsSettings


async def work(settings: ReviewsSettings) -> None:
    """Run until a signal."""
    engine = create_database_engine(settings.database, application_name="agora reviews worker", pool_size=4)
    try:
        sessions, clock = session_factory(engine), SystemClock()
        purchases = PurchaseEvents(sessions, clock)
        await run_worker(settings, sessions, clock=clock, consumers=[Consumer(PURCHASES, purchases.handle)])
    finally:
        await engine.dispose()
