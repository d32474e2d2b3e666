"""Executable directives: a query may go to any subgraph, so all must know them."""


def test_common_directive_with_common_parts(compose, definition):
    outcome = compose(
        shop="directive @slow(ms: Int, why: String) repeatable on FIELD | QUERY type Query { q: Int }",
        stock="directive @slow(ms: Int!) on FIELD | FIELD_DEFINITION type Query { r: Int }",
    )
    assert definition(outcome.supergraph, "directive @slow(ms:") == "directive @slow(ms: Int!) on FIELD"
    assert {hint.code for hint in outcome.composition.hints} == {
        "INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS",
        "INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE",
        "INCONSISTENT_ARGUMENT_PRESENCE",
        "INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE",
    }


def test_directive_of_one_subgraph(compose):
    outcome = compose(shop="directive @slow on FIELD type Query { q: Int }", stock="type Query { r: Int }")
    assert "@slow" not in outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints] == ["INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE"]


def test_directive_without_common_location(compose):
    outcome = compose(
        shop="directive @slow on FIELD type Query { q: Int }", stock="directive @slow on QUERY type Query { r: Int }"
    )
    assert "@slow" not in outcome.supergraph
    assert [hint.code for hint in outcome.composition.hints] == ["NO_EXECUTABLE_DIRECTIVE_INTERSECTION"]


def test_the_first_difference_is_the_one_that_is_told(compose):
    sdl = "directive @d on {} type Query {{ {}: Int }}"
    subgraphs = {"a": sdl.format("FIELD", "x"), "b": sdl.format("QUERY", "y"), "c": "type Query { z: Int }"}
    codes = [hint.code for hint in compose(**subgraphs).composition.hints]
    assert codes == ["NO_EXECUTABLE_DIRECTIVE_INTERSECTION"]
