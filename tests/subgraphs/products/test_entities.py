"""What the gateway and orders ask by key: right answers in few statements."""

import pytest

from shared.auth import Principal
from shared.demo import Catalogue

pytestmark = [pytest.mark.engine("postgres", "typesense")]

ENTITIES = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Product { id slug name featuredImage { url alt } priceRange { min { amount currencyCode } } variantIds }
    ... on ProductVariant {
      id sku title price(currency: "EUR", quantity: 2) { money { amount currencyCode minorUnits } includesTax }
      product { id slug name featuredImage { url } }
    }
    ... on Category { slug } ... on Collection { slug } ... on Brand { name } ... on ProductType { code }
    ... on AttributeDefinition { code } ... on Image { url } ... on Video { id }
  }
}
"""


async def entities(client, representations, **options):
    result = await client.execute(ENTITIES, {"representations": representations}, **options)
    assert result.errors == []
    return result.data["_entities"]


async def test_order_and_duplicates_are_kept_and_unknown_keys_are_null(client, demo):
    keys = [demo[3].id, demo[1].id, "prod_01JGFJJZ00AAAAAAAAAAAAAAAA", demo[3].id, "nonsense", ""]
    found = await entities(client, [{"__typename": "Product", "id": key} for key in keys])
    assert [entity and entity["id"] for entity in found] == [demo[3].id, demo[1].id, None, demo[3].id, None, None]


async def test_every_key_of_every_entity(client, demo):
    product, catalogue = demo[0], Catalogue(1)
    variant = product.variants[0]
    category = catalogue.categories[0]
    collection = catalogue.collections[0]
    found = await entities(
        client,
        [
            {"__typename": "Product", "slug": product.slug},
            {"__typename": "ProductVariant", "sku": variant.sku},
            {"__typename": "ProductVariant", "id": variant.id},
            {"__typename": "Category", "id": category.id},
            {"__typename": "Category", "slug": category.slug},
            {"__typename": "Collection", "id": collection.id},
            {"__typename": "Collection", "slug": collection.slug},
            {"__typename": "Brand", "id": catalogue.brands[0].id},
            {"__typename": "ProductType", "id": catalogue.product_types[0].id},
            {"__typename": "AttributeDefinition", "id": catalogue.attribute_definitions[0].id},
            {"__typename": "Image", "id": product.images[0].id},
            {"__typename": "Video", "id": product.images[0].id},
        ],
    )
    assert [entity and entity["__typename"] for entity in found] == [
        "Product", "ProductVariant", "ProductVariant", "Category", "Category", "Collection", "Collection", "Brand",
        "ProductType", "AttributeDefinition", "Image", None,
    ]  # fmt: skip
    assert found[0]["id"] == product.id
    assert found[1]["id"] == found[2]["id"] == variant.id


async def test_a_page_of_products_takes_four_statements_however_many_there_are(client, demo, statements):
    for count in (1, 24, 100):
        with statements() as sent:
            found = await entities(client, [{"__typename": "Product", "id": p.id} for p in demo[:count]])
        assert len(sent) == 4, sent  # products, media, price spans, variants
        assert [entity["variantIds"] for entity in found] == [[v.id for v in p.variants] for p in demo[:count]]


async def test_an_orders_lines_are_priced_in_four_statements(client, demo, statements):
    variants = [(p, v) for p in demo[:40] for v in p.variants][:100]
    with statements() as sent:
        found = await entities(client, [{"__typename": "ProductVariant", "id": v.id} for _, v in variants])
    assert len(sent) == 4, sent  # variants, products, prices, media
    for entity, (product, variant) in zip(found, variants, strict=True):
        assert entity["price"]["money"] == {
            "amount": f"{variant.price / 100:.2f}",
            "currencyCode": "EUR",
            "minorUnits": str(variant.price),
        }
        assert entity["price"]["includesTax"] is True
        assert entity["title"] == variant.title.en
        assert entity["product"]["name"] == product.name.en
        assert entity["product"]["featuredImage"]["url"].startswith("https://cdn.example/media/")


async def test_more_representations_than_the_largest_page_needs_are_refused(client, demo):
    representations = [{"__typename": "Product", "id": demo[0].id}] * 5_001
    result = await client.execute(ENTITIES, {"representations": representations})
    assert result.codes == ["LIMIT_EXCEEDED"]


@pytest.mark.parametrize(
    "representation",
    [
        {"__typename": "Product"},
        {"__typename": "Seller", "id": "slr_1"},
        {"__typename": "Nothing", "id": "1"},
        {"id": "1"},
        "text",
    ],
)
async def test_a_representation_without_key_or_type_is_an_error_in_its_place(client, demo, representation):
    good = {"__typename": "Product", "id": demo[0].id}
    result = await client.execute(ENTITIES, {"representations": [representation, good]})
    assert result.codes == ["BAD_USER_INPUT"]
    missing, found = result.data["_entities"]
    assert missing is None
    assert found["id"] == demo[0].id


@pytest.mark.parametrize("key", [5, None, {"a": 1}, ["x"], True])
async def test_a_key_of_the_wrong_kind_finds_nothing(client, demo, key):
    for name in ("Product", "ProductVariant", "Brand", "AttributeDefinition"):
        result = await client.execute(ENTITIES, {"representations": [{"__typename": name, "id": key}]})
        assert result.data == {"_entities": [None]}
        assert set(result.codes) <= {"BAD_USER_INPUT"}


async def test_drafts_are_hidden_and_archived_products_stay_referable(own_client, own_database, staff):
    first, second = (product for product in next(iter(Catalogue(30).products()))[:2])
    async with own_database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE product SET status = 'DRAFT' WHERE id = $1", (first.id,))
        await connection.exec_driver_sql("UPDATE product SET status = 'ARCHIVED' WHERE id = $1", (second.id,))
    representations = [
        {"__typename": "Product", "id": first.id},
        {"__typename": "ProductVariant", "id": first.variants[0].id},
        {"__typename": "Product", "id": second.id},
        {"__typename": "ProductVariant", "id": second.variants[0].id},
    ]
    service = Principal(subject="orders", kind="service", scopes=frozenset({"service"}))
    for principal, visible in ((Principal(), 2), (staff, 4), (service, 4)):
        found = await entities(own_client, representations, principal=principal)
        assert sum(entity is not None for entity in found) == visible
    root = "query ($id: ID!) { product(id: $id) { id } }"
    for product in (first, second):
        assert (await own_client.execute(root, {"id": product.id})).data == {"product": None}
        assert (await own_client.execute(root, {"id": product.id}, principal=staff)).data["product"] is not None
