"""INTERFACE_FIELD_NO_IMPLEM: After merging, a type lacks a field of an interface that it implements."""


def test_field_known_to_another_subgraph_only(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node { id: ID }
            type Item implements Node { id: ID @shareable }
        """,
        stock="""
            type Query { r: Node }
            interface Node { id: ID weight: Int }
            type Box implements Node { id: ID weight: Int }
        """,
    ).error("INTERFACE_FIELD_NO_IMPLEM")
    assert '"weight"' in error.message
    assert '"Item"' in error.message
    assert "stock" in error.message


def test_field_of_an_interface_object(compose):
    error = compose(
        a='type Node @key(fields: "id") @interfaceObject { id: ID! name: String @shareable }',
        b="""
        type Query { node: Node }
        interface Node @key(fields: "id") { id: ID! }
        interface Narrow implements Node @key(fields: "id") { id: ID! }
        type A implements Node @key(fields: "id") { id: ID! name: String @shareable }
        """,
    ).error("INTERFACE_FIELD_NO_IMPLEM")
    assert '"name"' in error.message
    assert error.subgraphs == ("a", "b")
