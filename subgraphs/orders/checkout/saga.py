"""The checkout saga: steps forward; when one says no, compensations in reverse.

An attempt is a row. Whoever holds its lease works on it: the request that made it, or, after a crash, the worker.
Each step and each compensation may run again; none takes effect twice.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from sqlalchemy import update

from shared.db import unit_of_work
from shared.events.contracts.orders import OrderRejectedV1
from shared.service_client import ServiceRefused, ServiceUnavailable
from subgraphs.orders.cart.repository import CartRepository
from subgraphs.orders.cart.service import SOURCE
from subgraphs.orders.cart.view import CartStatus
from subgraphs.orders.checkout.attempts import AttemptRepository
from subgraphs.orders.checkout.domain import (
    Attempt,
    CheckoutStatus,
    CheckoutStep,
    LeaseLost,
    StepFailed,
    step_failed,
    stored_problem,
)
from subgraphs.orders.checkout.journal import record_void
from subgraphs.orders.checkout.steps import CheckoutSteps
from subgraphs.orders.clients import ReservationRefused
from subgraphs.orders.errors import OrderErrorCode
from subgraphs.orders.models import CartLineRow, OrderRow
from subgraphs.orders.order.domain import OrderStatus, order_payment_status
from subgraphs.orders.order.repository import OrderRepository
from subgraphs.orders.order.writing import change_status, timeline_entry
from subgraphs.orders.payment import PaymentStatus, ProviderUnavailable

logger = logging.getLogger(__name__)

ALERT_AFTER_TRIES: Final = 10
MAX_FORWARD_TRIES: Final = 10
MAX_PAUSE_SECONDS: Final = 60.0

StepFunction = Callable[[Attempt], Awaitable[Attempt]]


class CheckoutSaga:
    """Runs attempts to their end."""

    def __init__(self, steps: CheckoutSteps) -> None:
        self._steps = steps
        self._forward: dict[CheckoutStep, StepFunction] = {
            CheckoutStep.REPRICE: steps.reprice,
            CheckoutStep.RESERVE_STOCK: steps.reserve_stock,
            CheckoutStep.CREATE_ORDER: steps.create_order,
            CheckoutStep.REDEEM_DISCOUNTS: steps.redeem_discounts,
            CheckoutStep.AUTHORIZE_PAYMENT: steps.authorize_payment,
            CheckoutStep.COMMIT_STOCK: steps.commit_stock,
            CheckoutStep.CONFIRM: steps.confirm,
        }

    async def run(self, attempt: Attempt) -> None:
        """Work on a leased attempt until it is settled, or until it has to wait for another try."""
        try:
            if attempt.status is CheckoutStatus.PROCESSING:
                attempt = await self._go_forward(attempt)
            if not attempt.settled:
                await self._compensate(attempt)
        except LeaseLost:
            logger.warning("checkout %s was taken over by another worker", attempt.id)

    async def _go_forward(self, attempt: Attempt) -> Attempt:
        """The attempt when it is settled or failed."""
        try:
            if attempt.tries > MAX_FORWARD_TRIES and attempt.step is not CheckoutStep.CONFIRM:
                raise step_failed(OrderErrorCode.SERVICE_UNAVAILABLE, "The checkout could not be finished in time.")
            while not attempt.settled:
                attempt = await self._take(attempt)
        except StepFailed as failed:
            return await self._record_failure(attempt, failed)
        return attempt

    async def _take(self, attempt: Attempt) -> Attempt:
        try:
            return await self._forward[attempt.step](attempt)
        except (ServiceUnavailable, ServiceRefused) as error:
            logger.warning("checkout %s failed at %s: %s", attempt.id, attempt.step, error)
            message = "A service that the checkout needs does not answer. Try again later."
            raise step_failed(OrderErrorCode.SERVICE_UNAVAILABLE, message) from error

    async def _record_failure(self, attempt: Attempt, failed: StepFailed) -> Attempt:
        first = failed.problems[0]
        async with self._steps.sessions() as session, session.begin():
            return await AttemptRepository(session).fail(
                attempt,
                self._steps.clock.now(),
                first.code,
                first.message,
                problems=[stored_problem(problem) for problem in failed.problems],
                new_prices=failed.new_prices,
            )

    async def _compensate(self, attempt: Attempt) -> None:
        """Undo in reverse. What cannot be undone now is tried again later, for ever."""
        try:
            await self._void_payment(attempt)
            await self._reject_order(attempt)
            await self._release_stock(attempt)
        except (ServiceUnavailable, ServiceRefused, ProviderUnavailable) as error:
            await self._pause(attempt, error)
            return
        await self._unlock_cart(attempt)

    async def _void_payment(self, attempt: Attempt) -> None:
        if attempt.data.payment_id is None:
            return
        key = attempt.key(CheckoutStep.AUTHORIZE_PAYMENT)
        await self._steps.provider.void(key)
        async with unit_of_work(self._steps.sessions, source=SOURCE, clock=self._steps.clock) as work:
            await record_void(work.session, attempt.data.payment_id, key, self._steps.clock.now())

    async def _reject_order(self, attempt: Attempt) -> None:
        order_id = attempt.data.order_id
        if order_id is None:
            return
        now = self._steps.clock.now()
        reason = (attempt.failure_code or OrderErrorCode.INVALID).value
        async with unit_of_work(self._steps.sessions, source=SOURCE, clock=self._steps.clock) as work:
            change = (OrderStatus.CREATED, OrderStatus.REJECTED)
            payments = await OrderRepository(work.session).payments([order_id])
            paid = order_payment_status([PaymentStatus(payment.status) for payment in payments])
            if not await change_status(
                work.session, order_id, change, now, payment_status=paid.value
            ):  # already rejected by an earlier try
                return
            order = await work.session.get_one(OrderRow, order_id, populate_existing=True)
            work.session.add(
                timeline_entry(
                    order_id,
                    "STATUS",
                    attempt.failure_message or reason,
                    now,
                    from_status=OrderStatus.CREATED,
                    to_status=OrderStatus.REJECTED,
                )
            )
            await work.outbox.add(
                order_id,
                OrderRejectedV1(
                    orderId=order_id,
                    number=order.number,
                    customerId=order.customer_id,
                    reservationId=order.reservation_id,
                    reason=reason,
                ),
                correlation_id=attempt.id,
            )

    async def _release_stock(self, attempt: Attempt) -> None:
        if attempt.data.reservation_id is None:
            return
        try:
            await self._steps.inventory.release(attempt.data.reservation_id, "checkout failed")
        except ReservationRefused as refused:
            logger.warning("checkout %s: nothing to release: %s", attempt.id, refused)

    async def _unlock_cart(self, attempt: Attempt) -> None:
        """The cart is the buyer's again, at the prices that they have to see."""
        now = self._steps.clock.now()
        async with unit_of_work(self._steps.sessions, source=SOURCE, clock=self._steps.clock) as work:
            carts = CartRepository(work.session)
            await carts.change_status(attempt.cart_id, CartStatus.CHECKING_OUT, CartStatus.ACTIVE, now)
            for line_id, price in attempt.data.new_prices.items():
                statement = update(CartLineRow).where(CartLineRow.id == line_id).values(unit_price_minor=price)
                await work.session.execute(statement)
            await AttemptRepository(work.session).settle(attempt, now, CheckoutStatus.FAILED)

    async def _pause(self, attempt: Attempt, error: Exception) -> None:
        level = logging.ERROR if attempt.tries >= ALERT_AFTER_TRIES else logging.WARNING
        logger.log(level, "checkout %s is not compensated after %d tries: %s", attempt.id, attempt.tries, error)
        pause = timedelta(seconds=min(0.5 * 2**attempt.tries, MAX_PAUSE_SECONDS))
        async with self._steps.sessions() as session, session.begin():
            await AttemptRepository(session).come_back(attempt, self._steps.clock.now() + pause)
