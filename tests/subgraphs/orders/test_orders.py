"""Order history: complete for its owner and staff, closed to everybody else, in few queries."""

import pytest
from sqlalchemy import event, update
from sqlalchemy.engine import Engine

from shared.auth import Principal
from shared.demo import ADA
from shared.subgraph_app import SeedRequest
from subgraphs.orders.demo import seed
from subgraphs.orders.models import OrderRow

pytestmark = pytest.mark.engine("postgres")

HISTORY = """
query ($r: [_Any!]!, $first: Int = 10, $after: String, $sort: [OrderSort!], $filter: OrderFilter) {
  _entities(representations: $r) { ... on User { id
    orders(first: $first, after: $after, sort: $sort, filter: $filter) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id number status paymentStatus fulfillmentStatus returnStatus allowedActions placedAt
        cost { total { amount currencyCode minorUnits } paid { minorUnits } outstanding { minorUnits } tax { minorUnits } subtotal { minorUnits } shipping { minorUnits } }
        customer { id } email shippingAddress { line1 city } shippingRate { code price { amount } }
        lines { id title quantity imageUrl variant { id } selectedOptions { name value } total { minorUnits } taxLines { title rate amount { minorUnits } } }
        payments { id status authorized { minorUnits } captured { minorUnits } transactions { kind result } }
        fulfillments { status order { number } lines { quantity orderLine { id } } warehouse { id } trackings { carrier number url events { status occurredAt } } }
        timeline(first: 20) { totalCount nodes { kind message toStatus occurredAt } } } } } }
}
"""
ME = {"__typename": "User", "id": ADA.id}
ADA_HERSELF = Principal(ADA.id, scopes=frozenset({"users:self"}))


@pytest.fixture
async def demo(settings, database):
    request = SeedRequest(size=20, reset=False, progress=lambda *_: None)
    await seed(settings, request)
    await seed(settings, request)


async def history(client, principal=ADA_HERSELF, **variables):
    return await client.execute(HISTORY, {"r": [ME]} | variables, principal=principal)


async def test_a_customer_sees_her_orders_with_all_that_hangs_on_them(client, demo):
    result = await history(client)
    assert result.errors == []
    orders = result.data["_entities"][0]["orders"]
    assert orders["totalCount"] == 3
    newest, shipped, oldest = orders["nodes"]
    assert [node["status"] for node in (newest, shipped, oldest)] == ["CONFIRMED", "FULFILLED", "COMPLETED"]
    assert newest["allowedActions"] == ["CANCEL", "EDIT_ADDRESS"]
    assert oldest["allowedActions"] == []
    assert (oldest["fulfillmentStatus"], oldest["fulfillments"][0]["status"]) == ("DELIVERED", "DELIVERED")
    assert [e["status"] for e in oldest["fulfillments"][0]["trackings"][0]["events"]] == ["SHIPPED", "DELIVERED"]
    assert oldest["timeline"]["totalCount"] == len(oldest["timeline"]["nodes"]) == 3
    for order in orders["nodes"]:
        cost = {name: int(amount["minorUnits"]) for name, amount in order["cost"].items()}
        assert sum(int(line["total"]["minorUnits"]) for line in order["lines"]) == cost["subtotal"]
        assert cost["subtotal"] + cost["shipping"] == cost["total"]
        captured = sum(int(payment["captured"]["minorUnits"]) for payment in order["payments"])
        assert (cost["paid"], cost["outstanding"]) == (captured, cost["total"] - captured)


async def test_pages_and_sort_orders_fit_together(client, demo):
    for field in ("PLACED_AT", "UPDATED_AT", "NUMBER", "TOTAL"):
        for direction in ("ASC", "DESC"):
            seen, after = [], None
            while True:
                result = await history(client, first=1, after=after, sort=[{"field": field, "direction": direction}])
                page = result.data["_entities"][0]["orders"]
                seen += [node["number"] for node in page["nodes"]]
                after = page["pageInfo"]["endCursor"]
                if not page["pageInfo"]["hasNextPage"]:
                    break
            assert len(seen) == len(set(seen)) == 3
    stale = await history(client, after=after, sort=[{"field": "NUMBER"}])
    assert stale.codes == ["BAD_USER_INPUT"], "a cursor belongs to its sort"
    assert (await history(client, first=101)).codes == ["LIMIT_EXCEEDED"]
    assert (await history(client, sort=[{"field": "NUMBER"}, {"field": "TOTAL"}])).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    ("criteria", "count"),
    [
        ({"status": ["CONFIRMED", "COMPLETED"]}, 2),
        ({"paymentStatus": ["AUTHORIZED"]}, 1),
        ({"fulfillmentStatus": ["DELIVERED"], "status": ["CONFIRMED"]}, 0),
        ({"number": {"eq": "AG-1001"}}, 1),
        ({"number": {"in": ["AG-1001", "AG-1002", "x"]}}, 2),
        ({"placedAt": {"gte": "2100-01-01T00:00:00Z"}}, 0),
    ],
    ids=str,
)
async def test_orders_are_filtered(client, demo, criteria, count):
    orders = (await history(client, filter=criteria)).data["_entities"][0]["orders"]
    assert (orders["totalCount"], len(orders["nodes"])) == (count, count)


async def test_nobody_else_sees_them_by_any_path(client, demo, user, staff):
    order = (await history(client)).data["_entities"][0]["orders"]["nodes"][0]
    bob = user("bob")
    for principal, code in ((bob, "FORBIDDEN"), (Principal(), "UNAUTHENTICATED")):
        denied = await history(client, principal)
        assert denied.data["_entities"][0]["orders"] is None
        assert denied.codes == [code]
    paths = """
    query ($id: ID!, $number: String!, $r: [_Any!]!) {
      byId: order(id: $id) { id } byNumber: order(number: $number) { id }
      _entities(representations: $r) { ... on Order { id email } ... on OrderLine { id sku } ... on User { order(number: $number) { id } } }
    }
    """
    representations = [
        {"__typename": "Order", "id": order["id"]},
        {"__typename": "Order", "number": order["number"]},
        {"__typename": "OrderLine", "id": order["lines"][0]["id"]},
    ]
    variables = {"id": order["id"], "number": order["number"], "r": representations}
    stranger = await client.execute(paths, variables, principal=bob)
    assert stranger.data == {"byId": None, "byNumber": None, "_entities": [None, None, None]}
    own_user = {"__typename": "User", "id": bob.subject}
    through_himself = await client.execute(paths, variables | {"r": [own_user]}, principal=bob)
    assert through_himself.data["_entities"] == [{"order": None}]
    service = Principal("reviews", kind="service")
    assert (await client.execute(paths, variables, principal=service)).data["_entities"] == [None, None, None]
    for principal in (ADA_HERSELF, staff):
        seen = await client.execute(paths, variables, principal=principal)
        assert seen.errors == []
        assert seen.data["byId"] == seen.data["byNumber"] == {"id": order["id"]}
        assert [each["id"] for each in seen.data["_entities"]] == [order["id"], order["id"], order["lines"][0]["id"]]


async def test_staff_fields_stay_with_staff(client, demo, staff):
    query = "query ($n: String!) { order(number: $n) { number reservation { id } payments { providerReference } } }"
    own = await client.execute(query, {"n": "AG-1001"}, principal=ADA_HERSELF)
    assert own.codes == ["FORBIDDEN", "FORBIDDEN"]
    assert own.data["order"]["payments"] == [{"providerReference": None}]
    seen = await client.execute(query, {"n": "AG-1001"}, principal=staff)
    assert seen.codes == ["FORBIDDEN"], "payments:read is a scope of its own"


async def test_the_history_costs_a_fixed_number_of_queries(client, demo):
    counts = []
    for first in (2, 3):
        statements = []

        def count(connection, cursor, statement, *_, seen=statements):
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            assert (await history(client, first=first)).errors == []
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        counts.append(len([statement for statement in statements if statement.lstrip().startswith("SELECT")]))
    assert counts[0] == counts[1] <= 10


async def test_a_guest_comes_back_by_token_and_personal_data_fades(shop, client, products, stock, clock):
    lamp = products.sell("lamp")
    await stock(lamp, 1)
    guest = shop()
    payload = await guest.complete(await guest.ready((lamp, 1)), "key-1")
    query = (
        "query ($t: String!) { orderByAccessToken(token: $t) { id email shippingAddress { name line1 city country } } }"
    )
    token = payload["orderAccessToken"]
    seen = (await client.execute(query, {"t": token})).data["orderByAccessToken"]
    assert (seen["id"], seen["email"], seen["shippingAddress"]["line1"]) == (
        payload["order"]["id"],
        "ada@example.com",
        "Lindenallee 12",
    )
    clock.advance(7_201)
    seen = (await client.execute(query, {"t": token})).data["orderByAccessToken"]
    assert (seen["email"], seen["shippingAddress"]) == (
        "a•••@example.com",
        {"name": "•••", "line1": "•••", "city": "Berlin", "country": "DE"},
    )
    replayed = (await guest.complete(await guest.read(payload["cart"]["id"]), "other"))["order"]
    assert replayed is None
    forged = payload["order"]["id"] + "." + "0" * 64
    for bad in (forged, token[:-1], token + "0", "", "é", payload["order"]["id"]):
        assert (await client.execute(query, {"t": bad})).data == {"orderByAccessToken": None}


async def test_an_order_under_way_is_not_in_the_history_yet(client, demo, database):
    async with database.sessions() as session, session.begin():
        await session.execute(update(OrderRow).where(OrderRow.number == "AG-1003").values(status="CREATED"))
    assert (await history(client)).data["_entities"][0]["orders"]["totalCount"] == 2


async def test_payment_methods_are_those_of_the_currency(client):
    query = 'query ($c: CurrencyCode!) { paymentMethods(currency: $c, country: "DE") { code type currencies } }'
    euro = (await client.execute(query, {"c": "EUR"})).data["paymentMethods"]
    assert euro == [{"code": "card", "type": "CARD", "currencies": ["EUR"]}]
    assert (await client.execute(query, {"c": "JPY"})).data == {"paymentMethods": []}


async def test_an_order_is_named_one_way(client):
    for query in ("{ order { id } }", '{ order(id: "ord_1", number: "AG-1") { id } }'):
        assert (await client.execute(query, principal=ADA_HERSELF)).codes == ["BAD_USER_INPUT"]
