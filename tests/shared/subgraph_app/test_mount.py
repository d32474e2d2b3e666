"""The mount refuses what a subgraph must not execute, and shows clients nothing but stable codes."""

import json
from dataclasses import dataclass

import httpx
import pytest
from graphql import build_schema

from shared.auth import Principal, Verifier
from shared.errors import BadUserInput
from shared.subgraph_app import SubgraphDefinition, create_app
from shared.testing import SignedClient

SDL = """
directive @authenticated on FIELD_DEFINITION | OBJECT
directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
directive @key(fields: String!) on OBJECT
type Query {
  _entities(representations: [_Any!]!): [_Entity]!
  _service: _Service!
  hello(name: String): String
  market: String
  crash: String
  rule: String
  mine: String @authenticated
  staff: String @requiresScopes(scopes: [["a", "b"], ["c"]])
  vault: Vault
}
type Vault @requiresScopes(scopes: [["gold"]]) { content: String }
type Thing @key(fields: "id") { id: ID! size: Int }
union _Entity = Thing
scalar _Any
type _Service { sdl: String! }
"""


@dataclass(frozen=True)
class Context:
    principal: Principal
    market: object
    calls: list


@dataclass(frozen=True)
class Thing:
    id: str
    size: int | None


def fail():
    raise ZeroDivisionError("secret detail")


def refuse():
    raise BadUserInput("Not like this.")


@pytest.fixture
def calls():
    return []


@pytest.fixture
def client(calls, gateway_secret):
    schema = build_schema(SDL, assume_valid=True)
    fields = schema.query_type.fields
    fields["_service"].resolve = lambda *_: {"sdl": SDL}
    fields["hello"].resolve = lambda _, info, name=None: f"hello {name}"
    fields["market"].resolve = lambda _, info: f"{info.context.market.currency} {info.context.market.language}"
    fields["crash"].resolve = lambda *_: fail()
    fields["rule"].resolve = lambda *_: refuse()
    fields["mine"].resolve = lambda *_: "mine"
    fields["staff"].resolve = lambda *_: "staff"
    fields["vault"].resolve = lambda *_: {"content": "coins"}
    schema.type_map["_Entity"].resolve_type = lambda *_: "Thing"

    async def things(context, representations):
        context.calls.append(len(representations))
        return [None if r["id"] == "gone" else Thing(r["id"], r.get("size")) for r in representations]

    definition = SubgraphDefinition(
        name="things",
        schema=schema,
        sdl=SDL,
        context=lambda scope: Context(scope.principal, scope.market, calls),
        entities={"Thing": things},
        probes={"database": lambda: probe(calls)},
    )
    app = create_app(definition, Verifier(gateway_secret, "things"))
    return SignedClient.in_process(app, audience="things", secret=gateway_secret)


async def probe(calls):
    if "down" in calls:
        raise OSError("no route to host")


@pytest.fixture
def bare(client):
    return client._client


@pytest.mark.parametrize(
    "query", ["{ hello }", "{ _service { sdl } }", "{ _entities(representations: []) { __typename } }"]
)
async def test_without_the_gateway_s_proof_everything_is_401(bare, query):
    response = await bare.post("/graphql", json={"query": query})
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_proven_request_is_answered(client):
    result = await client.execute("query ($n: String) { hello(name: $n) }", {"n": "Ada"})
    assert (result.status, result.data, result.errors) == (200, {"hello": "hello Ada"}, [])


async def test_market_headers_reach_the_context(client):
    headers = {"x-currency": "EUR", "accept-language": "de;q=0.5, fr-CH, *;q=0.1"}
    assert (await client.execute("{ market }", headers=headers)).data == {"market": "EUR fr-CH"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"null", 400),
        (b"1", 400),
        (b"[]", 400),
        (b'[{"query": "{ hello }"}]', 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'\xef\xbb\xbf{"query": "{ hello }"}', 400),
        (b'{"query": "{ hello }", "variables": {"x": NaN}}', 400),
        (b'{"query": "{ hello }", "variables": []}', 400),
        (b'{"query": 7}', 400),
        (b'{"query": "{ hello }", "variables": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}", 400),
        (b'{"query": "' + b"{ a " * 5_000 + b'"}', 400),
        (b'{"query": "{ hello }", "x": "' + b"a" * 2_000_000 + b'"}', 413),
        (b'{"query": "query ($n: String) { hello(name: $n) }", "variables": {"n": "a\\u0000b"}}', 400),
        (b'{"query": "{ hello(name: \\"\\\\u0000\\") }"}', 400),
        (b'{"query": "{ nothing }"}', 400),
        (b'{"query": "{ hello ' + b"hello " * 20_000 + b'}"}', 400),
        (b'{"query": "{ ' + b"hello " * 2_000 + b'}"}', 400),
        (b'{"query": "{ ' + b"... { hello } " * 2_000 + b'}"}', 400),
        (b'{"query": "{ hello }", "variables": {"n": ' + b"9" * 100_000 + b"}}", 400),
        (b'{"query": "{ hello }", "variables": {"n": 1e400}}', 400),
        (b'{"query": "{ hello }", "variables": {"n": "\\ud800"}}', 400),
        (b'{"query": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"}', 400),
    ],
    ids=lambda value: repr(value[:30]) if isinstance(value, bytes) else str(value),
)
async def test_bad_bodies_are_4xx_with_a_code_and_harm_nobody(client, body, status):
    response = await client.post(body)
    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"]["code"]
    assert (await client.execute("{ hello }")).status == 200


async def test_other_media_types_and_methods_are_refused(client, bare):
    assert (await client.post(b"{}", headers={"content-type": "text/plain"})).status_code == 415
    assert (await bare.get("/graphql")).status_code == 405


async def test_unforeseen_errors_are_masked_and_foreseen_ones_shown(client):
    result = await client.execute("{ crash rule hello }")
    assert result.data == {"crash": None, "rule": None, "hello": "hello None"}
    by_path = {error["path"][0]: error for error in result.errors}
    assert (by_path["crash"]["message"], by_path["crash"]["extensions"]) == ("Internal error.", {"code": "INTERNAL"})
    assert (by_path["rule"]["message"], by_path["rule"]["extensions"]["code"]) == ("Not like this.", "BAD_USER_INPUT")
    assert "secret detail" not in json.dumps(result.errors)


async def test_directives_guard_fields_and_types_without_help_of_resolvers(client):
    query = "{ mine staff vault { content } hello }"
    anonymous = await client.execute(query)
    assert anonymous.data == {"mine": None, "staff": None, "vault": None, "hello": "hello None"}
    assert anonymous.codes == ["UNAUTHENTICATED"] * 3
    half = await client.execute(query, principal=Principal("usr_1", scopes=frozenset({"a", "gold"})))
    assert half.data["mine"] == "mine"
    assert half.data["staff"] is None
    assert half.data["vault"] == {"content": "coins"}
    assert half.codes == ["FORBIDDEN"]
    for scopes in ({"a", "b"}, {"c"}):
        staff = await client.execute("{ staff }", principal=Principal("usr_1", scopes=frozenset(scopes)))
        assert staff.data == {"staff": "staff"}


ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { id size } } }"


async def test_entities_of_one_request_are_resolved_in_one_call_and_in_order(client, calls):
    ids = ["3", "gone", "1", "2"]
    result = await client.execute(ENTITIES, {"r": [{"__typename": "Thing", "id": i, "size": 7} for i in ids]})
    assert result.data["_entities"] == [None if i == "gone" else {"id": i, "size": 7} for i in ids]
    assert calls == [4]


async def test_unknown_and_keyless_representations_are_errors_of_their_place(client):
    result = await client.execute(ENTITIES, {"r": [{"__typename": "Else"}, "x", {"__typename": "Thing", "id": "1"}]})
    assert result.data["_entities"] == [None, None, {"id": "1", "size": None}]
    assert result.codes == ["BAD_USER_INPUT"] * 2


@pytest.mark.parametrize("key", [5, None, {"a": 1}, ["x"], {"a": {"b": {}}}], ids=str)
async def test_keys_that_are_no_text_never_reach_a_resolver(client, calls, key):
    good, bad = {"__typename": "Thing", "id": "1"}, {"__typename": "Thing", "id": key}
    result = await client.execute(ENTITIES, {"r": [bad, good]})
    assert result.data["_entities"] == [None, {"id": "1", "size": None}]
    assert (result.codes, calls) == (["BAD_USER_INPUT"], [1])


async def test_more_representations_than_the_largest_page_needs_are_refused(client, calls):
    result = await client.execute(ENTITIES, {"r": [{"__typename": "Thing", "id": "1"}] * 5_001})
    assert (result.data, result.codes, calls) == (None, ["LIMIT_EXCEEDED"], [])


async def test_probes_and_metrics_need_no_signature(bare, calls):
    assert (await bare.get("/livez")).status_code == 200
    assert (await bare.get("/readyz")).json() == {"ready": True, "dependencies": {"database": "ok"}}
    calls.append("down")
    ready = await bare.get("/readyz")
    assert (ready.status_code, ready.json()["dependencies"]) == (503, {"database": "OSError"})
    assert "agora_subgraph_requests_total" in (await bare.get("/metrics")).text
    assert isinstance(bare, httpx.AsyncClient)


async def test_a_wrong_value_is_the_caller_s_mistake_and_a_wrong_field_is_not(client):
    assert (await client.execute("{ hello(name: 7) }")).codes == ["BAD_USER_INPUT"]
    assert (await client.execute("{ nothing }")).codes == ["GRAPHQL_VALIDATION_FAILED"]
