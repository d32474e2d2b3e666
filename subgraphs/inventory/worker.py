"""Composition root of the inventory subgraph's worker: outbox relay, release consumer, expiry of reservations."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from shared.clock import SystemClock
from shared.db import create_database_engine, session_factory
from shared.events import run_worker
from subgraphs.inventory.events import release_consumer
from subgraphs.inventory.service import ReservationService
from subgraphs.inventory.settings import InventorySettings

logger = logging.getLogger(__name__)


async def work(settings: InventorySettings) -> None:
    """Run until a signal."""
    clock = SystemClock()
    engine = create_database_engine(settings.database, application_name="agora inventory worker", pool_size=6)
    sessions = session_factory(engine)
    reservations = ReservationService(sessions, clock)

    async def expire() -> None:
        while True:
            try:
                ended = await reservations.expire_due()
            except (SQLAlchemyError, OSError) as error:
                logger.warning("reservations cannot be expired now: %s", error)
                ended = 0
            if ended == 0:
                await asyncio.sleep(settings.expiry_period_seconds)

    try:
        await run_worker(
            settings, sessions, clock=clock, consumers=[release_consumer(reservations)], background=[expire]
        )
    finally:
        await engine.dispose()
