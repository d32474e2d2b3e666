"""Facet counts against an oracle that counts the demo products themselves."""

import random

import pytest

from shared.demo import Catalogue, reviews_of, stock_of

pytestmark = [pytest.mark.engine("postgres", "typesense")]

SEARCH = """
query ($filter: ProductSearchFilter, $codes: [String!]) {
  searchProducts(first: 0, filter: $filter) {
    totalCount degraded
    facets(codes: $codes, maxValues: 100) {
      code type stats { min max }
      values { value label count selected input children { value count children { value count } } }
    }
  }
}
"""
ATTRIBUTES = {d.code: d for d in Catalogue(1).attribute_definitions}
LISTS = [
    code for code, d in ATTRIBUTES.items() if d.type in {"SELECT", "MULTISELECT", "COLOR", "BOOLEAN"} and d.facetable
]


def values_of(product, code):
    found = set()
    for attributes in (product.attributes, *(variant.attributes for variant in product.variants)):
        value = attributes.get(code)
        if isinstance(value, bool):
            found.add("true" if value else "false")
        elif isinstance(value, list):
            found.update(value)
        elif value is not None:
            found.add(str(value))
    return found


def facet_values(product, code):
    match code:
        case "category":
            return set(product.category_path)
        case "brand":
            return {product.brand_id}
        case "collection":
            return set(product.collection_ids)
        case "tag":
            return set(product.tags)
        case "inStock":
            return {str(any(level.on_hand for v in product.variants for level in stock_of(v))).lower()}
        case "onSale":
            return {str(any(v.compare_at for v in product.variants)).lower()}
        case _:
            return values_of(product, code)


def cents(product):
    return min(variant.price for variant in product.variants)


def rating(product):
    ratings = [review.rating for review in reviews_of(product)]
    return sum(ratings) / len(ratings) if ratings else None


def random_filter(rng, products):
    """A filter as (GraphQL input, predicate by facet code)."""
    graphql, predicates = {}, {}
    sample = rng.choice(products)
    if rng.random() < 0.4:
        keys = rng.sample(sorted({c for p in products for c in p.category_path}), 2)
        graphql["categoryIds"] = keys
        predicates["category"] = lambda p: set(keys) & set(p.category_path)
    if rng.random() < 0.3:
        brands = [sample.brand_id, rng.choice(products).brand_id]
        graphql["brandIds"] = brands
        predicates["brand"] = lambda p: p.brand_id in brands
    if rng.random() < 0.3:
        low, high = sorted(rng.sample(range(5, 400), 2))
        graphql["price"] = {"gte": str(low), "lte": f"{high}.5"}
        predicates["price"] = lambda p: low * 100 <= cents(p) <= high * 100 + 50
    if rng.random() < 0.3:
        flag = rng.random() < 0.7
        graphql["inStock"] = flag
        predicates["inStock"] = lambda p: facet_values(p, "inStock") == {str(flag).lower()}
    if rng.random() < 0.2:
        flag = rng.random() < 0.5
        graphql["onSale"] = flag
        predicates["onSale"] = lambda p: facet_values(p, "onSale") == {str(flag).lower()}
    if rng.random() < 0.2:
        graphql["minRating"] = 3.5
        predicates["rating"] = lambda p: (rating(p) or 0) >= 3.5
    if rng.random() < 0.2 and sample.tags:
        tag = sample.tags[0]
        graphql["tags"] = [tag]
        predicates["tag"] = lambda p: tag in p.tags
    attributes = []
    for code in rng.sample(LISTS, rng.randint(0, 2)):
        admissible = sorted({value for p in products for value in values_of(p, code)})
        wanted = set(rng.sample(admissible, min(2, len(admissible))))
        attributes.append({"code": code, "in": sorted(wanted)})
        predicates[code] = lambda p, code=code, wanted=wanted: wanted & values_of(p, code)
    if rng.random() < 0.3:
        limit = rng.randint(200, 5000)
        attributes.append({"code": "weight", "range": {"lte": str(limit)}})
        predicates["weight"] = lambda p: p.attributes["weight"] <= limit
    if attributes:
        graphql["attributes"] = attributes
    return graphql, predicates


def flatten(values):
    for value in values:
        yield value["value"], value["count"]
        yield from flatten(value.get("children", ()))


@pytest.mark.parametrize("seed", range(25))
async def test_counts_are_those_of_the_catalogue(client, demo, seed):
    graphql, predicates = random_filter(random.Random(seed), demo)
    codes = ["category", "brand", "collection", "tag", "inStock", "onSale", *LISTS]
    result = await client.execute(SEARCH, {"filter": graphql, "codes": codes})
    assert result.errors == []
    search = result.data["searchProducts"]
    assert not search["degraded"]
    assert search["totalCount"] == sum(all(test(p) for test in predicates.values()) for p in demo)
    facets = {facet["code"]: facet for facet in search["facets"]}
    for code in codes:
        others = [test for other, test in predicates.items() if other != code]
        expected = {}
        for product in demo:
            if all(test(product) for test in others):
                for value in facet_values(product, code):
                    expected[value] = expected.get(value, 0) + 1
        found = {value: count for value, count in flatten(facets[code]["values"]) if count} if code in facets else {}
        assert found == expected, code


async def test_the_same_counts_come_from_sql(client, demo, database):
    query = """
        SELECT pc.category_id, count(*) FROM product_category pc JOIN product p ON p.id = pc.product_id
        WHERE EXISTS (SELECT 1 FROM product_variant v WHERE v.product_id = p.id AND v.attributes->>'color' = 'navy')
        GROUP BY 1
    """
    async with database.engine.connect() as connection:
        expected = {row[0]: row[1] for row in await connection.exec_driver_sql(query)}
    chosen = {"attributes": [{"code": "color", "in": ["navy"]}]}
    result = await client.execute(SEARCH, {"filter": chosen, "codes": ["category"]})
    assert dict(flatten(result.data["searchProducts"]["facets"][0]["values"])) == expected


async def test_a_selected_facet_shows_its_siblings(client, demo):
    chosen = {"attributes": [{"code": "color", "in": ["navy"]}]}
    result = await client.execute(SEARCH, {"filter": chosen, "codes": ["color"]})
    values = {value["value"]: value for value in result.data["searchProducts"]["facets"][0]["values"]}
    assert values["navy"]["selected"]
    assert len(values) > 5
    assert not any(value["selected"] for code, value in values.items() if code != "navy")


async def test_each_value_brings_the_filter_that_selects_it(client, demo):
    result = await client.execute(SEARCH, {"codes": ["brand", "color", "inStock", "category", "waterproof", "tag"]})
    for facet in result.data["searchProducts"]["facets"]:
        for value in facet["values"][:3]:
            narrowed = await client.execute(SEARCH, {"filter": value["input"], "codes": [facet["code"]]})
            assert narrowed.errors == []
            assert narrowed.data["searchProducts"]["totalCount"] == value["count"], value


async def test_a_value_without_products_is_shown_while_it_is_selected(client, demo):
    cheap = {"price": {"lte": "0.01"}, "attributes": [{"code": "color", "in": ["navy"]}]}
    result = await client.execute(SEARCH, {"filter": cheap, "codes": ["color", "brand"]})
    (color,) = result.data["searchProducts"]["facets"]
    assert [(v["value"], v["count"], v["selected"]) for v in color["values"]] == [("navy", 0, True)]


async def test_numeric_facets_have_bounds_and_no_values(client, demo):
    result = await client.execute(SEARCH, {"codes": ["price", "weight"]})
    price, weight = result.data["searchProducts"]["facets"]
    assert price["values"] == []
    assert price["stats"] == {
        "min": f"{min(map(cents, demo)) / 100:.2f}",
        "max": f"{max(map(cents, demo)) / 100:.2f}",
    }
    assert float(weight["stats"]["max"]) == max(p.attributes["weight"] for p in demo)


async def test_the_bounds_of_price_ignore_its_own_filter(client, demo):
    unfiltered = await client.execute(SEARCH, {"codes": ["price"]})
    filtered = await client.execute(SEARCH, {"codes": ["price"], "filter": {"price": {"lte": "50"}}})
    stats = [r.data["searchProducts"]["facets"][0]["stats"] for r in (unfiltered, filtered)]
    assert stats[0] == stats[1]


async def test_only_facets_that_apply_are_listed(client, demo):
    category = next(c for c in Catalogue(1).categories if c.slug == "tables")
    result = await client.execute(SEARCH, {"filter": {"categoryIds": [category.id]}})
    codes = [facet["code"] for facet in result.data["searchProducts"]["facets"]]
    assert "material" in codes
    assert not {"shoe-size", "size", "battery-hours", "color"} & set(codes)


async def test_labels_follow_the_language(client, demo):
    result = await client.execute(SEARCH, {"codes": ["color"]}, headers={"accept-language": "de-AT"})
    (color,) = result.data["searchProducts"]["facets"]
    assert {value["label"] for value in color["values"]} >= {"Schwarz", "Marineblau"}


async def test_unknown_facets_and_too_many_values(client, demo):
    unknown = await client.execute(SEARCH, {"codes": ["nonsense", "description", "price_eur"]})
    assert unknown.data["searchProducts"]["facets"] == []
    query = "{ searchProducts { facets(maxValues: 101) { code } } }"
    assert (await client.execute(query)).codes == ["LIMIT_EXCEEDED"]
