"""Events of the inventory subgraph."""
# ruff: noqa: N815 - field names are the wire's

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from shared.events.contracts.base import EventData


class ReservationLineData(msgspec.Struct, frozen=True):
    """``quantity`` units of a variant held in one warehouse."""

    variantId: str
    warehouseId: str
    quantity: int


class StockChangedV1(EventData, frozen=True, kw_only=True):
    """One level changed. Subject: ``<variantId>:<warehouseId>``; quantities are units."""

    TYPE: ClassVar[str] = "inventory.stock.changed.v1"
    variantId: str
    warehouseId: str
    onHand: int
    reserved: int
    available: int
    movementType: str


class AvailabilityChangedV1(EventData, frozen=True, kw_only=True):
    """A variant's shopper-facing status changed over all warehouses. Subject: the variant id."""

    TYPE: ClassVar[str] = "inventory.availability.changed.v1"
    variantId: str
    totalAvailable: int
    previousStatus: str
    status: str


class ReservationCreatedV1(EventData, frozen=True, kw_only=True):
    """Stock is held for ``ownerRef``. Subject: the reservation id."""

    TYPE: ClassVar[str] = "inventory.reservation.created.v1"
    ownerRef: str
    lines: list[ReservationLineData]
    expiresAt: datetime


class ReservationCommittedV1(EventData, frozen=True, kw_only=True):
    """The held stock belongs to an order. Subject: the reservation id."""

    TYPE: ClassVar[str] = "inventory.reservation.committed.v1"
    ownerRef: str
    orderId: str
    lines: list[ReservationLineData]


class ReservationReleasedV1(EventData, frozen=True, kw_only=True):
    """The held stock is free again by request. Subject: the reservation id."""

    TYPE: ClassVar[str] = "inventory.reservation.released.v1"
    ownerRef: str
    reason: str | None
    lines: list[ReservationLineData]


class ReservationExpiredV1(EventData, frozen=True, kw_only=True):
    """The held stock is free again because its time ran out. Subject: the reservation id."""

    TYPE: ClassVar[str] = "inventory.reservation.expired.v1"
    ownerRef: str
    lines: list[ReservationLineData]
