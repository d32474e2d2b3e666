"""While the database is away shoppers see the last known stock, marked as such; nothing is sold from it."""

import secrets

import pytest

from shared.testing import SignedClient
from subgraphs.inventory.app import build_app
from subgraphs.inventory.settings import InventorySettings

pytestmark = [pytest.mark.engine("postgres"), pytest.mark.engine("redis")]

QUERY = """
query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on ProductVariant { availability { status purchasable quantityAvailable asOf stale } }
  ... on Product { availability { status availableVariantCount stale } }
} }
"""


@pytest.fixture
def make_client(redis_url, clock, gateway_secret):
    prefix = f"test-{secrets.token_hex(4)}"

    def make(database_url):
        settings = InventorySettings(
            database_url=database_url,
            REDIS_URL=redis_url,
            AGORA_KEY_PREFIX=prefix,
            AGORA_GATEWAY_SECRET=gateway_secret,
        )
        app = build_app(settings, clock=clock)
        return app, SignedClient.in_process(app, audience="inventory", secret=gateway_secret)

    return make


async def ask(client, *representations):
    return await client.execute(QUERY, {"r": list(representations)})


async def test_the_last_known_stock_is_shown_and_marked(make_client, database, stock, variant, clock):
    await stock("a", BER=3)
    known = {"__typename": "ProductVariant", "id": variant("a")}
    product = {"__typename": "Product", "id": "prod_1", "variantIds": [variant("a")]}
    app, client = make_client(database.url)
    async with app.router.lifespan_context(app):
        fresh = (await ask(client, known, product)).data["_entities"]
    assert [each["availability"]["stale"] for each in fresh] == [False, False]
    clock.advance(3_600)

    app, client = make_client("postgresql://nobody@127.0.0.1:1/gone")
    async with app.router.lifespan_context(app):
        shown = await ask(client, known, product)
        assert shown.errors == []
        remembered, of_product = (each["availability"] for each in shown.data["_entities"])
        assert remembered == fresh[0]["availability"] | {"stale": True}
        assert of_product == {"status": "LOW_STOCK", "availableVariantCount": 1, "stale": True}

        unknown = await ask(client, {"__typename": "ProductVariant", "id": variant("never seen")})
        assert unknown.data == {"_entities": [{"availability": None}]}
        assert unknown.codes == ["DOWNSTREAM_UNAVAILABLE"]
        assert "127.0.0.1" not in str(unknown.errors)
