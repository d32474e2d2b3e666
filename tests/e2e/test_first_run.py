"""From a fresh data folder to a placed order, through the one endpoint, on real engines."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

pytestmark = [pytest.mark.engine(name) for name in ("postgres", "redis", "typesense", "rabbitmq")] + [
    pytest.mark.timeout(300)
]

CATEGORIES = "{ categories(first: 20) { nodes { slug productCount } } }"
PURCHASABLE = """
    query ($slug: String!) {
        category(slug: $slug) {
            products(first: 24) { nodes { name variants(first: 10) { nodes { id availability { purchasable status } } } } }
        }
    }
"""
CART_CREATE = """
    mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { message code } } }
"""
SHIP_TO = """
    mutation ($cart: ID!, $address: OrderAddressInput!) {
        cartAddressesSet(cartId: $cart, shipping: $address) {
            cart { availableShippingRates { id } } userErrors { message code field }
        }
    }
"""
CHOOSE_RATE = """
    mutation ($cart: ID!, $rate: ID!) {
        cartShippingRateSelect(cartId: $cart, rateId: $rate) {
            cart { version cost { total { amount currencyCode } } availablePaymentMethods { code } problems { code message } }
            userErrors { message code }
        }
    }
"""
ADDRESS = {"name": "Ada Larsen", "line1": "Lindenallee 12", "city": "Berlin", "postalCode": "10119", "country": "DE"}


def largest_category(stack: Any) -> str:
    nodes = stack.data(CATEGORIES)["categories"]["nodes"]
    slug: str = max(nodes, key=lambda node: node["productCount"])["slug"]
    return slug


def ready_cart(stack: Any, token: str | None = None) -> tuple[str, dict[str, Any]]:
    """A cart that can be completed: its id, and the input of cartComplete."""
    products = stack.data(PURCHASABLE, {"slug": largest_category(stack)})["category"]["products"]["nodes"]
    variants = [variant for product in products for variant in product["variants"]["nodes"]]
    variant = next(variant["id"] for variant in variants if variant["availability"]["purchasable"])
    lines = [{"variantId": variant, "quantity": 1}]
    given = {"country": "DE", "currency": "EUR", "lines": lines, "email": "ada@example.com"}
    cart = paid(stack.data(CART_CREATE, {"input": given}, token=token)["cartCreate"])["cart"]["id"]
    rates = paid(stack.data(SHIP_TO, {"cart": cart, "address": ADDRESS}, token=token)["cartAddressesSet"])
    rate = rates["cart"]["availableShippingRates"][0]["id"]
    chosen = paid(stack.data(CHOOSE_RATE, {"cart": cart, "rate": rate}, token=token)["cartShippingRateSelect"])["cart"]
    assert chosen["problems"] == []
    method = chosen["availablePaymentMethods"][0]["code"]
    return cart, {
        "cartId": cart,
        "expectedVersion": chosen["version"],
        "expectedTotal": chosen["cost"]["total"],
        "payments": [{"methodCode": method, "token": "tok_ok"}],
    }


def paid(payload: dict[str, Any]) -> dict[str, Any]:
    assert payload["userErrors"] == [], payload["userErrors"]
    return payload


def test_the_category_page_is_answered(stack: Any) -> None:
    page = stack.flagship("home_category", {"slug": largest_category(stack)})["category"]
    products = page["products"]
    assert products["totalCount"] > 0
    assert products["degraded"] is False
    assert {facet["code"] for facet in products["facets"]} >= {"brand", "price"}
    first = products["nodes"][0]
    assert first["availability"]["status"]
    assert first["featuredImage"]["url"].startswith(f"http://127.0.0.1:{stack.ports['PRODUCTS']}/media/")
    assert any(node["rating"] for node in products["nodes"])


def test_a_search_is_answered_by_the_index(stack: Any) -> None:
    found = stack.flagship("search", {"q": "shirt"})["searchProducts"]
    assert found["totalCount"] > 0
    assert found["degraded"] is False
    assert all(edge["node"]["priceRange"] for edge in found["edges"])


def test_an_order_placed_twice_with_one_key_is_one_order(stack: Any, key: str) -> None:
    token = stack.sign_in("ada@example.com")
    cart, given = ready_cart(stack, token)
    shown = stack.flagship("cart", {"id": cart}, token=token)["cart"]
    assert shown["problems"] == []
    assert shown["lines"][0]["variant"]["availability"]["purchasable"] is True
    before = stack.flagship("order_history", {}, token=token)["me"]["orders"]["totalCount"]

    placed = paid(stack.flagship("checkout", {"input": given, "key": key}, token=token)["cartComplete"])
    assert placed["attempt"]["status"] == "SUCCEEDED"
    again = paid(stack.flagship("checkout", {"input": given, "key": key}, token=token)["cartComplete"])
    assert again["order"] == placed["order"]

    orders = stack.flagship("order_history", {}, token=token)["me"]["orders"]
    assert orders["totalCount"] == before + 1
    assert placed["order"]["id"] in {order["id"] for order in orders["nodes"]}


def test_a_guest_orders_without_signing_in(stack: Any, key: str) -> None:
    _, given = ready_cart(stack)
    placed = paid(stack.flagship("checkout", {"input": given, "key": key})["cartComplete"])
    assert placed["order"]["number"]
    seen = stack.data("query ($t: String!) { orderByAccessToken(token: $t) { id } }", {"t": placed["orderAccessToken"]})
    assert seen["orderByAccessToken"]["id"] == placed["order"]["id"]


def test_a_subgraph_called_directly_answers_401(stack: Any) -> None:
    for name in ("PRODUCTS", "INVENTORY", "ORDERS", "USERS", "REVIEWS"):
        status, body = stack.post(f"http://127.0.0.1:{stack.ports[name]}/graphql", "{ __typename }")
        assert status == 401, name
        assert "UNAUTHENTICATED" in str(body)


@pytest.mark.parametrize("name", ["orders", "products", "gateway", "orders-worker"])
def test_a_killed_part_comes_back_by_itself(stack: Any, name: str) -> None:
    stack.kill(name)
    _, given = ready_cart(stack)
    placed = paid(stack.flagship("checkout", {"input": given, "key": str(uuid.uuid4())})["cartComplete"])
    assert placed["order"]["number"]


def test_a_second_up_keeps_the_data_and_down_leaves_nothing(stack: Any, key: str) -> None:
    token = stack.sign_in("ada@example.com")
    _, given = ready_cart(stack, token)
    order = paid(stack.flagship("checkout", {"input": given, "key": key}, token=token)["cartComplete"])["order"]

    stack.down()
    assert stack.processes() == []
    assert "Loading the demo catalogue" not in stack.up()

    token = stack.sign_in("ada@example.com")
    orders = stack.flagship("order_history", {}, token=token)["me"]["orders"]["nodes"]
    assert order["id"] in {order["id"] for order in orders}
    shown = stack.run("status")
    assert shown.returncode == 0, shown.stdout
    assert "gateway" in shown.stdout
