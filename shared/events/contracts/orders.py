"""Events of the orders subgraph."""
# ruff: noqa: N815 - field names are the wire's

from __future__ import annotations

from typing import ClassVar

import msgspec

from shared.events.contracts.base import EventData, MoneyData


class OrderLineData(msgspec.Struct, frozen=True):
    """One ordered line; ``productId`` is None for variants whose product was not known."""

    lineId: str
    variantId: str
    sku: str
    quantity: int
    total: MoneyData
    productId: str | None = None


class OrderPlacedV1(EventData, frozen=True, kw_only=True):
    """An order was confirmed: paid for (authorised) and its stock committed. Subject: the order id.

    ``customerId`` is None for guests.
    """

    TYPE: ClassVar[str] = "orders.order.placed.v1"
    orderId: str
    number: str
    customerId: str | None
    companyId: str | None
    sellerIds: list[str]
    lines: list[OrderLineData]
    total: MoneyData
    country: str


class OrderRejectedV1(EventData, frozen=True, kw_only=True):
    """A checkout failed after its order was created and was undone. Subject: the order id."""

    TYPE: ClassVar[str] = "orders.order.rejected.v1"
    orderId: str
    number: str
    customerId: str | None
    reservationId: str | None
    reason: str


class OrderCancelledV1(EventData, frozen=True, kw_only=True):
    """A confirmed order was cancelled. Subject: the order id."""

    TYPE: ClassVar[str] = "orders.order.cancelled.v1"
    orderId: str
    number: str
    customerId: str | None
    reservationId: str | None
    reason: str
