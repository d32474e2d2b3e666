"""GraphQL forms of the values that several types share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeVar

from shared.money import Money
from shared.pagination import Page
from subgraphs.orders.context import Node
from subgraphs.orders.errors import OrderProblem
from subgraphs.orders.payment.test_provider import METHOD_CODE
from subgraphs.orders.pricing import ShippingRate

ItemT = TypeVar("ItemT")
MASK: Final = "•••"

CARD: Final[Node] = {
    "id": METHOD_CODE,
    "code": METHOD_CODE,
    "type": "CARD",
    "label": "Card (test provider)",
    "currencies": ["EUR"],
    "client_config": {"tokens": ["tok_ok", "tok_declined", "tok_3ds", "tok_timeout_after_charge"]},
}


def payment_methods(currency: str) -> list[Node]:
    """What a cart in ``currency`` can be paid with."""
    return [CARD] if currency in CARD["currencies"] else []


def money(amount: Money) -> Node:
    return {
        "amount": amount.amount,
        "currency_code": amount.currency,
        "minor_units": amount.minor_units,
    }


def minor(units: int, currency: str) -> Node:
    return money(Money(units, currency))


def shipping_rate(rate: ShippingRate) -> Node:
    return {
        "id": rate.id,
        "code": rate.code,
        "name": rate.name,
        "carrier": rate.carrier,
        "price": money(rate.price),
        "estimated_days_min": rate.estimated_days_min,
        "estimated_days_max": rate.estimated_days_max,
        "expires_at": None,
    }


def tax_line(stored: Mapping[str, Any], currency: str) -> Node:
    return {
        "title": stored["title"],
        "rate": Decimal(stored["rate"]),
        "jurisdiction": stored["jurisdiction"],
        "amount": minor(stored["amount_minor"], currency),
    }


def masked_email(email: str) -> str:
    """``ada@example.com`` as ``a•••@example.com``."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}{MASK}@{domain}"


def masked_address(address: Mapping[str, Any] | None) -> Node | None:
    """City and country stay."""
    if address is None:
        return None
    shown = {"city", "country", "region"}
    required = {"name", "line_1"}
    return {name: value if name in shown else (MASK if name in required else None) for name, value in address.items()}


def user_error(problem: OrderProblem) -> Node:
    return {
        "field": None if problem.field is None else [_camel(word) for word in problem.field],
        "message": problem.message,
        "code": problem.code.value,
        "current_version": problem.current_version,
        "line_id": problem.line_id,
        "available_quantity": problem.available_quantity,
    }


def connection(page: Page[ItemT], node: Callable[[ItemT], Node], total_count: Callable[[Any], Any]) -> Node:
    """``total_count`` is called only when it is selected."""
    nodes = [node(item) for item in page.items]
    return {
        "nodes": nodes,
        "edges": _edges(page.cursors, nodes),
        "page_info": {
            "has_next_page": page.has_next_page,
            "has_previous_page": page.has_previous_page,
            "start_cursor": page.start_cursor,
            "end_cursor": page.end_cursor,
        },
        "total_count": total_count,
    }


def _edges(cursors: Sequence[str], nodes: Sequence[Node]) -> list[Node]:
    return [{"cursor": cursor, "node": node} for cursor, node in zip(cursors, nodes, strict=True)]


def _camel(word: str) -> str:
    head, *tail = word.split("_")
    return head + "".join(part.title() for part in tail)
