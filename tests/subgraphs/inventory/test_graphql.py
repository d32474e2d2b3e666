"""What the gateway sees of inventory."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from shared.auth import Principal

pytestmark = pytest.mark.engine("postgres")

ENTITIES = """
query ($r: [_Any!]!) {
  _entities(representations: $r) {
    ... on Product { id availability { status availableVariantCount stale } }
    ... on ProductVariant { id availability(country: "DE") { status purchasable quantityAvailable fulfillmentLeadDays } }
    ... on Warehouse { id code name }
    ... on StockLevel { id onHand }
    ... on Reservation { id status lines { quantity warehouse { code } variant { id } } }
  }
}
"""


async def entities(client, *representations, principal=None):
    result = await client.execute(ENTITIES, {"r": list(representations)}, principal=principal or Principal())
    assert result.errors == []
    return result.data["_entities"]


async def test_a_product_is_as_available_as_its_best_variant(client, stock, variant):
    await stock("none", BER=0)
    await stock("few", BER=2)
    await stock("many", BER=20)
    ids = {name: variant(name) for name in ("none", "few", "many", "unknown")}
    products = await entities(
        client,
        {"__typename": "Product", "id": "prod_1", "variantIds": [ids["none"], ids["few"]]},
        {"__typename": "Product", "id": "prod_2", "variantIds": [ids["many"], ids["none"], ids["unknown"]]},
        {"__typename": "Product", "id": "prod_3", "variantIds": []},
        {"__typename": "Product", "id": "prod_4", "variantIds": [ids["none"]]},
    )
    assert [(p["availability"]["status"], p["availability"]["availableVariantCount"]) for p in products] == [
        ("LOW_STOCK", 1),
        ("IN_STOCK", 1),
        ("UNAVAILABLE", 0),
        ("OUT_OF_STOCK", 0),
    ]


async def test_a_page_of_products_costs_one_stock_query_however_long_it_is(client, stock, variant):
    for name in "abcdef":
        await stock(name, BER=20)
    statements = []

    def count(connection, cursor, statement, *_):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        await entities(
            client,
            *({"__typename": "Product", "id": f"prod_{n}", "variantIds": [variant(n)]} for n in "abcdef"),
            *({"__typename": "ProductVariant", "id": variant(n)} for n in "abcdef"),
        )
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert len([statement for statement in statements if "SELECT" in statement and "stock_level" in statement]) == 1


async def test_shoppers_see_exact_counts_only_when_stock_is_low(client, stock, variant, staff):
    await stock("few", BER=2)
    await stock("many", BER=20, LYS=7)
    representations = [{"__typename": "ProductVariant", "id": variant(name)} for name in ("few", "many", "unknown")]
    shopper = await entities(client, *representations)
    assert [each["availability"]["quantityAvailable"] for each in shopper] == [2, None, None]
    assert [each["availability"]["purchasable"] for each in shopper] == [True, True, False]
    seen_by_staff = await entities(client, *representations, principal=staff)
    assert [each["availability"]["quantityAvailable"] for each in seen_by_staff] == [2, 20, 0], "Lyon does not serve DE"


async def test_the_market_header_chooses_the_country(client, stock, variant):
    await stock("a", LYS=20)
    query = (
        "query ($r: [_Any!]!) { _entities(representations: $r) { ... on ProductVariant { availability { status } } } }"
    )
    variables = {"r": [{"__typename": "ProductVariant", "id": variant("a")}]}
    for country, status in (("FR", "IN_STOCK"), ("DE", "UNAVAILABLE")):
        result = await client.execute(query, variables, headers={"x-country": country})
        assert result.data["_entities"][0]["availability"]["status"] == status


RESERVE = """
mutation ($input: ReservationInput!, $key: String!) {
  reservationCreate(input: $input, idempotencyKey: $key) {
    reservation { id status ownerRef expiresAt lines { quantity } order { id } }
    userErrors { code variantId availableQuantity field }
  }
}
"""


async def test_the_saga_reserves_and_staff_look_but_shoppers_do_neither(client, stock, variant, saga, staff, warehouse):
    await stock("a", BER=3)
    variables = {"input": {"ownerRef": "cart_1", "lines": [{"variantId": variant("a"), "quantity": 2}]}, "key": "k"}
    for principal, code in ((Principal(), "UNAUTHENTICATED"), (staff, "FORBIDDEN")):
        denied = await client.execute(RESERVE, variables, principal=principal)
        assert (denied.data, denied.codes) == ({"reservationCreate": None}, [code])
    payload = (await client.execute(RESERVE, variables, principal=saga)).data["reservationCreate"]
    assert payload["userErrors"] == []
    assert payload["reservation"]["lines"] == [{"quantity": 2}]
    representation = {"__typename": "Reservation", "id": payload["reservation"]["id"]}
    [seen] = await entities(client, representation, principal=staff)
    assert seen["lines"] == [{"quantity": 2, "warehouse": {"code": "BER"}, "variant": {"id": variant("a")}}]
    assert await entities(client, representation, principal=Principal("usr_1", scopes=frozenset({"users:self"}))) == [
        None
    ]
    short = await client.execute(RESERVE, variables | {"key": "other"}, principal=saga)
    assert short.data["reservationCreate"]["userErrors"] == [
        {"code": "INSUFFICIENT_STOCK", "variantId": variant("a"), "availableQuantity": 1, "field": ["input", "lines"]}
    ]


async def test_stock_levels_are_listed_filtered_and_paged_for_partners(client, stock, variant, staff):
    for number in range(5):
        await stock(f"v{number}", BER=number, RTM=50)
    query = """
    query ($filter: StockLevelFilter, $after: String, $first: Int) {
      stockLevels(first: $first, after: $after, filter: $filter) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor }
        nodes { id onHand available variant { id } warehouse { code } belowReorderPoint }
      }
    }
    """
    seen, after = [], None
    while True:
        result = await client.execute(query, {"first": 3, "after": after}, principal=staff)
        page = result.data["stockLevels"]
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == page["totalCount"] == 10
    for criteria, expected in (
        ({"variantId": {"eq": variant("v3")}}, [3, 50]),
        ({"sku": {"startsWith": "SKU-v1"}}, [1, 50]),
        ({"sku": {"contains": "%"}}, []),
        ({"available": {"lt": 2}}, [0, 1]),
        ({"available": {"gte": 2, "lte": 3}}, [2, 3]),
        ({"belowReorderPoint": {"eq": False}}, [50] * 5),
        ({"variantId": {"in": []}}, []),
        ({"updatedAt": {"gte": "2030-01-01T00:00:00Z"}}, []),
    ):
        result = await client.execute(query, {"first": 100, "filter": criteria}, principal=staff)
        assert sorted(node["onHand"] for node in result.data["stockLevels"]["nodes"]) == expected, criteria
    too_many = await client.execute(query, {"first": 101}, principal=staff)
    assert too_many.codes == ["LIMIT_EXCEEDED"]
    assert (await client.execute(query)).codes == ["UNAUTHENTICATED"]


async def test_warehouses_are_listed_for_staff_and_resolved_by_id_or_code(client, stock, staff, warehouse):
    result = await client.execute("{ warehouses { totalCount nodes { code priority } } }", principal=staff)
    codes = [node["code"] for node in result.data["warehouses"]["nodes"]]
    assert (result.data["warehouses"]["totalCount"], codes) == (3, ["BER", "LYS", "RTM"])
    found = await entities(
        client,
        {"__typename": "Warehouse", "code": "LYS"},
        {"__typename": "Warehouse", "id": warehouse("BER")},
        {"__typename": "Warehouse", "id": "whs_nowhere"},
    )
    assert [each and each["name"] for each in found] == ["Lys", "Ber", None]
