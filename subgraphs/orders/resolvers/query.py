"""Root query fields."""

from __future__ import annotations

from ariadne import QueryType

from shared.errors import BadUserInput
from shared.ids import has_prefix
from subgraphs.orders.context import Info, Node
from subgraphs.orders.order.access import may_see, shows_personal_data
from subgraphs.orders.order.repository import OrderRepository
from subgraphs.orders.resolvers import nodes
from subgraphs.orders.resolvers.cart import cart_node
from subgraphs.orders.resolvers.checkout import attempt_node
from subgraphs.orders.resolvers.order import order_node

query = QueryType()


@query.field("cart")
async def resolve_cart(_: None, info: Info, id: str) -> Node | None:  # noqa: A002 - the schema's name
    view = await info.context.carts.read(id, info.context.principal)
    return None if view is None else cart_node(view)


@query.field("checkoutAttempt")
async def resolve_checkout_attempt(_: None, info: Info, id: str) -> Node | None:  # noqa: A002
    attempt = await info.context.checkouts.read(id, info.context.principal)
    return None if attempt is None else attempt_node(attempt)


@query.field("order")
async def resolve_order(
    _: None,
    info: Info,
    id: str | None = None,  # noqa: A002
    number: str | None = None,
) -> Node | None:
    if (id is None) == (number is None):
        raise BadUserInput("Name the order by `id` or by `number`.")
    async with info.context.sessions() as session:
        orders = OrderRepository(session)
        found = await orders.by_ids([id]) if id is not None else await orders.by_numbers([number or ""])
    row = next(iter(found), None)
    return order_node(info.context, row) if row is not None and may_see(row, info.context.principal) else None


@query.field("orderByAccessToken")
async def resolve_order_by_access_token(_: None, info: Info, token: str) -> Node | None:
    context = info.context
    order_id = context.tokens.order_id(token)
    if order_id is None or not has_prefix(order_id, "ord"):
        return None
    row = await context.loaders.order.load(order_id)
    return None if row is None else order_node(context, row, personal=shows_personal_data(row, context.clock.now()))


@query.field("paymentMethods")
def resolve_payment_methods(_: None, info: Info, currency: str, country: str) -> list[Node]:
    del info, country  # the test provider takes cards from everywhere
    return nodes.payment_methods(currency)
