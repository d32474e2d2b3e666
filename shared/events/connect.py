"""The transport that the settings ask for: RabbitMQ where ``AMQP_URL`` is set, else the Postgres queues."""

from __future__ import annotations

from shared.events.bus import EventBus
from shared.events.postgres import PostgresBus
from shared.events.rabbitmq import RabbitMqBus


async def connect_bus(*, amqp_url: str | None, events_database_url: str) -> EventBus:
    """A connected bus. Raises OSError or the engine's own error when it is out of reach."""
    if amqp_url:
        return await RabbitMqBus.connect(amqp_url)
    return await PostgresBus.connect(events_database_url)
