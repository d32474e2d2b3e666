"""Checkout: one order per key, money and stock agree with it, and a failure leaves the cart as it was."""

import asyncio

import pytest
from sqlalchemy import func, select

from shared.events.tables import outbox_table
from shared.money import Money
from shared.service_client import ServiceUnavailable
from subgraphs.orders.models import OrderRow, PaymentRow
from subgraphs.orders.payment import ProviderUnavailable, TestProvider
from subgraphs.orders.services import build_services

pytestmark = pytest.mark.engine("postgres")


def codes(payload):
    return [error["code"] for error in payload["userErrors"]]


@pytest.fixture
async def lamp(products, stock):
    variant = products.sell("lamp", 4_990)
    await stock(variant, 5)
    return variant


@pytest.fixture
def events(database):
    async def read():
        async with database.sessions() as session:
            rows = await session.scalars(select(outbox_table.c.event).order_by(outbox_table.c.position))
            return list(rows)

    return read


async def test_a_guest_places_an_order(shop, lamp, reserved, journal, events):
    guest = shop()
    cart = await guest.ready((lamp, 2))
    payload = await guest.complete(cart, "key-1")
    assert payload["userErrors"] == []
    assert payload["attempt"]["status"] == "SUCCEEDED"
    assert payload["attempt"]["failure"] is None
    order = payload["order"]
    assert (order["status"], order["paymentStatus"]) == ("CONFIRMED", "AUTHORIZED")
    assert order["cost"]["total"] == {"amount": "104.70", "currencyCode": "EUR"}
    assert payload["cart"]["status"] == "COMPLETED"
    assert (await reserved(), await journal()) == (2, ["AUTHORIZED"])
    [placed] = await events()
    assert (placed["type"], placed["subject"]) == ("orders.order.placed.v1", order["id"])
    assert placed["data"]["total"] == {"minorUnits": 10_470, "currencyCode": "EUR"}
    assert placed["data"]["customerId"] is None


async def test_the_same_key_is_the_same_order(shop, lamp, reserved, journal, order_states):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    first = await guest.complete(cart, "key-1")
    again = await guest.complete(cart, "key-1")
    assert (again["attempt"], again["order"], again["orderAccessToken"]) == (
        first["attempt"],
        first["order"],
        first["orderAccessToken"],
    )
    assert (await reserved(), await journal(), await order_states()) == (1, ["AUTHORIZED"], ["CONFIRMED"])


async def test_the_same_key_at_once_over_two_processes_is_one_order(shop, make_client, lamp, journal, order_states):
    cart = await shop().ready((lamp, 1))
    clients = [await make_client() for _ in range(2)]
    payloads = await asyncio.gather(*(shop(through=clients[n % 2]).complete(cart, "key-1") for n in range(8)))
    assert {payload["order"]["id"] for payload in payloads} == {payloads[0]["order"]["id"]}
    assert (await journal(), await order_states()) == (["AUTHORIZED"], ["CONFIRMED"])


async def test_a_key_with_another_input_is_refused(shop, lamp, order_states):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    await guest.complete(cart, "key-1")
    assert codes(await guest.complete(cart, "key-1", token="tok_declined")) == ["IDEMPOTENCY_KEY_REUSED"]
    assert await order_states() == ["CONFIRMED"]


async def test_two_keys_for_one_cart_are_one_order(shop, lamp, order_states):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    payloads = await asyncio.gather(*(guest.complete(cart, f"key-{n}") for n in range(4)))
    assert sum(payload["order"] is not None for payload in payloads) == 1
    refused = [code for payload in payloads for code in codes(payload)]
    assert len(refused) == 3
    assert set(refused) <= {"CHECKOUT_IN_PROGRESS", "CART_NOT_ACTIVE", "CONFLICT"}
    assert await order_states() == ["CONFIRMED"]


@pytest.mark.parametrize(
    ("token", "code"),
    [("tok_declined", "PAYMENT_DECLINED"), ("tok_3ds", "PAYMENT_ACTION_REQUIRED"), ("4111", "PAYMENT_DECLINED")],
)
async def test_a_refused_payment_leaves_stock_and_cart_as_they_were(
    shop, lamp, reserved, journal, order_states, events, token, code
):
    guest = shop()
    cart = await guest.ready((lamp, 2))
    payload = await guest.complete(cart, "key-1", token=token)
    assert (codes(payload), payload["order"], payload["orderAccessToken"]) == ([code], None, None)
    failure = payload["attempt"]["failure"]
    assert (payload["attempt"]["status"], failure["step"], failure["compensated"]) == (
        "FAILED",
        "AUTHORIZE_PAYMENT",
        True,
    )
    assert (await reserved(), await order_states()) == (0, ["REJECTED"])
    assert "AUTHORIZED" not in await journal()
    assert [event["type"] for event in await events()] == ["orders.order.rejected.v1"]
    cart = await guest.read(cart["id"])
    assert cart["status"] == "ACTIVE"
    assert (await guest.complete(cart, "key-2"))["order"]["status"] == "CONFIRMED"


async def test_a_charge_whose_answer_got_lost_is_found_and_not_repeated(shop, lamp, journal, order_states):
    guest = shop()
    payload = await guest.complete(await guest.ready((lamp, 1)), "key-1", token="tok_timeout_after_charge")
    assert payload["order"]["paymentStatus"] == "AUTHORIZED"
    assert (await journal(), await order_states()) == (["AUTHORIZED"], ["CONFIRMED"])


async def test_too_few_units_name_the_line_and_what_is_left(shop, lamp, reserved):
    guest = shop()
    cart = await guest.ready((lamp, 6))
    payload = await guest.complete(cart, "key-1")
    [error] = payload["userErrors"]
    assert (error["code"], error["lineId"], error["availableQuantity"]) == (
        "INSUFFICIENT_STOCK",
        cart["lines"][0]["id"],
        5,
    )
    assert payload["attempt"]["failure"]["step"] == "RESERVE_STOCK"
    assert (await reserved(), payload["cart"]["status"]) == (0, "ACTIVE")


async def test_a_changed_price_is_shown_before_it_is_charged(shop, lamp, products, reserved, journal):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    products.sell("lamp", 5_990)
    payload = await guest.complete(cart, "key-1")
    assert codes(payload) == ["PRICE_CHANGED"]
    assert (await reserved(), await journal()) == (0, [])
    cart = await guest.read(cart["id"])
    assert cart["lines"][0]["unitPrice"] == {"minorUnits": "5990"}
    assert (await guest.complete(cart, "key-2"))["order"]["cost"]["total"]["amount"] == "64.80"


async def test_a_variant_that_is_no_longer_sold_stops_the_checkout(shop, lamp, products):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    products.known.clear()
    assert codes(await guest.complete(cart, "key-1")) == ["VARIANT_UNAVAILABLE"]


async def test_what_the_client_expects_is_checked_before_anything_happens(shop, lamp, products, journal):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    wrong_total = {"amount": "1.00", "currencyCode": "EUR"}
    for changes, expected in (
        ({"expectedVersion": cart["version"] - 1}, ["CONFLICT"]),
        ({"expectedTotal": wrong_total}, ["TOTAL_MISMATCH"]),
        ({"payments": []}, ["INVALID"]),
        ({"payments": [{"methodCode": "card", "token": "tok_ok"}] * 2}, ["INVALID"]),
        ({"payments": [{"methodCode": "card"}]}, ["REQUIRED"]),
        ({"payments": [{"methodCode": "gold", "token": "tok_ok"}]}, ["INVALID"]),
        ({"payments": [{"methodCode": "card", "token": "tok_ok", "amount": wrong_total}]}, ["INVALID"]),
        ({"cartId": "cart_01JGFJJZ004NS2JZ9K72RCZ7PJ"}, ["NOT_FOUND"]),
    ):
        assert codes(await guest.complete(cart, "key-1", **changes)) == expected, changes
    assert codes(await guest.complete(cart, "")) == ["INVALID"]
    assert codes(await guest.complete(cart, "k" * 201)) == ["INVALID"]
    unfinished = await guest.create((lamp, 1))
    assert codes(await guest.complete(unfinished, "key-2")) == [
        "REQUIRED",
        "ADDRESS_INVALID",
        "SHIPPING_RATE_UNAVAILABLE",
    ]
    empty = await guest.create()
    assert codes(await guest.complete(empty, "key-3")) == ["CART_EMPTY"]
    assert await journal() == []
    assert (await guest.complete(cart, "key-1"))["order"] is not None


async def test_more_digits_than_the_currency_has_are_bad_input(shop, lamp, client):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    query = 'mutation ($c: ID!) { cartComplete(idempotencyKey: "k", input: {cartId: $c, expectedVersion: 1, payments: [], expectedTotal: {amount: "1.001", currencyCode: "EUR"}}) { attempt { id } } }'
    assert (await client.execute(query, {"c": cart["id"]})).codes == ["BAD_USER_INPUT"]


async def test_without_products_the_checkout_fails_cleanly(shop, lamp, products, reserved):
    guest = shop()
    cart = await guest.ready((lamp, 1))
    products.outage = ServiceUnavailable("products: down")
    payload = await guest.complete(cart, "key-1")
    assert (codes(payload), payload["cart"]["status"]) == (["SERVICE_UNAVAILABLE"], "ACTIVE")
    products.outage = None
    assert (await guest.complete(await guest.read(cart["id"]), "key-2"))["order"]["status"] == "CONFIRMED"
    assert await reserved() == 1


class BrokenProvider(TestProvider):
    """A provider whose calls fail while it is ``down``; ``charges`` says whether they took effect before."""

    def __init__(self, sessions, clock, *, down=(), charges=False):
        super().__init__(sessions, clock)
        self.down = set(down)
        self.charges = charges

    async def authorize(self, *, key, amount: Money, token):
        if "authorize" in self.down:
            if self.charges:
                await super().authorize(key=key, amount=amount, token=token)
            raise ProviderUnavailable("timeout")
        return await super().authorize(key=key, amount=amount, token=token)

    async def find(self, key):
        if "find" in self.down:
            raise ProviderUnavailable("timeout")
        return await super().find(key)

    async def void(self, key):
        if "void" in self.down:
            raise ProviderUnavailable("timeout")
        await super().void(key)


@pytest.mark.parametrize("charges", [False, True])
async def test_a_provider_that_never_answers_gives_every_charge_back(
    shop, make_client, lamp, database, clock, reserved, journal, order_states, charges
):
    provider = BrokenProvider(database.sessions, clock, down={"authorize", "find"}, charges=charges)
    guest = shop(through=await make_client(provider=provider))
    cart = await guest.ready((lamp, 1))
    payload = await guest.complete(cart, "key-1")
    assert codes(payload) == ["PAYMENT_PROVIDER_UNAVAILABLE"]
    assert (await journal(), await reserved(), await order_states()) == (["VOIDED"], 0, ["REJECTED"])


async def test_what_cannot_be_undone_now_is_undone_later(
    shop, make_client, settings, sisters, lamp, database, clock, reserved
):
    provider = BrokenProvider(database.sessions, clock, down={"void"})
    guest = shop(through=await make_client(provider=provider))
    cart = await guest.ready((lamp, 1))
    payload = await guest.complete(cart, "key-1", token="tok_declined")
    failure = payload["attempt"]["failure"]
    assert (payload["attempt"]["status"], failure["compensated"]) == ("FAILED", False)
    assert (payload["cart"]["status"], await reserved()) == ("CHECKING_OUT", 1)
    provider.down.clear()
    checkouts = build_services(settings, database.sessions, clock, sisters, provider=provider).checkouts
    clock.advance(120)
    assert await checkouts.recover() == 1
    again = await guest.complete(cart, "key-1", token="tok_declined")
    assert again["attempt"]["failure"]["compensated"] is True
    assert (again["cart"]["status"], await reserved()) == ("ACTIVE", 0)


async def test_many_buyers_of_few_units_get_exactly_what_there_is(
    shop, make_client, products, stock, reserved, journal, order_states, database
):
    variant = products.sell("rare")
    await stock(variant, 5)
    clients = [await make_client() for _ in range(2)]
    carts = [await shop(through=clients[n % 2]).ready((variant, 1)) for n in range(20)]
    payloads = await asyncio.gather(
        *(shop(through=clients[n % 2]).complete(cart, "same key, other cart") for n, cart in enumerate(carts))
    )
    assert sum(payload["order"] is not None for payload in payloads) == 5
    refused = [error for payload in payloads for error in payload["userErrors"]]
    assert len(refused) == 15
    assert {error["code"] for error in refused} == {"INSUFFICIENT_STOCK"}
    assert (await reserved(), await journal(), await order_states()) == (5, ["AUTHORIZED"] * 5, ["CONFIRMED"] * 5)
    async with database.sessions() as session:
        charged = await session.scalar(select(func.sum(PaymentRow.amount_minor)))
        assert charged == await session.scalar(select(func.sum(OrderRow.total_minor)))


async def test_attempts_of_a_customer_are_nobody_else_s(shop, user, client, lamp):
    ada = shop(user("ada"))
    payload = await ada.complete(await ada.ready((lamp, 1)), "key-1")
    assert payload["orderAccessToken"] is None, "customers sign in to see their orders"
    query = "query ($id: ID!) { checkoutAttempt(id: $id) { id status order { number } } }"
    variables = {"id": payload["attempt"]["id"]}
    for principal in (None, user("bob")):
        seen = await client.execute(query, variables, **({"principal": principal} if principal else {}))
        assert seen.data == {"checkoutAttempt": None}
    own = (await client.execute(query, variables, principal=user("ada"))).data["checkoutAttempt"]
    assert own == {"id": variables["id"], "status": "SUCCEEDED", "order": {"number": payload["order"]["number"]}}


async def test_one_customer_s_key_is_not_another_s(shop, user, lamp):
    orders = []
    for name in ("ada", "bob"):
        buyer = shop(user(name))
        orders.append((await buyer.complete(await buyer.ready((lamp, 1)), "the same key"))["order"]["id"])
    assert len(set(orders)) == 2
