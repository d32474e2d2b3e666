from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from shared.auth import Principal
from shared.clock import SystemClock
from shared.demo import Catalogue, reviews_of
from shared.events import Event, MalformedEvent
from subgraphs.reviews.events import PURCHASES, PurchaseEvents

PRODUCTS = [product for chunk in Catalogue(120).products() for product in chunk]
REVIEWED = max(PRODUCTS, key=lambda product: len(reviews_of(product)))
BUYER = Principal(subject="usr_buyer")
QUERY = """
query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Product { canReview { allowed reason orderLine { id review { id } } } } }
}
"""


def placed(product_id, customer="usr_buyer", event="evt_1", line="oln_1"):
    money = {"minorUnits": 1990, "currencyCode": "EUR"}
    sold = {"lineId": line, "variantId": "var_1", "sku": "S", "quantity": 1, "total": money, "productId": product_id}
    data = {
        "orderId": "ord_1",
        "number": "1",
        "customerId": customer,
        "companyId": None,
        "sellerIds": [],
        "lines": [sold],
        "total": money,
        "country": "DE",
    }
    return Event(
        id=event,
        type="orders.order.placed.v1",
        source="/orders",
        subject="ord_1",
        time=datetime(2026, 1, 1, tzinfo=UTC),
        sequence=1,
        data=data,
    )


@pytest.fixture
async def purchases(database):
    yield PurchaseEvents(database.sessions, SystemClock())
    async with database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE purchase, inbox"))


async def can_review(client, product, principal=BUYER):
    result = await client.execute(QUERY, {"r": [{"__typename": "Product", "id": product.id}]}, principal=principal)
    assert result.errors == []
    return result.data["_entities"][0]["canReview"]


async def test_who_bought_it_may_review_it(client, purchases):
    assert (await can_review(client, REVIEWED))["reason"] == "NOT_PURCHASED"
    await purchases.handle(placed(REVIEWED.id))
    assert await can_review(client, REVIEWED) == {
        "allowed": True,
        "reason": None,
        "orderLine": {"id": "oln_1", "review": None},
    }


async def test_nobody_else_may(client, purchases):
    await purchases.handle(placed(REVIEWED.id))
    assert (await can_review(client, REVIEWED, Principal()))["reason"] == "SIGN_IN_REQUIRED"
    assert (await can_review(client, REVIEWED, Principal(subject="usr_other")))["reason"] == "NOT_PURCHASED"
    assert (await can_review(client, PRODUCTS[0]))["reason"] == "NOT_PURCHASED"


async def test_one_review_is_enough(client, purchases):
    author = reviews_of(REVIEWED)[0].author_id
    await purchases.handle(placed(REVIEWED.id, customer=author))
    found = await can_review(client, REVIEWED, Principal(subject=author))
    assert (found["allowed"], found["reason"]) == (False, "ALREADY_REVIEWED")


async def test_an_event_that_comes_twice_counts_once_and_guests_do_not(database, purchases):
    for _ in range(2):
        await purchases.handle(placed(REVIEWED.id))
    await purchases.handle(placed(REVIEWED.id, customer=None, event="evt_2", line="oln_2"))
    async with database.sessions() as session:
        assert await session.scalar(text("SELECT count(*) FROM purchase")) == 1


async def test_an_event_of_another_shape_is_refused_for_the_dead_letters(purchases):
    event = placed(REVIEWED.id)
    broken = Event(**{name: getattr(event, name) for name in event.__struct_fields__} | {"data": {"orderId": 7}})
    with pytest.raises(MalformedEvent):
        await purchases.handle(broken)


def test_the_queue_hears_of_placed_orders():
    assert PURCHASES.event_types == ("orders.order.placed.v1",)
