"""The benchmark's subgraphs as GraphQL schemas: what they answer to any request a gateway may send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from data import PRODUCTS, REVIEWS, USERS, shipping_estimate
from graphql import GraphQLSchema, build_schema, graphql_sync

FOLDER = Path(__file__).parent / "subgraphs"
NAMES = ("accounts", "inventory", "products", "reviews")

_FEDERATION = """
directive @link(url: String, import: [String]) repeatable on SCHEMA
directive @key(fields: String!) repeatable on OBJECT | INTERFACE
directive @shareable on FIELD_DEFINITION | OBJECT
directive @external on FIELD_DEFINITION
directive @requires(fields: String!) on FIELD_DEFINITION
directive @provides(fields: String!) on FIELD_DEFINITION
scalar _Any
type _Service { sdl: String! }
union _Entity = %s
extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
"""

_ENTITIES = {
    "accounts": "User",
    "inventory": "Product",
    "products": "Product",
    "reviews": "Review | User | Product",
}

_USERS = {
    user.id: {"id": user.id, "name": user.name, "username": user.username, "birthday": user.birthday} for user in USERS
}
_PRODUCTS = {
    each.upc: {"upc": each.upc, "name": each.name, "price": each.price, "weight": each.weight} for each in PRODUCTS
}
_STOCK = {each.upc: each.in_stock for each in PRODUCTS}


def answer(name: str, body: bytes) -> bytes:
    """The response of the subgraph ``name`` to a request's body."""
    request = json.loads(body)
    result = graphql_sync(
        _SCHEMAS[name],
        request["query"],
        root_value=_ROOTS[name],
        variable_values=request.get("variables"),
        operation_name=request.get("operationName"),
    )
    return json.dumps(result.formatted, separators=(",", ":")).encode()


def _schema(name: str) -> GraphQLSchema:
    sdl = (FOLDER / f"{name}.graphql").read_text()
    root = "" if "type Query" in sdl else "type Query\n"
    return build_schema(sdl + root + _FEDERATION % _ENTITIES[name], assume_valid_sdl=True)


def _user(id_: str) -> dict[str, Any]:
    return {
        "__typename": "User",
        "id": id_,
        "username": _USERS[id_]["username"],
        "reviews": lambda *_: [_review(each.id) for each in REVIEWS if each.author == id_],
    }


def _reviewed_product(upc: str) -> dict[str, Any]:
    return {
        "__typename": "Product",
        "upc": upc,
        "reviews": lambda *_: [_review(each.id) for each in REVIEWS if each.product == upc],
    }


def _review(id_: str) -> dict[str, Any]:
    review = next(each for each in REVIEWS if each.id == id_)
    return {
        "__typename": "Review",
        "id": review.id,
        "body": review.body,
        "author": lambda *_: _user(review.author),
        "product": lambda *_: _reviewed_product(review.product),
    }


def _stocked_product(representation: dict[str, Any]) -> dict[str, Any]:
    upc = representation["upc"]
    estimate = shipping_estimate(representation.get("price"), representation.get("weight"))
    return {"__typename": "Product", "upc": upc, "inStock": _STOCK[upc], "shippingEstimate": estimate}


def _reviewed(representation: dict[str, Any]) -> dict[str, Any]:
    match representation["__typename"]:
        case "User":
            return _user(representation["id"])
        case "Product":
            return _reviewed_product(representation["upc"])
        case _:
            return _review(representation["id"])


def _entities(resolve: Any) -> Any:
    return lambda _info, representations: [resolve(each) for each in representations]


def _top_products(_info: Any, first: int) -> list[dict[str, Any]]:
    return [{"__typename": "Product", **each} for each in list(_PRODUCTS.values())[:first]]


_ROOTS: dict[str, dict[str, Any]] = {
    "accounts": {
        "users": [{"__typename": "User", **user} for user in _USERS.values()],
        "me": {"__typename": "User", **_USERS["1"]},
        "user": lambda _info, id: {"__typename": "User", **_USERS[id]},  # noqa: A006 - the argument's name
        "_entities": _entities(lambda each: {"__typename": "User", **_USERS[each["id"]]}),
    },
    "inventory": {"_entities": _entities(_stocked_product)},
    "products": {
        "topProducts": _top_products,
        "_entities": _entities(lambda each: {"__typename": "Product", **_PRODUCTS[each["upc"]]}),
    },
    "reviews": {"_entities": _entities(_reviewed)},
}

_SCHEMAS = {name: _schema(name) for name in NAMES}
for _name, _root in _ROOTS.items():
    _root["_service"] = {"sdl": (FOLDER / f"{_name}.graphql").read_text()}
