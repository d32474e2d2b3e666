"""IMPLEMENTED_BY_INACCESSIBLE: An @inaccessible field implements a visible field of an interface."""


def test_hidden_field_of_visible_interface(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node { id: ID name: String }
            type Item implements Node { id: ID @inaccessible name: String }
        """,
    ).error("IMPLEMENTED_BY_INACCESSIBLE")
    assert "Item.id" in error.message
    assert "Node.id" in error.message


def test_hidden_argument_of_visible_interface(compose):
    error = compose(
        shop="""
            type Query { q: Node }
            interface Node { f(a: Int): ID }
            type Item implements Node { f(a: Int @inaccessible): ID }
        """,
    ).error("IMPLEMENTED_BY_INACCESSIBLE")
    assert "Item.f(a:)" in error.message


def test_both_may_be_hidden(compose):
    outcome = compose(
        shop="""
            type Query { q: Node }
            interface Node { id: ID @inaccessible name: String }
            type Item implements Node { id: ID @inaccessible name: String }
        """,
    )
    assert outcome.supergraph
