"""Which requests travel with a later one: fewer requests, and nothing that begins later for it."""

from __future__ import annotations

import asyncio

import pytest

from gateway.query_plan import Parallel, Sequence

SDL = """
type Query { products: [Product] }
type Product { upc: ID! price: Int inStock: Boolean shipping: Int size: Int }
"""
KEY = "... on Product { __typename upc }"
WITH_PRICE = "... on Product { __typename upc price }"


@pytest.fixture
def subgraph(make_subgraph):
    product = {"__typename": "Product", "upc": "1"}
    resolvers = {
        "Query": {"products": lambda *_: [product]},
        "Product": {
            "__resolveReference": lambda rep: {**rep, "price": 10, "inStock": True, "size": 3},
            "shipping": lambda source, _info: source["price"] * 2,
        },
    }
    return lambda: make_subgraph(SDL, resolvers)


@pytest.fixture
def stock_and_shipping(root_fetch, entity_fetch):
    """Stock and shipping come from one subgraph, shipping by way of the price, and the size at last if ``then``."""

    def plan(*, then: bool = False):
        stock = entity_fetch(1, "stock", "products.@", KEY, "... on Product { inStock }")
        shipping = (
            entity_fetch(2, "prices", "products.@", KEY, "... on Product { price }"),
            entity_fetch(3, "stock", "products.@", WITH_PRICE, "... on Product { shipping }"),
        )
        size = (entity_fetch(4, "sizes", "products.@", WITH_PRICE, "... on Product { size }"),) if then else ()
        return Sequence(
            (
                root_fetch(0, "products", "products { __typename upc }"),
                Parallel((stock, Sequence((*shipping, *size)))),
            )
        )

    return plan


async def test_what_nothing_waits_for_comes_with_a_later_request_to_its_subgraph(
    subgraph, make_transport, run_plan, stock_and_shipping
):
    stock, prices = subgraph(), subgraph()

    execution = await run_plan(stock_and_shipping(), make_transport(products=subgraph(), stock=stock, prices=prices))

    (product,) = execution.tree["products"]
    assert (product["inStock"], product["shipping"]) == (True, 20)
    assert (len(stock.seen), len(prices.seen)) == (1, 1)


async def test_it_does_not_swell_an_answer_that_others_wait_for(subgraph, make_transport, run_plan, stock_and_shipping):
    stock = subgraph()

    execution = await run_plan(
        stock_and_shipping(then=True),
        make_transport(products=subgraph(), stock=stock, prices=subgraph(), sizes=subgraph()),
    )

    assert execution.tree["products"][0]["size"] == 3
    assert len(stock.seen) == 2


async def test_a_later_request_is_not_held_up_by_what_it_does_not_need(
    make_subgraph, subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    """The stock of the slow products could come with the shipping of the others, which would then wait for them."""
    slow = subgraph()
    slow.gate = asyncio.Event()

    def stock_or_shipping(body):
        if "shipping" not in body["query"]:
            return {"data": {"_entities": [{"inStock": True}]}}
        slow.gate.set()
        return {"data": {"_entities": [{"shipping": 20}]}}

    plan = Parallel(
        (
            Sequence(
                (
                    root_fetch(0, "slow", "late: products { __typename upc }"),
                    entity_fetch(1, "stock", "late.@", KEY, "... on Product { inStock }"),
                )
            ),
            Sequence(
                (
                    root_fetch(2, "products", "products { __typename upc }"),
                    entity_fetch(3, "prices", "products.@", KEY, "... on Product { price }"),
                    entity_fetch(4, "stock", "products.@", WITH_PRICE, "... on Product { shipping }"),
                )
            ),
        )
    )
    transport = make_transport(
        products=subgraph(), slow=slow, stock=make_subgraph(answer=stock_or_shipping), prices=subgraph()
    )

    async with asyncio.timeout(10):
        execution = await run_plan(plan, transport)

    assert execution.tree["late"][0]["inStock"] is True
    assert execution.tree["products"][0]["shipping"] == 20
