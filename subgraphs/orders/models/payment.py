"""Payments as the shop sees them, and the journal of the built-in test provider."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from subgraphs.orders.models.base import OrdersTable


class PaymentRow(OrdersTable):
    """A payment of an order; its status is a fold over its transactions."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="payment_amount_not_negative"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("customer_order.id", ondelete="CASCADE"), index=True)
    status: Mapped[str]
    method_code: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    provider_reference: Mapped[str | None]
    authorization_expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int]


class PaymentTransactionRow(OrdersTable):
    """Append-only: what was asked of the provider and what it answered."""

    __tablename__ = "payment_transaction"
    __table_args__ = (UniqueConstraint("payment_id", "kind", "idempotency_key", name="payment_transaction_once"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payment.id", ondelete="CASCADE"))
    kind: Mapped[str]
    result: Mapped[str]
    amount_minor: Mapped[int]
    message: Mapped[str | None]
    idempotency_key: Mapped[str]
    occurred_at: Mapped[datetime]


class ProviderChargeRow(OrdersTable):
    """The test provider's own journal, one row per idempotency key. The shop's code never reads it."""

    __tablename__ = "test_provider_charge"
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
