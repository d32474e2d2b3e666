"""The transactional outbox: an event is a row of the transaction that made it true."""

from __future__ import annotations

from typing import Final

import msgspec
from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.clock import Clock
from shared.events.contracts.base import EventData
from shared.events.envelope import Actor, Event
from shared.events.tables import outbox_sequence_table, outbox_table
from shared.ids import new_id
from shared.telemetry import current_traceparent

WAKE_CHANNEL: Final = "agora_outbox"


class Outbox:
    """Adds events to one open transaction. ``source`` is the CloudEvents source, for example ``/orders``."""

    def __init__(self, session: AsyncSession, *, source: str, clock: Clock) -> None:
        self._session = session
        self._source = source
        self._clock = clock
        self._added = False

    async def add(
        self,
        subject: str,
        data: EventData,
        *,
        actor: Actor | None = None,
        correlation_id: str | None = None,
        caused_by: Event | None = None,
    ) -> Event:
        """Write the event that ``data`` describes about ``subject``.

        Takes the subject's sequence row until commit: add events of several subjects in a fixed order.
        """
        now = self._clock.now()
        event = Event(
            id=new_id("evt"),
            type=data.event_type(),
            source=self._source,
            subject=subject,
            time=now,
            sequence=await self._next_sequence(subject),
            data=_as_json_object(data),
            traceparent=current_traceparent(),
            correlationid=correlation_id or (caused_by.correlationid if caused_by else None),
            causationid=caused_by.id if caused_by else None,
            actor=actor,
        )
        await self._session.execute(
            insert(outbox_table).values(
                event_id=event.id,
                subject=subject,
                event=_as_json_object(event),
                available_at=now,
                created_at=now,
            )
        )
        self._added = True
        return event

    async def wake_relay(self) -> None:
        """Notify the relay with this transaction's commit; nothing when no event was added."""
        if self._added:
            await self._session.execute(select(func.pg_notify(WAKE_CHANNEL, "")))

    async def _next_sequence(self, subject: str) -> int:
        table = outbox_sequence_table
        statement = upsert(table).values(subject=subject, last=1)
        statement = statement.on_conflict_do_update(index_elements=[table.c.subject], set_={"last": table.c.last + 1})
        result = await self._session.execute(statement.returning(table.c.last))
        return int(result.scalar_one())


def _as_json_object(value: object) -> dict[str, object]:
    converted: dict[str, object] = msgspec.to_builtins(value)
    return converted
