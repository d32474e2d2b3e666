"""Interface objects give fields to implementations that other subgraphs define."""

SHOP = """
type Query { node: Node }
interface Node @key(fields: "id") { id: ID! }
type Item implements Node @key(fields: "id") { id: ID! }
type Box implements Node @key(fields: "id") { id: ID! }
"""
STOCK = """
type Node @interfaceObject @key(fields: "id") { id: ID! weight(unit: String = "g"): Int @tag(name: "x") }
"""


def test_implementations_get_the_field(compose, definition):
    text = compose(shop=SHOP, stock=STOCK).supergraph
    assert 'weight(unit: String = "g"): Int @join__field @tag(name: "x")' in definition(
        text, "type Box implements Node"
    )
    assert '@join__type(graph: STOCK, key: "id", isInterfaceObject: true)' in definition(text, "interface Node")


def test_access_rules_of_the_field_go_along(compose, definition):
    rule = '@requiresScopes(scopes: [["weigh"]])'
    text = compose(shop=SHOP, stock=f'type Node @interfaceObject @key(fields: "id") {{ id: ID! weight: Int {rule} }}')
    assert f"weight: Int @join__field {rule}" in definition(text.supergraph, "type Item implements Node")


def test_implementation_may_require_the_field(compose, definition):
    text = compose(
        shop="""
            type Query { node: Node }
            interface Node @key(fields: "id") { id: ID! weight: Int }
            type Item implements Node @key(fields: "id") {
              id: ID!
              weight: Int @external
              fee: Int @requires(fields: "weight")
            }
        """,
        stock='type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int }',
    ).supergraph
    assert "weight: Int @join__field(graph: SHOP, external: true)" in definition(text, "type Item implements Node")


def test_no_member_of_a_union(compose):
    outcome = compose(
        a='type Query { i: I } interface I @key(fields: "id") { id: ID! } type A implements I @key(fields: "id") { id: ID! }',
        b='type I @key(fields: "id") @interfaceObject { id: ID! } union U = I extend type Query { u: U }',
    )
    assert outcome.codes == ["INVALID_GRAPHQL"]
