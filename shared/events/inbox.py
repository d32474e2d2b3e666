"""The inbox: a consumer's effect happens once although the event arrives more often.

Both checks write in the consumer's own transaction, so that a failed handler forgets them with its effect.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import Clock
from shared.events.envelope import Event
from shared.events.tables import inbox_sequence_table, inbox_table


class Inbox:
    """The inbox of one consumer (``<subgraph>.<purpose>``) in one open transaction."""

    def __init__(self, session: AsyncSession, *, consumer: str, clock: Clock) -> None:
        self._session = session
        self._consumer = consumer
        self._clock = clock

    async def is_new(self, event: Event) -> bool:
        """True the first time that this consumer sees the event; waits for a transaction that is handling it."""
        statement = insert(inbox_table).values(
            consumer=self._consumer, event_id=event.id, received_at=self._clock.now()
        )
        statement = statement.on_conflict_do_nothing()
        result = await self._session.execute(statement.returning(inbox_table.c.event_id))
        return result.scalar_one_or_none() is not None

    async def is_newest(self, event: Event) -> bool:
        """True when no later event of the same source and subject was handled; for consumers that copy state."""
        table = inbox_sequence_table
        subject = f"{event.source} {event.subject}"
        statement = insert(table).values(consumer=self._consumer, subject=subject, last=event.sequence)
        statement = statement.on_conflict_do_update(
            index_elements=[table.c.consumer, table.c.subject],
            set_={"last": event.sequence},
            where=table.c.last < event.sequence,
        )
        result = await self._session.execute(statement.returning(table.c.last))
        return result.scalar_one_or_none() is not None


async def forget_received_before(session: AsyncSession, instant: datetime) -> None:
    """Drop inbox rows older than any redelivery can be."""
    await session.execute(delete(inbox_table).where(inbox_table.c.received_at < instant))
