"""Objects: all fields of all subgraphs, each with what the subgraphs make of it."""

SHOP = """
type Query { item: Item }
type Item @key(fields: "id") @key(fields: "sku", resolvable: false) { id: ID! sku: ID! name: String }
"""
STOCK = """
type Item @key(fields: "id") { id: ID! name: String @external weight: Int @requires(fields: "name") }
"""


def test_fields_say_where_they_are(compose, definition):
    text = compose(shop=SHOP, stock=STOCK).supergraph
    assert definition(text, "type Item") == (
        'type Item @join__type(graph: SHOP, key: "id") @join__type(graph: SHOP, key: "sku", resolvable: false) '
        '@join__type(graph: STOCK, key: "id") { id: ID! sku: ID! @join__field(graph: SHOP) '
        "name: String @join__field(graph: SHOP) @join__field(graph: STOCK, external: true) "
        'weight: Int @join__field(graph: STOCK, requires: "name") }'
    )


def test_every_subgraph_has_the_query_type(compose, definition):
    text = compose(shop=SHOP, stock=STOCK).supergraph
    assert definition(text, "type Query") == (
        "type Query @join__type(graph: SHOP) @join__type(graph: STOCK) { item: Item @join__field(graph: SHOP) }"
    )


def test_nullable_wins_and_types_are_kept(compose, definition):
    outcome = compose(
        shop="type Query { q: T } type T @shareable { a: Int! b: [ID!] }",
        stock="type Query { r: T } type T @shareable { a: Int b: [ID!]! }",
    )
    assert 'a: Int @join__field(graph: SHOP, type: "Int!") @join__field(graph: STOCK, type: "Int")' in (
        definition(outcome.supergraph, "type T")
    )
    assert [hint.code for hint in outcome.composition.hints] == ["INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE"] * 2


def test_interface_wins_over_its_implementation(compose, definition):
    outcome = compose(
        shop="type Query { q: Node @shareable } interface Node { id: ID } type A implements Node { id: ID @shareable }",
        stock="type Query { q: A @shareable } type A { id: ID @shareable }",
    )
    assert 'q: Node @join__field(graph: SHOP, type: "Node") @join__field(graph: STOCK, type: "A")' in (
        definition(outcome.supergraph, "type Query")
    )


def test_provides(compose, definition):
    text = compose(
        shop="""
            type Query { best: Item @provides(fields: "name") }
            type Item @key(fields: "id") { id: ID! name: String @external }
        """,
        stock='type Item @key(fields: "id") { id: ID! name: String @shareable }',
    ).supergraph
    assert 'best: Item @join__field(graph: SHOP, provides: "name")' in definition(text, "type Query")


def test_hints_at_value_types_that_differ(compose):
    outcome = compose(
        shop="type Query { q: T } type T @shareable { a: Int }",
        stock="type Query { r: T } type T @shareable { a: Int b: Int }",
    )
    codes = [hint.code for hint in outcome.composition.hints]
    assert "INCONSISTENT_OBJECT_VALUE_TYPE_FIELD" in codes


def test_hints_at_types_that_are_entities_in_part(compose):
    outcome = compose(
        shop='type Query { q: T } type T @key(fields: "id") { id: ID! @shareable }',
        stock="type Query { r: T } type T { id: ID! @shareable }",
    )
    assert "INCONSISTENT_ENTITY" in [hint.code for hint in outcome.composition.hints]


def test_root_types_bear_their_default_names(compose, definition):
    text = compose(
        shop='schema @link(url: "https://specs.apollo.dev/federation/v2.9") { query: Shop } type Shop { q: Int }',
        stock="type Query { r: Int }",
    ).supergraph
    assert "q: Int @join__field(graph: SHOP)" in definition(text, "type Query")
    assert "type Shop" not in text
