"""The form of a contract: a frozen struct that knows its event type."""

from __future__ import annotations

from typing import ClassVar

import msgspec


class EventData(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all payloads. Subclasses set ``TYPE``: ``<domain>.<aggregate>.<what happened>.v<version>``."""

    TYPE: ClassVar[str] = ""

    @classmethod
    def event_type(cls) -> str:
        return cls.TYPE


class MoneyData(msgspec.Struct, frozen=True):
    """An amount in minor units of an ISO 4217 currency."""

    minorUnits: int  # noqa: N815 - the wire's spelling
    currencyCode: str  # noqa: N815
