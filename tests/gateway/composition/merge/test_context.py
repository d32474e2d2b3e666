"""@context and @fromContext: contextual arguments are the subgraph's business, not the client's."""

SHOP = """
type Query { cart: Cart }
type Cart @key(fields: "id") @context(name: "cart") { id: ID! limit: Int! line: Line }
type Line @key(fields: "id") { id: ID! allowed(limit: Int @fromContext(field: "$cart { limit }"), n: Int): Boolean }
"""


def test_argument_is_told_to_the_router_alone(compose, definition):
    text = compose(shop=SHOP).supergraph
    assert (
        'allowed(n: Int): Boolean @join__field(graph: SHOP, contextArguments: [{context: "shop__cart", name: "limit", '
        'type: "Int", selection: "{ limit }"}])'
    ) in definition(text, "type Line")
    assert '@context(name: "shop__cart")' in definition(text, "type Cart")
    assert '@link(url: "https://specs.apollo.dev/context/v0.1", for: SECURITY)' in text
