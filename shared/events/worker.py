"""The worker process of a subgraph: the outbox relay, its consumers and its own background loops."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from sqlalchemy.exc import SQLAlchemyError

from shared.clock import Clock
from shared.db.engine import Sessions
from shared.events.bus import EventBus, Handler, Subscription
from shared.events.connect import connect_bus
from shared.events.inbox import forget_received_before
from shared.events.relay import OutboxRelay
from shared.settings import SubgraphSettings

logger = logging.getLogger(__name__)

INBOX_MEMORY: Final = timedelta(days=30)
"""Longer than dead letters are left lying: a redriven event must still be recognised."""
TIDY_PERIOD_SECONDS: Final = 3_600.0

BackgroundLoop: TypeAlias = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Consumer:
    """A subscription and what happens with its events."""

    subscription: Subscription
    handler: Handler


async def run_worker(
    settings: SubgraphSettings,
    sessions: Sessions,
    *,
    clock: Clock,
    consumers: Sequence[Consumer] = (),
    background: Sequence[BackgroundLoop] = (),
) -> None:
    """Run until SIGTERM or SIGINT. Queues are declared first, so that nothing published early is missed."""
    bus = await connect_bus(amqp_url=settings.amqp_url, events_database_url=settings.events_database)
    try:
        for consumer in consumers:
            await bus.declare(consumer.subscription)
        logger.info("%s worker: relay and %d consumers are running", settings.domain, len(consumers))
        await _run_until_signalled(
            [
                OutboxRelay(sessions, bus, database_url=settings.database, clock=clock).run,
                *(_consuming(bus, consumer) for consumer in consumers),
                _forgetting(sessions, clock),
                *background,
            ]
        )
    finally:
        await bus.close()


def _consuming(bus: EventBus, consumer: Consumer) -> BackgroundLoop:
    async def consume() -> None:
        await bus.consume(consumer.subscription, consumer.handler)

    return consume


def _forgetting(sessions: Sessions, clock: Clock) -> BackgroundLoop:
    """Keeps the inbox from growing for ever."""

    async def forget() -> None:
        while True:
            try:
                async with sessions() as session, session.begin():
                    await forget_received_before(session, clock.now() - INBOX_MEMORY)
            except (SQLAlchemyError, OSError) as error:
                logger.warning("the inbox cannot be tidied now: %s", error)
            await asyncio.sleep(TIDY_PERIOD_SECONDS)

    return forget


async def _run_until_signalled(loops: Sequence[BackgroundLoop]) -> None:
    """Run all loops; a signal cancels them, a loop that fails ends the process for the supervisor to restart."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.ensure_future(start()) for start in loops]
    stopper = asyncio.ensure_future(stop.wait())
    done, _ = await asyncio.wait([stopper, *tasks], return_when=asyncio.FIRST_COMPLETED)
    for task in (stopper, *tasks):
        task.cancel()
    await asyncio.gather(stopper, *tasks, return_exceptions=True)
    for task in done - {stopper}:
        task.result()
