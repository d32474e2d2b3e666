import secrets
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

import subgraphs.products
from shared.auth import Principal
from shared.demo import Catalogue
from shared.search import TypesenseEngine
from shared.subgraph_app import SeedRequest
from shared.testing import SignedClient, migrated_database
from subgraphs.products.app import build_app
from subgraphs.products.demo import seed
from subgraphs.products.settings import ProductsSettings

MIGRATIONS = Path(subgraphs.products.__file__).parent / "migrations"
SIZE = 600


@pytest.fixture(scope="session")
async def database(postgres_url):
    """The demo catalogue, read-only: a test that writes takes `own_database`."""
    async with migrated_database(postgres_url, "products", MIGRATIONS) as database:
        yield database


@pytest.fixture(scope="session")
def settings(database, gateway_secret, typesense_url, typesense_api_key):
    return make_settings(database, gateway_secret, typesense_url, typesense_api_key)


def make_settings(database, gateway_secret, typesense_url, typesense_api_key):
    return ProductsSettings(
        database_url=database.url,
        gateway_secret=gateway_secret,
        typesense_url=typesense_url,
        typesense_api_key=typesense_api_key,
        key_prefix=f"test_{secrets.token_hex(4)}",
        media_base_url="https://cdn.example/media",
    )


async def drop_collections(settings):
    engine = TypesenseEngine(settings.typesense_url, settings.typesense_api_key.get_secret_value())
    for name in await engine.collections():
        if name.startswith(settings.key_prefix):
            await engine.drop_collection(name)
    await engine.close()


@pytest.fixture(scope="session")
async def demo(settings):
    """The loaded and indexed demo catalogue; the value is its products."""
    await seed(settings, SeedRequest(size=SIZE, reset=False, progress=lambda *_: None))
    yield [product for chunk in Catalogue(SIZE).products() for product in chunk]
    await drop_collections(settings)


@pytest.fixture(scope="session")
async def client(demo, settings, gateway_secret):
    app = build_app(settings)
    async with app.router.lifespan_context(app):
        yield SignedClient.in_process(app, audience="products", secret=gateway_secret)


@pytest.fixture(scope="session")
async def client_without_engine(demo, settings, gateway_secret):
    """The same subgraph while the search engine is away."""
    app = build_app(settings.model_copy(update={"typesense_url": "http://127.0.0.1:9"}))
    async with app.router.lifespan_context(app):
        yield SignedClient.in_process(app, audience="products", secret=gateway_secret)


@pytest.fixture(scope="session")
async def own_database(postgres_url):
    """A database that tests may change: `own_settings` fills it anew for each of them."""
    async with migrated_database(postgres_url, "products_own", MIGRATIONS) as database:
        yield database


@pytest.fixture(scope="session")
async def shared_own_settings(own_database, gateway_secret, typesense_url, typesense_api_key):
    settings = make_settings(own_database, gateway_secret, typesense_url, typesense_api_key)
    yield settings
    await drop_collections(settings)


@pytest.fixture
async def own_settings(shared_own_settings):
    """The small catalogue of 30 SKUs, as it was loaded."""
    await seed(shared_own_settings, SeedRequest(size=30, reset=True, progress=lambda *_: None))
    return shared_own_settings


@pytest.fixture(scope="session")
async def own_application(shared_own_settings):
    app = build_app(shared_own_settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def own_client(own_settings, own_application, gateway_secret):
    return SignedClient.in_process(own_application, audience="products", secret=gateway_secret)


@pytest.fixture
def staff():
    return Principal(subject="usr_01JGFJJZ00AXKQM2CB5GN7Y0P7", scopes=frozenset({"products:read_all"}))


@pytest.fixture
def statements():
    """``with statements() as sent:`` collects the SQL that is sent meanwhile, without connection upkeep."""

    @contextmanager
    def recording():
        sent = []

        def record(_conn, _cursor, statement, *_):
            if statement.lstrip().upper().startswith(("SELECT", "WITH")) and "FROM" in statement:
                sent.append(" ".join(statement.split()))

        event.listen(Engine, "before_cursor_execute", record)
        try:
            yield sent
        finally:
            event.remove(Engine, "before_cursor_execute", record)

    return recording
