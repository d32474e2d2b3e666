"""Carts: priced from products, changed by their owner only, honest about problems."""

import pytest

from shared.service_client import ServiceUnavailable

pytestmark = pytest.mark.engine("postgres")


def codes(payload):
    return [error["code"] for error in payload["userErrors"]]


async def add(shop, cart, *lines):
    lines = [{"variantId": variant, "quantity": quantity} for variant, quantity in lines]
    return await shop.mutate(
        "cartLinesAdd", ("($c: ID!, $l: [CartLineInput!]!)", "(cartId: $c, lines: $l)"), {"c": cart["id"], "l": lines}
    )


async def update(shop, cart, *lines, expected=None):
    lines = [{"lineId": line, "quantity": quantity} for line, quantity in lines]
    return await shop.mutate(
        "cartLinesUpdate",
        ("($c: ID!, $l: [CartLineUpdateInput!]!, $v: Int)", "(cartId: $c, lines: $l, expectedVersion: $v)"),
        {"c": cart["id"], "l": lines, "v": expected},
    )


async def test_a_cart_keeps_a_snapshot_of_what_is_in_it(shop, products):
    lamp, chair = products.sell("lamp", 4_990), products.sell("chair", 12_000)
    cart = await shop().create((lamp, 2), (chair, 1))
    assert [(line["sku"], line["quantity"], line["total"]["minorUnits"]) for line in cart["lines"]] == [
        ("SKU-lamp", 2, "9980"),
        ("SKU-chair", 1, "12000"),
    ]
    assert (cart["totalQuantity"], cart["cost"]["subtotal"]["minorUnits"]) == (3, "21980")
    assert [rate["id"] for rate in cart["availableShippingRates"]] == ["standard", "express"]
    assert cart["cost"]["final"] is False


async def test_the_same_variant_is_one_line_and_quantity_zero_removes_it(shop, products):
    lamp, chair = products.sell("lamp"), products.sell("chair")
    guest = shop()
    cart = await guest.create((lamp, 1))
    cart = (await add(guest, cart, (lamp, 2), (chair, 1)))["cart"]
    assert [line["quantity"] for line in cart["lines"]] == [3, 1]
    cart = (await update(guest, cart, (cart["lines"][0]["id"], 0), (cart["lines"][1]["id"], 5)))["cart"]
    assert [(line["sku"], line["quantity"]) for line in cart["lines"]] == [("SKU-chair", 5)]
    removed = await guest.mutate(
        "cartLinesRemove", ("($c: ID!, $l: [ID!]!)", "(cartId: $c, lineIds: $l)"),
        {"c": cart["id"], "l": [cart["lines"][0]["id"]]},
    )  # fmt: skip
    assert removed["cart"]["lines"] == []


async def test_line_attributes_make_lines_of_their_own(shop, products):
    lamp = products.sell("lamp")
    guest = shop()
    cart = await guest.create((lamp, 1))
    lines = [{"variantId": lamp, "quantity": 1, "attributes": [{"key": "engraving", "value": "A"}]}] * 2
    payload = await guest.mutate(
        "cartLinesAdd", ("($c: ID!, $l: [CartLineInput!]!)", "(cartId: $c, lines: $l)"), {"c": cart["id"], "l": lines}
    )
    assert [(line["quantity"], line["attributes"]) for line in payload["cart"]["lines"]] == [
        (1, []),
        (2, [{"key": "engraving", "value": "A"}]),
    ]


async def test_a_version_that_is_no_longer_current_is_a_conflict(shop, products):
    lamp = products.sell("lamp")
    guest = shop()
    cart = await guest.create((lamp, 1))
    assert codes(await update(guest, cart, (cart["lines"][0]["id"], 2), expected=cart["version"])) == []
    conflict = await update(guest, cart, (cart["lines"][0]["id"], 3), expected=cart["version"])
    assert (codes(conflict), conflict["userErrors"][0]["currentVersion"]) == (["CONFLICT"], cart["version"] + 1)
    assert (await guest.read(cart["id"]))["lines"][0]["quantity"] == 2


@pytest.mark.parametrize("quantity", [0, -1, 10_001, 2**31 - 1])
async def test_senseless_quantities_change_nothing(shop, products, quantity):
    lamp = products.sell("lamp")
    guest = shop()
    cart = await guest.create((lamp, 1))
    assert codes(await add(guest, cart, (lamp, 1), (lamp, quantity))) == ["INVALID"]
    assert (await guest.read(cart["id"]))["lines"][0]["quantity"] == 1


async def test_what_is_not_sold_does_not_get_in(shop, products):
    gone = products.sell("gone")
    del products.known[gone]
    guest = shop()
    cart = await guest.create()
    assert codes(await add(guest, cart, (gone, 1))) == ["VARIANT_UNAVAILABLE"]
    assert codes(await add(guest, cart, ("prod_1", 1))) == ["NOT_FOUND"]


async def test_without_products_a_cart_still_shows_and_lines_cannot_be_added(shop, products, client):
    lamp = products.sell("lamp")
    guest = shop()
    cart = await guest.create((lamp, 1))
    products.outage = ServiceUnavailable("products: down")
    shown = await guest.read(cart["id"])
    assert shown["lines"][0]["title"] == "Article lamp"
    result = await client.execute(
        "mutation ($c: ID!, $v: ID!) { cartLinesAdd(cartId: $c, lines: [{variantId: $v}]) { cart { id } } }",
        {"c": cart["id"], "v": lamp},
    )
    assert (result.data, result.codes) == ({"cartLinesAdd": None}, ["DOWNSTREAM_UNAVAILABLE"])


async def test_problems_say_what_is_missing_until_nothing_is(shop, products, stock):
    lamp = products.sell("lamp")
    await stock(lamp, 5)
    guest = shop()
    cart = await guest.create((lamp, 1))
    assert [problem["code"] for problem in cart["problems"]] == [
        "EMAIL_REQUIRED",
        "ADDRESS_REQUIRED",
        "SHIPPING_RATE_REQUIRED",
    ]
    ready = await guest.ready((lamp, 1))
    assert ready["problems"] == []
    assert ready["cost"]["final"] is True


async def test_problems_know_price_and_stock(shop, products, stock):
    lamp, chair, gone = products.sell("lamp", 1_000), products.sell("chair"), products.sell("gone")
    for variant in (lamp, chair, gone):
        await stock(variant, 2)
    guest = shop()
    cart = await guest.ready((lamp, 1), (chair, 3), (gone, 1))
    products.sell("lamp", 1_500)
    del products.known[gone]
    by_code = {problem["code"]: problem for problem in (await guest.read(cart["id"]))["problems"]}
    lines = {line["sku"]: line["id"] for line in cart["lines"]}
    changed = by_code["PRICE_CHANGED"]
    assert (changed["lineId"], changed["oldPrice"], changed["newPrice"]) == (
        lines["SKU-lamp"],
        {"minorUnits": "1000"},
        {"minorUnits": "1500"},
    )
    short = by_code["INSUFFICIENT_STOCK"]
    assert (short["lineId"], short["availableQuantity"]) == (lines["SKU-chair"], 2)
    assert by_code["VARIANT_UNAVAILABLE"]["lineId"] == lines["SKU-gone"]


async def test_another_address_can_make_the_rate_stale(shop, products):
    guest = shop()
    cart = await guest.ready((products.sell("lamp"), 1))
    moved = await guest.mutate(
        "cartAddressesSet",
        ("($c: ID!, $a: OrderAddressInput)", "(cartId: $c, shipping: $a)"),
        {"c": cart["id"], "a": {"name": "A", "line1": "1", "city": "Roma", "country": "IT"}},
    )
    assert "SHIPPING_RATE_STALE" in [problem["code"] for problem in moved["cart"]["problems"]]
    assert [rate["id"] for rate in moved["cart"]["availableShippingRates"]] == ["europe"]
    wrong = await guest.mutate(
        "cartShippingRateSelect", ("($c: ID!)", '(cartId: $c, rateId: "standard")'), {"c": cart["id"]}
    )
    assert codes(wrong) == ["SHIPPING_RATE_UNAVAILABLE"]


async def test_incomplete_addresses_and_malformed_buyers_name_their_fields(shop):
    guest = shop()
    cart = await guest.create()
    payload = await guest.mutate(
        "cartAddressesSet",
        ("($c: ID!, $a: OrderAddressInput)", "(cartId: $c, shipping: $a)"),
        {"c": cart["id"], "a": {"name": " ", "line1": "x" * 201, "city": "B", "country": "de"}},
    )
    assert sorted(error["field"][-1] for error in payload["userErrors"]) == ["country", "line1", "name"]
    payload = await guest.mutate(
        "cartBuyerUpdate",
        ("($c: ID!, $b: CartBuyerInput!)", "(cartId: $c, buyer: $b)"),
        {"c": cart["id"], "b": {"email": "ada@", "currency": "euro"}},
    )
    assert sorted(error["field"][-1] for error in payload["userErrors"]) == ["currency", "email"]


async def test_a_customer_s_cart_is_nobody_else_s(shop, user, products, staff):
    ada, bob = shop(user("ada")), shop(user("bob"))
    lamp = products.sell("lamp")
    cart = await ada.create((lamp, 1))
    for stranger in (bob, shop()):
        assert await stranger.read(cart["id"]) is None
        assert codes(await add(stranger, cart, (lamp, 1))) == ["NOT_FOUND"]
        completed = await stranger.complete(cart, "k")
        assert (codes(completed), completed["cart"]) == (["NOT_FOUND"], None)
    assert (await shop(staff).read(cart["id"]))["id"] == cart["id"]
    assert codes(await add(shop(staff), cart, (lamp, 1))) == ["NOT_FOUND"]
    assert (await ada.read(cart["id"]))["totalQuantity"] == 1


async def test_a_guest_s_cart_becomes_the_customer_s_who_changes_it(shop, user, products):
    lamp = products.sell("lamp")
    guest, ada = shop(), shop(user("ada"))
    cart = await guest.create((lamp, 1))
    await add(ada, cart, (lamp, 1))
    assert await guest.read(cart["id"]) is None
    assert (await ada.read(cart["id"]))["totalQuantity"] == 2


async def test_carts_that_do_not_exist_are_null(shop):
    for identifier in ("", "cart_1", "cart_01JGFJJZ004NS2JZ9K72RCZ7PJ", "ord_01JGFJJZ004NS2JZ9K72RCZ7PJ"):
        assert await shop().read(identifier) is None


async def test_the_cart_page_asks_products_once(shop, products, stock):
    variants = [products.sell(f"v{number}") for number in range(20)]
    guest = shop()
    cart = await guest.create(*((variant, 1) for variant in variants))
    products.calls = 0
    assert len((await guest.read(cart["id"]))["lines"]) == 20
    assert products.calls == 1
