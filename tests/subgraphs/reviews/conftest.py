from pathlib import Path

import pytest

import subgraphs.reviews
from shared.subgraph_app import SeedRequest
from shared.testing import SignedClient, migrated_database
from subgraphs.reviews.app import build_app
from subgraphs.reviews.demo import seed
from subgraphs.reviews.settings import ReviewsSettings

MIGRATIONS = Path(subgraphs.reviews.__file__).parent / "migrations"
SIZE = 120


@pytest.fixture(scope="session")
async def database(postgres_url):
    """Read-only for the tests: nothing in this domain writes yet but the demo load and the tests' own rows."""
    async with migrated_database(postgres_url, "reviews", MIGRATIONS) as database:
        yield database


@pytest.fixture(scope="session")
def settings(database, gateway_secret):
    return ReviewsSettings(database_url=database.url, gateway_secret=gateway_secret)


@pytest.fixture(scope="session")
async def demo(settings):
    await seed(settings, SeedRequest(size=SIZE, reset=False, progress=lambda *_: None))


@pytest.fixture
async def client(demo, settings, gateway_secret):
    app = build_app(settings)
    async with app.router.lifespan_context(app):
        yield SignedClient.in_process(app, audience="reviews", secret=gateway_secret)
