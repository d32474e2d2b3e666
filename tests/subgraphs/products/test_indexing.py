"""The index follows the catalogue: by events, by full re-index, after a loss."""

import pytest

from shared.clock import SystemClock
from shared.demo import Catalogue
from shared.events import Event
from shared.events.contracts.catalog import PriceChangedV1, ProductCreatedV1, ProductUpdatedV1
from shared.events.contracts.inventory import AvailabilityChangedV1
from shared.events.contracts.reviews import RatingChangedV1
from shared.ids import new_id
from shared.search import SearchUnavailable, TypesenseEngine
from shared.subgraph_app import SeedRequest
from subgraphs.products.demo import seed
from subgraphs.products.events import SearchEvents
from subgraphs.products.search.indexer import Indexer, alias_of

pytestmark = [pytest.mark.engine("postgres", "typesense")]

FOUND = """
query ($filter: ProductSearchFilter) {
  searchProducts(first: 100, filter: $filter) { degraded totalCount nodes { id } }
}
"""


@pytest.fixture
async def engine(own_settings):
    engine = TypesenseEngine(own_settings.typesense_url, own_settings.typesense_api_key.get_secret_value())
    yield engine
    await engine.close()


@pytest.fixture
def indexer(engine, own_database, own_settings):
    return Indexer(engine, own_database.sessions, prefix=own_settings.key_prefix, clock=SystemClock())


@pytest.fixture
def deliver(indexer, own_database):
    handler = SearchEvents(indexer, own_database.sessions, SystemClock())

    async def deliver(contract, *, subject, sequence, **data):
        await handler.handle(
            Event(
                id=new_id("evt"),
                type=contract.TYPE,
                source="/test",
                subject=subject,
                time=SystemClock().now(),
                sequence=sequence,
                data=data,
            )
        )

    return deliver


@pytest.fixture
def find(own_client):
    async def find(chosen=None):
        result = await own_client.execute(FOUND, {"filter": chosen})
        assert result.errors == []
        assert not result.data["searchProducts"]["degraded"]
        return {node["id"] for node in result.data["searchProducts"]["nodes"]}

    return find


@pytest.fixture
def product():
    return next(iter(Catalogue(30).products()))[0]


async def availability(deliver, variant, status, sequence):
    await deliver(
        AvailabilityChangedV1,
        subject=variant.id,
        sequence=sequence,
        variantId=variant.id,
        totalAvailable=0,
        previousStatus="IN_STOCK",
        status=status,
    )


async def test_availability_moves_a_product_in_and_out_of_stock(deliver, find, product):
    for sequence, variant in enumerate(product.variants, start=1):
        await availability(deliver, variant, "OUT_OF_STOCK", sequence)
    assert product.id not in await find({"inStock": True})
    await availability(deliver, product.variants[0], "LOW_STOCK", 9)
    assert product.id in await find({"inStock": True})


async def test_an_older_event_does_not_overwrite_a_newer_one(deliver, find, product):
    for variant in product.variants:
        await availability(deliver, variant, "OUT_OF_STOCK", 5)
        await availability(deliver, variant, "IN_STOCK", 4)
    assert product.id not in await find({"inStock": True})


async def test_ratings_are_copied(deliver, find, product):
    rating = {"productId": product.id, "average": 4.9, "count": 12}
    await deliver(RatingChangedV1, subject=product.id, sequence=1, **rating)
    assert product.id in await find({"minRating": 4.8})
    gone = {"productId": product.id, "average": None, "count": 0}
    await deliver(RatingChangedV1, subject=product.id, sequence=2, **gone)
    assert product.id not in await find({"minRating": 1})


async def test_a_changed_price_is_found(deliver, find, own_database, product):
    async with own_database.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE price SET amount_minor = 1 WHERE variant_id = $1", (product.variants[0].id,)
        )
    assert product.id not in await find({"price": {"lte": "0.01"}})
    money = {"minorUnits": 1, "currencyCode": "EUR"}
    await deliver(
        PriceChangedV1,
        subject=product.variants[0].id,
        sequence=1,
        variantId=product.variants[0].id,
        productId=product.id,
        old=None,
        new=money,
        reason="MANUAL",
    )
    assert await find({"price": {"lte": "0.01"}}) == {product.id}


async def test_an_archived_product_leaves_the_index_and_comes_back(
    deliver, find, engine, own_database, own_settings, product
):
    for sequence, status in enumerate(("ARCHIVED", "ACTIVE"), start=1):
        async with own_database.engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE product SET status = $1 WHERE id = $2", (status, product.id))
        data = {"productId": product.id, "slug": product.slug, "status": status}
        contract = ProductUpdatedV1 if status == "ARCHIVED" else ProductCreatedV1
        extra = {"changed": ["status"]} if contract is ProductUpdatedV1 else {}
        await deliver(contract, subject=product.id, sequence=sequence, **data, **extra)
        alias = alias_of(own_settings.key_prefix, "en")
        (answer,) = await engine.search([{"collection": alias, "q": "*", "filter_by": f"id:={product.id}"}])
        assert answer["found"] == (1 if status == "ACTIVE" else 0)
    assert product.id in await find()


async def test_events_about_strangers_are_taken_note_of_by_nobody(deliver, find):
    before = await find()
    stranger = {"variantId": "var_x", "totalAvailable": 0, "previousStatus": "IN_STOCK", "status": "OUT_OF_STOCK"}
    await deliver(AvailabilityChangedV1, subject="var_x", sequence=1, **stranger)
    await deliver(RatingChangedV1, subject="prod_x", sequence=1, productId="prod_x", average=1.0, count=1)
    assert await find() == before


async def test_a_full_reindex_swaps_and_leaves_one_collection_per_language(indexer, engine, find, own_settings):
    before = await find()
    alias = alias_of(own_settings.key_prefix, "en")
    old = await engine.alias_target(alias)
    await indexer.reindex()
    assert await engine.alias_target(alias) != old
    assert await find() == before
    ours = [name for name in await engine.collections() if name.startswith(own_settings.key_prefix)]
    assert len(ours) == 2


async def test_searches_during_a_reindex_are_never_empty_and_changes_during_it_are_kept(
    indexer, deliver, find, product
):
    everything = await find()
    seen = []

    original = indexer._write

    async def interrupted(ids, targets, vocabulary):
        result = await original(ids, targets, vocabulary)
        if not seen:
            seen.append(await find())
            for sequence, variant in enumerate(product.variants, start=1):
                await availability(deliver, variant, "OUT_OF_STOCK", sequence)
        return result

    indexer._write = interrupted
    await indexer.reindex()
    assert seen == [everything]
    assert await find() == everything
    assert product.id not in await find({"inStock": True})


async def test_a_failed_reindex_leaves_the_old_index_and_nothing_else(indexer, engine, find, own_settings, monkeypatch):
    before = await find()

    async def failing(*_):
        raise SearchUnavailable("gone")

    monkeypatch.setattr(indexer, "_write", failing)
    with pytest.raises(SearchUnavailable):
        await indexer.reindex()
    assert await find() == before
    ours = [name for name in await engine.collections() if name.startswith(own_settings.key_prefix)]
    assert len(ours) == 2


async def test_a_lost_index_is_rebuilt(indexer, engine, own_client, own_settings, find):
    before = await find()
    assert await indexer.ensure() is False
    for language in ("en", "de"):
        await engine.drop_collection(await engine.alias_target(alias_of(own_settings.key_prefix, language)))
    lost = await own_client.execute(FOUND)
    assert lost.data["searchProducts"]["degraded"] is True
    assert lost.data["searchProducts"]["totalCount"] == len(before)
    assert await indexer.ensure() is True
    assert await find() == before


async def test_loading_again_changes_nothing_and_another_size_is_refused(own_settings, find):
    before = await find()
    stages = []
    await seed(own_settings, SeedRequest(size=30, reset=False, progress=lambda *step: stages.append(step)))
    assert stages == []
    with pytest.raises(Exception, match="make reseed CATALOG_SIZE=31"):
        await seed(own_settings, SeedRequest(size=31, reset=False, progress=lambda *_: None))
    assert await find() == before
    await seed(own_settings, SeedRequest(size=31, reset=True, progress=lambda *step: stages.append(step)))
    assert stages[0] == ("products", 0, 31)
    assert ("products", 31, 31) in stages
    assert stages[-1][0] == "index"
    assert stages[-1][1] == stages[-1][2]
