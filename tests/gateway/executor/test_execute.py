"""Plans run against live subgraphs: what is merged, and what each subgraph was asked."""

from __future__ import annotations

import asyncio

import pytest

from gateway.query_plan import (
    ConditionNode,
    ContextValue,
    EachItem,
    Key,
    OperationKind,
    Parallel,
    RenameKey,
    Sequence,
    SetValue,
    VariableDefinition,
)

PRODUCTS_SDL = """
type Query { products: [Product] }
type Product { upc: ID! name: String related: [Product] }
"""
STOCK_SDL = """
type Query { nothing: Int }
type Product { upc: ID! inStock: Boolean weight(unit: String): Float shippingEstimate: Int }
type Maker { id: ID! country: String }
"""


@pytest.fixture
def products(make_subgraph):
    rows = [{"upc": "1", "name": "Table"}, {"upc": "2", "name": "Chair"}, None, {"upc": "1", "name": "Table"}]
    return make_subgraph(
        PRODUCTS_SDL, {"Query": {"products": lambda *_: [row and {**row, "__typename": "Product"} for row in rows]}}
    )


@pytest.fixture
def stock(make_subgraph):
    return make_subgraph(
        STOCK_SDL,
        {
            "Product": {
                "__resolveReference": lambda rep: {**rep, "inStock": rep["upc"] == "1"},
                "weight": lambda _source, _info, unit=None: 2.5 if unit == "kg" else 5.0,
                "shippingEstimate": lambda source, _info: source.get("price", 0) * 2,
            },
            "Maker": {"__resolveReference": lambda rep: {"id": rep["id"], "country": "SE"}},
        },
    )


async def test_entities_are_merged_where_they_stand_and_asked_once_each(
    products, stock, make_transport, root_fetch, entity_fetch, run_plan
):
    plan = Sequence(
        (
            root_fetch(0, "products", "products { __typename upc name }"),
            entity_fetch(1, "stock", "products.@", "... on Product { __typename upc }", "... on Product { inStock }"),
        )
    )

    execution = await run_plan(plan, make_transport(products=products, stock=stock))

    assert [row and (row["name"], row["inStock"]) for row in execution.tree["products"]] == [
        ("Table", True),
        ("Chair", False),
        None,
        ("Table", True),
    ]
    assert execution.errors == []
    assert [seen.variables for seen in stock.seen] == [
        {"representations": [{"__typename": "Product", "upc": "1"}, {"__typename": "Product", "upc": "2"}]}
    ]


async def test_entity_fetches_of_one_wave_to_one_subgraph_are_one_request(
    products, stock, make_transport, root_fetch, entity_fetch, run_plan
):
    unit = VariableDefinition("unit", "String")
    plan = Sequence(
        (
            root_fetch(0, "products", "products { __typename upc }"),
            Parallel(
                (
                    entity_fetch(
                        1, "stock", "products.@", "... on Product { __typename upc }", "... on Product { inStock }"
                    ),
                    entity_fetch(
                        2,
                        "stock",
                        "products.@",
                        "... on Product { __typename upc }",
                        "... on Product { heavy: weight(unit: $unit) }",
                        variables=(unit,),
                    ),
                )
            ),
        )
    )

    execution = await run_plan(plan, make_transport(products=products, stock=stock), variables={"unit": "kg"})

    assert execution.tree["products"][0] == {"__typename": "Product", "upc": "1", "inStock": True, "heavy": 2.5}
    (seen,) = stock.seen
    assert seen.query == (
        "query($representations_0: [_Any!]!, $representations_1: [_Any!]!, $unit: String) "
        "{ e0: _entities(representations: $representations_0) { ... on Product { inStock } } "
        "e1: _entities(representations: $representations_1) { ... on Product { heavy: weight(unit: $unit) } } }"
    )
    assert seen.variables["unit"] == "kg"


async def test_nothing_is_asked_when_no_entity_needs_it(
    make_subgraph, stock, make_transport, root_fetch, entity_fetch, run_plan
):
    empty = make_subgraph(answer={"data": {"products": []}})
    plan = Sequence(
        (
            root_fetch(0, "products", "products { __typename upc }"),
            entity_fetch(1, "stock", "products.@", "... on Product { __typename upc }", "... on Product { inStock }"),
        )
    )

    await run_plan(plan, make_transport(products=empty, stock=stock))

    assert stock.seen == []


async def test_an_entity_whose_key_is_null_is_not_asked_for(
    make_subgraph, stock, make_transport, root_fetch, entity_fetch, run_plan
):
    keyless = make_subgraph(answer={"data": {"products": [{"__typename": "Product", "upc": None}]}})
    plan = Sequence(
        (
            root_fetch(0, "products", "products { __typename upc }"),
            entity_fetch(1, "stock", "products.@", "... on Product { __typename upc }", "... on Product { inStock }"),
        )
    )

    execution = await run_plan(plan, make_transport(products=keyless, stock=stock))

    assert stock.seen == []
    assert execution.tree == {"products": [{"__typename": "Product", "upc": None}]}


async def test_requires_reads_response_keys_and_writes_field_names(
    make_subgraph, stock, make_transport, root_fetch, entity_fetch, run_plan
):
    priced = make_subgraph(answer={"data": {"product": {"__typename": "Product", "upc": "1", "_price_0": 21}}})
    plan = Sequence(
        (
            root_fetch(0, "products", "product { __typename upc _price_0: price }"),
            entity_fetch(
                1,
                "stock",
                "product",
                "... on Product { __typename upc _price_0: price }",
                "... on Product { shippingEstimate }",
            ),
        )
    )

    execution = await run_plan(plan, make_transport(products=priced, stock=stock))

    assert stock.seen[0].variables == {"representations": [{"__typename": "Product", "upc": "1", "price": 21}]}
    assert execution.tree["product"]["shippingEstimate"] == 42


async def test_abstract_places_are_narrowed_by_type(
    make_subgraph, stock, make_transport, root_fetch, entity_fetch, run_plan
):
    rows = [{"__typename": "Product", "upc": "1"}, {"__typename": "Maker", "id": "m"}]
    mixed = make_subgraph(answer={"data": {"search": rows}})
    plan = Sequence(
        (
            root_fetch(0, "search", "search { __typename ... on Product { upc } ... on Maker { id } }"),
            entity_fetch(
                1,
                "stock",
                "search.@.|[Maker]",
                "... on Maker { __typename id }",
                "... on Maker { country }",
            ),
        )
    )

    execution = await run_plan(plan, make_transport(search=mixed, stock=stock))

    assert execution.tree["search"] == [
        {"__typename": "Product", "upc": "1"},
        {"__typename": "Maker", "id": "m", "country": "SE"},
    ]


async def test_rewrites_change_representations_and_results(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    books = make_subgraph(answer={"data": {"book": {"__typename": "Book", "id": "1"}}})
    ratings = make_subgraph(answer={"data": {"_entities": [{"__typename": "Media", "rating__alias_1": 5}]}})
    plan = Sequence(
        (
            root_fetch(0, "books", "book { __typename id }"),
            entity_fetch(
                1,
                "ratings",
                "book",
                "... on Book { __typename id }",
                "... on Media { __typename rating__alias_1: rating }",
                input_rewrites=(SetValue((Key("__typename"),), "Media"),),
                output_rewrites=(RenameKey((Key("rating__alias_1"),), "rating"),),
            ),
        )
    )

    execution = await run_plan(
        plan, make_transport(books=books, ratings=ratings), possible_types={"Media": frozenset({"Book"})}
    )

    assert ratings.seen[0].variables == {"representations": [{"__typename": "Media", "id": "1"}]}
    assert execution.tree["book"] == {"__typename": "Book", "id": "1", "rating": 5}


async def test_context_values_split_a_fetch_by_their_value(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    users = [
        {"currency": "EUR", "account": {"__typename": "Account", "id": "1"}},
        {"currency": "SEK", "account": {"__typename": "Account", "id": "1"}},
    ]
    first = make_subgraph(answer={"data": {"users": users}})
    amounts = make_subgraph(
        answer=lambda body: {
            "data": {
                f"e{index}": [{"__typename": "Account", "amount": body["variables"][f"currency_{index}"]}]
                for index in range(2)
            }
        }
    )
    plan = Sequence(
        (
            root_fetch(0, "users", "users { currency account { __typename id } }"),
            entity_fetch(
                1,
                "amounts",
                "users.@.account",
                "... on Account { __typename id }",
                "... on Account { amount(currency: $currency) }",
                variables=(VariableDefinition("currency", "String"),),
                context_values=(ContextValue((Key("currency"),), 1, "currency"),),
            ),
        )
    )

    execution = await run_plan(plan, make_transport(users=first, amounts=amounts))

    assert [user["account"]["amount"] for user in execution.tree["users"]] == ["EUR", "SEK"]
    (seen,) = amounts.seen
    assert (
        "e1: _entities(representations: $representations_1) { ... on Account { amount(currency: $currency_1) } }"
        in seen.query
    )
    assert "$currency_0: String" in seen.query


async def test_one_context_value_needs_no_renaming(make_subgraph, make_transport, root_fetch, entity_fetch, run_plan):
    first = make_subgraph(
        answer={"data": {"user": {"currency": "EUR", "account": {"__typename": "Account", "id": "1"}}}}
    )
    amounts = make_subgraph(answer={"data": {"_entities": [{"amount": 3}]}})
    plan = Sequence(
        (
            root_fetch(0, "users", "user { currency account { __typename id } }"),
            entity_fetch(
                1,
                "amounts",
                "user.account",
                "... on Account { __typename id }",
                "... on Account { amount(currency: $currency) }",
                variables=(VariableDefinition("currency", "String"),),
                context_values=(ContextValue((Key("currency"),), 1, "currency"),),
            ),
        )
    )

    execution = await run_plan(plan, make_transport(users=first, amounts=amounts))

    assert execution.tree["user"]["account"]["amount"] == 3
    assert amounts.seen[0].variables["currency"] == "EUR"


async def test_mutations_run_one_after_the_other(make_subgraph, make_transport, root_fetch, run_plan):
    order: list[str] = []
    a = make_subgraph(answer=lambda body: order.append(body["query"]) or {"data": {"a": 1, "c": 3}})
    b = make_subgraph(answer=lambda body: order.append(body["query"]) or {"data": {"b": 2}})
    plan = Sequence(
        (
            root_fetch(0, "a", "a", kind=OperationKind.MUTATION),
            root_fetch(1, "b", "b", kind=OperationKind.MUTATION),
            root_fetch(2, "a", "c", kind=OperationKind.MUTATION),
        )
    )

    execution = await run_plan(plan, make_transport(a=a, b=b))

    assert order == ["mutation { a }", "mutation { b }", "mutation { c }"]
    assert execution.tree == {"a": 1, "b": 2, "c": 3}


async def test_a_slow_branch_holds_up_only_what_follows_it(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    slow = make_subgraph(answer={"data": {"slow": 1}})
    slow.gate = asyncio.Event()
    fast = make_subgraph(answer={"data": {"item": {"__typename": "Item", "id": "1"}}})

    def release(_body):
        slow.gate.set()
        return {"data": {"_entities": [{"detail": "d"}]}}

    details = make_subgraph(answer=release)
    plan = Parallel(
        (
            root_fetch(0, "slow", "slow"),
            Sequence(
                (
                    root_fetch(1, "fast", "item { __typename id }"),
                    entity_fetch(2, "details", "item", "... on Item { __typename id }", "... on Item { detail }"),
                )
            ),
        )
    )

    execution = await run_plan(plan, make_transport(slow=slow, fast=fast, details=details))

    assert execution.tree == {"slow": 1, "item": {"__typename": "Item", "id": "1", "detail": "d"}}


@pytest.mark.parametrize(("value", "asked"), [(True, ["a"]), (False, ["b"])])
async def test_conditions_choose_a_branch(make_subgraph, make_transport, root_fetch, run_plan, value, asked):
    a = make_subgraph(answer={"data": {"a": 1}})
    b = make_subgraph(answer={"data": {"b": 1}})
    plan = ConditionNode("flag", root_fetch(0, "a", "a"), root_fetch(1, "b", "b"))

    await run_plan(plan, make_transport(a=a, b=b), variables={"flag": value})

    assert [name for name, subgraph in (("a", a), ("b", b)) if subgraph.seen] == asked


async def test_lists_of_lists_are_entered(make_subgraph, stock, make_transport, root_fetch, entity_fetch, run_plan):
    rows = [[{"__typename": "Product", "upc": "1"}], None, [None, {"__typename": "Product", "upc": "2"}]]
    nested = make_subgraph(answer={"data": {"rows": rows}})
    plan = Sequence(
        (
            root_fetch(0, "nested", "rows { __typename upc }"),
            entity_fetch(1, "stock", "rows.@.@", "... on Product { __typename upc }", "... on Product { inStock }"),
        )
    )

    execution = await run_plan(plan, make_transport(nested=nested, stock=stock))

    assert execution.tree["rows"][0][0]["inStock"] is True
    assert execution.tree["rows"][2] == [None, {"__typename": "Product", "upc": "2", "inStock": False}]


async def test_one_answer_merged_into_two_places_does_not_tie_them(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    first = make_subgraph(answer={"data": {"a": [{"__typename": "T", "id": "1"}, {"__typename": "T", "id": "1"}]}})
    second = make_subgraph(answer={"data": {"_entities": [{"inner": {"list": [{"x": 1}]}}]}})
    plan = Sequence(
        (
            root_fetch(0, "first", "a { __typename id }"),
            entity_fetch(1, "second", "a.@", "... on T { __typename id }", "... on T { inner { list { x } } }"),
        )
    )

    execution = await run_plan(plan, make_transport(first=first, second=second))

    one, two = execution.tree["a"]
    assert one == two
    assert one["inner"] is not two["inner"]
    assert one["inner"]["list"][0] is not two["inner"]["list"][0]


async def test_the_concrete_type_survives_an_interface_object(
    make_subgraph, make_transport, root_fetch, entity_fetch, run_plan
):
    first = make_subgraph(answer={"data": {"media": {"__typename": "Media", "id": "1"}}})
    second = make_subgraph(answer={"data": {"_entities": [{"__typename": "Book", "id": "1"}]}})
    third = make_subgraph(answer={"data": {"_entities": [{"__typename": "Media", "rating": 4}]}})
    plan = Sequence(
        (
            root_fetch(0, "first", "media { __typename id }"),
            entity_fetch(1, "second", "media", "... on Media { __typename id }", "... on Media { __typename id }"),
            entity_fetch(
                2,
                "third",
                "media",
                "... on Media { __typename id }",
                "... on Media { __typename rating }",
                input_rewrites=(SetValue((Key("__typename"),), "Media"),),
            ),
        )
    )

    execution = await run_plan(
        plan,
        make_transport(first=first, second=second, third=third),
        possible_types={"Media": frozenset({"Book"})},
    )

    assert execution.tree["media"] == {"__typename": "Book", "id": "1", "rating": 4}


async def test_output_rewrites_reach_into_lists(make_subgraph, make_transport, root_fetch, run_plan):
    first = make_subgraph(answer={"data": {"items": [{"a__1": 1}, {"a__1": 2}]}})
    plan = root_fetch(
        0,
        "first",
        "items { a__1: a }",
        output_rewrites=(RenameKey((Key("items"), EachItem(), Key("a__1")), "a"),),
    )

    execution = await run_plan(plan, make_transport(first=first))

    assert execution.tree == {"items": [{"a": 1}, {"a": 2}]}
