"""TYPE_KIND_MISMATCH: A type is of different kinds in different subgraphs."""


def test_object_and_enum(compose):
    error = compose(
        shop="""
            type Query { a: Thing }
            type Thing { x: Int }
        """,
        stock="""
            type Query { b: Thing }
            enum Thing { X }
        """,
    ).error("TYPE_KIND_MISMATCH")
    assert '"Thing"' in error.message
    assert "an object" in error.message
    assert "an enum" in error.message


def test_interface_object_and_object(compose):
    error = compose(
        shop="""
            type Query { a: Thing }
            type Thing @key(fields: "id") { id: ID! }
        """,
        stock="""
            type Thing @interfaceObject @key(fields: "id") { id: ID! x: Int }
        """,
    ).error("TYPE_KIND_MISMATCH")
    assert "@interfaceObject" in error.message
