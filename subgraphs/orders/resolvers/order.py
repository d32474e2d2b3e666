"""Order and what hangs on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ariadne import ObjectType

from shared.pagination import make_page, page_request
from subgraphs.orders.context import Info, Node, OrdersContext
from subgraphs.orders.loaders import TimelineKey
from subgraphs.orders.models import FulfillmentRow, OrderLineRow, OrderRow, PaymentRow, TimelineRow
from subgraphs.orders.order.domain import (
    OrderFulfillmentStatus,
    OrderPaymentStatus,
    OrderStatus,
    allowed_actions,
)
from subgraphs.orders.order.repository import OrderRepository
from subgraphs.orders.payment.domain import Transaction, TransactionKind, TransactionResult, sums
from subgraphs.orders.resolvers.nodes import (
    CARD,
    connection,
    masked_address,
    masked_email,
    minor,
    tax_line,
)

order = ObjectType("Order")
payment = ObjectType("Payment")
fulfillment = ObjectType("Fulfillment")
fulfillment_line = ObjectType("FulfillmentLine")
TYPES = (order, payment, fulfillment, fulfillment_line)


def order_node(context: OrdersContext, row: OrderRow, *, personal: bool = True) -> Node:
    """An order for a caller who may see it; without ``personal`` data its e-mail and addresses are masked."""
    currency = row.currency
    return {
        "__typename": "Order",
        "id": row.id,
        "number": row.number,
        "status": row.status,
        "payment_status": row.payment_status,
        "fulfillment_status": row.fulfillment_status,
        "return_status": row.return_status,
        "allowed_actions": [action.value for action in _actions(context, row)],
        "customer": {"id": row.customer_id} if row.customer_id else None,
        "email": row.email if personal else masked_email(row.email),
        "currency": currency,
        "language": row.language,
        "shipping_address": row.shipping_address if personal else masked_address(row.shipping_address),
        "billing_address": row.billing_address if personal else masked_address(row.billing_address),
        "shipping_rate": _rate(row),
        "row": row,
        "tax_lines": [tax_line(each, currency) for each in row.tax_lines],
        "discounts": [],
        "reservation": {"id": row.reservation_id} if row.reservation_id else None,
        "note": row.note if personal else None,
        "placed_at": row.placed_at,
        "confirmed_at": row.confirmed_at,
        "cancelled_at": row.cancelled_at,
        "cancel_reason": row.cancel_reason,
        "completed_at": row.completed_at,
        "updated_at": row.updated_at,
        "version": row.version,
    }


def line_node(row: OrderLineRow, currency: str) -> Node:
    return {
        "__typename": "OrderLine",
        "id": row.id,
        "variant": {"id": row.variant_id},
        "sku": row.sku,
        "title": row.title,
        "selected_options": row.selected_options,
        "image_url": row.image_url,
        "quantity": row.quantity,
        "quantity_fulfilled": row.quantity_fulfilled,
        "quantity_returned": row.quantity_returned,
        "quantity_cancelled": row.quantity_cancelled,
        "unit_price": minor(row.unit_price_minor, currency),
        "discounts": [],
        "tax_lines": [tax_line(each, currency) for each in row.tax_lines],
        "total": minor(row.total_minor, currency),
        "attributes": row.attributes,
    }


@order.field("cost")
async def resolve_cost(source: Node, info: Info) -> Node:
    row: OrderRow = source["row"]
    payments = await info.context.loaders.payments.load(row.id)
    known = [await _sums(info.context, each) for each in payments]
    paid, refunded = sum(each.captured for each in known), sum(each.refunded for each in known)
    amounts = {
        "subtotal": row.subtotal_minor,
        "discount": 0,
        "shipping": row.shipping_minor,
        "tax": row.tax_minor,
        "total": row.total_minor,
        "paid": paid,
        "refunded": refunded,
        "outstanding": max(0, row.total_minor - paid + refunded),
    }
    cost: Node = {name: minor(amount, row.currency) for name, amount in amounts.items()}
    return cost | {"taxes_included": row.taxes_included}


@order.field("lines")
async def resolve_lines(source: Node, info: Info) -> list[Node]:
    rows = await info.context.loaders.lines.load(source["id"])
    return [line_node(row, source["currency"]) for row in rows]


@order.field("payments")
async def resolve_payments(source: Node, info: Info) -> list[Node]:
    return [_payment_node(row) for row in await info.context.loaders.payments.load(source["id"])]


@order.field("fulfillments")
async def resolve_fulfillments(source: Node, info: Info) -> list[Node]:
    return [_fulfillment_node(row, source) for row in await info.context.loaders.fulfillments.load(source["id"])]


@order.field("timeline")
async def resolve_timeline(source: Node, info: Info, first: int | None = None, after: str | None = None) -> Node:
    order_id: str = source["id"]
    request = page_request("timeline", (datetime, str), first=first, after=after)
    loaders = info.context.loaders
    if request.after is None:
        rows = await loaders.timeline.load(TimelineKey(order_id, request.fetch_limit))
    else:
        async with info.context.sessions() as session:
            rows = list(await OrderRepository(session).timeline_page(order_id, request))
    page = make_page(rows, request, order="timeline", key=lambda row: (row.occurred_at, row.id))
    return connection(page, _entry_node, lambda _: loaders.timeline_count.load(order_id))


@payment.field("transactions")
async def resolve_transactions(source: Node, info: Info) -> list[Node]:
    rows = await info.context.loaders.transactions.load(source["id"])
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "result": row.result,
            "amount": minor(row.amount_minor, source["currency"]),
            "message": row.message,
            "idempotency_key": row.idempotency_key,
            "occurred_at": row.occurred_at,
        }
        for row in rows
    ]


async def _resolve_sum(source: Node, info: Info, **_: Any) -> Node:
    known = await _sums(info.context, source["row"])
    return minor(getattr(known, info.field_name), source["currency"])


for _name in ("authorized", "captured", "refunded"):
    payment.set_field(_name, _resolve_sum)


@fulfillment.field("lines")
async def resolve_parcel_lines(source: Node, info: Info) -> list[Node]:
    rows = await info.context.loaders.fulfillment_lines.load(source["id"])
    return [
        {"order_line_id": row.order_line_id, "quantity": row.quantity, "currency": source["order"]["currency"]}
        for row in rows
    ]


@fulfillment_line.field("orderLine")
async def resolve_parcel_order_line(source: Node, info: Info) -> Node:
    row = await info.context.loaders.line.load(source["order_line_id"])
    assert row is not None
    return line_node(row, source["currency"])


def _actions(context: OrdersContext, row: OrderRow) -> list[Any]:
    caller = context.principal
    return allowed_actions(
        OrderStatus(row.status),
        OrderPaymentStatus(row.payment_status),
        OrderFulfillmentStatus(row.fulfillment_status),
        is_owner=row.customer_id is not None and caller.is_user(row.customer_id),
        caller=caller,
    )


def _rate(row: OrderRow) -> Node | None:
    stored = row.shipping_rate
    if stored is None:
        return None
    return {
        "id": stored["code"],
        "code": stored["code"],
        "name": stored["name"],
        "carrier": stored["carrier"],
        "price": minor(stored["price_minor"], row.currency),
        "estimated_days_min": stored["days_min"],
        "estimated_days_max": stored["days_max"],
        "expires_at": None,
    }


def _payment_node(row: PaymentRow) -> Node:
    return {
        "id": row.id,
        "row": row,
        "currency": row.currency,
        "status": row.status,
        "method": CARD,
        "amount": minor(row.amount_minor, row.currency),
        "authorization_expires_at": row.authorization_expires_at,
        "provider_reference": row.provider_reference,
        "created_at": row.created_at,
        "version": row.version,
    }


def _fulfillment_node(row: FulfillmentRow, source: Node) -> Node:
    return {
        "id": row.id,
        "status": row.status,
        "order": source,
        "warehouse": {"id": row.warehouse_id} if row.warehouse_id else None,
        "trackings": [
            tracking
            | {
                "events": [
                    event | {"occurred_at": datetime.fromisoformat(event["occurred_at"])}
                    for event in tracking["events"]
                ]
            }
            for tracking in row.trackings
        ],
        "shipped_at": row.shipped_at,
        "delivered_at": row.delivered_at,
        "version": row.version,
    }


def _entry_node(row: TimelineRow) -> Node:
    return {
        "kind": row.kind,
        "message": row.message,
        "from_status": row.from_status,
        "to_status": row.to_status,
        "actor_label": row.actor_label,
        "occurred_at": row.occurred_at,
    }


async def _sums(context: OrdersContext, row: PaymentRow) -> Any:
    transactions = await context.loaders.transactions.load(row.id)
    return sums(
        [Transaction(TransactionKind(t.kind), TransactionResult(t.result), t.amount_minor) for t in transactions]
    )
