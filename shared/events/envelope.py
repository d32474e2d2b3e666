"""The event on the wire: CloudEvents 1.0 in JSON, with a sequence number per subject.

``sequence`` counts the events of one subject in one source, from 1, in commit order: consumers that keep state drop
what is older than what they saw.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import msgspec

from shared.events.contracts.base import EventData

DataT = TypeVar("DataT", bound=EventData)
Contract: TypeAlias = type[DataT]


class MalformedEvent(ValueError):
    """The bytes are no event, or its data does not have the shape that its type promises."""


class Actor(msgspec.Struct, frozen=True):
    """Who caused the event: ``type`` is user, service or system."""

    type: str
    id: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One fact. ``type`` is the routing key, for example ``orders.order.placed.v1``; ``subject`` the aggregate's id."""

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    sequence: int
    data: dict[str, Any]
    specversion: str = "1.0"
    datacontenttype: str = "application/json"
    dataschema: str | None = None
    traceparent: str | None = None
    correlationid: str | None = None
    causationid: str | None = None
    actor: Actor | None = None

    def data_as(self, contract: Contract[DataT]) -> DataT:
        """The payload as ``contract``; fields that a newer producer added are ignored. Raises MalformedEvent."""
        if contract.event_type() != self.type:
            raise MalformedEvent(f"{self.type} is not {contract.event_type()}")
        try:
            return msgspec.convert(self.data, contract)
        except msgspec.ValidationError as error:
            raise MalformedEvent(f"{self.type}: {error}") from error


def encode_event(event: Event) -> bytes:
    """The event as UTF-8 JSON."""
    return msgspec.json.encode(event)


def decode_event(raw: bytes | str) -> Event:
    """The event of UTF-8 JSON. Raises MalformedEvent."""
    try:
        return msgspec.json.decode(raw, type=Event)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedEvent(f"not an event: {error}") from error
