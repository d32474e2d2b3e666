"""The forward steps. Each may run again after a crash: outbound calls are keyed, local writes are compare-and-set.

A step ends by advancing the attempt in the transaction of its own effect, or after its outbound call answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.clock import Clock
from shared.db import Sessions, unit_of_work
from shared.events.contracts.base import MoneyData
from shared.events.contracts.orders import OrderLineData, OrderPlacedV1
from shared.money import Money
from subgraphs.orders.cart.repository import CartRepository
from subgraphs.orders.cart.service import SOURCE
from subgraphs.orders.cart.view import CartStatus, CartView
from subgraphs.orders.checkout.attempts import AttemptRepository
from subgraphs.orders.checkout.domain import (
    Attempt,
    CheckoutStatus,
    CheckoutStep,
    LeaseLost,
    StepFailed,
    step_failed,
)
from subgraphs.orders.checkout.journal import open_payment, record_authorization
from subgraphs.orders.clients import Inventory, Products, ReservationRefused
from subgraphs.orders.clients.products import CHECKOUT_TRIES
from subgraphs.orders.errors import OrderErrorCode, OrderProblem
from subgraphs.orders.models import OrderLineRow, OrderRow
from subgraphs.orders.order.domain import OrderPaymentStatus, OrderStatus
from subgraphs.orders.order.repository import OrderRepository
from subgraphs.orders.order.writing import NewOrder, change_status, create_order, timeline_entry
from subgraphs.orders.payment import (
    Authorization,
    AuthorizationState,
    PaymentProvider,
    ProviderUnavailable,
)

RESERVATION_TTL_SECONDS: Final = 900
_PROVIDER_TRIES: Final = 3
_PROVIDER_BACKOFF_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class CheckoutSteps:
    """The steps and what they stand on."""

    sessions: Sessions
    clock: Clock
    products: Products
    inventory: Inventory
    provider: PaymentProvider

    async def reprice(self, attempt: Attempt) -> Attempt:
        """Compare each line with what products says now; never charge another amount in silence."""
        cart = await self._cart(attempt)
        row = cart.row
        variants = await self.products.variants(
            cart.demand,
            currency=row.currency,
            country=row.country,
            language=row.language,
            tries=CHECKOUT_TRIES,
        )
        problems: list[OrderProblem] = []
        new_prices: dict[str, int] = {}
        for line in cart.lines:
            variant = variants.get(line.variant_id)
            if variant is None or variant.unit_price is None:
                message = f"{line.title} is no longer sold."
                problems.append(OrderProblem(OrderErrorCode.VARIANT_UNAVAILABLE, message, line_id=line.id))
            elif variant.unit_price.minor_units != line.unit_price_minor:
                new_prices[line.id] = variant.unit_price.minor_units
                message = f"The price of {line.title} has changed."
                problems.append(OrderProblem(OrderErrorCode.PRICE_CHANGED, message, line_id=line.id))
        if problems:
            raise StepFailed(problems, new_prices=new_prices)
        if cart.totals.total.minor_units != attempt.data.expected_total_minor:
            raise step_failed(OrderErrorCode.TOTAL_MISMATCH, "The total is not what the buyer agreed to.")
        return await self._advance(attempt, CheckoutStep.RESERVE_STOCK)

    async def reserve_stock(self, attempt: Attempt) -> Attempt:
        """Hold everything in the cart for a quarter of an hour, or nothing."""
        cart = await self._cart(attempt)
        try:
            reservation_id = await self.inventory.reserve(
                owner=attempt.cart_id,
                demand=cart.demand,
                ship_to=cart.row.country,
                ttl_seconds=RESERVATION_TTL_SECONDS,
                key=attempt.key(CheckoutStep.RESERVE_STOCK),
            )
        except ReservationRefused as refused:
            raise StepFailed(_shortages(cart, refused)) from refused
        return await self._advance(attempt, CheckoutStep.CREATE_ORDER, reservation_id=reservation_id)

    async def create_order(self, attempt: Attempt) -> Attempt:
        """The order with its payment, before the provider is asked for money."""
        now = self.clock.now()
        async with unit_of_work(self.sessions, source=SOURCE, clock=self.clock) as work:
            cart = await CartRepository(work.session).load(attempt.cart_id)
            assert cart is not None
            assert attempt.data.reservation_id is not None
            new = NewOrder(
                attempt_id=attempt.id,
                reservation_id=attempt.data.reservation_id,
                customer_id=attempt.customer_id,
                purchase_order_number=attempt.data.purchase_order_number,
            )
            order = await create_order(work.session, cart, new, now)
            amount = Money(order.total_minor, order.currency)
            payment = await open_payment(work.session, order.id, attempt.data.method_code, amount, now)
            return await AttemptRepository(work.session).advance(
                attempt, now, step=CheckoutStep.REDEEM_DISCOUNTS, order_id=order.id, payment_id=payment.id
            )

    async def redeem_discounts(self, attempt: Attempt) -> Attempt:
        """Vouchers and gift cards are not sold yet: there is nothing to redeem."""
        return await self._advance(attempt, CheckoutStep.AUTHORIZE_PAYMENT)

    async def authorize_payment(self, attempt: Attempt) -> Attempt:
        """Ask the provider once per key; when its answer got lost, ask for the outcome before deciding."""
        order_id, payment_id = attempt.data.order_id, attempt.data.payment_id
        assert order_id is not None
        assert payment_id is not None
        async with self.sessions() as session:
            order = await session.get_one(OrderRow, order_id)
        key = attempt.key(CheckoutStep.AUTHORIZE_PAYMENT)
        outcome = await self._authorize(key, Money(order.total_minor, order.currency), attempt.data.token)
        now = self.clock.now()
        async with unit_of_work(self.sessions, source=SOURCE, clock=self.clock) as work:
            await record_authorization(work.session, payment_id, outcome, key, now)
            advanced = await AttemptRepository(work.session).advance(
                attempt,
                now,
                step=CheckoutStep.COMMIT_STOCK if _is_authorized(outcome) else CheckoutStep.AUTHORIZE_PAYMENT,
            )
        if not _is_authorized(outcome):
            code = (
                OrderErrorCode.PAYMENT_ACTION_REQUIRED
                if outcome.state is AuthorizationState.ACTION_REQUIRED
                else OrderErrorCode.PAYMENT_DECLINED
            )
            raise step_failed(code, outcome.message or "The payment was declined.")
        return advanced

    async def commit_stock(self, attempt: Attempt) -> Attempt:
        """The held stock becomes the order's."""
        assert attempt.data.reservation_id is not None
        assert attempt.data.order_id is not None
        try:
            await self.inventory.commit(attempt.data.reservation_id, attempt.data.order_id)
        except ReservationRefused as refused:
            raise step_failed(OrderErrorCode.INSUFFICIENT_STOCK, str(refused)) from refused
        return await self._advance(attempt, CheckoutStep.CONFIRM)

    async def confirm(self, attempt: Attempt) -> Attempt:
        """Point of no return: order, cart, attempt and the event that tells everybody, in one transaction."""
        order_id = attempt.data.order_id
        assert order_id is not None
        now = self.clock.now()
        async with unit_of_work(self.sessions, source=SOURCE, clock=self.clock) as work:
            confirmed = await change_status(
                work.session,
                order_id,
                (OrderStatus.CREATED, OrderStatus.CONFIRMED),
                now,
                confirmed_at=now,
                payment_status=OrderPaymentStatus.AUTHORIZED.value,
            )
            if not confirmed:
                raise LeaseLost(attempt.id)
            await CartRepository(work.session).change_status(
                attempt.cart_id, CartStatus.CHECKING_OUT, CartStatus.COMPLETED, now
            )
            message = "The payment was authorised and the order confirmed."
            change = {"from_status": OrderStatus.CREATED, "to_status": OrderStatus.CONFIRMED}
            work.session.add(timeline_entry(order_id, "STATUS", message, now, **change))
            order = await work.session.get_one(OrderRow, order_id, populate_existing=True)
            lines = await OrderRepository(work.session).lines([order_id])
            await work.outbox.add(order_id, _placed(order, lines), correlation_id=attempt.id)
            return await AttemptRepository(work.session).settle(attempt, now, CheckoutStatus.SUCCEEDED)

    async def _authorize(self, key: str, amount: Money, token: str) -> Authorization:
        for tried in range(_PROVIDER_TRIES):
            try:
                known = await self.provider.find(key) if tried else None
                return known or await self.provider.authorize(key=key, amount=amount, token=token)
            except ProviderUnavailable:
                await asyncio.sleep(_PROVIDER_BACKOFF_SECONDS * 2**tried)
        message = "The payment provider does not answer."
        raise step_failed(OrderErrorCode.PAYMENT_PROVIDER_UNAVAILABLE, message)

    async def _cart(self, attempt: Attempt) -> CartView:
        async with self.sessions() as session:
            cart = await CartRepository(session).load(attempt.cart_id)
        assert cart is not None
        return cart

    async def _advance(self, attempt: Attempt, step: CheckoutStep, **data: str) -> Attempt:
        async with self.sessions() as session, session.begin():
            return await AttemptRepository(session).advance(attempt, self.clock.now(), step=step, **data)


def _is_authorized(outcome: Authorization) -> bool:
    return outcome.state is AuthorizationState.AUTHORIZED


def _shortages(cart: CartView, refused: ReservationRefused) -> list[OrderProblem]:
    """A line per variant that is short."""
    problems = [
        OrderProblem(
            OrderErrorCode.INSUFFICIENT_STOCK,
            f"Only {shortage.available} of {line.title} are available.",
            line_id=line.id,
            available_quantity=shortage.available,
        )
        for shortage in refused.shortages
        for line in cart.lines
        if line.variant_id == shortage.variant_id
    ]
    return problems or [OrderProblem(OrderErrorCode.INSUFFICIENT_STOCK, str(refused))]


def _placed(order: OrderRow, lines: Sequence[OrderLineRow]) -> OrderPlacedV1:
    return OrderPlacedV1(
        orderId=order.id,
        number=order.number,
        customerId=order.customer_id,
        companyId=None,
        sellerIds=[],
        lines=[
            OrderLineData(
                lineId=line.id,
                variantId=line.variant_id,
                sku=line.sku,
                quantity=line.quantity,
                total=MoneyData(line.total_minor, order.currency),
                productId=line.product_id,
            )
            for line in lines
        ],
        total=MoneyData(order.total_minor, order.currency),
        country=order.country,
    )
