"""Searching: text, pages, sort orders, hostile filters, and the database's answer while the engine is away."""

import random

import pytest

from shared.search import TypesenseEngine

pytestmark = [pytest.mark.engine("postgres", "typesense")]

SEARCH = """
query ($q: String, $filter: ProductSearchFilter, $first: Int = 24, $after: String, $sort: ProductSearchSort) {
  searchProducts(query: $q, filter: $filter, first: $first, after: $after, sort: $sort) {
    totalCount tookMs correctedQuery degraded
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor score highlights { field snippet } node { id name priceRange { min { minorUnits } } } }
    facets { code }
  }
}
"""


async def search(client, **variables):
    result = await client.execute(SEARCH, variables)
    assert result.errors == []
    return result.data["searchProducts"]


def ids(found):
    return [edge["node"]["id"] for edge in found["edges"]]


async def test_finds_by_name_and_marks_the_match(client, demo):
    found = await search(client, q="linen shirt")
    assert found["totalCount"] > 0
    first = found["edges"][0]
    assert "Linen" in first["node"]["name"]
    snippets = {h["field"]: h["snippet"] for h in first["highlights"]}
    assert "<mark>Linen</mark>" in snippets["name"]
    assert found["degraded"] is False
    assert found["correctedQuery"] is None


async def test_finds_by_sku(client, demo):
    variant = demo[7].variants[0]
    assert demo[7].id in ids(await search(client, q=variant.sku))


async def test_tolerates_a_typo_and_says_what_it_took_it_for(client, demo):
    found = await search(client, q="cotton parca")
    assert found["correctedQuery"] == "cotton parka"
    assert all("Parka" in edge["node"]["name"] for edge in found["edges"][:1])


@pytest.mark.parametrize("field", ["RELEVANCE", "PRICE", "NAME", "NEWEST", "RATING", "BEST_SELLING"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_of_any_size_add_up_to_the_whole(client, demo, field, direction):
    sizes = random.Random(f"{field}{direction}")
    sort = {"field": field, "direction": direction}
    seen, after = [], None
    while True:
        page = await search(client, first=sizes.choice([1, 7, 23, 50, 100]), after=after, sort=sort)
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        seen += ids(page)
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        # continue from somewhere inside the page as well as from its end
        back = sizes.choice([0, 0, min(3, len(page["edges"]) - 1)])
        after = page["edges"][-1 - back]["cursor"]
        seen = seen[: len(seen) - back]
    assert len(seen) == page["totalCount"] == len(demo)
    assert set(seen) == {product.id for product in demo}


async def test_sorts_by_price_both_ways_and_by_name(client, demo):
    for direction, reverse in (("ASC", False), ("DESC", True)):
        found = await search(client, first=100, sort={"field": "PRICE", "direction": direction})
        prices = [int(edge["node"]["priceRange"]["min"]["minorUnits"]) for edge in found["edges"]]
        expected = sorted((min(v.price for v in p.variants) for p in demo), reverse=reverse)
        assert prices == expected[:100]
    by_name = await search(client, first=100, sort={"field": "NAME"})
    names = [edge["node"]["name"].lower() for edge in by_name["edges"]]
    assert names == sorted(names)


async def test_best_selling_begins_with_the_best(client, demo):
    found = await search(client, first=5, sort={"field": "BEST_SELLING"})
    best = sorted(demo, key=lambda product: -product.sales_score)[:5]
    scores = {product.id: product.sales_score for product in demo}
    assert [scores[key] for key in ids(found)] == [product.sales_score for product in best]


async def test_the_language_chooses_the_index(client, demo):
    query = (
        'query ($l: LanguageCode) { searchProducts(query: "Baumwolle", language: $l) { totalCount nodes { name } } }'
    )
    german = (await client.execute(query, {"l": "de-CH"}, headers={"accept-language": "de"})).data["searchProducts"]
    english = (await client.execute(query, {"l": "en"})).data["searchProducts"]
    assert german["totalCount"] > 0 == english["totalCount"]
    assert "Baumwolle" in german["nodes"][0]["name"]


HOSTILE = [
    "x` || in_stock:=false || brand_id:=`y",
    "`",
    "brand1\n || in_stock:=false",
    "nul\x01",
    "a" * 201,
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("where", ["brandIds", "categoryIds", "collectionIds", "sellerIds", "tags", "attribute"])
async def test_a_value_that_could_end_its_quoting_is_refused(client, demo, value, where):
    chosen = {"attributes": [{"code": "color", "in": [value]}]} if where == "attribute" else {where: [value]}
    result = await client.execute(SEARCH, {"filter": chosen})
    assert result.codes == ["BAD_USER_INPUT"]
    assert result.data == {"searchProducts": None}


@pytest.mark.parametrize(
    "value", ["brand1 || in_stock:=false", "a] || price_eur:>0", "a,b", "*", "' OR 1=1--", "\\", "é😀"]
)
async def test_syntax_inside_a_value_is_only_a_value(client, client_without_engine, demo, value):
    for asked in (client, client_without_engine):
        for chosen in ({"brandIds": [value]}, {"tags": [value]}, {"attributes": [{"code": "material", "in": [value]}]}):
            assert (await search(asked, filter=chosen))["totalCount"] == 0


@pytest.mark.parametrize(
    "chosen",
    [
        {"attributes": [{"code": "published_at", "in": ["0"]}]},
        {"attributes": [{"code": "x:=1 || visible", "in": ["0"]}]},
        {"attributes": [{"code": "weight", "in": ["1 || ordinal:>0"]}]},
        {"attributes": [{"code": "weight", "in": ["NaN"]}]},
        {"attributes": [{"code": "waterproof", "in": ["perhaps"]}]},
        {"attributes": [{"code": "color", "range": {"gte": "1"}}]},
    ],
)
async def test_attributes_outside_the_definitions_are_refused(client, client_without_engine, demo, chosen):
    for asked in (client, client_without_engine):
        result = await asked.execute(SEARCH, {"filter": chosen})
        assert result.codes == ["BAD_USER_INPUT"]


async def test_extreme_numbers_are_harmless(client, client_without_engine, demo):
    for asked in (client, client_without_engine):
        for bounds, total in (
            ({"gte": "-1e29", "lte": "1e29"}, len(demo)),
            ({"gte": "99999999999999999999"}, 0),
            ({"lte": "-0.0000000001"}, 0),
        ):
            assert (await search(asked, filter={"price": bounds}))["totalCount"] == total
    assert (await client.execute(SEARCH, {"filter": {"price": {"gte": "1e400"}}})).status in {200, 400}


async def test_an_empty_list_admits_nothing(client, client_without_engine, demo):
    for asked in (client, client_without_engine):
        assert (await search(asked, filter={"brandIds": []}))["totalCount"] == 0
        assert (await search(asked, filter={"attributes": [{"code": "color", "in": []}]}))["totalCount"] == 0


async def test_a_blank_value_names_nothing_and_a_range_without_bounds_restricts_nothing(
    client, client_without_engine, demo
):
    for asked in (client, client_without_engine):
        assert (await search(asked, filter={"brandIds": ["", " "]}))["totalCount"] == 0
        assert (await search(asked, filter={"price": {}}))["totalCount"] == len(demo)


async def test_bounds(client, demo):
    assert (await client.execute(SEARCH, {"first": 101})).codes == ["LIMIT_EXCEEDED"]
    assert (await client.execute(SEARCH, {"first": -1})).codes == ["BAD_USER_INPUT"]
    assert (await client.execute(SEARCH, {"after": "nonsense"})).codes == ["BAD_USER_INPUT"]
    assert (await client.execute(SEARCH, {"q": "x" * 201})).codes == ["BAD_USER_INPUT"]
    assert (await client.execute(SEARCH, {"filter": {"tags": ["x"] * 101}})).codes == ["LIMIT_EXCEEDED"]
    by_price = await search(client, first=1, sort={"field": "PRICE"})
    other_order = await client.execute(SEARCH, {"after": by_price["edges"][0]["cursor"]})
    assert other_order.codes == ["BAD_USER_INPUT"]
    assert (await search(client, first=0))["edges"] == []


FILTERS = [
    {},
    {"inStock": True},
    {"inStock": False},
    {"onSale": True},
    {"price": {"gte": "20.90", "lte": "100"}},
    {"minRating": 4},
    {"attributes": [{"code": "color", "in": ["navy", "black"]}, {"code": "weight", "range": {"lte": "800"}}]},
    {"attributes": [{"code": "features", "in": ["recycled"]}]},
    {"attributes": [{"code": "waterproof", "in": ["true"]}]},
    {"attributes": [{"code": "battery-hours", "in": ["8", "12"]}]},
    {"tags": ["new", "limited"]},
]


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
@pytest.mark.parametrize("field", ["PRICE", "NEWEST", "BEST_SELLING"])
async def test_without_the_engine_the_same_products_come_from_the_database(
    client, client_without_engine, demo, chosen, field
):
    sort = {"field": field}
    indexed = await search(client, filter=chosen, sort=sort, first=100)
    fallback = await search(client_without_engine, filter=chosen, sort=sort, first=100)
    assert fallback["degraded"] is True
    assert fallback["facets"] == []
    assert fallback["totalCount"] == indexed["totalCount"]
    if indexed["totalCount"] <= 100:
        assert set(ids(fallback)) == set(ids(indexed))


async def test_without_the_engine_text_is_still_found(client_without_engine, demo):
    found = await search(client_without_engine, q="linen shirt", first=5)
    assert found["degraded"] is True
    assert all(
        {"linen", "shirt"} <= set(edge["node"]["name"].lower().replace("-", " ").split()) for edge in found["edges"]
    )
    assert found["edges"]


async def test_without_the_engine_pages_still_add_up(client_without_engine, demo):
    seen, after = [], None
    while True:
        page = await search(client_without_engine, first=97, after=after, sort={"field": "NAME"})
        seen += ids(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert sorted(seen) == sorted(product.id for product in demo)


@pytest.mark.parametrize("text", ["' OR 1=1--", "a:b & | !", "%", "_", "((", "\\", "*", "-", '"', "\x07", "👩\u200d🍳"])
async def test_any_text_may_be_searched_for(client, client_without_engine, demo, text):
    for asked in (client, client_without_engine):
        await search(asked, q=text)


async def test_one_selection_is_one_round_trip(client, demo, monkeypatch):
    sent = []
    original = TypesenseEngine.search

    async def recording(self, searches):
        sent.append(searches)
        return await original(self, searches)

    monkeypatch.setattr(TypesenseEngine, "search", recording)
    chosen = {"inStock": True, "attributes": [{"code": "color", "in": ["navy"]}]}
    await search(client, filter=chosen)
    assert len(sent) == 1
    assert len(sent[0]) == 3  # the result, and one per selected facet
    sent.clear()
    await client.execute("{ searchProducts { totalCount } }")
    assert [each["per_page"] for each in sent[0]] == [0]
    assert "facet_by" not in sent[0][0]
