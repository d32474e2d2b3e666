"""Composition root of the orders subgraph's worker: outbox relay and recovery of interrupted checkouts."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from shared.clock import SystemClock
from shared.db import create_database_engine, session_factory
from shared.events import run_worker
from subgraphs.orders.services import build_services, connect_sisters
from subgraphs.orders.settings import OrdersSettings

logger = logging.getLogger(__name__)


async def work(settings: OrdersSettings) -> None:
    """Run until a signal."""
    clock = SystemClock()
    engine = create_database_engine(settings.database, application_name="agora orders worker", pool_size=8)
    sessions = session_factory(engine)
    sisters = connect_sisters(settings)
    checkouts = build_services(settings, sessions, clock, sisters).checkouts

    async def recover() -> None:
        while True:
            try:
                taken = await checkouts.recover()
            except (SQLAlchemyError, OSError) as error:
                logger.warning("interrupted checkouts cannot be read now: %s", error)
                taken = 0
            if taken == 0:
                await asyncio.sleep(settings.recovery_period_seconds)

    try:
        await run_worker(settings, sessions, clock=clock, background=[recover])
    finally:
        await sisters.http.aclose()
        await engine.dispose()
