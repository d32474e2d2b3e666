"""What resolvers of orders find in the GraphQL context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import GraphQLResolveInfo

from shared.auth import Principal
from shared.clock import Clock
from shared.db import Sessions
from shared.subgraph_app import Market
from subgraphs.orders.cart.service import CartService
from subgraphs.orders.checkout.service import CheckoutService
from subgraphs.orders.clients import Inventory, Products
from subgraphs.orders.loaders import OrdersLoaders
from subgraphs.orders.order.access import AccessTokens


@dataclass(frozen=True, slots=True)
class OrdersContext:
    """One request: who calls, for which market, and what serves them."""

    principal: Principal
    market: Market
    sessions: Sessions
    clock: Clock
    loaders: OrdersLoaders
    carts: CartService
    checkouts: CheckoutService
    products: Products
    inventory: Inventory
    tokens: AccessTokens


Info: TypeAlias = GraphQLResolveInfo[OrdersContext]
Node: TypeAlias = dict[str, Any]
