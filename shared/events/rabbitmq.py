"""The RabbitMQ transport.

Topology (``commerce`` is the namespace): topic exchange ``commerce.events`` with the event type as routing key; one
durable quorum queue per subscription; dead letters through ``commerce.dlx`` to ``<queue>.dlq``; delayed retries
through queues ``<queue>.retry.<ms>`` whose messages expire back into the queue. What nobody subscribed to goes through
the alternate exchange to ``commerce.unrouted``, so that it is kept and not dropped silently. The virtual host is the
URL's.

A publication that timed out may still arrive (a broker under memory alarm delivers it later): consumers deduplicate.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

import aio_pika
from aio_pika.abc import (
    AbstractExchange,
    AbstractIncomingMessage,
    AbstractQueue,
    AbstractRobustChannel,
    AbstractRobustConnection,
)
from aio_pika.exceptions import AMQPError, DeliveryError

from shared.events.bus import Handler, PublishFailed, Subscription
from shared.events.envelope import Event, MalformedEvent, decode_event, encode_event
from shared.telemetry import events_handled_total

logger = logging.getLogger(__name__)

NAMESPACE: Final = "commerce"
PUBLISH_TIMEOUT_SECONDS: Final = 10.0
MAX_QUEUE_LENGTH: Final = 1_000_000
MAX_UNROUTED: Final = 100_000
DELIVERY_LIMIT: Final = 20  # redeliveries of a message whose consumer dies with it; handler failures count separately
_ATTEMPTS_HEADER: Final = "x-agora-attempts"
_PEEK_LIMIT: Final = 100
_TRANSPORT_ERRORS: Final = (AMQPError, DeliveryError, OSError, TimeoutError, RuntimeError)


class RabbitMqBus:
    """A bus on one broker. The connection restores itself; publications meanwhile fail and are tried again."""

    def __init__(
        self,
        connection: AbstractRobustConnection,
        channel: AbstractRobustChannel,
        events: AbstractExchange,
        dead_letters: AbstractExchange,
    ) -> None:
        self._connection = connection
        self._channel = channel
        self._events = events
        self._dead_letters = dead_letters

    @classmethod
    async def connect(cls, url: str, *, namespace: str = NAMESPACE) -> RabbitMqBus:
        """Connect and declare the exchanges. Raises OSError when the broker is out of reach."""
        connection = await aio_pika.connect_robust(url, timeout=10)
        channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
        unrouted = f"{namespace}.unrouted"
        catch_all = await channel.declare_exchange(unrouted, aio_pika.ExchangeType.FANOUT, durable=True)
        kept = {"x-queue-type": "quorum", "x-max-length": MAX_UNROUTED, "x-overflow": "drop-head"}
        await (await channel.declare_queue(unrouted, durable=True, arguments=kept)).bind(catch_all)
        dead_letters = await channel.declare_exchange(f"{namespace}.dlx", aio_pika.ExchangeType.DIRECT, durable=True)
        events = await channel.declare_exchange(
            f"{namespace}.events",
            aio_pika.ExchangeType.TOPIC,
            durable=True,
            arguments={"alternate-exchange": unrouted},
        )
        return cls(connection, channel, events, dead_letters)

    async def declare(self, subscription: Subscription) -> None:
        """Make queue, dead-letter queue and retry queues, and bind them."""
        await self._declare(self._channel, subscription)

    async def publish(self, event: Event) -> None:
        """Publish with confirmation. Raises PublishFailed: not confirmed in time, refused or returned."""
        message = _message(event, attempts=0)
        try:
            await self._events.publish(message, routing_key=event.type, timeout=PUBLISH_TIMEOUT_SECONDS)
        except _TRANSPORT_ERRORS as error:
            raise PublishFailed(str(error) or type(error).__name__) from error

    async def consume(self, subscription: Subscription, handler: Handler) -> None:
        """Handle the queue's events, ``prefetch`` at once, until cancelled."""
        channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
        try:
            await channel.set_qos(prefetch_count=subscription.prefetch)
            queue = await self._declare(channel, subscription)
            consumer = _Consumer(subscription, handler, channel.default_exchange)
            await queue.consume(consumer.on_message)
            await asyncio.get_running_loop().create_future()
        finally:
            await channel.close()

    async def dead_letters(self, subscription: Subscription) -> Sequence[Event]:
        """The oldest 100 events that exhausted their retries; looking puts them back."""
        channel = await self._connection.channel()
        try:
            queue = await channel.declare_queue(_dead_letter_queue(subscription), passive=True)
            events: list[Event] = []
            for _ in range(_PEEK_LIMIT):
                message = await queue.get(no_ack=False, fail=False)
                if message is None:
                    break
                events.append(decode_event(message.body))
            return events
        finally:
            await channel.close()  # unacknowledged messages return to the queue

    async def redrive(self, subscription: Subscription) -> int:
        """Publish each dead letter to its queue again, then drop it."""
        channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
        try:
            queue = await channel.declare_queue(_dead_letter_queue(subscription), passive=True)
            moved = 0
            while (message := await queue.get(no_ack=False, fail=False)) is not None:
                fresh = _copy(message, attempts=0)
                await channel.default_exchange.publish(fresh, routing_key=subscription.queue)
                await message.ack()
                moved += 1
            return moved
        finally:
            await channel.close()

    async def ping(self) -> None:
        """Raises when the connection is down."""
        if self._connection.is_closed or not self._connection.connected.is_set():
            raise ConnectionError("the broker is not connected")

    async def close(self) -> None:
        await self._connection.close()

    async def _declare(self, channel: Any, subscription: Subscription) -> AbstractQueue:
        dead_letter_queue = await channel.declare_queue(
            _dead_letter_queue(subscription), durable=True, arguments={"x-queue-type": "quorum"}
        )
        await dead_letter_queue.bind(self._dead_letters, routing_key=subscription.queue)
        queue: AbstractQueue = await channel.declare_queue(
            subscription.queue,
            durable=True,
            arguments={
                "x-queue-type": "quorum",
                "x-delivery-limit": DELIVERY_LIMIT,
                "x-dead-letter-exchange": self._dead_letters.name,
                "x-dead-letter-routing-key": subscription.queue,
                "x-max-length": MAX_QUEUE_LENGTH,
                "x-overflow": "reject-publish",
            },
        )
        for delay in set(subscription.retry_delays):
            await channel.declare_queue(
                _retry_queue(subscription, delay),
                durable=True,
                arguments={
                    "x-queue-type": "quorum",
                    "x-message-ttl": _milliseconds(delay),
                    "x-dead-letter-exchange": "",
                    "x-dead-letter-routing-key": subscription.queue,
                    "x-dead-letter-strategy": "at-least-once",
                    "x-overflow": "reject-publish",
                },
            )
        for pattern in subscription.event_types:
            await queue.bind(self._events, routing_key=pattern)
        return queue


class _Consumer:
    """Handles messages of one queue; a message is acknowledged only after its next station has it."""

    def __init__(self, subscription: Subscription, handler: Handler, exchange: AbstractExchange) -> None:
        self._subscription = subscription
        self._handler = handler
        self._exchange = exchange

    async def on_message(self, message: AbstractIncomingMessage) -> None:
        queue = self._subscription.queue
        try:
            event = decode_event(message.body)
        except MalformedEvent as error:
            logger.error("queue %s: %s", queue, error)  # noqa: TRY400 - the sender's fault has no traceback here
            events_handled_total.labels(queue, "malformed").inc()
            await message.reject(requeue=False)
            return
        try:
            await self._handler(event)
        except Exception:
            logger.exception("queue %s: the handler failed on %s %s", queue, event.type, event.id)
            events_handled_total.labels(queue, "failed").inc()
            await self._postpone(message)
        else:
            events_handled_total.labels(queue, "done").inc()
            await message.ack()

    async def _postpone(self, message: AbstractIncomingMessage) -> None:
        attempts = _attempts(message)
        delays = self._subscription.retry_delays
        if attempts >= len(delays):
            await message.reject(requeue=False)
            return
        station = _retry_queue(self._subscription, delays[attempts])
        try:
            await self._exchange.publish(_copy(message, attempts + 1), station, timeout=PUBLISH_TIMEOUT_SECONDS)
        except _TRANSPORT_ERRORS:
            await message.reject(requeue=True)
            return
        await message.ack()


def _message(event: Event, *, attempts: int) -> aio_pika.Message:
    return aio_pika.Message(
        encode_event(event),
        message_id=event.id,
        type=event.type,
        content_type="application/cloudevents+json",
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        timestamp=event.time,
        headers={_ATTEMPTS_HEADER: attempts},
    )


def _copy(message: AbstractIncomingMessage, attempts: int) -> aio_pika.Message:
    return aio_pika.Message(
        message.body,
        message_id=message.message_id,
        type=message.type,
        content_type=message.content_type,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        headers={_ATTEMPTS_HEADER: attempts},
    )


def _attempts(message: AbstractIncomingMessage) -> int:
    value = message.headers.get(_ATTEMPTS_HEADER)
    return value if isinstance(value, int) else 0


def _milliseconds(delay: float) -> int:
    return max(1, round(delay * 1_000))


def _retry_queue(subscription: Subscription, delay: float) -> str:
    return f"{subscription.queue}.retry.{_milliseconds(delay)}"


def _dead_letter_queue(subscription: Subscription) -> str:
    return f"{subscription.queue}.dlq"
