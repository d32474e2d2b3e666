"""What a payment went through, written beside each call to the provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.ids import new_id
from shared.money import Money
from subgraphs.orders.models import PaymentRow, PaymentTransactionRow
from subgraphs.orders.payment import Authorization, AuthorizationState, TransactionKind, TransactionResult
from subgraphs.orders.payment.domain import PaymentStatus, Transaction, payment_status

_RESULTS = {
    AuthorizationState.AUTHORIZED: TransactionResult.SUCCESS,
    AuthorizationState.ACTION_REQUIRED: TransactionResult.ACTION_REQUIRED,
    AuthorizationState.DECLINED: TransactionResult.FAILURE,
    AuthorizationState.VOIDED: TransactionResult.FAILURE,
}


async def open_payment(
    session: AsyncSession, order_id: str, method_code: str, amount: Money, now: datetime
) -> PaymentRow:
    """The order's payment, PENDING: it is there before the provider is asked."""
    existing = (await session.scalars(select(PaymentRow).where(PaymentRow.order_id == order_id))).first()
    if existing is not None:
        return existing
    payment = PaymentRow(
        id=new_id("pay"),
        order_id=order_id,
        status=PaymentStatus.PENDING.value,
        method_code=method_code,
        amount_minor=amount.minor_units,
        currency=amount.currency,
        created_at=now,
        version=1,
    )
    session.add(payment)
    await session.flush()
    return payment


async def record_authorization(
    session: AsyncSession, payment_id: str, outcome: Authorization, key: str, now: datetime
) -> PaymentStatus:
    """Append the provider's answer once and fold; the payment's new status."""
    payment = await _lock(session, payment_id)
    payment.provider_reference = outcome.reference
    entry = _Entry(TransactionKind.AUTHORIZATION, _RESULTS[outcome.state], key, outcome.message)
    return await _append(session, payment, entry, now)


async def record_void(session: AsyncSession, payment_id: str, key: str, now: datetime) -> PaymentStatus:
    """Append the void once and fold; a payment that was never authorized stays what it was."""
    payment = await _lock(session, payment_id)
    if payment.status != PaymentStatus.AUTHORIZED.value:
        return PaymentStatus(payment.status)
    return await _append(session, payment, _Entry(TransactionKind.VOID, TransactionResult.SUCCESS, key), now)


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: TransactionKind
    result: TransactionResult
    key: str
    message: str | None = None


async def _append(session: AsyncSession, payment: PaymentRow, entry: _Entry, now: datetime) -> PaymentStatus:
    statement = insert(PaymentTransactionRow).values(
        id=new_id("ptx"),
        payment_id=payment.id,
        kind=entry.kind.value,
        result=entry.result.value,
        amount_minor=payment.amount_minor,
        message=entry.message,
        idempotency_key=entry.key,
        occurred_at=now,
    )
    await session.execute(statement.on_conflict_do_nothing())
    rows = await session.scalars(select(PaymentTransactionRow).where(PaymentTransactionRow.payment_id == payment.id))
    status = payment_status(
        [Transaction(TransactionKind(row.kind), TransactionResult(row.result), row.amount_minor) for row in rows]
    )
    payment.status = status.value
    payment.version += 1
    await session.flush()
    return status


async def _lock(session: AsyncSession, payment_id: str) -> PaymentRow:
    statement = select(PaymentRow).where(PaymentRow.id == payment_id).with_for_update()
    return (await session.scalars(statement.execution_options(populate_existing=True))).one()
