"""Orders with lines, timeline and fulfilments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence
from sqlalchemy.orm import Mapped, mapped_column

from subgraphs.orders.models.base import OrdersTable, metadata

order_number_sequence = Sequence("order_number", start=100_001, metadata=metadata)


class OrderRow(OrdersTable):
    """An order: a snapshot of the cart it came from, and its state."""

    __tablename__ = "customer_order"
    __table_args__ = (
        Index("customer_order_placed", "customer_id", "placed_at", "id"),
        CheckConstraint("total_minor >= 0", name="customer_order_total_not_negative"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    attempt_id: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[str]
    payment_status: Mapped[str]
    fulfillment_status: Mapped[str]
    return_status: Mapped[str]
    customer_id: Mapped[str | None]
    email: Mapped[str]
    currency: Mapped[str]
    country: Mapped[str]
    language: Mapped[str]
    shipping_address: Mapped[dict[str, Any] | None]
    billing_address: Mapped[dict[str, Any] | None]
    shipping_rate: Mapped[dict[str, Any] | None]
    subtotal_minor: Mapped[int]
    shipping_minor: Mapped[int]
    tax_minor: Mapped[int]
    total_minor: Mapped[int]
    taxes_included: Mapped[bool]
    tax_lines: Mapped[list[dict[str, Any]]]
    reservation_id: Mapped[str | None]
    purchase_order_number: Mapped[str | None]
    note: Mapped[str | None]
    placed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    completed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int]


class OrderLineRow(OrdersTable):
    """A line as it was sold; it never follows later changes of the product."""

    __tablename__ = "order_line"
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    variant_id: Mapped[str]
    product_id: Mapped[str | None]
    sku: Mapped[str]
    title: Mapped[str]
    image_url: Mapped[str | None]
    selected_options: Mapped[list[dict[str, Any]]]
    quantity: Mapped[int]
    quantity_fulfilled: Mapped[int]
    quantity_returned: Mapped[int]
    quantity_cancelled: Mapped[int]
    unit_price_minor: Mapped[int]
    total_minor: Mapped[int]
    tax_lines: Mapped[list[dict[str, Any]]]
    attributes: Mapped[list[dict[str, Any]]]


class TimelineRow(OrdersTable):
    """The history that the customer sees."""

    __tablename__ = "order_timeline"
    __table_args__ = (Index("order_timeline_order", "order_id", "occurred_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"))
    kind: Mapped[str]
    message: Mapped[str]
    from_status: Mapped[str | None]
    to_status: Mapped[str | None]
    actor_label: Mapped[str]
    occurred_at: Mapped[datetime]


class FulfillmentRow(OrdersTable):
    """A parcel. ``trackings`` is a list of {carrier, number, url, events}."""

    __tablename__ = "fulfillment"
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"), index=True)
    status: Mapped[str]
    warehouse_id: Mapped[str | None]
    trackings: Mapped[list[dict[str, Any]]]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    version: Mapped[int]


class FulfillmentLineRow(OrdersTable):
    """Units of an order line in one parcel."""

    __tablename__ = "fulfillment_line"
    fulfillment_id: Mapped[str] = mapped_column(ForeignKey("fulfillment.id", ondelete="CASCADE"), primary_key=True)
    order_line_id: Mapped[str] = mapped_column(ForeignKey("order_line.id"), primary_key=True)
    quantity: Mapped[int]
