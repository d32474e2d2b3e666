"""Browsing: the fields that the storefront's pages select, and lists that page through."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.demo import Catalogue

pytestmark = [pytest.mark.engine("postgres", "typesense")]

CATEGORY_PAGE = """
query ($slug: String!, $filter: ProductSearchFilter) {
  category(slug: $slug) {
    id name ancestors { id slug name } children(first: 20) { nodes { id slug name productCount } }
    products(first: 24, filter: $filter, sort: { field: BEST_SELLING }) {
      totalCount tookMs degraded
      facets { code label type values { value label count selected input } }
      pageInfo { hasNextPage endCursor }
      nodes {
        id slug name featuredImage { url(transform: { maxWidth: 400, format: WEBP }) alt }
        priceRange { min { amount currencyCode } max { amount currencyCode } }
      }
    }
  }
}
"""
PRODUCT_PAGE = """
query ($slug: String!) {
  product(slug: $slug) {
    id name description status version brand { name } seo { title description } productType { code }
    attributes { code label displayValue unit type value }
    media(first: 10) { totalCount nodes { id alt ... on Image { url(transform: { maxWidth: 1200 }) } } }
    options { name values } tags categories { slug } primaryCategory { slug parent { slug } }
    collections { nodes { slug } } publishedAt createdAt seller { id } compareAtPriceRange { min { amount } }
    variants(first: 50) {
      totalCount
      nodes {
        id sku gtin title position selectedOptions { name value } attributes { code value }
        price { money { amount currencyCode } compareAt { amount } includesTax validUntil }
        lowestPriorPrice { amount } quantityPriceBreaks { minimumQuantity } media { nodes { id } }
        weightGrams requiresShipping dimensionsMm { length width height } taxClass
      }
    }
  }
}
"""


async def test_the_category_page(client, demo, statements):
    categories = {category.slug: category for category in Catalogue(1).categories}
    with statements() as sent:
        result = await client.execute(CATEGORY_PAGE, {"slug": "clothing"})
    assert result.errors == []
    page = result.data["category"]
    inside = [p for p in demo if categories["clothing"].id in p.category_path]
    assert page["products"]["totalCount"] == len(inside)
    assert [ancestor["slug"] for ancestor in page["ancestors"]] == ["fashion"]
    assert {c["slug"]: c["productCount"] for c in page["children"]["nodes"]} == {
        slug: sum(categories[slug].id in p.category_path for p in demo)
        for slug in ("shirts-tops", "knitwear", "jackets-coats")
    }
    best = sorted(inside, key=lambda p: -p.sales_score)[:24]
    assert [p["slug"] for p in page["products"]["nodes"]] == [p.slug for p in best]
    facets = {facet["code"]: facet for facet in page["products"]["facets"]}
    assert {value["label"] for value in facets["category"]["values"]} == {
        "Shirts & Tops",
        "Knitwear",
        "Jackets & Coats",
    }
    assert len(sent) <= 12, sent


async def test_the_category_of_the_page_cannot_be_left_by_a_filter(client, demo):
    categories = {category.slug: category for category in Catalogue(1).categories}
    chosen = {"categoryIds": [categories["tables"].id]}
    result = await client.execute(CATEGORY_PAGE, {"slug": "clothing", "filter": chosen})
    assert result.data["category"]["products"]["totalCount"] == 0


async def test_the_product_page(client, demo):
    product = next(p for p in demo if len(p.variants) > 3 and p.variants[0].compare_at)
    brands = {brand.id: brand.name for brand in Catalogue(1).brands}
    result = await client.execute(PRODUCT_PAGE, {"slug": product.slug})
    assert result.errors == []
    page = result.data["product"]
    assert page["name"] == page["seo"]["title"] == product.name.en
    assert page["brand"]["name"] == brands[product.brand_id]
    assert page["seller"] is None
    assert {a["code"]: a["value"] for a in page["attributes"]} == dict(product.attributes)
    weight = next(a for a in page["attributes"] if a["code"] == "weight")
    assert weight["displayValue"] == f"{product.attributes['weight']} g"
    assert page["media"]["totalCount"] == len(product.images)
    assert [(o["name"], o["values"]) for o in page["options"]] == [(n, list(v)) for n, v in product.options]
    assert [v["sku"] for v in page["variants"]["nodes"]] == [v.sku for v in product.variants]
    for shown, variant in zip(page["variants"]["nodes"], product.variants, strict=True):
        assert shown["price"]["compareAt"]["amount"] == f"{variant.compare_at / 100:.2f}"
        month_before = variant.price_since - timedelta(days=30)
        lowest = min(past.amount for past in variant.past_prices if past.effective_to > month_before)
        assert shown["lowestPriorPrice"]["amount"] == f"{lowest / 100:.2f}"
        assert shown["dimensionsMm"]["length"] == variant.dimensions.length


async def test_texts_follow_the_header_and_the_argument_wins(client, demo):
    query = 'query ($id: ID!) { product(id: $id) { name de: name(language: "de-CH") xx: name(language: "xx") } }'
    result = await client.execute(query, {"id": demo[0].id}, headers={"accept-language": "de;q=0.9, fr"})
    product = result.data["product"]
    assert product["de"] == demo[0].name.de
    assert product["name"] == product["xx"] == demo[0].name.en


async def test_prices_in_a_currency_that_is_not_offered(client, demo):
    query = """query ($id: ID!) { product(id: $id) {
      usd: priceRange(currency: "USD") { min { amount } } market: priceRange { min { currencyCode } }
      variants(first: 1) { nodes { price(currency: "USD") { money { amount } } } } } }"""
    result = await client.execute(query, {"id": demo[0].id}, headers={"x-currency": "USD"})
    product = result.data["product"]
    assert product["usd"] is None
    assert product["variants"]["nodes"][0]["price"] is None
    assert product["market"]["min"]["currencyCode"] == "EUR"


async def test_the_variant_of_selected_options(client, demo):
    product = next(p for p in demo if len(p.options) == 2 and len(p.variants) > 2)
    query = """query ($id: ID!, $o: [SelectedOptionInput!]!) {
      product(id: $id) { variantBySelectedOptions(selectedOptions: $o) { sku } } }"""
    variant = product.variants[-1]
    options = [{"name": name, "value": value} for name, value in variant.selected_options]
    found = await client.execute(query, {"id": product.id, "o": options})
    assert found.data["product"]["variantBySelectedOptions"] == {"sku": variant.sku}
    partial = await client.execute(query, {"id": product.id, "o": options[:1]})
    assert partial.data["product"]["variantBySelectedOptions"] is None


@pytest.mark.parametrize("field", ["NAME", "CREATED_AT", "UPDATED_AT", "PUBLISHED_AT"])
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_products_page_through_in_both_directions(client, demo, field, direction):
    query = """query ($first: Int, $after: String, $last: Int, $before: String, $sort: [ProductSort!]) {
      products(first: $first, after: $after, last: $last, before: $before, sort: $sort) {
        totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
    sort = [{"field": field, "direction": direction}]
    forward, after = [], None
    while True:
        page = (await client.execute(query, {"first": 37, "after": after, "sort": sort})).data["products"]
        forward += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert page["totalCount"] == len(forward) == len(demo)
    assert set(forward) == {p.id for p in demo}
    backward, before = [], None
    while True:
        page = (await client.execute(query, {"last": 41, "before": before, "sort": sort})).data["products"]
        backward = [node["id"] for node in page["nodes"]] + backward
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
    assert backward == forward


async def test_products_are_filtered(client, demo):
    query = "query ($f: ProductFilter) { products(filter: $f, first: 100) { totalCount nodes { id name slug } } }"
    category = next(c for c in Catalogue(1).categories if c.slug == "kitchen")

    async def found(chosen):
        result = await client.execute(query, {"f": chosen})
        assert result.errors == []
        return result.data["products"]

    linen = await found({"name": {"contains": "lINEN"}})
    assert linen["totalCount"] == sum("Linen" in p.name.en for p in demo)
    assert (await found({"name": {"contains": "%"}}))["totalCount"] == 0
    assert (await found({"name": {"startsWith": "_"}}))["totalCount"] == 0
    in_kitchen = sum(category.id in p.category_path for p in demo)
    assert (await found({"categoryId": {"eq": category.id}}))["totalCount"] == in_kitchen
    either = {"or": [{"id": {"eq": demo[0].id}}, {"slug": {"in": [demo[1].slug]}}]}
    assert {node["id"] for node in (await found(either))["nodes"]} == {demo[0].id, demo[1].id}
    assert (await found({"and": [either, {"id": {"notIn": [demo[0].id]}}]}))["totalCount"] == 1
    assert (await found({"status": ["DRAFT"]}))["totalCount"] == 0
    assert (await found({"or": []}))["totalCount"] == 0
    deep = {}
    for _ in range(10):
        deep = {"and": [deep]}
    assert (await client.execute(query, {"f": deep})).codes == ["LIMIT_EXCEEDED"]


async def test_categories_and_collections(client, demo):
    catalogue = Catalogue(1)
    query = """query ($after: String) { categories(first: 10, after: $after) {
      totalCount nodes { slug level } pageInfo { hasNextPage endCursor } }
      roots: categories(rootsOnly: true) { nodes { slug } } collections { totalCount nodes { slug name } }
      attributeDefinitions(codes: ["color", "none"]) { code type options { code label swatch position } } }"""
    slugs, after = [], None
    while True:
        result = await client.execute(query, {"after": after})
        assert result.errors == []
        page = result.data["categories"]
        slugs += [node["slug"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert sorted(slugs) == sorted(category.slug for category in catalogue.categories)
    assert len(slugs) == page["totalCount"]
    assert len(result.data["roots"]["nodes"]) == sum(category.level == 0 for category in catalogue.categories)
    assert result.data["collections"]["totalCount"] == len(catalogue.collections)
    (color,) = result.data["attributeDefinitions"]
    assert color["options"][0] == {"code": "black", "label": "Black", "swatch": "#23262b", "position": 0}
    sale = await client.execute('{ collection(slug: "summer-sale") { name products { totalCount } } }')
    on_sale = sum(p.variants[0].compare_at is not None for p in demo)
    assert sale.data["collection"]["products"]["totalCount"] == on_sale


async def test_guarded_fields_and_wrong_keys(client, demo, staff):
    guarded = "query ($id: ID!) { product(id: $id) { id translations { language complete } } }"
    denied = await client.execute(guarded, {"id": demo[0].id})
    assert denied.codes == ["UNAUTHENTICATED"]
    assert denied.data["product"] == {"id": demo[0].id, "translations": None}
    allowed = await client.execute(guarded, {"id": demo[0].id}, principal=staff)
    assert [t["language"] for t in allowed.data["product"]["translations"]] == ["en", "de"]
    for query in ("{ product { id } }", '{ category(id: "a", slug: "b") { id } }', "{ productVariant { id } }"):
        assert (await client.execute(query)).codes == ["BAD_USER_INPUT"]
    assert (await client.execute('{ product(id: "nonsense") { id } }')).data == {"product": None}
    bad = "{ products(first: 3, last: 3) { nodes { id } } }"
    assert (await client.execute(bad)).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", "x", 5])
async def test_an_instant_that_is_none_is_refused(client, demo, instant):
    query = "query ($f: ProductFilter) { products(filter: $f) { totalCount } }"
    result = await client.execute(query, {"f": {"updatedAt": {"gte": instant}}})
    assert result.data is None
    assert result.codes
    assert "INTERNAL" not in result.codes


async def test_a_product_is_shown_from_its_publication_on(own_client, own_database):
    product = next(iter(Catalogue(30).products()))[0]
    query = "query ($id: ID!) { product(id: $id) { id } products { totalCount } }"
    assert (await own_client.execute(query, {"id": product.id})).data["product"] is not None
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    async with own_database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE product SET published_at = $1 WHERE id = $2", (tomorrow, product.id))
    after = await own_client.execute(query, {"id": product.id})
    assert after.data["product"] is None
