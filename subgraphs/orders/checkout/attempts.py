"""The saga's memory. Every write is fenced by the lease token: who lost the lease writes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from shared.ids import new_id
from subgraphs.orders.checkout.domain import (
    Attempt,
    AttemptData,
    CheckoutRequest,
    CheckoutStatus,
    CheckoutStep,
    LeaseLost,
)
from subgraphs.orders.errors import OrderErrorCode
from subgraphs.orders.models import CheckoutAttemptRow

LEASE: Final = timedelta(seconds=30)
"""Longer than any one step with its retries; a step that ends renews it."""


class AttemptRepository:
    """Attempts in one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, attempt_id: str) -> Attempt | None:
        row = await self._session.get(CheckoutAttemptRow, attempt_id, populate_existing=True)
        return None if row is None else _attempt(row)

    async def by_key(self, caller: str, key: str) -> Attempt | None:
        statement = select(CheckoutAttemptRow).where(
            CheckoutAttemptRow.caller == caller, CheckoutAttemptRow.idempotency_key == key
        )
        row = (await self._session.scalars(statement)).one_or_none()
        return None if row is None else _attempt(row)

    async def begin(
        self, request: CheckoutRequest, *, caller: str, customer_id: str | None, key: str, now: datetime
    ) -> Attempt | None:
        """A new attempt that is past LOCK_CART; None when the caller used the key before, for whatever cart."""
        data = AttemptData(
            token=request.token,
            method_code=request.method_code,
            expected_total_minor=request.expected_total.minor_units,
            purchase_order_number=request.purchase_order_number,
        )
        statement = (
            insert(CheckoutAttemptRow)
            .values(
                id=new_id("chk"),
                cart_id=request.cart_id,
                caller=caller,
                customer_id=customer_id,
                idempotency_key=key,
                input_hash=request.digest(),
                step=CheckoutStep.REPRICE.value,
                status=CheckoutStatus.PROCESSING.value,
                data=msgspec.to_builtins(data),
                lease_token=secrets.token_hex(8),
                lease_until=now + LEASE,
                settled=False,
                tries=1,
                started_at=now,
            )
            .on_conflict_do_nothing(constraint="checkout_attempt_key_once")
            .returning(CheckoutAttemptRow)
        )
        row = (await self._session.scalars(statement)).one_or_none()
        return None if row is None else _attempt(row)

    async def claim_due(self, now: datetime, limit: int) -> Sequence[Attempt]:
        """Unsettled attempts whose lease ran out, leased to the caller under new tokens."""
        statement = (
            select(CheckoutAttemptRow)
            .where(~CheckoutAttemptRow.settled, CheckoutAttemptRow.lease_until <= now)
            .order_by(CheckoutAttemptRow.lease_until)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._session.scalars(statement)).all()
        for row in rows:
            row.lease_token = secrets.token_hex(8)
            row.lease_until = now + LEASE
            row.tries += 1
        await self._session.flush()
        return [_attempt(row) for row in rows]

    async def advance(self, attempt: Attempt, now: datetime, *, step: CheckoutStep, **data: Any) -> Attempt:
        """On to ``step``, with what was found out, the lease renewed. Raises LeaseLost."""
        return await self._write(
            attempt,
            step=step.value,
            data=msgspec.to_builtins(msgspec.structs.replace(attempt.data, **data)),
            lease_until=now + LEASE,
        )

    async def fail(self, attempt: Attempt, now: datetime, code: OrderErrorCode, message: str, **data: Any) -> Attempt:
        """FAILED at its present step; compensation is still to do. Raises LeaseLost."""
        return await self._write(
            attempt,
            status=CheckoutStatus.FAILED.value,
            failure_step=attempt.step.value,
            failure_code=code.value,
            failure_message=message,
            data=msgspec.to_builtins(msgspec.structs.replace(attempt.data, **data)),
            lease_until=now + LEASE,
        )

    async def settle(self, attempt: Attempt, now: datetime, status: CheckoutStatus) -> Attempt:
        """Nothing is left to do. Raises LeaseLost."""
        return await self._write(attempt, status=status.value, settled=True, finished_at=now)

    async def come_back(self, attempt: Attempt, at: datetime) -> Attempt:
        """Give the lease up until ``at``. Raises LeaseLost."""
        return await self._write(attempt, lease_until=at)

    async def _write(self, attempt: Attempt, **values: Any) -> Attempt:
        statement = (
            update(CheckoutAttemptRow)
            .where(
                CheckoutAttemptRow.id == attempt.id,
                CheckoutAttemptRow.lease_token == attempt.lease_token,
                ~CheckoutAttemptRow.settled,
            )
            .values(**values)
            .returning(CheckoutAttemptRow)
            .execution_options(populate_existing=True)
        )
        row = (await self._session.scalars(statement)).one_or_none()
        if row is None:
            raise LeaseLost(attempt.id)
        return _attempt(row)


def _attempt(row: CheckoutAttemptRow) -> Attempt:
    return Attempt(
        id=row.id,
        cart_id=row.cart_id,
        customer_id=row.customer_id,
        caller=row.caller,
        step=CheckoutStep(row.step),
        status=CheckoutStatus(row.status),
        data=msgspec.convert(row.data, AttemptData),
        lease_token=row.lease_token,
        tries=row.tries,
        settled=row.settled,
        started_at=row.started_at,
        finished_at=row.finished_at,
        failure_step=CheckoutStep(row.failure_step) if row.failure_step else None,
        failure_code=OrderErrorCode(row.failure_code) if row.failure_code else None,
        failure_message=row.failure_message,
        input_hash=row.input_hash,
    )
