"""The whole gateway as a process, over HTTP, before strict subgraphs of Apollo's library; supergraphs of three composers.

The graphs are the conformance cases and random worlds. ``LIVE_WORLDS=200`` draws more of these than every run does, and
puts every graph before every composer.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from gateway.testing.monolith import Monolith
from gateway.testing.random_operation import draw_operation
from gateway.testing.random_world import draw_world
from gateway.testing.world_data import subgraph_data
from gateway.testing.world_sdl import subgraph_sdl

CONFORMANCE = Path(__file__).parent.parent / "conformance"
WORLDS = int(os.environ.get("LIVE_WORLDS", "0"))
OPERATIONS = 5
JOIN_V0_1 = Path(__file__).parent / "join_v0_1.graphql"  # as the composer of federation 1 wrote them
TURNS = 3  # the first on the general path; the plan is compiled meanwhile
COMPOSERS = ("ours", "apollo", "guild")


def composers_for(number):
    """All of them when there is time; else Apollo's and one of the others."""
    return COMPOSERS if WORLDS else ("apollo", COMPOSERS[2 * (number % 2)])


# What a composer cannot do, strictly: it is noticed when it can.
UNABLE = {
    ("guild", "unknown_values"): "it does not take enum values of a type that is inaccessible",
    ("guild", "intersections"): "it does not say what a field is in each subgraph when one has a member of the union",
}


def graphs():
    for number, folder in enumerate(sorted(path.parent for path in CONFORMANCE.glob("*/cases.yaml"))):
        for composer in composers_for(number):
            reason = UNABLE.get((composer, folder.name))
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(folder, composer, id=f"{folder.name}-{composer}", marks=marks)
    yield pytest.param(CONFORMANCE / "federation_one", JOIN_V0_1, id="federation_one-join_v0_1")


def ordered(value):
    """Equal for answers that are equal as JSON, key order included."""
    if isinstance(value, dict):
        return [(key, ordered(member)) for key, member in value.items()]
    if isinstance(value, list):
        return [[ordered(item)] for item in value]
    return (type(value) is bool, value)


def assert_answers(gateway, query, variables, data, *, has_errors):
    for _ in range(TURNS):
        answer = gateway.post(query, variables)
        told = json.dumps({"query": query, "variables": variables, "answer": answer}, indent=1)
        assert ordered(answer["data"]) == ordered(data), told
        assert bool(answer.get("errors")) is has_errors, told


@pytest.mark.parametrize(("folder", "composer"), list(graphs()))
def test_conformance_cases(put_live, folder, composer):
    sdls = {file.stem: file.read_text() for file in sorted(folder.glob("*.graphql"))}
    data = yaml.safe_load((folder / "data.yaml").read_text())
    gateway = put_live(folder.name, sdls, {name: data.get(name) or {} for name in sdls}, composer)
    for case in yaml.safe_load((folder / "cases.yaml").read_text()):
        if not {"parts", "labels", "down"} & case.keys():
            has_errors = bool(case.get("errors") or case.get("codes"))
            assert_answers(gateway, case["query"], case.get("variables", {}), case["data"], has_errors=has_errors)


@pytest.mark.parametrize(
    ("seed", "composer"), [(seed, composer) for seed in range(WORLDS or 6) for composer in composers_for(seed)]
)
def test_random_worlds(put_live, seed, composer):
    world = replace(draw_world(seed), active_labels=frozenset())
    sdls = {name: subgraph_sdl(world, name) for name in world.subgraphs}
    data = {name: subgraph_data(world, name) for name in world.subgraphs}
    gateway = put_live(f"world{seed}", sdls, data, composer)
    monolith = Monolith(world)
    for number in range(OPERATIONS):
        operation = draw_operation(seed * 1_000 + number, monolith.schema)
        expected = monolith.execute(operation.text, operation.variables)
        assert_answers(gateway, operation.text, operation.variables, expected.data, has_errors=bool(expected.errors))


SHOP = {
    "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"]) '
    'type Query { item: Item broken: Item } type Item @key(fields: "id") { id: ID! name: String! }',
    "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"]) '
    'type Item @key(fields: "id") { id: ID! price: Int stock: Int! }',
}
SHOP_DATA = {
    "a": {
        "Query": {"item": {"$ref": "Item/1"}, "broken": {"$ref": "Item/2"}},
        "Item": {"1": {"id": "1", "name": "Bolt"}, "2": {"id": "2", "name": "Nut"}},
    },
    "b": {"Item": {"1": {"id": "1", "price": 3, "stock": 4}, "2": {"id": "2", "price": {"$error": "no"}, "stock": 1}}},
}


@pytest.fixture
def shop(put_live):
    return put_live("shop", SHOP, SHOP_DATA, "apollo")


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/json, multipart/mixed", "application/json"),
        ("text/event-stream, multipart/mixed, application/json", "application/json"),
    ],
)
def test_what_clients_accept(shop, accept, content_type):
    headers = {} if accept is None else {"accept": accept}
    status, got, body = shop.send(
        json.dumps({"query": "{ item { price name } }"}).encode(),
        content_type="application/json; charset=utf-8",
        **headers,
    )
    assert (status, got) == (200, content_type)
    assert body == b'{"data":{"item":{"price":3,"name":"Bolt"}}}'


def test_partial_data_is_a_success_with_the_place_of_the_error(shop):
    body = json.dumps({"query": "{ x: broken { name p: price } }", "operationName": None, "extensions": {}}).encode()
    status, _, answer = shop.send(body, content_type="application/json", accept="application/graphql-response+json")
    (error,) = json.loads(answer)["errors"]
    assert (status, json.loads(answer)["data"], error["path"]) == (200, {"x": {"name": "Nut", "p": None}}, ["x", "p"])


def test_an_invalid_document_has_errors_and_no_data(shop):
    body = json.dumps({"query": "{ missing }"}).encode()
    status, _, answer = shop.send(body, content_type="application/json", accept="application/json")
    assert (status, "data" in json.loads(answer)) == (200, False)
    assert json.loads(answer)["errors"][0]["locations"] == [{"line": 1, "column": 3}]
    status, _, answer = shop.send(body, content_type="application/json", accept="application/graphql-response+json")
    assert (status, "data" in json.loads(answer)) == (400, False)


def test_a_browser_is_shown_the_playground(shop):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    status, content_type, body = shop.send(None, accept=accept)
    assert (status, content_type) == (200, "text/html")
    assert b"<!doctype html" in body.lower()


def test_the_operation_is_chosen_by_name(shop):
    document = "query A { item { name } } query B { item { price } }"
    body = json.dumps({"query": document, "operationName": "B"}).encode()
    status, _, answer = shop.send(body, content_type="application/json")
    assert (status, json.loads(answer)) == (200, {"data": {"item": {"price": 3}}})
