"""Input objects: the fields that all subgraphs know."""


def test_common_fields_stay(compose, definition):
    outcome = compose(
        shop="type Query { a(by: By): Int } input By { x: Int y: Int! = 1 }",
        stock="type Query { b(by: By): Int } input By { x: Int! z: Int y: Int! = 1 }",
    )
    assert definition(outcome.supergraph, "input By") == (
        "input By @join__type(graph: SHOP) @join__type(graph: STOCK) "
        '{ x: Int! @join__field(graph: SHOP, type: "Int") @join__field(graph: STOCK, type: "Int!") y: Int! = 1 }'
    )
    assert "INCONSISTENT_INPUT_OBJECT_FIELD" in [hint.code for hint in outcome.composition.hints]


def test_default_of_some_subgraphs_is_left_out(compose, definition):
    outcome = compose(
        shop="type Query { a(by: By): Int } input By { x: Int = 1 }",
        stock="type Query { b(by: By): Int } input By { x: Int }",
    )
    assert "x: Int }" in definition(outcome.supergraph, "input By")
    assert "INCONSISTENT_DEFAULT_VALUE_PRESENCE" in [hint.code for hint in outcome.composition.hints]


def test_equal_defaults_may_be_written_differently(compose):
    assert compose(
        shop="type Query { a(by: By = {x: 1, y: 2}): Int @shareable } input By { x: Float y: Float }",
        stock="type Query { a(by: By = {y: 2.0, x: 1.0}): Int @shareable } input By { x: Float y: Float }",
    ).supergraph
