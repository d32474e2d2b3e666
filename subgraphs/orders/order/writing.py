"""Writes orders: each change of state is compare-and-set, with its timeline entry in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.ids import new_id
from subgraphs.orders.cart.view import CartView
from subgraphs.orders.models import OrderLineRow, OrderRow, TimelineRow, order_number_sequence
from subgraphs.orders.order.domain import (
    OrderFulfillmentStatus,
    OrderPaymentStatus,
    OrderReturnStatus,
    OrderStatus,
)
from subgraphs.orders.pricing import PricedLine, TaxLine


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What an order is made of beside its cart."""

    attempt_id: str
    reservation_id: str
    customer_id: str | None
    purchase_order_number: str | None


async def create_order(session: AsyncSession, cart: CartView, new: NewOrder, now: datetime) -> OrderRow:
    """Insert the order in CREATED with a snapshot of the cart; the same attempt gets the same order."""
    existing = await session.scalar(select(OrderRow).where(OrderRow.attempt_id == new.attempt_id))
    if existing is not None:
        return existing
    number = await session.scalar(order_number_sequence.next_value())
    order = _order(cart, new, f"AG-{number}", now)
    session.add(order)
    await session.flush()
    priced = {line.line_id: line for line in cart.totals.lines}
    session.add_all(_line(order, row, priced[row.id]) for row in cart.lines)
    session.add(timeline_entry(order.id, "STATUS", "The order was received.", now, to_status=OrderStatus.CREATED))
    return order


async def change_status(
    session: AsyncSession, order_id: str, change: tuple[OrderStatus, OrderStatus], now: datetime, **values: Any
) -> bool:
    """From the first to the second status of ``change``; False when the order was not in the first."""
    before, after = change
    statement = (
        update(OrderRow)
        .where(OrderRow.id == order_id, OrderRow.status == before.value)
        .values(status=after.value, updated_at=now, version=OrderRow.version + 1, **values)
        .returning(OrderRow.id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


def timeline_entry(
    order_id: str,
    kind: str,
    message: str,
    now: datetime,
    *,
    from_status: OrderStatus | None = None,
    to_status: OrderStatus | None = None,
) -> TimelineRow:
    """An entry by the shop itself."""
    return TimelineRow(
        id=new_id("otl"),
        order_id=order_id,
        kind=kind,
        message=message,
        from_status=from_status.value if from_status else None,
        to_status=to_status.value if to_status else None,
        actor_label="Agora",
        occurred_at=now,
    )


def _order(cart: CartView, new: NewOrder, number: str, now: datetime) -> OrderRow:
    row, totals, rate = cart.row, cart.totals, cart.selected_rate
    return OrderRow(
        id=new_id("ord"),
        number=number,
        attempt_id=new.attempt_id,
        status=OrderStatus.CREATED.value,
        payment_status=OrderPaymentStatus.UNPAID.value,
        fulfillment_status=OrderFulfillmentStatus.UNFULFILLED.value,
        return_status=OrderReturnStatus.NONE.value,
        customer_id=new.customer_id,
        email=row.email or "",
        currency=row.currency,
        country=row.country,
        language=row.language,
        shipping_address=row.shipping_address,
        billing_address=row.billing_address,
        shipping_rate=None
        if rate is None
        else {
            "code": rate.code,
            "name": rate.name,
            "carrier": rate.carrier,
            "price_minor": rate.price.minor_units,
            "days_min": rate.estimated_days_min,
            "days_max": rate.estimated_days_max,
        },
        subtotal_minor=totals.subtotal.minor_units,
        shipping_minor=totals.shipping.minor_units,
        tax_minor=totals.tax.minor_units,
        total_minor=totals.total.minor_units,
        taxes_included=totals.taxes_included,
        tax_lines=[stored_tax(tax) for tax in totals.tax_lines],
        reservation_id=new.reservation_id,
        purchase_order_number=new.purchase_order_number,
        note=row.note,
        placed_at=now,
        updated_at=now,
        version=1,
    )


def _line(order: OrderRow, row: Any, priced: PricedLine) -> OrderLineRow:
    return OrderLineRow(
        id=new_id("oln"),
        order_id=order.id,
        position=row.position,
        variant_id=row.variant_id,
        product_id=row.product_id,
        sku=row.sku,
        title=row.title,
        image_url=row.image_url,
        selected_options=row.selected_options,
        quantity=row.quantity,
        quantity_fulfilled=0,
        quantity_returned=0,
        quantity_cancelled=0,
        unit_price_minor=row.unit_price_minor,
        total_minor=priced.total.minor_units,
        tax_lines=[stored_tax(priced.tax)],
        attributes=row.attributes,
    )


def stored_tax(tax: TaxLine) -> dict[str, Any]:
    """A tax line as JSON."""
    return {
        "title": tax.title,
        "rate": str(tax.rate),
        "jurisdiction": tax.jurisdiction,
        "amount_minor": tax.amount.minor_units,
        "included": tax.included,
    }
