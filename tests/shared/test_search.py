"""The Typesense adapter: what it carries, and how it tells an outage from a mistake."""

import secrets

import pytest

from shared.search import NotInIndex, SearchRejected, SearchUnavailable, TypesenseEngine

pytestmark = [pytest.mark.engine("typesense")]


@pytest.fixture
async def engine(typesense_url, typesense_api_key):
    engine = TypesenseEngine(typesense_url, typesense_api_key)
    yield engine
    await engine.close()


@pytest.fixture
async def collection(engine):
    name = f"test_{secrets.token_hex(6)}"
    fields = [{"name": "title", "type": "string"}, {"name": "price", "type": "int64"}]
    await engine.create_collection({"name": name, "fields": fields})
    yield name
    await engine.drop_collection(name)


def search(collection, **options):
    return {"collection": collection, "q": "*", "query_by": "title", **options}


async def test_documents_are_written_found_and_removed(engine, collection):
    await engine.ping()
    await engine.upsert(collection, [{"id": str(n), "title": f"Lamp {n}", "price": n} for n in range(2_500)])
    await engine.upsert(collection, [{"id": "7", "title": "Chair", "price": 1}])
    everything, chairs = await engine.search([search(collection, per_page=0), search(collection, q="chair")])
    assert everything["found"] == 2_500
    assert [hit["document"]["id"] for hit in chairs["hits"]] == ["7"]
    await engine.delete(collection, ["7", "unknown"])
    (after,) = await engine.search([search(collection, per_page=0)])
    assert after["found"] == 2_499


async def test_an_alias_is_pointed_from_one_collection_to_the_next(engine, collection):
    alias = f"{collection}_alias"
    assert await engine.alias_target(alias) is None
    await engine.point_alias(alias, collection)
    assert await engine.alias_target(alias) == collection
    await engine.upsert(alias, [{"id": "1", "title": "Lamp", "price": 1}])
    (found,) = await engine.search([search(alias)])
    assert found["found"] == 1
    assert collection in await engine.collections()


async def test_what_is_not_in_the_index_counts_as_an_outage(engine, collection):
    for request in (search("test_no_such_collection"), search(collection, filter_by="nothing:=1")):
        with pytest.raises(NotInIndex):
            await engine.search([search(collection), request])
    with pytest.raises(SearchUnavailable):
        await engine.upsert("test_no_such_collection", [{"id": "1"}])
    await engine.drop_collection("test_no_such_collection")


async def test_a_mistake_of_ours_is_told_apart(engine, collection):
    with pytest.raises(SearchRejected):
        await engine.search([search(collection, filter_by="price:=&&")])
    with pytest.raises(SearchRejected):
        await engine.upsert(collection, [{"id": "1", "title": "no price"}])
    with pytest.raises(SearchRejected):
        await engine.create_collection({"name": collection, "fields": [{"name": "title", "type": "string"}]})


async def test_an_engine_out_of_reach(typesense_url):
    for url, key, error in (("http://127.0.0.1:9", "x", SearchUnavailable), (typesense_url, "wrong", SearchRejected)):
        engine = TypesenseEngine(url, key)
        with pytest.raises(error):
            await engine.search([search("any")])
        await engine.close()
