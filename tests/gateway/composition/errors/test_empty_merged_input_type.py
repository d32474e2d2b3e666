"""EMPTY_MERGED_INPUT_TYPE: An input type has no field that all of its subgraphs share."""


def test_input_without_common_field(compose):
    error = compose(
        shop="""
            type Query { a(by: By): Int }
            input By { x: Int }
        """,
        stock="""
            type Query { b(by: By): Int }
            input By { y: Int }
        """,
    ).error("EMPTY_MERGED_INPUT_TYPE")
    assert '"By"' in error.message


def test_one_common_field_is_enough(compose):
    outcome = compose(
        shop="""
            type Query { a(by: By): Int }
            input By { x: Int z: Int }
        """,
        stock="""
            type Query { b(by: By): Int }
            input By { y: Int z: Int }
        """,
    )
    assert outcome.supergraph
