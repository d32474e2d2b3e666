from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

import subgraphs.inventory
import subgraphs.orders
from shared.auth import Principal
from shared.ids import derived_id
from shared.money import Money
from shared.service_client import ServiceClient
from shared.testing import FakeClock, SignedClient, migrated_database
from subgraphs.inventory.app import build_app as build_inventory
from subgraphs.inventory.models import StockLevelRow, WarehouseRow
from subgraphs.inventory.settings import InventorySettings
from subgraphs.orders.app import build_app
from subgraphs.orders.clients import GraphQLInventory, VariantSnapshot
from subgraphs.orders.models import OrderRow, ProviderChargeRow
from subgraphs.orders.services import OURSELVES, Sisters
from subgraphs.orders.settings import OrdersSettings

ADDRESS = {"name": "Ada Larsen", "line1": "Lindenallee 12", "city": "Berlin", "postalCode": "10119", "country": "DE"}
CART = """
  id version status totalQuantity email country currency
  lines { id sku title quantity unitPrice { minorUnits } total { minorUnits } variant { id } attributes { key value } }
  availableShippingRates { id price { minorUnits } }
  selectedShippingRate { id }
  cost { subtotal { minorUnits } shipping { minorUnits } tax { minorUnits } total { amount minorUnits currencyCode } final }
  problems { code lineId availableQuantity blocking oldPrice { minorUnits } newPrice { minorUnits } }
"""
PAYLOAD = f"{{ cart {{ {CART} }} userErrors {{ field message code lineId availableQuantity currentVersion }} }}"
COMPLETE = """
mutation CheckoutComplete($input: CartCompleteInput!, $key: String!) {
  cartComplete(input: $input, idempotencyKey: $key) {
    attempt { id status currentStep nextAction { type url } failure { step code message compensated } }
    order { id number status paymentStatus email cost { total { amount currencyCode } } }
    cart { id status version }
    orderAccessToken
    userErrors { field message code lineId availableQuantity currentVersion }
  }
}
"""


class FakeProducts:
    """The products service: a dictionary of variants that a test changes."""

    def __init__(self):
        self.known = {}
        self.calls = 0
        self.outage = None

    def sell(self, name, price=1_000, **facts):
        identifier = derived_id("var", "test", name)
        self.known[identifier] = VariantSnapshot(
            variant_id=identifier,
            product_id=derived_id("prod", "test", name),
            sku=f"SKU-{name}",
            title=f"Article {name}",
            image_url=f"http://media/{name}.webp",
            selected_options=(("color", "red"),),
            unit_price=Money(price, "EUR"),
            compare_at=None,
            includes_tax=True,
            tax_class="standard",
            requires_shipping=True,
        )
        self.known[identifier] = replace(self.known[identifier], **facts)
        return identifier

    async def variants(self, variant_ids, *, currency, country, language, tries=2):
        self.calls += 1
        if self.outage:
            raise self.outage
        found = {each: self.known[each] for each in variant_ids if each in self.known}
        return {
            each: variant
            if variant.unit_price and variant.unit_price.currency == currency
            else replace(variant, unit_price=None)
            for each, variant in found.items()
        }


def migrations(package):
    return Path(package.__file__).parent / "migrations"


@pytest.fixture(scope="session")
async def orders_database(postgres_url):
    async with migrated_database(postgres_url, "orders", migrations(subgraphs.orders)) as database:
        yield database


@pytest.fixture(scope="session")
async def stock_database(postgres_url):
    async with migrated_database(postgres_url, "stock", migrations(subgraphs.inventory)) as database:
        yield database


@pytest.fixture
async def database(orders_database):
    await orders_database.clean()
    return orders_database


@pytest.fixture(scope="session")
def clock():
    """One for all tests here, as the applications are: it only ever moves forward."""
    return FakeClock()


@pytest.fixture(scope="session")
def all_products():
    return FakeProducts()


@pytest.fixture
def products(all_products):
    """The products service that the applications call, with nothing in it yet."""
    all_products.known.clear()
    all_products.outage = None
    return all_products


@pytest.fixture(scope="session")
async def inventory_app(stock_database, gateway_secret, clock):
    """The real inventory subgraph, in process."""
    settings = InventorySettings(database_url=stock_database.url, AGORA_GATEWAY_SECRET=gateway_secret, pool_size=5)
    app = build_inventory(settings, clock=clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(scope="session")
async def sisters(all_products, inventory_app, gateway_secret):
    """Products as a fake of our protocol, inventory for real behind its signed endpoint."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=inventory_app)) as http:
        inventory = ServiceClient(
            http, "http://inventory/graphql", audience="inventory", secret=gateway_secret, principal=OURSELVES
        )
        yield Sisters(all_products, GraphQLInventory(inventory), http)


@pytest.fixture(scope="session")
def settings(orders_database, gateway_secret):
    return OrdersSettings(
        database_url=orders_database.url, AGORA_GATEWAY_SECRET=gateway_secret, pool_size=8, checkout_wait_seconds=20
    )


@pytest.fixture(scope="session")
async def make_client(settings, sisters, clock, gateway_secret):
    """Clients of new processes of orders, on the same database."""
    async with AsyncExitStack() as stack:

        async def make(**parts):
            app = build_app(settings, clock=clock, **({"sisters": sisters} | parts))
            await stack.enter_async_context(app.router.lifespan_context(app))
            return SignedClient.in_process(app, audience="orders", secret=gateway_secret)

        yield make


@pytest.fixture(scope="session")
async def shared_client(make_client):
    return await make_client()


@pytest.fixture
def client(shared_client, database, products):
    """A client of an application that starts with an empty database and no products."""
    return shared_client


@pytest.fixture
def user():
    """A signed-in customer called ``name``."""
    return lambda name: Principal(derived_id("usr", "test", name), scopes=frozenset({"users:self"}))


@pytest.fixture
def staff():
    return Principal("usr_staff", scopes=frozenset({"orders:read_all"}))


@pytest.fixture
async def stock(stock_database, clock):
    """An empty inventory. Puts ``units`` of a variant into a warehouse that serves DE; returns a reader of the level."""
    warehouse_id = derived_id("whs", "test", "BER")
    await stock_database.clean()
    async with stock_database.sessions() as session, session.begin():
        session.add(
            WarehouseRow(
                id=warehouse_id, code="BER", name="Berlin", country="DE", active=True, priority=0,
                serves_countries=["DE"], version=1,
            )
        )  # fmt: skip

    async def put(variant_id, units):
        async with stock_database.sessions() as session, session.begin():
            session.add(
                StockLevelRow(
                    id=derived_id("stk", variant_id), variant_id=variant_id, warehouse_id=warehouse_id,
                    on_hand=units, reserved=0, safety_stock=0, incoming=0, backorder_limit=0,
                    updated_at=clock.now(), version=1,
                )
            )  # fmt: skip

    return put


@pytest.fixture
def reserved(stock_database):
    """Units of all variants that are held or sold."""

    async def read():
        async with stock_database.sessions() as session:
            return await session.scalar(select(func.coalesce(func.sum(StockLevelRow.reserved), 0)))

    return read


@pytest.fixture
def journal(database):
    """States of all charges at the provider."""

    async def read():
        async with database.sessions() as session:
            return sorted(await session.scalars(select(ProviderChargeRow.state)))

    return read


@pytest.fixture
def order_states(database):
    async def read():
        async with database.sessions() as session:
            return sorted(await session.scalars(select(OrderRow.status)))

    return read


class Shop:
    """A buyer's hands: each call is one GraphQL request as the gateway would send it."""

    def __init__(self, client, principal=None):
        self.client = client
        self.principal = principal or Principal()

    async def mutate(self, field, arguments, variables):
        result = await self.client.execute(
            f"mutation {arguments[0]} {{ payload: {field}{arguments[1]} {PAYLOAD} }}",
            variables,
            principal=self.principal,
        )
        assert result.errors == [], result.errors
        return result.data["payload"]

    async def create(self, *lines, **given):
        lines = [{"variantId": variant, "quantity": quantity} for variant, quantity in lines]
        payload = await self.mutate(
            "cartCreate", ("($i: CartCreateInput!)", "(input: $i)"), {"i": {"lines": lines} | given}
        )
        assert payload["userErrors"] == [], payload
        return payload["cart"]

    async def ready(self, *lines, email="ada@example.com"):
        """A cart that can be completed."""
        cart = await self.create(*lines, email=email)
        await self.mutate(
            "cartAddressesSet",
            ("($c: ID!, $a: OrderAddressInput)", "(cartId: $c, shipping: $a)"),
            {"c": cart["id"], "a": ADDRESS},
        )
        payload = await self.mutate(
            "cartShippingRateSelect", ("($c: ID!)", '(cartId: $c, rateId: "standard")'), {"c": cart["id"]}
        )
        return payload["cart"]

    async def read(self, cart_id):
        result = await self.client.execute(
            f"query ($id: ID!) {{ cart(id: $id) {{ {CART} }} }}", {"id": cart_id}, principal=self.principal
        )
        assert result.errors == []
        return result.data["cart"]

    async def complete(self, cart, key, token="tok_ok", **changes):
        given = {
            "cartId": cart["id"],
            "expectedVersion": cart["version"],
            "expectedTotal": {
                "amount": cart["cost"]["total"]["amount"],
                "currencyCode": cart["cost"]["total"]["currencyCode"],
            },
            "payments": [{"methodCode": "card", "token": token}],
        } | changes
        result = await self.client.execute(COMPLETE, {"input": given, "key": key}, principal=self.principal)
        assert result.errors == [], result.errors
        return result.data["cartComplete"]


@pytest.fixture
def shop(client):
    """``shop(principal)``; without one, a guest."""
    return lambda principal=None, through=None: Shop(through or client, principal)
