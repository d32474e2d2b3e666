"""Fetches that ask the same at different places: each entity is represented once, and answered for all its places."""

from __future__ import annotations

import pytest

from gateway.query_plan import Parallel, Sequence

SDL = """
type Query { best: [Product] newest: Product }
type Product { upc: ID! name: String! maker: Maker }
type Maker { city: String }
"""
KEY = "... on Product { __typename upc }"


@pytest.fixture
def catalogue(make_subgraph):
    products = [{"__typename": "Product", "upc": upc} for upc in ("1", "2")]
    return make_subgraph(SDL, {"Query": {"best": lambda *_: products, "newest": lambda *_: products[1]}, "Product": {}})


@pytest.fixture
def names(make_subgraph):
    def resolve(representation):
        upc = representation["upc"]
        return {**representation, "name": f"product {upc}" if upc == "1" else None, "maker": {"city": f"city {upc}"}}

    return make_subgraph(SDL, {"Product": {"__resolveReference": resolve}})


@pytest.fixture
def both_places(root_fetch, entity_fetch):
    def plan(best, newest):
        return Sequence(
            (
                root_fetch(0, "catalogue", "best { __typename upc } newest { __typename upc }"),
                Parallel(
                    (
                        entity_fetch(1, "names", "best.@", KEY, f"... on Product {{ {best} }}"),
                        entity_fetch(2, "names", "newest", KEY, f"... on Product {{ {newest} }}"),
                    )
                ),
            )
        )

    return plan


def upcs(seen):
    return {name: [each["upc"] for each in value] for name, value in seen.variables.items()}


async def test_an_entity_at_several_places_is_asked_for_once(catalogue, names, make_transport, run_plan, both_places):
    plan = both_places("maker { city }", "maker { city }")

    execution = await run_plan(plan, make_transport(catalogue=catalogue, names=names))

    (seen,) = names.seen
    assert upcs(seen) == {"representations": ["1", "2"]}
    assert [each["maker"]["city"] for each in execution.tree["best"]] == ["city 1", "city 2"]
    assert execution.tree["newest"]["maker"] == {"city": "city 2"}
    assert execution.tree["newest"]["maker"] is not execution.tree["best"][1]["maker"]


async def test_an_error_of_the_entity_stands_at_each_of_its_places(
    catalogue, names, make_transport, run_plan, both_places
):
    execution = await run_plan(both_places("name", "name"), make_transport(catalogue=catalogue, names=names))

    places = {failure.path for failure in execution.failures} | {error.path[:-1] for error in execution.errors}
    assert {("best", 1), ("newest",)} <= places
    assert "name" not in execution.tree["newest"]


async def test_what_asks_for_something_else_has_a_field_of_its_own(
    catalogue, names, make_transport, run_plan, both_places
):
    plan = both_places("maker { city }", "upc maker { city }")

    await run_plan(plan, make_transport(catalogue=catalogue, names=names))

    (seen,) = names.seen
    assert upcs(seen) == {"representations_0": ["1", "2"], "representations_1": ["2"]}
