"""``@defer`` through the whole gateway: what comes at once, what comes later, in both forms of delivery."""

from __future__ import annotations

import json

import pytest

USERS = """
type Query { me: User  users: [User!]  someone: Someone  only: Only }
union Someone = User | Robot
union Only = User
type Robot { serial: Int }
type User @key(fields: "id") { id: ID! name: String  private: String @authenticated }
"""
REVIEWS = """
type User @key(fields: "id") { id: ID! reviews: [Review!]  score: Int! }
type Review { body: String product: Product }
type Product @key(fields: "upc") { upc: ID! }
"""
PRODUCTS = 'type Product @key(fields: "upc") { upc: ID! title: String }'
DRAFT = "multipart/mixed;deferSpec=20220824, application/json"
CURRENT = "multipart/mixed, application/json"


@pytest.fixture
def subgraphs(make_subgraph):
    rows = [{"id": "1", "name": "Ada"}, {"id": "2", "name": "Sam"}]
    return {
        "users": make_subgraph(
            USERS,
            {
                "Query": {
                    "me": lambda *_: rows[0],
                    "users": lambda *_: rows,
                    "someone": lambda *_: {"__typename": "User", **rows[0]},
                    "only": lambda *_: {"__typename": "User", **rows[0]},
                },
                "User": {"__resolveReference": lambda rep: rows[int(rep["id"]) - 1]},
            },
        ),
        "reviews": make_subgraph(
            REVIEWS,
            {
                "User": {
                    "__resolveReference": lambda rep: rep,
                    "reviews": lambda user, _info: [{"body": f"by {user['id']}", "product": {"upc": "p"}}],
                    "score": lambda user, _info: int(user["id"]) if user["id"] == "1" else None,
                }
            },
        ),
        "products": make_subgraph(
            PRODUCTS, {"Product": {"__resolveReference": lambda rep: {**rep, "title": f"T{rep['upc']}"}}}
        ),
    }


@pytest.fixture
async def gateway(start_gateway, subgraphs):
    return await start_gateway(subgraphs)


async def ask(gateway, query, accept, variables=None):
    response = await gateway.http.post(
        "/graphql", json={"query": query, "variables": variables or {}}, headers={"accept": accept}
    )
    if not response.headers["content-type"].startswith("multipart/mixed"):
        return response.json()
    parts = response.text.split("\r\n--graphql")
    assert parts[-1] == "--\r\n"
    return [json.loads(part.partition("\r\n\r\n")[2]) for part in parts[1:-1]]


REVIEWS_LATER = '{ me { name ... @defer(label: "r") { reviews { body } } } }'


async def test_the_draft_form(gateway):
    assert await ask(gateway, REVIEWS_LATER, DRAFT) == [
        {"data": {"me": {"name": "Ada"}}, "hasNext": True},
        {
            "incremental": [{"data": {"reviews": [{"body": "by 1"}]}, "path": ["me"], "label": "r"}],
            "hasNext": False,
        },
    ]


async def test_the_current_form(gateway):
    assert await ask(gateway, REVIEWS_LATER, CURRENT) == [
        {
            "data": {"me": {"name": "Ada"}},
            "pending": [{"id": "0", "path": ["me"], "label": "r"}],
            "hasNext": True,
        },
        {
            "incremental": [{"id": "0", "data": {"reviews": [{"body": "by 1"}]}}],
            "completed": [{"id": "0"}],
            "hasNext": False,
        },
    ]


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_client_without_increments_gets_all_at_once(gateway, accept):
    assert await ask(gateway, REVIEWS_LATER, accept) == {"data": {"me": {"name": "Ada", "reviews": [{"body": "by 1"}]}}}


async def test_the_first_answer_does_not_wait_for_what_is_deferred(gateway):
    await ask(gateway, REVIEWS_LATER, DRAFT)

    assert "reviews" not in gateway.asked("users")[0]


async def test_each_object_of_a_list_has_its_part(gateway):
    first, later = await ask(gateway, "{ users { id ... @defer { reviews { body } } } }", DRAFT)

    assert first == {"data": {"users": [{"id": "1"}, {"id": "2"}]}, "hasNext": True}
    assert later["incremental"] == [
        {"data": {"reviews": [{"body": f"by {index + 1}"}]}, "path": ["users", index]} for index in range(2)
    ]


async def test_a_part_inside_a_part_follows_it(gateway):
    query = """{ me { name ... @defer(label: "outer") { reviews { body product { upc
        ... @defer(label: "inner") { title } } } } } }"""

    first, outer, inner = await ask(gateway, query, CURRENT)

    assert first["pending"] == [{"id": "0", "path": ["me"], "label": "outer"}]
    assert outer == {
        "pending": [{"id": "1", "path": ["me", "reviews", 0, "product"], "label": "inner"}],
        "incremental": [{"id": "0", "data": {"reviews": [{"body": "by 1", "product": {"upc": "p"}}]}}],
        "completed": [{"id": "0"}],
        "hasNext": True,
    }
    assert inner == {
        "incremental": [{"id": "1", "data": {"title": "Tp"}}],
        "completed": [{"id": "1"}],
        "hasNext": False,
    }


async def test_a_part_inside_a_part_that_asks_only_others_comes_all_the_same(gateway):
    query = """{ someone { ... @defer(label: "outer") {
        ... on Robot { serial }
        ... on User @defer(label: "inner") { reviews { body } } } } }"""

    first, outer, inner = await ask(gateway, query, DRAFT)

    assert first == {"data": {"someone": {}}, "hasNext": True}
    assert outer["incremental"] == [{"data": {}, "path": ["someone"], "label": "outer"}]
    assert inner["incremental"] == [{"data": {"reviews": [{"body": "by 1"}]}, "path": ["someone"], "label": "inner"}]
    assert inner["hasNext"] is False


async def test_a_part_for_the_only_type_of_a_union(gateway):
    first, later = await ask(gateway, "{ only { ... on User { ... @defer { reviews { body } } } } }", DRAFT)

    assert first == {"data": {"only": {}}, "hasNext": True}
    assert later["incremental"] == [{"data": {"reviews": [{"body": "by 1"}]}, "path": ["only"]}]


async def test_two_parts_come_as_they_are_ready(gateway):
    query = '{ me { ... @defer(label: "a") { reviews { body } } ... @defer(label: "b") { name } } }'

    first, *later = await ask(gateway, query, DRAFT)

    parts = [part for each in later for part in each["incremental"]]
    assert first["data"] == {"me": {}}
    assert sorted((part["label"], part["data"]) for part in parts) == [
        ("a", {"reviews": [{"body": "by 1"}]}),
        ("b", {"name": "Ada"}),
    ]
    assert [each["hasNext"] for each in later][-1] is False


async def test_a_null_that_propagates_ends_its_part_alone(gateway):
    first, later = await ask(gateway, "{ users { id ... @defer { score } } }", CURRENT)

    assert first["data"] == {"users": [{"id": "1"}, {"id": "2"}]}
    assert later["incremental"] == [{"id": "0", "data": {"score": 1}}]
    assert [(each["id"], "errors" in each) for each in later["completed"]] == [("0", False), ("1", True)]


async def test_a_subgraph_that_fails_later_is_told_in_its_part(gateway, subgraphs):
    subgraphs["reviews"].answer = b""

    first, later = await ask(gateway, REVIEWS_LATER, DRAFT)

    (part,) = later["incremental"]
    assert first["data"] == {"me": {"name": "Ada"}}
    assert part["data"] == {"reviews": None}
    assert part["errors"][0]["path"] == ["me", "reviews"]
    assert part["errors"][0]["extensions"]["code"] == "DOWNSTREAM_UNAVAILABLE"


async def test_what_hangs_on_a_null_is_never_delivered(gateway, subgraphs):
    subgraphs["users"].answer = {"data": {"me": None}}

    assert await ask(gateway, REVIEWS_LATER, DRAFT) == [{"data": {"me": None}, "hasNext": False}]


@pytest.mark.parametrize(("variable", "answers"), [(True, 2), (False, 1)])
async def test_defer_by_a_variable(gateway, variable, answers):
    query = "query($d: Boolean!) { me { name ... @defer(if: $d) { reviews { body } } } }"

    got = await ask(gateway, query, DRAFT, {"d": variable})

    assert len(got) == answers
    if not variable:
        assert got == [{"data": {"me": {"name": "Ada", "reviews": [{"body": "by 1"}]}}}]


async def test_denied_fields_come_at_once_with_their_error(gateway):
    (got,) = await ask(gateway, "{ me { name ... @defer { private reviews { body } } } }", DRAFT)

    assert got["data"] == {"me": {"name": "Ada", "private": None, "reviews": [{"body": "by 1"}]}}
    assert got["errors"][0]["path"] == ["me", "private"]


async def test_the_schema_shows_defer(gateway):
    answer = await gateway.send("{ __schema { directives { name } } }")

    assert {"name": "defer"} in answer["data"]["__schema"]["directives"]
