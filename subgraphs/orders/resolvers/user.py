"""User: what orders knows of a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from ariadne import ObjectType

from shared.errors import BadUserInput, Forbidden
from shared.pagination import make_page, page_request
from subgraphs.orders.context import Info, Node
from subgraphs.orders.loaders import OrderPageKey
from subgraphs.orders.order.access import may_see
from subgraphs.orders.order.repository import OrderQuery, OrderRepository, OrderSort
from subgraphs.orders.resolvers.cart import cart_node
from subgraphs.orders.resolvers.nodes import connection
from subgraphs.orders.resolvers.order import order_node

MAX_FILTER_VALUES: Final = 100
_SORT_COLUMNS: Final = {
    "PLACED_AT": ("placed_at", datetime),
    "UPDATED_AT": ("updated_at", datetime),
    "NUMBER": ("number", str),
    "TOTAL": ("total_minor", int),
}

user = ObjectType("User")


@user.field("activeCart")
async def resolve_active_cart(source: Node, info: Info) -> Node | None:
    if not info.context.principal.is_user(source["id"]):
        raise Forbidden
    view = await info.context.carts.newest_active(source["id"])
    return None if view is None else cart_node(view)


@user.field("orders")
async def resolve_orders(
    source: Node,
    info: Info,
    *,
    first: int | None = None,
    after: str | None = None,
    filter: Mapping[str, Any] | None = None,  # noqa: A002 - the schema's name
    sort: Sequence[Mapping[str, Any]] | None = None,
) -> Node:
    context, customer_id = info.context, source["id"]
    _require_own(info, customer_id)
    query, order = _query(filter or {}), _sort(sort or ())
    request = page_request(order.name, (order.key_type, str), first=first, after=after)
    rows = await context.loaders.order_page.load(OrderPageKey(customer_id, query, order, request))
    page = make_page(rows, request, order=order.name, key=order.key)
    return connection(
        page,
        lambda row: order_node(context, row),
        lambda _: context.loaders.order_count.load((customer_id, query)),
    )


@user.field("order")
async def resolve_order(source: Node, info: Info, number: str) -> Node | None:
    _require_own(info, source["id"])
    async with info.context.sessions() as session:
        found = await OrderRepository(session).by_numbers([number])
    row = next((row for row in found if row.customer_id == source["id"]), None)
    return order_node(info.context, row) if row is not None and may_see(row, info.context.principal) else None


def _require_own(info: Info, customer_id: str) -> None:
    """``users:self`` means one's own; others' need ``orders:read_all``."""
    caller = info.context.principal
    if not caller.is_user(customer_id) and not caller.has_scope("orders:read_all"):
        raise Forbidden


def _sort(given: Sequence[Mapping[str, Any]]) -> OrderSort:
    if len(given) > 1:
        raise BadUserInput("Orders are sorted by one field.")
    wanted = given[0] if given else {"field": "PLACED_AT", "direction": "DESC"}
    column, key_type = _SORT_COLUMNS[wanted["field"]]
    name = f"{wanted['field']}:{wanted['direction']}"
    return OrderSort(name, key_type, column, descending=wanted["direction"] == "DESC")


def _query(given: Mapping[str, Any]) -> OrderQuery:
    number, placed_at = given.get("number") or {}, given.get("placed_at") or {}
    if number.get("contains") or number.get("starts_with"):
        raise BadUserInput("Order numbers are matched whole: use `eq` or `in`.")
    numbers = [*(number.get("in") or number.get("in_") or ()), *([number["eq"]] if number.get("eq") else ())]
    if len(numbers) > MAX_FILTER_VALUES:
        raise BadUserInput(f"A filter takes at most {MAX_FILTER_VALUES} values.")
    return OrderQuery(
        numbers=frozenset(numbers),
        statuses=frozenset(given.get("status") or ()),
        payment_statuses=frozenset(given.get("payment_status") or ()),
        fulfillment_statuses=frozenset(given.get("fulfillment_status") or ()),
        placed_from=placed_at.get("gte"),
        placed_before=placed_at.get("lt"),
    )
