"""cartComplete and the attempt that it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ariadne import ObjectType

from shared.money import Money
from subgraphs.orders.checkout.domain import Attempt, CheckoutRequest, CheckoutStatus
from subgraphs.orders.context import Info, Node, OrdersContext
from subgraphs.orders.errors import OrderErrorCode, OrderFailure, OrderProblem, failure
from subgraphs.orders.models import OrderRow
from subgraphs.orders.order.access import shows_personal_data
from subgraphs.orders.resolvers.cart import cart_node, mutation
from subgraphs.orders.resolvers.nodes import user_error
from subgraphs.orders.resolvers.order import order_node

MAX_TOKEN_LENGTH = 500

attempt_type = ObjectType("CheckoutAttempt")


@mutation.field("cartComplete")
async def cart_complete(
    _: None,
    info: Info,
    input: Mapping[str, Any],  # noqa: A002 - the schema's name
    idempotency_key: str,
) -> Node:
    context = info.context
    try:
        request = _request(input)
        attempt = await context.checkouts.complete(request, context.principal, idempotency_key)
    except OrderFailure as refused:
        return await _payload(context, input["cart_id"], None, refused.problems)
    return await _payload(context, input["cart_id"], attempt, attempt.problems)


@attempt_type.field("order")
async def resolve_order(source: Node, info: Info) -> Node | None:
    row = await _placed_order(info.context, source["attempt"])
    return None if row is None else _order(info.context, row)


def attempt_node(attempt: Attempt) -> Node:
    """An attempt for a caller who may see it."""
    failed = attempt.failure_step is not None and attempt.failure_code is not None
    return {
        "__typename": "CheckoutAttempt",
        "attempt": attempt,
        "id": attempt.id,
        "status": attempt.status.value,
        "current_step": attempt.step.value,
        "next_action": None,
        "failure": {
            "step": attempt.failure_step,
            "code": attempt.failure_code,
            "message": attempt.failure_message,
            "compensated": attempt.settled,
        }
        if failed
        else None,
        "started_at": attempt.started_at,
        "finished_at": attempt.finished_at,
    }


async def _payload(
    context: OrdersContext, cart_id: str, attempt: Attempt | None, problems: Sequence[OrderProblem]
) -> Node:
    row = None if attempt is None else await _placed_order(context, attempt)
    is_guest = row is not None and row.customer_id is None
    cart = await context.carts.read(cart_id, context.principal)
    return {
        "attempt": None if attempt is None else attempt_node(attempt),
        "order": None if row is None else _order(context, row),
        "cart": None if cart is None else cart_node(cart),
        "order_access_token": context.tokens.issue(row.id) if row is not None and is_guest else None,
        "user_errors": [user_error(problem) for problem in problems],
        "warnings": [],
    }


async def _placed_order(context: OrdersContext, attempt: Attempt) -> OrderRow | None:
    """The order once it is confirmed; until then it may still be undone."""
    if attempt.status is not CheckoutStatus.SUCCEEDED or attempt.data.order_id is None:
        return None
    return await context.loaders.order.load(attempt.data.order_id)


def _order(context: OrdersContext, row: OrderRow) -> Node:
    """A guest who comes back later sees the order as through its access token."""
    personal = row.customer_id is not None or shows_personal_data(row, context.clock.now())
    return order_node(context, row, personal=personal)


def _request(given: Mapping[str, Any]) -> CheckoutRequest:
    payments = given["payments"]
    total = Money.from_amount(given["expected_total"]["amount"], given["expected_total"]["currency_code"])
    if len(payments) != 1:
        raise failure(OrderErrorCode.INVALID, "Pay with exactly one payment.", "input", "payments")
    [payment] = payments
    path = ("input", "payments", "0")
    token = payment.get("token")
    if not token or len(token) > MAX_TOKEN_LENGTH:
        raise failure(OrderErrorCode.REQUIRED, "A card payment needs the provider's token.", *path, "token")
    part = payment.get("amount")
    if part is not None and Money.from_amount(part["amount"], part["currency_code"]) != total:
        raise failure(OrderErrorCode.INVALID, "The payment must cover the whole total.", *path, "amount")
    reference = given.get("purchase_order_number")
    if reference is not None and len(reference) > MAX_TOKEN_LENGTH:
        raise failure(OrderErrorCode.INVALID, "The reference is too long.", "input", "purchaseOrderNumber")
    return CheckoutRequest(
        cart_id=given["cart_id"],
        expected_version=given["expected_version"],
        expected_total=total,
        method_code=payment["method_code"],
        token=token,
        purchase_order_number=reference,
    )
