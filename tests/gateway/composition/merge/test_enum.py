"""Enums: all values for output, common values for input."""


def test_output_enum_has_all_values(compose, definition):
    outcome = compose(
        shop="type Query { a: Unit } enum Unit { GRAM }", stock="type Query { b: Unit } enum Unit { GRAM POUND }"
    )
    assert definition(outcome.supergraph, "enum Unit") == (
        "enum Unit @join__type(graph: SHOP) @join__type(graph: STOCK) "
        "{ GRAM @join__enumValue(graph: SHOP) @join__enumValue(graph: STOCK) POUND @join__enumValue(graph: STOCK) }"
    )
    assert [hint.code for hint in outcome.composition.hints] == ["INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM"]


def test_input_enum_has_common_values(compose, definition):
    outcome = compose(
        shop="type Query { a(unit: Unit): Int } enum Unit { GRAM }",
        stock="type Query { b(by: By): Int } input By { unit: Unit } enum Unit { GRAM POUND }",
    )
    assert "POUND" not in outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints] == ["INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM"]


def test_unused_enum_is_kept(compose):
    outcome = compose(shop="type Query { a: Int } enum Unit { GRAM }")
    assert "enum Unit" in outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints] == ["UNUSED_ENUM_TYPE"]


def test_default_that_is_no_common_value_is_an_error(compose):
    outcome = compose(
        shop="type Query { a(unit: Unit = POUND): Int @shareable } enum Unit { GRAM POUND }",
        stock="type Query { b(unit: Unit): Int } enum Unit { GRAM }",
    )
    assert outcome.codes == ["INVALID_GRAPHQL"]
    assert "POUND" in outcome.composition.errors[0].message


def test_a_hidden_value_for_output_is_told_of_too(compose):
    outcome = compose(a="type Query { a: E } enum E { A }", b="type Query { b: E } enum E { A B @inaccessible }")
    assert [hint.code for hint in outcome.composition.hints] == ["INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM"]
