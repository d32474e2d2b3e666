"""The outbox relay: publishes committed events and deletes each after the transport confirmed it.

Events of one subject go out one after the other; different subjects at once. Rows stay locked (SKIP LOCKED) while
they are published, so several relays share the work and a killed one loses nothing. A failed publication is tried
again with growing delay, for ever: the outbox is the queue while the broker is away.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import asyncpg
import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import Clock
from shared.db.engine import Sessions
from shared.db.urls import plain_url
from shared.events.bus import EventBus, PublishFailed
from shared.events.envelope import Event
from shared.events.outbox import WAKE_CHANNEL
from shared.events.tables import outbox_table

logger = logging.getLogger(__name__)

BATCH_SIZE: Final = 100
POLL_SECONDS: Final = 1.0  # catches retries that fall due and a notification lost with its connection
MAX_RETRY_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class _Pending:
    position: int
    attempts: int
    event: Event


class OutboxRelay:
    """One relay over one database. ``database_url`` is for the listening connection."""

    def __init__(self, sessions: Sessions, bus: EventBus, *, database_url: str, clock: Clock) -> None:
        self._sessions = sessions
        self._bus = bus
        self._database_url = plain_url(database_url)
        self._clock = clock
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Relay until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._relay())

    async def relay_once(self) -> int:
        """Publish one batch of due events; the number of rows looked at."""
        async with self._sessions() as session, session.begin():
            pending = await self._take(session)
            by_subject = itertools.groupby(sorted(pending, key=_by_subject), key=lambda row: row.event.subject)
            outcomes = await asyncio.gather(*(self._publish_in_order(list(rows)) for _, rows in by_subject))
            await self._settle(session, outcomes)
        return len(pending)

    async def _take(self, session: AsyncSession) -> Sequence[_Pending]:
        table = outbox_table
        statement = (
            select(table.c.position, table.c.attempts, table.c.event)
            .where(table.c.available_at <= self._clock.now())
            .order_by(table.c.position)
            .limit(BATCH_SIZE)
            .with_for_update(skip_locked=True)
        )
        rows = await session.execute(statement)
        return [_Pending(position, attempts, _event(stored)) for position, attempts, stored in rows]

    async def _publish_in_order(self, rows: Sequence[_Pending]) -> tuple[list[int], list[_Pending]]:
        """The positions that went out and the rows that did not: the first failure holds its successors back."""
        sent: list[int] = []
        for index, row in enumerate(rows):
            try:
                await self._bus.publish(row.event)
            except PublishFailed as error:
                logger.warning("event %s %s was not confirmed: %s", row.event.type, row.event.id, error)
                return sent, list(rows[index:])
            sent.append(row.position)
        return sent, []

    async def _settle(self, session: AsyncSession, outcomes: Iterable[tuple[list[int], list[_Pending]]]) -> None:
        sent: list[int] = []
        for positions, held_back in outcomes:
            sent.extend(positions)
            if held_back:
                await self._postpone(session, held_back)
        if sent:
            await session.execute(delete(outbox_table).where(outbox_table.c.position.in_(sent)))

    async def _postpone(self, session: AsyncSession, rows: Sequence[_Pending]) -> None:
        attempts = rows[0].attempts + 1
        delay = timedelta(seconds=min(0.5 * 2 ** min(attempts, 10), MAX_RETRY_SECONDS))
        await session.execute(
            update(outbox_table)
            .where(outbox_table.c.position.in_([row.position for row in rows]))
            .values(attempts=attempts, available_at=self._clock.now() + delay)
        )

    async def _relay(self) -> None:
        while True:
            self._woken.clear()
            try:
                handled = await self.relay_once()
            except (SQLAlchemyError, OSError) as error:
                logger.warning("the outbox cannot be read: %s", error)
                handled = 0
            if handled < BATCH_SIZE:
                await self._sleep_until_woken()

    async def _sleep_until_woken(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _listen(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(self._database_url, timeout=10)
            except (OSError, asyncpg.PostgresError, TimeoutError):
                await asyncio.sleep(POLL_SECONDS)
                continue
            closed = asyncio.Event()
            try:
                connection.add_termination_listener(lambda _, closed=closed: closed.set())
                await connection.add_listener(WAKE_CHANNEL, self._on_notify)
                await closed.wait()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(POLL_SECONDS)
            finally:
                connection.terminate()

    def _on_notify(self, *_: Any) -> None:
        self._woken.set()


def _by_subject(row: _Pending) -> tuple[str, int]:
    return row.event.subject, row.position


def _event(stored: dict[str, Any]) -> Event:
    return msgspec.convert(stored, Event)
