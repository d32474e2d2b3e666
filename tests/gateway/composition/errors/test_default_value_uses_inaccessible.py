"""DEFAULT_VALUE_USES_INACCESSIBLE: A visible default value uses an @inaccessible element."""


def test_hidden_enum_value_in_visible_default(compose):
    error = compose(
        shop="""
            type Query { find(order: Order = RANDOM): Int }
            enum Order { PRICE RANDOM @inaccessible }
        """,
    ).error("DEFAULT_VALUE_USES_INACCESSIBLE")
    assert "Order.RANDOM" in error.message
    assert "Query.find(order:)" in error.message


def test_hidden_input_field_in_visible_default(compose):
    error = compose(
        shop="""
            type Query { find(by: By = {secret: 1}): Int }
            input By { name: String secret: Int @inaccessible }
        """,
    ).error("DEFAULT_VALUE_USES_INACCESSIBLE")
    assert "By.secret" in error.message


def test_hidden_default_may_use_it(compose):
    outcome = compose(
        shop="""
            type Query { find(order: Order = RANDOM @inaccessible): Int by: Order }
            enum Order { PRICE RANDOM @inaccessible }
        """,
    )
    assert outcome.supergraph
