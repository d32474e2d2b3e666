"""The supergraph's text: stable, readable by every GraphQL parser, versions of the join spec as needed."""

import pytest
from graphql import build_schema, parse, print_ast

from gateway.composition import SubgraphSource, compose
from gateway.supergraph.load import load_supergraph

SHOP = 'type Query { item: Item } type Item @key(fields: "id") { id: ID! "quote: \\"\\"\\" end" name: String }'
STOCK = 'type Item @key(fields: "id") { id: ID! weight(unit: String = "k\\ng"): Int }'


def test_order_of_subgraphs_does_not_matter():
    sources = [SubgraphSource("shop", "u", SHOP), SubgraphSource("stock", "v", STOCK)]
    forth, back = compose(sources), compose(sources[::-1])
    assert forth.supergraph is not None
    assert back.supergraph is not None
    assert forth.supergraph.text == back.supergraph.text


def test_text_and_document_say_the_same(compose):
    found = compose(shop=SHOP, stock=STOCK).composition.supergraph
    assert print_ast(parse(found.text)) == print_ast(found.document)
    build_schema(found.text)
    load_supergraph(found.text)


@pytest.mark.parametrize(
    ("federation", "join"), [((2, 0), "v0.3"), ((2, 6), "v0.3"), ((2, 7), "v0.4"), ((2, 8), "v0.5"), ((2, 12), "v0.5")]
)
def test_join_version(compose, federation, join):
    text = compose(federation=federation, shop="type Query { q: Int }").supergraph
    assert f'@link(url: "https://specs.apollo.dev/join/{join}", for: EXECUTION)' in text


def test_federation_1_needs_the_oldest(compose):
    assert "join/v0.3" in compose(federation=None, shop=SHOP, stock=STOCK).supergraph


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (["my-shop"], ["MY_SHOP"]),
        (["1shop"], ["_1SHOP"]),
        (["shop_1"], ["SHOP_1_"]),
        (["my-shop", "my_shop"], ["MY_SHOP_1", "MY_SHOP_2"]),
    ],
)
def test_graph_names(compose, names, values):
    text = compose(**{name: f"type Query {{ q{place}: Int }}" for place, name in enumerate(names)}).supergraph
    for name, value in zip(names, values, strict=True):
        assert f'{value} @join__graph(name: "{name}", url: "http://{name}")' in text
