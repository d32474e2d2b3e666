import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from shared.auth import Principal
from shared.demo import Catalogue, reviews_of

PRODUCTS = [product for chunk in Catalogue(120).products() for product in chunk]
REVIEWED = max(PRODUCTS, key=lambda product: len(reviews_of(product)))
UNREVIEWED = next(product for product in PRODUCTS if not reviews_of(product))

PAGE = """
query ($representations: [_Any!]!, $first: Int, $after: String, $filter: ReviewFilter, $sort: ReviewSort) {
  _entities(representations: $representations) {
    ... on Product {
      id
      rating { average count distribution { stars count } recommendPercent }
      reviews(first: $first, after: $after, filter: $filter, sort: $sort) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id rating title body verifiedPurchase language helpfulCount createdAt author { id displayName } }
      }
    }
  }
}
"""
REVIEW = "query ($id: ID!) { review(id: $id) { id status product { id } } }"


async def page(client, product, **arguments):
    variables = {"representations": [{"__typename": "Product", "id": product.id}], **arguments}
    result = await client.execute(PAGE, variables)
    assert result.errors == []
    return result.data["_entities"][0]


async def test_a_rating_says_what_the_reviews_say(client):
    for product in PRODUCTS:
        stars = [review.rating for review in reviews_of(product)]
        rating = (await page(client, product))["rating"]
        assert rating["count"] == len(stars)
        assert rating["average"] == (round(sum(stars) / len(stars), 2) if stars else None)
        assert [bucket["count"] for bucket in rating["distribution"]] == [stars.count(n) for n in range(1, 6)]


async def test_a_product_without_reviews_has_an_empty_list_and_no_average(client):
    found = await page(client, UNREVIEWED)
    assert found["rating"]["average"] is None
    assert found["reviews"]["nodes"] == []
    assert found["reviews"]["pageInfo"] == {"hasNextPage": False, "endCursor": None}


KEYS = {
    "NEWEST": lambda review: (review["createdAt"], review["id"]),
    "OLDEST": lambda review: (review["createdAt"], review["id"]),
    "MOST_HELPFUL": lambda review: (review["helpfulCount"], review["id"]),
    "RATING_HIGH": lambda review: (review["rating"], review["id"]),
    "RATING_LOW": lambda review: (review["rating"], review["id"]),
}


@pytest.mark.parametrize("order", KEYS)
async def test_pages_walk_every_review_once_in_order(client, order):
    walked, cursor = [], None
    while True:
        found = (await page(client, REVIEWED, first=2, after=cursor, sort=order))["reviews"]
        walked += found["nodes"]
        cursor = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break
    descending = order not in {"OLDEST", "RATING_LOW"}
    assert len(walked) == len(reviews_of(REVIEWED)) == found["totalCount"]
    assert walked == sorted(walked, key=KEYS[order], reverse=descending)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stars=st.fixed_dictionaries({}, optional={key: st.integers(0, 6) for key in ("eq", "gt", "gte", "lt", "lte")}),
    verified=st.booleans(),
)
async def test_filters_agree_with_the_reviews_themselves(client, stars, verified):
    checks = {
        "eq": lambda a, b: a == b,
        "gt": lambda a, b: a > b,
        "gte": lambda a, b: a >= b,
        "lt": lambda a, b: a < b,
        "lte": lambda a, b: a <= b,
    }
    expected = {
        review.id
        for review in reviews_of(REVIEWED)
        if all(checks[key](review.rating, bound) for key, bound in stars.items())
        and (review.verified_purchase or not verified)
    }
    found = await page(client, REVIEWED, first=100, filter={"rating": stars, "verifiedOnly": verified})
    assert {review["id"] for review in found["reviews"]["nodes"]} == expected


async def test_the_author_is_shown_without_asking_users(client):
    shown = {node["author"]["displayName"] for node in (await page(client, REVIEWED))["reviews"]["nodes"]}
    assert shown <= {review.author_name for review in reviews_of(REVIEWED)}


async def test_a_page_of_ratings_is_one_statement(client):
    statements = []

    @event.listens_for(Engine, "before_cursor_execute")
    def record(_connection, _cursor, statement, *_):
        statements.append(statement)

    representations = [{"__typename": "Product", "id": product.id} for product in PRODUCTS[:30]]
    try:
        result = await client.execute(PAGE, {"representations": representations, "first": 2})
    finally:
        event.remove(Engine, "before_cursor_execute", record)
    assert len(result.data["_entities"]) == 30
    assert sum("rating.stars_1" in statement for statement in statements) == 1
    assert sum("FROM review" in statement for statement in statements) == 2  # pages and their totals


@pytest.mark.parametrize(("arguments", "code"), [({"first": 101}, "LIMIT_EXCEEDED"), ({"first": -1}, "BAD_USER_INPUT")])
async def test_sizes_out_of_range_are_refused(client, arguments, code):
    variables = {"representations": [{"__typename": "Product", "id": REVIEWED.id}], **arguments}
    result = await client.execute(PAGE, variables)
    assert result.codes == [code]
    assert result.data["_entities"][0]["reviews"] is None
    assert result.data["_entities"][0]["rating"]["count"] > 0


async def test_a_cursor_of_another_order_is_refused(client):
    cursor = (await page(client, REVIEWED, first=1, sort="NEWEST"))["reviews"]["pageInfo"]["endCursor"]
    variables = {"representations": [{"__typename": "Product", "id": REVIEWED.id}], "after": cursor}
    assert (await client.execute(PAGE, {**variables, "sort": "RATING_HIGH"})).codes == ["BAD_USER_INPUT"]


@pytest.fixture
async def pending(demo, database):
    """An unapproved review, as author and id."""
    review = reviews_of(REVIEWED)[0]
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE review SET status = 'PENDING' WHERE id = :id"), {"id": review.id})
    yield review
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE review SET status = 'APPROVED' WHERE id = :id"), {"id": review.id})


async def test_an_unapproved_review_is_shown_to_its_author_and_to_moderators_only(client, pending):
    async def seen_by(principal):
        return (await client.execute(REVIEW, {"id": pending.id}, principal=principal)).data["review"]

    assert await seen_by(Principal()) is None
    assert await seen_by(Principal(subject="usr_somebody")) is None
    assert (await seen_by(Principal(subject=pending.author_id)))["status"] == "PENDING"
    moderator = Principal(subject="usr_moderator", scopes=frozenset({"reviews:moderate"}))
    assert (await seen_by(moderator))["product"]["id"] == REVIEWED.id
    assert pending.id not in {node["id"] for node in (await page(client, REVIEWED))["reviews"]["nodes"]}


@pytest.mark.parametrize("key", ["", "rev_unknown", "prod_1", "' OR 1=1--"])
async def test_an_unknown_review_is_null(client, key):
    result = await client.execute(REVIEW, {"id": key})
    assert (result.data, result.errors) == ({"review": None}, [])


async def test_an_order_line_without_a_review_has_none(client):
    query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on OrderLine { id review { id } } } }"
    result = await client.execute(query, {"r": [{"__typename": "OrderLine", "id": "oln_1"}]})
    assert result.data["_entities"] == [{"id": "oln_1", "review": None}]
