"""The playground as a newcomer opens it: offline, in a browser, tab after tab."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.engine("node"), pytest.mark.engine("chromium"), pytest.mark.timeout(300)]

TABS = [
    "SignIn",
    "CategoryPage",
    "Search",
    "FillACart",
    "ChooseShipping",
    "CartPage",
    "CheckoutComplete",
    "OrderHistory",
]


@pytest.fixture(scope="module")
def visit(stack: Any, browser: Any, browser_path: str) -> Any:
    url = f"http://127.0.0.1:{stack.ports['GATEWAY']}/"
    visit = browser.ask({"url": url, "browser": browser_path, "tabs": TABS})
    assert "thrown" not in visit, visit["thrown"]
    return visit


def test_every_tab_answers_with_data_and_no_errors(visit: Any) -> None:
    assert {name: answer.get("errors") for name, answer in visit["answers"].items()} == dict.fromkeys(TABS)


def test_a_filled_cart_becomes_an_order_in_the_history(visit: Any) -> None:
    checkout = visit["answers"]["CheckoutComplete"]["data"]["cartComplete"]
    assert checkout["userErrors"] == []
    history = visit["answers"]["OrderHistory"]["data"]["me"]["orders"]["nodes"]
    assert checkout["order"]["number"] in {order["number"] for order in history}


def test_nothing_is_loaded_from_elsewhere_and_nothing_complains(stack: Any, visit: Any) -> None:
    hosts = {urlsplit(url).netloc for url in visit["requests"] if not url.startswith("data:")}
    assert hosts == {f"127.0.0.1:{stack.ports['GATEWAY']}"}
    assert visit["problems"] == []
