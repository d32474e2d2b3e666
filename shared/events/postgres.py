"""The Postgres transport: a durable queue table, for machines without a broker.

``publish`` copies the event into every queue whose pattern matches, in one transaction. A consumer takes rows with
``FOR UPDATE SKIP LOCKED`` and handles each inside the transaction that locks it: when its process dies the lock goes
and the row is delivered again.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Any, Final

import asyncpg

from shared.db.migrations import ensure_database
from shared.db.urls import plain_url
from shared.events.bus import Handler, PublishFailed, Subscription
from shared.events.envelope import Event, decode_event, encode_event
from shared.telemetry import events_handled_total

logger = logging.getLogger(__name__)

PUBLISH_TIMEOUT_SECONDS: Final = 10.0
POLL_SECONDS: Final = 1.0
_CHANNEL: Final = "agora_event_queue"
_UNROUTED: Final = "unrouted"  # an event that nobody subscribed to yet is kept, like RabbitMQ's alternate exchange does

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS event_binding (
    queue text NOT NULL, pattern text NOT NULL, regex text NOT NULL, PRIMARY KEY (queue, pattern)
);
CREATE TABLE IF NOT EXISTS event_queue (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue text NOT NULL,
    event text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    dead boolean NOT NULL DEFAULT false,
    available_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS event_queue_due ON event_queue (queue, available_at, position) WHERE NOT dead;
"""
_PUBLISH: Final = """
WITH matching AS (SELECT DISTINCT queue FROM event_binding WHERE $1 ~ regex),
     targets AS (SELECT queue FROM matching UNION ALL SELECT $3 WHERE NOT EXISTS (SELECT 1 FROM matching)),
     stored AS (INSERT INTO event_queue (queue, event) SELECT queue, $2 FROM targets)
SELECT pg_notify($4, queue) FROM targets
"""
_TAKE: Final = """
SELECT position, event, attempts FROM event_queue
WHERE queue = $1 AND NOT dead AND available_at <= now()
ORDER BY available_at, position LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_CONNECTION_ERRORS: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)


class PostgresBus:
    """A bus on one database that all publishers and consumers share."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], database_url: str) -> None:
        self._pool = pool
        self._database_url = database_url

    @classmethod
    async def connect(cls, database_url: str) -> PostgresBus:
        """Connect, creating database and tables when they are missing."""
        await ensure_database(database_url)
        url = plain_url(database_url)
        pool = await asyncpg.create_pool(url, min_size=1, max_size=16, timeout=10)
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(7106)")
            await connection.execute(_SCHEMA)
        return cls(pool, url)

    async def declare(self, subscription: Subscription) -> None:
        """Make the queue's bindings exactly those of ``subscription``."""
        bindings = [(subscription.queue, pattern, _regex(pattern)) for pattern in subscription.event_types]
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "DELETE FROM event_binding WHERE queue = $1 AND pattern <> ALL($2::text[])",
                subscription.queue,
                list(subscription.event_types),
            )
            await connection.executemany(
                "INSERT INTO event_binding (queue, pattern, regex) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                bindings,
            )

    async def publish(self, event: Event) -> None:
        """Store the event in each bound queue. Raises PublishFailed."""
        try:
            async with asyncio.timeout(PUBLISH_TIMEOUT_SECONDS):
                await self._pool.execute(_PUBLISH, event.type, encode_event(event).decode(), _UNROUTED, _CHANNEL)
        except _CONNECTION_ERRORS as error:
            raise PublishFailed(str(error) or type(error).__name__) from error

    async def consume(self, subscription: Subscription, handler: Handler) -> None:
        """Handle the queue's events, ``prefetch`` at once, until cancelled."""
        woken = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen(subscription.queue, woken))
            for _ in range(subscription.prefetch):
                tasks.create_task(self._work(subscription, handler, woken))

    async def dead_letters(self, subscription: Subscription) -> Sequence[Event]:
        """The oldest 100 events that exhausted their retries."""
        rows = await self._pool.fetch(
            "SELECT event FROM event_queue WHERE queue = $1 AND dead ORDER BY position LIMIT 100", subscription.queue
        )
        return [decode_event(row["event"]) for row in rows]

    async def redrive(self, subscription: Subscription) -> int:
        """Give every dead event its tries back."""
        status = await self._pool.execute(
            "UPDATE event_queue SET dead = false, attempts = 0, available_at = now() WHERE queue = $1 AND dead",
            subscription.queue,
        )
        await self._pool.execute("SELECT pg_notify($1, $2)", _CHANNEL, subscription.queue)
        return int(status.split()[-1])

    async def ping(self) -> None:
        """Raises when the database is out of reach."""
        await self._pool.execute("SELECT 1", timeout=5)

    async def close(self) -> None:
        await self._pool.close()

    async def _work(self, subscription: Subscription, handler: Handler, woken: asyncio.Event) -> None:
        while True:
            woken.clear()
            try:
                handled = await self._handle_one(subscription, handler)
            except _CONNECTION_ERRORS as error:
                logger.warning("queue %s cannot be read: %s", subscription.queue, error)
                handled = False
            if not handled:
                await _wait(woken)

    async def _handle_one(self, subscription: Subscription, handler: Handler) -> bool:
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(_TAKE, subscription.queue)
            if row is None:
                return False
            try:
                await handler(decode_event(row["event"]))
            except Exception:
                logger.exception("queue %s: the handler failed", subscription.queue)
                await self._postpone(connection, subscription, row)
                events_handled_total.labels(subscription.queue, "failed").inc()
            else:
                await connection.execute("DELETE FROM event_queue WHERE position = $1", row["position"])
                events_handled_total.labels(subscription.queue, "done").inc()
            return True

    async def _postpone(self, connection: Any, subscription: Subscription, row: asyncpg.Record) -> None:
        attempts = row["attempts"]
        if attempts >= len(subscription.retry_delays):
            await connection.execute("UPDATE event_queue SET dead = true WHERE position = $1", row["position"])
            return
        await connection.execute(
            "UPDATE event_queue SET attempts = attempts + 1, available_at = now() + make_interval(secs => $2) "
            "WHERE position = $1",
            row["position"],
            subscription.retry_delays[attempts],
        )

    async def _listen(self, queue: str, woken: asyncio.Event) -> None:
        def wake(*arguments: Any) -> None:
            if arguments[-1] == queue:
                woken.set()

        while True:
            try:
                connection = await asyncpg.connect(self._database_url, timeout=10)
                closed = asyncio.Event()
                connection.add_termination_listener(lambda _, closed=closed: closed.set())
                await connection.add_listener(_CHANNEL, wake)
            except _CONNECTION_ERRORS:
                await asyncio.sleep(POLL_SECONDS)
                continue
            try:
                await closed.wait()
            finally:
                connection.terminate()


async def _wait(woken: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(POLL_SECONDS):
            await woken.wait()
    except TimeoutError:
        return


def _regex(pattern: str) -> str:
    """An AMQP topic pattern as a POSIX regular expression."""
    if pattern == "#":
        return "^.*$"
    words = [{"*": "[^.]+", "#": ".*"}.get(word, re.escape(word)) for word in pattern.split(".")]
    return "^" + "\\.".join(words).replace("\\..*", "(\\..*)?") + "$"
