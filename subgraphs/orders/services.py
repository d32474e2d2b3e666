"""Construction of what the HTTP process and the worker share."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from shared.auth import Principal
from shared.clock import Clock
from shared.db import Sessions
from shared.service_client import ServiceClient
from subgraphs.orders.cart.service import CartService
from subgraphs.orders.checkout.saga import CheckoutSaga
from subgraphs.orders.checkout.service import CheckoutService
from subgraphs.orders.checkout.steps import CheckoutSteps
from subgraphs.orders.clients import GraphQLInventory, GraphQLProducts, Inventory, Products
from subgraphs.orders.payment import PaymentProvider, TestProvider
from subgraphs.orders.settings import OrdersSettings

CALL_TIMEOUT_SECONDS = 4.0  # five tries of it and the pauses between them stay within an attempt's lease
OURSELVES = Principal(subject="orders", scopes=frozenset({"inventory:reserve", "inventory:read"}), kind="service")


@dataclass(frozen=True, slots=True)
class Sisters:
    """The other services; ``http`` is closed with the process."""

    products: Products
    inventory: Inventory
    http: httpx.AsyncClient


@dataclass(frozen=True, slots=True)
class OrdersServices:
    """The use cases of orders and what they stand on."""

    carts: CartService
    checkouts: CheckoutService
    sisters: Sisters


def connect_sisters(settings: OrdersSettings) -> Sisters:
    """Clients of products and inventory; nothing connects before the first call."""
    http = httpx.AsyncClient(
        trust_env=False, limits=httpx.Limits(max_connections=64, max_keepalive_connections=32), timeout=10
    )
    secret = settings.gateway_secret.get_secret_value()

    def client(url: str, audience: str) -> ServiceClient:
        return ServiceClient(
            http, url, audience=audience, secret=secret, principal=OURSELVES, timeout_seconds=CALL_TIMEOUT_SECONDS
        )

    return Sisters(
        products=GraphQLProducts(client(settings.products_url, "products")),
        inventory=GraphQLInventory(client(settings.inventory_url, "inventory")),
        http=http,
    )


def build_services(
    settings: OrdersSettings,
    sessions: Sessions,
    clock: Clock,
    sisters: Sisters,
    *,
    provider: PaymentProvider | None = None,
) -> OrdersServices:
    """All use cases; the built-in test provider unless another one is given."""
    steps = CheckoutSteps(
        sessions=sessions,
        clock=clock,
        products=sisters.products,
        inventory=sisters.inventory,
        provider=provider or TestProvider(sessions, clock),
    )
    return OrdersServices(
        carts=CartService(sessions, clock, sisters.products),
        checkouts=CheckoutService(sessions, clock, CheckoutSaga(steps), wait_seconds=settings.checkout_wait_seconds),
        sisters=sisters,
    )
