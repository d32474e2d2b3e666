"""Entities of orders: set-based, and only what the caller may see."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.subgraph_app import EntityResolver
from subgraphs.orders.cart.view import may_see as may_see_cart
from subgraphs.orders.context import Node, OrdersContext
from subgraphs.orders.order.access import may_see
from subgraphs.orders.order.repository import OrderRepository
from subgraphs.orders.resolvers.cart import cart_node
from subgraphs.orders.resolvers.checkout import attempt_node
from subgraphs.orders.resolvers.order import line_node, order_node

Representations = Sequence[Mapping[str, Any]]


async def resolve_users(_: OrdersContext, representations: Representations) -> Sequence[Node | None]:
    """Whoever it is; each field checks what the caller may see."""
    return [{"__typename": "User", "id": each["id"]} for each in representations]


async def resolve_orders(context: OrdersContext, representations: Representations) -> Sequence[Node | None]:
    """By id or number."""
    async with context.sessions() as session:
        orders = OrderRepository(session)
        by_id = await orders.by_ids([each["id"] for each in representations if "id" in each])
        by_number = await orders.by_numbers([each["number"] for each in representations if "id" not in each])
    found = {row.id: row for row in by_id} | {row.number: row for row in by_number}
    rows = [found.get(each.get("id") or each["number"]) for each in representations]
    return [order_node(context, row) if row and may_see(row, context.principal) else None for row in rows]


async def resolve_order_lines(context: OrdersContext, representations: Representations) -> Sequence[Node | None]:
    """Lines of orders that the caller may see."""
    lines = await context.loaders.line.load_many([each["id"] for each in representations])
    orders = await context.loaders.order.load_many([line.order_id for line in lines if line])
    visible = {row.id: row for row in orders if row and may_see(row, context.principal)}
    return [
        line_node(line, visible[line.order_id].currency) if line and line.order_id in visible else None
        for line in lines
    ]


async def resolve_carts(context: OrdersContext, representations: Representations) -> Sequence[Node | None]:
    """Carts are referred to by nobody yet: one by one will do."""
    views = await asyncio.gather(*(context.carts.read(each["id"], context.principal) for each in representations))
    return [cart_node(view) if view and may_see_cart(view.row, context.principal) else None for view in views]


async def resolve_attempts(context: OrdersContext, representations: Representations) -> Sequence[Node | None]:
    """Attempts are referred to by nobody yet: one by one will do."""
    attempts = await asyncio.gather(
        *(context.checkouts.read(each["id"], context.principal) for each in representations)
    )
    return [attempt_node(attempt) if attempt else None for attempt in attempts]


ENTITIES: Final[Mapping[str, EntityResolver]] = {
    "User": resolve_users,
    "Order": resolve_orders,
    "OrderLine": resolve_order_lines,
    "Cart": resolve_carts,
    "CheckoutAttempt": resolve_attempts,
}
