"""OVERRIDE_ON_INTERFACE: An @override stands on a field of an interface or on an @interfaceObject type."""


def test_interface_field(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node { id: ID @override(from: "stock") }
            type Item implements Node { id: ID }
        """,
        stock="""
            type Query { r: Int }
        """,
    ).error("OVERRIDE_ON_INTERFACE")
    assert "Node.id" in error.message
