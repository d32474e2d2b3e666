"""REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: An input field that one subgraph requires is missing in another."""


def test_required_here_unknown_there(compose):
    error = compose(
        shop="""
            type Query { a(by: By): Int }
            input By { x: Int! z: Int }
        """,
        stock="""
            type Query { b(by: By): Int }
            input By { z: Int }
        """,
    ).error("REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH")
    assert "By.x" in error.message
    assert "stock" in error.message
