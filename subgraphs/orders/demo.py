"""Loads the demo's orders: three of Ada's, in different states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import create_database_engine, session_factory
from shared.db.demo_load import is_loaded, mark_loaded, wipe
from shared.demo import ADA, CURRENCY, WAREHOUSES, Catalogue, Product
from shared.ids import derived_id
from shared.money import Money
from shared.subgraph_app import SeedRequest
from subgraphs.orders.models import (
    FulfillmentLineRow,
    FulfillmentRow,
    OrderLineRow,
    OrderRow,
    PaymentRow,
    PaymentTransactionRow,
    TimelineRow,
    metadata,
)
from subgraphs.orders.order.domain import OrderFulfillmentStatus, OrderPaymentStatus, OrderReturnStatus, OrderStatus
from subgraphs.orders.order.writing import stored_tax
from subgraphs.orders.payment.test_provider import METHOD_CODE
from subgraphs.orders.pricing import LineToPrice, Totals, find_rate, price
from subgraphs.orders.settings import OrdersSettings

COUNTRY: Final = "DE"
LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """An order as the demo tells it: placed ``days_ago``, made of ``quantities`` of consecutive products."""

    number: str
    days_ago: int
    first_product: int
    quantities: tuple[int, ...]
    status: OrderStatus
    payment: OrderPaymentStatus
    fulfillment: OrderFulfillmentStatus
    story: tuple[tuple[str, str, int], ...]


STORY: Final = (
    ("STATUS", "The payment was authorised and the order confirmed.", 0),
    ("FULFILLMENT", "The parcel left our warehouse in Berlin.", 1),
    ("FULFILLMENT", "The parcel was delivered.", 3),
)
ORDERS: Final = (
    DemoOrder(
        number="AG-1001",
        days_ago=42,
        first_product=0,
        quantities=(1, 2),
        status=OrderStatus.COMPLETED,
        payment=OrderPaymentStatus.PAID,
        fulfillment=OrderFulfillmentStatus.DELIVERED,
        story=STORY,
    ),
    DemoOrder(
        number="AG-1002",
        days_ago=6,
        first_product=2,
        quantities=(1,),
        status=OrderStatus.FULFILLED,
        payment=OrderPaymentStatus.PAID,
        fulfillment=OrderFulfillmentStatus.FULFILLED,
        story=STORY[:2],
    ),
    DemoOrder(
        number="AG-1003",
        days_ago=1,
        first_product=3,
        quantities=(2, 1, 1),
        status=OrderStatus.CONFIRMED,
        payment=OrderPaymentStatus.AUTHORIZED,
        fulfillment=OrderFulfillmentStatus.UNFULFILLED,
        story=STORY[:1],
    ),
)


async def seed(settings: OrdersSettings, request: SeedRequest) -> None:
    """Load once, in one transaction; a second call with the same size does nothing."""
    engine = create_database_engine(settings.database, application_name="agora orders seed", pool_size=1)
    try:
        async with session_factory(engine)() as session, session.begin():
            connection = await session.connection()
            if request.reset:
                await wipe(connection, [table.name for table in metadata.sorted_tables])
            if await is_loaded(connection, "orders", request.size):
                return
            wanted = max(order.first_product + len(order.quantities) for order in ORDERS)
            products = (product for chunk in Catalogue(request.size).products() for product in chunk)
            catalogue = tuple(islice(products, wanted))
            now = datetime.now(UTC)
            for order in ORDERS:
                await _load(session, order, catalogue, settings.media_base_url, now)
            await mark_loaded(connection, "orders", request.size, now)
        request.progress("orders", len(ORDERS), len(ORDERS))
    finally:
        await engine.dispose()


async def _load(
    session: AsyncSession, demo: DemoOrder, catalogue: Sequence[Product], media_base_url: str, now: datetime
) -> None:
    """Each table after the ones that it refers to."""
    chosen = [catalogue[(demo.first_product + place) % len(catalogue)] for place in range(len(demo.quantities))]
    totals = _price(demo, chosen)
    placed_at = now - timedelta(days=demo.days_ago)
    order = _order(demo, totals, placed_at)
    session.add(order)
    await session.flush()
    lines = [_line(demo, place, product, totals, media_base_url) for place, product in enumerate(chosen)]
    session.add_all(lines)
    session.add_all(_timeline(demo, placed_at))
    payment = _payment(demo, totals, placed_at)
    session.add(payment)
    await session.flush()
    session.add_all(_transactions(demo, payment, placed_at))
    if demo.fulfillment is not OrderFulfillmentStatus.UNFULFILLED:
        parcel = _parcel(demo, placed_at)
        session.add(parcel)
        await session.flush()
        session.add_all(
            FulfillmentLineRow(fulfillment_id=parcel.id, order_line_id=line.id, quantity=line.quantity)
            for line in lines
        )


def _price(demo: DemoOrder, chosen: Sequence[Product]) -> Totals:
    rate = find_rate("standard", COUNTRY, CURRENCY)
    assert rate is not None
    lines = [
        LineToPrice(str(place), quantity, Money(product.variants[0].price, CURRENCY), "standard", includes_tax=True)
        for place, (product, quantity) in enumerate(zip(chosen, demo.quantities, strict=True))
    ]
    return price(lines, shipping=rate.price, country=COUNTRY, currency=CURRENCY)


def _order(demo: DemoOrder, totals: Totals, placed_at: datetime) -> OrderRow:
    [home] = ADA.addresses
    address = {
        "name": home.name,
        "line_1": home.line1,
        "city": home.city,
        "postal_code": home.postal_code,
        "country": home.country,
    }
    is_completed = demo.status is OrderStatus.COMPLETED
    return OrderRow(
        id=derived_id("ord", "demo", demo.number),
        number=demo.number,
        status=demo.status.value,
        payment_status=demo.payment.value,
        fulfillment_status=demo.fulfillment.value,
        return_status=OrderReturnStatus.NONE.value,
        customer_id=ADA.id,
        email=ADA.email,
        currency=CURRENCY,
        country=COUNTRY,
        language=LANGUAGE,
        shipping_address=address,
        billing_address=address,
        shipping_rate={
            "code": "standard",
            "name": "Standard",
            "carrier": "DHL",
            "price_minor": totals.shipping.minor_units,
            "days_min": 2,
            "days_max": 4,
        },
        subtotal_minor=totals.subtotal.minor_units,
        shipping_minor=totals.shipping.minor_units,
        tax_minor=totals.tax.minor_units,
        total_minor=totals.total.minor_units,
        taxes_included=totals.taxes_included,
        tax_lines=[stored_tax(tax) for tax in totals.tax_lines],
        placed_at=placed_at,
        confirmed_at=placed_at,
        completed_at=placed_at + timedelta(days=30) if is_completed else None,
        updated_at=placed_at,
        version=1,
    )


def _line(demo: DemoOrder, place: int, product: Product, totals: Totals, media_base_url: str) -> OrderLineRow:
    variant, priced = product.variants[0], totals.lines[place]
    quantity = demo.quantities[place]
    is_shipped = demo.fulfillment is not OrderFulfillmentStatus.UNFULFILLED
    return OrderLineRow(
        id=derived_id("oln", "demo", demo.number, place),
        order_id=derived_id("ord", "demo", demo.number),
        position=place + 1,
        variant_id=variant.id,
        product_id=product.id,
        sku=variant.sku,
        title=product.name.en,
        image_url=f"{media_base_url}/{product.images[0].path}.webp" if product.images else None,
        selected_options=[{"name": name, "value": value} for name, value in variant.selected_options],
        quantity=quantity,
        quantity_fulfilled=quantity if is_shipped else 0,
        quantity_returned=0,
        quantity_cancelled=0,
        unit_price_minor=variant.price,
        total_minor=priced.total.minor_units,
        tax_lines=[stored_tax(priced.tax)],
        attributes=[],
    )


def _timeline(demo: DemoOrder, placed_at: datetime) -> list[TimelineRow]:
    order_id = derived_id("ord", "demo", demo.number)
    return [
        TimelineRow(
            id=derived_id("otl", "demo", demo.number, place),
            order_id=order_id,
            kind=kind,
            message=message,
            to_status=OrderStatus.CONFIRMED.value if place == 0 else None,
            actor_label="Agora",
            occurred_at=placed_at + timedelta(days=days),
        )
        for place, (kind, message, days) in enumerate(demo.story)
    ]


def _payment(demo: DemoOrder, totals: Totals, placed_at: datetime) -> PaymentRow:
    is_captured = demo.payment is OrderPaymentStatus.PAID
    return PaymentRow(
        id=derived_id("pay", "demo", demo.number),
        order_id=derived_id("ord", "demo", demo.number),
        status="CAPTURED" if is_captured else "AUTHORIZED",
        method_code=METHOD_CODE,
        amount_minor=totals.total.minor_units,
        currency=CURRENCY,
        provider_reference=derived_id("chg", "demo", demo.number),
        created_at=placed_at,
        version=1,
    )


def _transactions(demo: DemoOrder, payment: PaymentRow, placed_at: datetime) -> list[PaymentTransactionRow]:
    kinds = ["AUTHORIZATION"] + (["CAPTURE"] if demo.payment is OrderPaymentStatus.PAID else [])
    return [
        PaymentTransactionRow(
            id=derived_id("ptx", "demo", demo.number, kind),
            payment_id=payment.id,
            kind=kind,
            result="SUCCESS",
            amount_minor=payment.amount_minor,
            idempotency_key=f"demo:{demo.number}",
            occurred_at=placed_at + timedelta(days=days),
        )
        for days, kind in enumerate(kinds)
    ]


def _parcel(demo: DemoOrder, placed_at: datetime) -> FulfillmentRow:
    is_delivered = demo.fulfillment is OrderFulfillmentStatus.DELIVERED
    shipped_at, delivered_at = placed_at + timedelta(days=1), placed_at + timedelta(days=3)
    steps: list[tuple[str, datetime]] = [("SHIPPED", shipped_at)] + ([("DELIVERED", delivered_at)] * is_delivered)
    events: list[dict[str, Any]] = [
        {"status": status, "location": "Berlin", "message": None, "occurred_at": moment.isoformat()}
        for status, moment in steps
    ]
    return FulfillmentRow(
        id=derived_id("ful", "demo", demo.number),
        order_id=derived_id("ord", "demo", demo.number),
        status="DELIVERED" if is_delivered else "SHIPPED",
        warehouse_id=WAREHOUSES[0].id,
        trackings=[{"carrier": "DHL", "number": f"0034{demo.number[-4:]}", "url": None, "events": events}],
        shipped_at=shipped_at,
        delivered_at=delivered_at if is_delivered else None,
        version=1,
    )
