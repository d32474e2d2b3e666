"""What one domain says reaches the others over the bus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import schema

pytestmark = [pytest.mark.engine(name) for name in ("postgres", "redis", "typesense", "rabbitmq")] + [
    pytest.mark.timeout(300)
]

OPERATIONS = Path(schema.__file__).parent / "operations"
BOUGHT = """
query Bought($number: String!) {
  me { order(number: $number) { lines { variant { product { id canReview { allowed reason orderLine { id } } } } id } } }
}
"""


def variables(name: str, cart: str | None = None) -> Any:
    text = (OPERATIONS / f"{name}.variables.json").read_text()
    return json.loads(text if cart is None else text.replace("<cart>", cart))


def test_who_placed_an_order_may_review_what_was_ordered(stack: Any) -> None:
    token = stack.sign_in("sam@example.com")
    cart = stack.flagship("fill_a_cart", variables("00_2_fill_a_cart"), token=token)["cartCreate"]["cart"]["id"]
    stack.flagship("choose_shipping", variables("00_3_choose_shipping", cart), token=token)
    placed = stack.flagship("checkout", variables("05_checkout", cart), token=token)["cartComplete"]
    assert placed["userErrors"] == []

    def may_review() -> bool:
        order = stack.data(BOUGHT, {"number": placed["order"]["number"]}, token=token)["me"]["order"]
        found = [line["variant"]["product"]["canReview"] for line in order["lines"]]
        return bool(found) and all(each["allowed"] for each in found)

    stack.until(may_review)
