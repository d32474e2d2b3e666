from pathlib import Path

import pytest

import subgraphs.inventory
from shared.auth import Principal
from shared.ids import derived_id
from shared.testing import SignedClient, migrated_database
from subgraphs.inventory.app import build_app
from subgraphs.inventory.models import StockedVariantRow, StockLevelRow, StockMovementRow, WarehouseRow
from subgraphs.inventory.service import ReservationService
from subgraphs.inventory.settings import InventorySettings

MIGRATIONS = Path(subgraphs.inventory.__file__).parent / "migrations"
SAGA = Principal("orders", scopes=frozenset({"inventory:reserve"}), kind="service")
STAFF = Principal("usr_staff", scopes=frozenset({"inventory:read"}))


@pytest.fixture(scope="session")
async def inventory_database(postgres_url):
    async with migrated_database(postgres_url, "inventory", MIGRATIONS) as database:
        yield database


@pytest.fixture
async def database(inventory_database):
    await inventory_database.clean()
    return inventory_database


@pytest.fixture
def sessions(database):
    return database.sessions


@pytest.fixture
def reservations(sessions, clock):
    return ReservationService(sessions, clock)


@pytest.fixture
async def client(database, clock, gateway_secret):
    settings = InventorySettings(database_url=database.url, AGORA_GATEWAY_SECRET=gateway_secret, pool_size=5)
    app = build_app(settings, clock=clock)
    async with app.router.lifespan_context(app):
        yield SignedClient.in_process(app, audience="inventory", secret=gateway_secret)


@pytest.fixture
def saga():
    return SAGA


@pytest.fixture
def staff():
    return STAFF


@pytest.fixture
def variant():
    """The id of the variant called ``name``."""
    return lambda name: derived_id("var", "test", name)


@pytest.fixture
def warehouse():
    return lambda code: derived_id("whs", "test", code)


@pytest.fixture
async def stock(sessions, clock, variant, warehouse):
    """Fills warehouses BER (DE, AT), LYS (FR) and RTM (NL, DE, FR) with units by variant name."""
    places = {"BER": ("DE", ["DE", "AT"]), "LYS": ("FR", ["FR"]), "RTM": ("NL", ["NL", "DE", "FR"])}

    async def fill(name, *, backorder=0, safety=0, **on_hand):
        now = clock.now()
        async with sessions() as session, session.begin():
            await session.merge(StockedVariantRow(variant_id=variant(name), product_id="prod_x", sku=f"SKU-{name}"))
            for code, units in on_hand.items():
                session.add(
                    StockLevelRow(
                        id=derived_id("stk", name, code),
                        variant_id=variant(name),
                        warehouse_id=warehouse(code),
                        on_hand=units,
                        reserved=0,
                        safety_stock=safety,
                        incoming=0,
                        backorder_limit=backorder,
                        reorder_point=5,
                        reorder_quantity=40,
                        counted_at=None,
                        updated_at=now,
                        version=1,
                    )
                )
                session.add(
                    StockMovementRow(
                        id=derived_id("mov", name, code),
                        type="RECEIPT",
                        variant_id=variant(name),
                        warehouse_id=warehouse(code),
                        on_hand_delta=units,
                        reserved_delta=0,
                        occurred_at=now,
                    )
                )

    async with sessions() as session, session.begin():
        for priority, (code, (country, serves)) in enumerate(places.items()):
            session.add(
                WarehouseRow(
                    id=warehouse(code),
                    code=code,
                    name=code.title(),
                    country=country,
                    active=True,
                    priority=priority,
                    serves_countries=serves,
                    version=1,
                )
            )
    return fill
