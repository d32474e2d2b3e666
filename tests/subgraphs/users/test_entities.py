import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from shared.auth import Principal
from shared.demo import ADA, INES, SAM, Catalogue
from shared.subgraph_app import SeedRequest
from subgraphs.users.demo import WISHED_PRODUCTS, seed

ENTITIES = """
query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on User { id email displayName firstName status scopes addresses { city } }
    ... on Product { id isInWishlist }
  }
}
"""
ME = "{ me { id email displayName firstName scopes addresses { line1 country } } }"


@pytest.fixture
async def demo(settings):
    await seed(settings, SeedRequest(size=60, reset=False, progress=lambda *_: None))


def customer(user):
    return Principal(subject=user.id, scopes=frozenset({"users:self"}))


async def entities(client, representations, principal):
    return await client.execute(ENTITIES, {"representations": representations}, principal=principal)


async def test_me_is_the_caller(demo, client):
    result = await client.execute(ME, principal=customer(ADA))
    assert result.errors == []
    assert result.data["me"]["email"] == ADA.email
    assert result.data["me"]["scopes"] == ["users:self"]
    assert result.data["me"]["addresses"] == [{"line1": "Lindenallee 12", "country": "DE"}]


async def test_me_is_nobody_for_anonymous_callers_and_services(demo, client):
    for caller in (Principal(), Principal(subject="orders", kind="service")):
        result = await client.execute("{ me { id } }", principal=caller)
        assert (result.data, result.errors) == ({"me": None}, [])


async def test_a_customer_sees_of_others_only_the_display_name(demo, client):
    result = await entities(client, [{"__typename": "User", "id": SAM.id}], customer(ADA))
    [sam] = result.data["_entities"]
    assert sam.pop("id") == SAM.id
    assert sam.pop("displayName") == SAM.display_name
    assert set(sam.values()) == {None}


async def test_staff_see_what_their_scopes_open(demo, client):
    staff = Principal(subject=SAM.id, scopes=frozenset({"users:read_all"}))
    result = await entities(client, [{"__typename": "User", "id": ADA.id}], staff)
    [ada] = result.data["_entities"]
    assert (ada["status"], ada["scopes"]) == ("ACTIVE", ["users:self"])
    assert (ada["email"], ada["addresses"]) == (None, None)


async def test_an_address_finds_its_user_only_for_those_who_may_read_addresses(demo, client):
    representation = [{"__typename": "User", "email": "ADA@example.com"}]
    assert (await entities(client, representation, customer(INES))).data["_entities"] == [None]
    reader = Principal(subject=SAM.id, scopes=frozenset({"pii:read"}))
    assert (await entities(client, representation, reader)).data["_entities"][0]["id"] == ADA.id


async def test_unknown_and_malformed_users_are_null(demo, client):
    representations = [{"__typename": "User", "id": key} for key in ("usr_nobody", "prod_1", "", 7, None)]
    result = await entities(client, representations, customer(ADA))
    assert result.data["_entities"] == [None] * 5


async def test_a_page_of_hearts_is_one_statement(demo, client):
    products = [product.id for chunk in Catalogue(60).products() for product in chunk]
    statements = []

    @event.listens_for(Engine, "before_cursor_execute")
    def record(_connection, _cursor, statement, *_):
        statements.append(statement)

    try:
        result = await entities(client, [{"__typename": "Product", "id": each} for each in products], customer(ADA))
    finally:
        event.remove(Engine, "before_cursor_execute", record)
    hearts = [product["isInWishlist"] for product in result.data["_entities"]]
    assert hearts == [True] * WISHED_PRODUCTS + [False] * (len(products) - WISHED_PRODUCTS)
    assert sum("wishlist_item" in statement for statement in statements) == 1


async def test_anonymous_callers_have_no_wishlist(demo, client):
    products = [{"__typename": "Product", "id": product.id} for chunk in Catalogue(3).products() for product in chunk]
    result = await entities(client, products, Principal())
    assert {product["isInWishlist"] for product in result.data["_entities"]} == {False}


async def test_the_demo_loads_once_and_refuses_another_size(settings, database):
    request = SeedRequest(size=60, reset=False, progress=lambda *_: None)
    await seed(settings, request)
    await seed(settings, request)
    with pytest.raises(Exception, match="make reseed CATALOG_SIZE=70"):
        await seed(settings, SeedRequest(size=70, reset=False, progress=lambda *_: None))
    await seed(settings, SeedRequest(size=70, reset=True, progress=lambda *_: None))
