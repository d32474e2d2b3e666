"""``@authenticated``, ``@requiresScopes`` and ``@policy`` through the whole gateway."""

from __future__ import annotations

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway import app
from gateway.download import Document
from shared.auth.principal import decode_identity

KEY = Ed25519PrivateKey.generate()

USERS = """
type Query { me: User @authenticated  users: [User!]!  search: [Result]  named: [Named!]  vault: Vault  wallet: Wallet! @authenticated }
type Mutation { promote: Boolean @requiresScopes(scopes: [["admin"], ["staff", "promote"]]) }
interface Named { name: String }
union Result = User | Robot
type User implements Named @key(fields: "id") {
  id: ID!
  name: String
  email: String! @authenticated
  notes: String @policy(policies: [["support"]])
}
type Robot implements Named { name: String @authenticated  serial: String }
type Vault @requiresScopes(scopes: [["vault"]]) { gold: Int }
type Wallet { amount: Int }
"""
BILLING = """
type User @key(fields: "id") {
  id: ID!
  email: String! @external
  invoiceTo: String @requires(fields: "email") @authenticated
  credit: Int @requiresScopes(scopes: [["billing:read"]])
}
"""
ADA = {"__typename": "User", "id": "1", "name": "Ada", "email": "ada@example.com", "notes": "n"}
R2 = {"__typename": "Robot", "name": "R2", "serial": "D2"}


@pytest.fixture
def subgraphs(make_subgraph):
    users = make_subgraph(
        USERS,
        {
            "Query": {
                "me": lambda *_: ADA,
                "users": lambda *_: [ADA],
                "search": lambda *_: [ADA, R2],
                "named": lambda *_: [ADA, R2],
                "vault": lambda *_: {"gold": 7},
                "wallet": lambda *_: {"amount": 1},
            },
            "Mutation": {"promote": lambda *_: True},
            "User": {"__resolveReference": lambda _rep: ADA},
        },
    )
    billing = make_subgraph(
        BILLING,
        {
            "User": {
                "__resolveReference": lambda rep: {**rep, "credit": 5},
                "invoiceTo": lambda source, _info: f"to {source['email']}",
            }
        },
    )
    return {"users": users, "billing": billing}


@pytest.fixture
async def gateway(start_gateway, subgraphs, monkeypatch):
    key_set = {"keys": [{**json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(KEY.public_key())), "kid": "k"}]}

    async def download(url, *, etag=None, headers=None):
        return Document(json.dumps(key_set).encode(), None)

    monkeypatch.setattr(app, "download", download)
    return await start_gateway(
        subgraphs,
        authentication={
            "issuers": ({"issuer": "agora", "jwks_url": "http://users/jwks", "audience": "agora"},),
            "signing_secret": "0123456789abcdef0123",
        },
    )


def signed_in(scope="", roles=()):
    claims = {
        "iss": "agora",
        "aud": "agora",
        "sub": "usr_1",
        "exp": int(time.time()) + 300,
        "scope": scope,
        "roles": list(roles),
    }
    return {"authorization": f"Bearer {jwt.encode(claims, KEY, algorithm='EdDSA', headers={'kid': 'k'})}"}


def denied(answer):
    return [error["path"] for error in answer["errors"] if error["extensions"]["code"] == "UNAUTHORIZED_FIELD_OR_TYPE"]


async def test_a_denied_root_field_is_null_and_reaches_no_subgraph(gateway):
    answer = await gateway.send("{ me { name } }")

    assert answer["data"] == {"me": None}
    assert denied(answer) == [["me"]]
    assert gateway.asked("users") == []


async def test_a_denied_field_leaves_the_others(gateway):
    answer = await gateway.send("{ users { name credit } }")

    assert answer["data"] == {"users": [{"name": "Ada", "credit": None}]}
    assert denied(answer) == [["users", 0, "credit"]]
    assert gateway.asked("billing") == []


async def test_a_denied_field_that_cannot_be_null_takes_its_parent(gateway):
    answer = await gateway.send("{ users { name email } }")

    assert answer["data"] is None
    assert denied(answer) == [["users", 0, "email"]]
    assert "email" not in gateway.asked("users")[0]


async def test_a_denied_root_field_that_cannot_be_null(gateway):
    answer = await gateway.send("{ wallet { amount } }")

    assert answer["data"] is None
    assert denied(answer) == [["wallet"]]


async def test_scopes_open_what_they_name(gateway):
    answer = await gateway.send("{ me { credit } vault { gold } }", headers=signed_in("billing:read"))

    assert answer["data"] == {"me": {"credit": 5}, "vault": None}
    assert denied(answer) == [["vault"]]
    answer = await gateway.send("{ vault { gold } }", headers=signed_in("vault"))
    assert answer == {"data": {"vault": {"gold": 7}}}


@pytest.mark.parametrize(
    ("scope", "allowed"), [("admin", True), ("staff promote", True), ("staff", False), ("promote", False), ("", False)]
)
async def test_scopes_are_any_of_all(gateway, subgraphs, scope, allowed):
    answer = await gateway.send("mutation { promote }", headers=signed_in(scope))

    assert answer["data"] == {"promote": True if allowed else None}
    assert bool(subgraphs["users"].seen) is allowed


async def test_policies_are_the_roles_an_issuer_vouches_for(gateway):
    query = "{ me { notes } }"

    assert (await gateway.send(query, headers=signed_in()))["data"] == {"me": {"notes": None}}
    assert (await gateway.send(query, headers=signed_in(roles=["support"]))) == {"data": {"me": {"notes": "n"}}}


async def test_keys_and_requires_of_the_plan_need_no_permission(gateway):
    answer = await gateway.send("{ users { credit } }", headers=signed_in("billing:read"))

    assert answer == {"data": {"users": [{"credit": 5}]}}


async def test_an_interface_is_asked_of_the_types_that_may_be_read(gateway):
    answer = await gateway.send(
        "{ named { __typename name } search { ... on Robot { serial name } ... on User { name } } }"
    )

    assert answer["data"] == {
        "named": [{"__typename": "User", "name": "Ada"}, {"__typename": "Robot", "name": None}],
        "search": [{"name": "Ada"}, {"serial": "D2", "name": None}],
    }
    assert denied(answer) == [["named", 1, "name"], ["search", 1, "name"]]


async def test_one_document_serves_all_callers_by_their_own_rights(gateway):
    query = "{ users { name credit } }"

    anonymous = await gateway.send(query)
    allowed = await gateway.send(query, headers=signed_in("billing:read"))

    assert anonymous["data"]["users"][0]["credit"] is None
    assert allowed == {"data": {"users": [{"name": "Ada", "credit": 5}]}}
    assert (await gateway.send(query))["data"] == anonymous["data"]


async def test_subgraphs_learn_who_calls(gateway, subgraphs):
    await gateway.send("{ me { name } }", headers=signed_in("a b", ["customer"]))
    await gateway.send("{ users { name } }")

    identified, anonymous = subgraphs["users"].seen
    principal = decode_identity(identified.headers["x-agora-identity"])
    assert (principal.subject, principal.scopes, principal.roles) == ("usr_1", {"a", "b"}, {"customer"})
    assert "x-agora-identity" not in anonymous.headers
    assert "authorization" not in identified.headers


async def test_a_bad_token_is_401_with_a_code(gateway, subgraphs):
    response = await gateway.http.post(
        "/graphql", json={"query": "{ users { name } }"}, headers={"authorization": "Bearer abc"}
    )

    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.json() == {
        "errors": [{"message": "The credentials are invalid or expired.", "extensions": {"code": "UNAUTHENTICATED"}}]
    }
    assert subgraphs["users"].seen == []
