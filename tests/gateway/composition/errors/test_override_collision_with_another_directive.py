"""OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE: An @override meets @external, @provides or @requires on its field or on the overridden one."""


def test_overridden_field_requires(compose):
    error = compose(
        shop="""
            type Query { item: Item }
            type Item @key(fields: "id") { id: ID! price: Int tax: Int @override(from: "stock") }
        """,
        stock="""
            type Item @key(fields: "id") { id: ID! price: Int @external tax: Int @requires(fields: "price") }
        """,
    ).error("OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE")
    assert "@requires" in error.message
    assert "stock" in error.message


def test_field_of_interface_object(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node @key(fields: "id") { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int @override(from: "scales") }
        """,
        scales="""
            type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int }
        """,
    ).error("OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE")
    assert "@interfaceObject" in error.message


def test_field_given_by_interface_object(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node @key(fields: "id") { id: ID! }
            type Item implements Node @key(fields: "id") { id: ID! weight: Int @override(from: "stock") }
        """,
        stock="""
            type Node @interfaceObject @key(fields: "id") { id: ID! weight: Int }
        """,
    ).error("OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE")
    assert '"Node"' in error.message
