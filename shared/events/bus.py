"""What a transport promises, whichever engine is behind it.

At least once: ``publish`` returns after the transport made the event durable; a consumer sees it until its handler
returns. A handler that raises gets the event again after each delay of ``retry_delays``; after the last one the event
rests in the queue's dead letters until it is redriven. Consumers deduplicate by inbox.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from shared.events.envelope import Event

Handler: TypeAlias = Callable[[Event], Awaitable[None]]

DEFAULT_RETRY_DELAYS: Final = (1.0, 5.0, 30.0, 300.0)


class PublishFailed(Exception):
    """The transport did not confirm the event; it may still be delivered, so try again with the same id."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A durable queue: one consumer times one purpose.

    ``queue`` is ``<consumer>.<purpose>``, ``event_types`` exact types or AMQP patterns (``*`` one word, ``#`` any
    number), ``retry_delays`` in seconds, ``prefetch`` the events handled at once.
    """

    queue: str
    event_types: tuple[str, ...]
    prefetch: int = 8
    retry_delays: tuple[float, ...] = DEFAULT_RETRY_DELAYS


class EventBus(Protocol):
    """A connected transport. ``consume`` runs until it is cancelled."""

    async def declare(self, subscription: Subscription) -> None:
        """Make the queue and its bindings; events published from now on wait in it."""

    async def publish(self, event: Event) -> None:
        """Raises PublishFailed."""

    async def consume(self, subscription: Subscription, handler: Handler) -> None: ...

    async def dead_letters(self, subscription: Subscription) -> Sequence[Event]:
        """Up to 100 events that exhausted their retries, oldest first, left in place."""

    async def redrive(self, subscription: Subscription) -> int:
        """Move all dead letters back into the queue with their tries reset; the number moved."""

    async def ping(self) -> None:
        """Raises when the engine is out of reach."""

    async def close(self) -> None: ...
