"""Carts and their lines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from subgraphs.orders.models.base import OrdersTable


class CartRow(OrdersTable):
    """A cart. Without ``customer_id`` it belongs to whoever knows its id."""

    __tablename__ = "cart"
    __table_args__ = (Index("cart_customer", "customer_id", "updated_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    customer_id: Mapped[str | None]
    currency: Mapped[str]
    country: Mapped[str]
    language: Mapped[str]
    email: Mapped[str | None]
    shipping_address: Mapped[dict[str, Any] | None]
    billing_address: Mapped[dict[str, Any] | None]
    shipping_rate_code: Mapped[str | None]
    note: Mapped[str | None]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]


class CartLineRow(OrdersTable):
    """A line with the snapshot of what products said when it was last priced."""

    __tablename__ = "cart_line"
    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id", "attributes_key", name="cart_line_once"),
        CheckConstraint("quantity > 0", name="cart_line_quantity_positive"),
        CheckConstraint("unit_price_minor >= 0", name="cart_line_price_not_negative"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    cart_id: Mapped[str] = mapped_column(ForeignKey("cart.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    variant_id: Mapped[str]
    product_id: Mapped[str | None]
    sku: Mapped[str]
    title: Mapped[str]
    image_url: Mapped[str | None]
    selected_options: Mapped[list[dict[str, Any]]]
    quantity: Mapped[int]
    unit_price_minor: Mapped[int]
    compare_at_minor: Mapped[int | None]
    includes_tax: Mapped[bool]
    tax_class: Mapped[str]
    requires_shipping: Mapped[bool]
    attributes: Mapped[list[dict[str, Any]]]
    attributes_key: Mapped[str]
