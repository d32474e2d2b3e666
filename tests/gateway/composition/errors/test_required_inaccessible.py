"""REQUIRED_INACCESSIBLE: An @inaccessible argument or input field is required."""


def test_hidden_required_argument(compose):
    error = compose(
        shop="""
            type Query { q(n: Int! @inaccessible): Int }
        """,
    ).error("REQUIRED_INACCESSIBLE")
    assert "Query.q(n:)" in error.message


def test_hidden_required_input_field(compose):
    error = compose(
        shop="""
            type Query { q(by: By): Int }
            input By { a: Int b: Int! @inaccessible }
        """,
    ).error("REQUIRED_INACCESSIBLE")
    assert "By.b" in error.message


def test_default_makes_it_optional(compose):
    outcome = compose(
        shop="""
            type Query { q(n: Int! = 1 @inaccessible): Int }
        """,
    )
    assert outcome.supergraph
