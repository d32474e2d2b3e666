"""``cartComplete``: begin an attempt, run its saga, wait for the end; the same key gives the same attempt."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Final

from shared.auth import Principal
from shared.clock import Clock
from shared.db import Sessions, UnitOfWork, unit_of_work
from shared.ids import has_prefix
from subgraphs.orders.cart.repository import CartRepository
from subgraphs.orders.cart.service import SOURCE
from subgraphs.orders.cart.view import CartStatus, CartView, may_change, view_cart
from subgraphs.orders.checkout.attempts import AttemptRepository
from subgraphs.orders.checkout.domain import Attempt, CheckoutRequest, CheckoutStatus
from subgraphs.orders.checkout.saga import CheckoutSaga
from subgraphs.orders.errors import (
    CartNotActive,
    CartNotFound,
    OrderErrorCode,
    OrderFailure,
    OrderProblem,
    VersionConflict,
    failure,
)
from subgraphs.orders.models import CartRow
from subgraphs.orders.payment.test_provider import METHOD_CODE

logger = logging.getLogger(__name__)

MAX_KEY_LENGTH: Final = 200
MAX_RUNNING: Final = 64
_POLL_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class _Begun:
    attempt: Attempt
    is_new: bool


class CheckoutService:
    """Begins and looks up attempts; runs sagas in the background of this process."""

    def __init__(self, sessions: Sessions, clock: Clock, saga: CheckoutSaga, *, wait_seconds: float) -> None:
        self._sessions = sessions
        self._clock = clock
        self._saga = saga
        self._wait_seconds = wait_seconds
        self._running: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(MAX_RUNNING)

    async def complete(self, request: CheckoutRequest, caller: Principal, key: str) -> Attempt:
        """The attempt at its end, or as far as it got in the time to wait. Raises OrderFailure.

        The key is looked up before anything else: a repeated request is answered even when its cart has changed.
        """
        if not 1 <= len(key) <= MAX_KEY_LENGTH:
            message = f"The key must have 1 to {MAX_KEY_LENGTH} characters."
            raise failure(OrderErrorCode.INVALID, message, "idempotencyKey")
        begun = await self._begin(request, caller, key)
        if begun.attempt.input_hash != request.digest():
            message = "This idempotency key was used with another input."
            raise failure(OrderErrorCode.IDEMPOTENCY_KEY_REUSED, message, "idempotencyKey")
        if begun.is_new:
            self._start(begun.attempt)
        return await self._until_settled(begun.attempt)

    async def read(self, attempt_id: str, caller: Principal) -> Attempt | None:
        """An attempt; a guest's opens to whoever knows its id."""
        if not has_prefix(attempt_id, "chk"):
            return None
        async with self._sessions() as session:
            attempt = await AttemptRepository(session).load(attempt_id)
        if attempt is None or attempt.customer_id is None or caller.is_user(attempt.customer_id):
            return attempt
        return attempt if caller.has_scope("orders:read_all") else None

    async def recover(self, *, limit: int = 8) -> int:
        """Take over attempts whose lease ran out; the number taken."""
        async with self._sessions() as session, session.begin():
            due = await AttemptRepository(session).claim_due(self._clock.now(), limit)
        await asyncio.gather(*(self._run(attempt) for attempt in due))
        return len(due)

    async def close(self) -> None:
        """Let running sagas end; what does not end in time is resumed by the worker."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=self._wait_seconds)

    async def _begin(self, request: CheckoutRequest, caller: Principal, key: str) -> _Begun:
        if not has_prefix(request.cart_id, "cart"):
            raise CartNotFound
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            row = await CartRepository(work.session).lock(request.cart_id)
            if row is None or not may_change(row, caller):
                raise CartNotFound
            user_id = caller.subject if caller.kind == "user" else None
            identity = user_id or request.cart_id
            known = await AttemptRepository(work.session).by_key(identity, key)
            if known is not None:
                return _Begun(known, is_new=False)
            await self._check(work, row, request)
            attempt = await AttemptRepository(work.session).begin(
                request, caller=identity, customer_id=row.customer_id or user_id, key=key, now=self._clock.now()
            )
            if attempt is None:  # the key was used at this moment for another cart
                message = "This idempotency key was used with another input."
                raise failure(OrderErrorCode.IDEMPOTENCY_KEY_REUSED, message, "idempotencyKey")
            row.customer_id = row.customer_id or user_id
            row.status = CartStatus.CHECKING_OUT.value
            row.version += 1
            return _Begun(attempt, is_new=True)

    async def _check(self, work: UnitOfWork, row: CartRow, request: CheckoutRequest) -> None:
        if row.status == CartStatus.CHECKING_OUT:
            raise failure(OrderErrorCode.CHECKOUT_IN_PROGRESS, "The cart is being checked out.", "input", "cartId")
        if row.status not in (CartStatus.ACTIVE, CartStatus.ABANDONED):
            raise CartNotActive(row.status)
        if row.version != request.expected_version:
            raise VersionConflict(row.version)
        cart = view_cart(row, await CartRepository(work.session).lines(row.id))
        problems = _incomplete(cart, request)
        if problems:
            raise OrderFailure(problems)

    def _start(self, attempt: Attempt) -> None:
        task = asyncio.create_task(self._run(attempt))
        self._running[attempt.id] = task
        task.add_done_callback(lambda _: self._running.pop(attempt.id, None))

    async def _run(self, attempt: Attempt) -> None:
        async with self._slots:
            try:
                await self._saga.run(attempt)
            except Exception:  # whatever it is, the attempt is safe: its lease runs out and a worker resumes it
                logger.exception("checkout %s was interrupted; the worker resumes it", attempt.id)

    async def _until_settled(self, attempt: Attempt) -> Attempt:
        """Wait for the task of this process, or watch the row when another process works on it.

        A failed attempt that the task left unsettled is answered at once: undoing goes on in the background.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._wait_seconds
        task = self._running.get(attempt.id)
        if task is not None:
            await asyncio.wait([task], timeout=self._wait_seconds)
        while True:
            async with self._sessions() as session:
                current = await AttemptRepository(session).load(attempt.id)
            assert current is not None
            is_left = attempt.id not in self._running and current.status is CheckoutStatus.FAILED
            if current.settled or is_left or loop.time() >= deadline:
                return current
            await asyncio.sleep(_POLL_SECONDS)


def _incomplete(cart: CartView, request: CheckoutRequest) -> list[OrderProblem]:
    """What keeps the cart from being checked out at all, all at once."""
    problems: list[OrderProblem] = []

    def add(code: OrderErrorCode, message: str, *path: str) -> None:
        problems.append(OrderProblem(code, message, path))

    if not cart.lines:
        add(OrderErrorCode.CART_EMPTY, "The cart is empty.", "input", "cartId")
        return problems
    if not cart.row.email:
        add(OrderErrorCode.REQUIRED, "An e-mail address is needed.", "input", "cartId")
    if cart.requires_shipping and cart.row.shipping_address is None:
        add(OrderErrorCode.ADDRESS_INVALID, "A shipping address is needed.", "input", "cartId")
    if cart.requires_shipping and cart.selected_rate is None:
        message = "Choose how to ship, among what serves the address."
        add(OrderErrorCode.SHIPPING_RATE_UNAVAILABLE, message, "input", "cartId")
    if request.expected_total != cart.totals.total:
        add(OrderErrorCode.TOTAL_MISMATCH, "The total is not the cart's total.", "input", "expectedTotal")
    if request.method_code != METHOD_CODE:
        add(OrderErrorCode.INVALID, "There is no such payment method.", "input", "payments", "0", "methodCode")
    return problems
