"""Checkout attempts: the saga's memory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from subgraphs.orders.models.base import OrdersTable


class CheckoutAttemptRow(OrdersTable):
    """One attempt to turn a cart into an order. Who holds ``lease_token`` until ``lease_until`` works on it.

    It is ``settled`` when nothing is left to do: the order is confirmed, or everything was undone.
    """

    __tablename__ = "checkout_attempt"
    __table_args__ = (
        UniqueConstraint("caller", "idempotency_key", name="checkout_attempt_key_once"),
        Index("checkout_attempt_due", "lease_until", postgresql_where="NOT settled"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    cart_id: Mapped[str] = mapped_column(ForeignKey("cart.id"), index=True)
    caller: Mapped[str]
    customer_id: Mapped[str | None]
    idempotency_key: Mapped[str]
    input_hash: Mapped[str]
    step: Mapped[str]
    status: Mapped[str]
    data: Mapped[dict[str, Any]]
    lease_token: Mapped[str]
    lease_until: Mapped[datetime]
    failure_step: Mapped[str | None]
    failure_code: Mapped[str | None]
    failure_message: Mapped[str | None]
    settled: Mapped[bool]
    tries: Mapped[int]
    order_id: Mapped[str | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
