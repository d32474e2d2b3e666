"""From a fresh data folder to a placed order, through the one endpoint, on real engines.

Everything runs with the variables that the playground's tabs come with, as a newcomer would run them.
"""

from __future__ import annotations

import urllib.request
from typing import Any

import pytest

pytestmark = [pytest.mark.engine(name) for name in ("postgres", "redis", "typesense", "rabbitmq")] + [
    pytest.mark.timeout(300)
]


def succeeded(payload: Any) -> Any:
    assert payload["userErrors"] == [], payload["userErrors"]
    return payload


def ready_cart(stack: Any, token: str | None = None) -> str:
    """The id of a cart that can be completed."""
    cart: str = succeeded(stack.tab("00_2_fill_a_cart", token=token)["cartCreate"])["cart"]["id"]
    chosen = stack.tab("00_3_choose_shipping", cart=cart, token=token)
    succeeded(chosen["cartAddressesSet"])
    assert succeeded(chosen["cartShippingRateSelect"])["cart"]["problems"] == []
    return cart


def test_the_category_page_is_answered(stack: Any) -> None:
    page = stack.tab("01_home_category")["category"]
    products = page["products"]
    assert products["totalCount"] > 0
    assert products["degraded"] is False
    assert {facet["code"] for facet in products["facets"]} >= {"brand", "price"}
    first = products["nodes"][0]
    assert first["availability"]["status"] == "IN_STOCK"
    assert any(node["rating"] for node in products["nodes"])
    with urllib.request.urlopen(first["featuredImage"]["url"], timeout=30) as image:
        assert image.headers["content-type"].startswith("image/")


def test_a_search_is_answered_by_the_index(stack: Any) -> None:
    found = stack.tab("03_search")["searchProducts"]
    assert found["totalCount"] > 0
    assert found["degraded"] is False
    assert all(edge["node"]["priceRange"] for edge in found["edges"])


def test_an_order_placed_twice_with_one_key_is_one_order(stack: Any) -> None:
    token = stack.sign_in()
    cart = ready_cart(stack, token)
    shown = stack.tab("04_cart", cart=cart, token=token)["cart"]
    assert shown["problems"] == []
    assert all(line["variant"]["availability"]["purchasable"] for line in shown["lines"])
    before = stack.tab("06_order_history", token=token)["me"]["orders"]["totalCount"]

    placed = succeeded(stack.tab("05_checkout", cart=cart, token=token)["cartComplete"])
    assert placed["attempt"]["status"] == "SUCCEEDED"
    again = succeeded(stack.tab("05_checkout", cart=cart, token=token)["cartComplete"])
    assert again["order"] == placed["order"]

    orders = stack.tab("06_order_history", token=token)["me"]["orders"]
    assert orders["totalCount"] == before + 1
    assert placed["order"]["id"] in {order["id"] for order in orders["nodes"]}


def test_a_guest_orders_without_signing_in(stack: Any) -> None:
    placed = succeeded(stack.tab("05_checkout", cart=ready_cart(stack))["cartComplete"])
    seen = stack.data("query ($t: String!) { orderByAccessToken(token: $t) { id } }", {"t": placed["orderAccessToken"]})
    assert seen["orderByAccessToken"]["id"] == placed["order"]["id"]


def test_who_placed_an_order_may_review_what_was_ordered(stack: Any) -> None:
    token = stack.sign_in("sam@example.com")
    placed = succeeded(stack.tab("05_checkout", cart=ready_cart(stack, token), token=token)["cartComplete"])
    query = """
        query ($number: String!) {
            me { order(number: $number) { lines { variant { product { canReview { allowed } } } } } }
        }
    """

    def may_review_all() -> bool:
        lines = stack.data(query, {"number": placed["order"]["number"]}, token=token)["me"]["order"]["lines"]
        return all(line["variant"]["product"]["canReview"]["allowed"] for line in lines)

    stack.until(may_review_all)


def test_a_subgraph_called_directly_answers_401(stack: Any) -> None:
    for name in ("PRODUCTS", "INVENTORY", "ORDERS", "USERS", "REVIEWS"):
        status, body = stack.post(f"http://127.0.0.1:{stack.ports[name]}/graphql", "{ __typename }")
        assert status == 401, name
        assert "UNAUTHENTICATED" in str(body)


@pytest.mark.parametrize("name", ["orders", "gateway", "postgres"])
def test_a_killed_part_comes_back_by_itself(stack: Any, name: str) -> None:
    stack.kill(name)
    placed = succeeded(stack.tab("05_checkout", cart=ready_cart(stack))["cartComplete"])
    assert placed["order"]["number"]


def test_a_second_up_keeps_the_data_and_down_leaves_nothing(stack: Any) -> None:
    token = stack.sign_in()
    placed = succeeded(stack.tab("05_checkout", cart=ready_cart(stack, token), token=token)["cartComplete"])

    stack.down()
    assert stack.processes() == []
    assert "Loading the demo catalogue" not in stack.up_detached()

    orders = stack.tab("06_order_history", token=stack.sign_in())["me"]["orders"]["nodes"]
    assert placed["order"]["id"] in {order["id"] for order in orders}
    shown = stack.run("status")
    assert shown.returncode == 0, shown.stdout
    assert "gateway" in shown.stdout
