"""DIRECTIVE_DEFINITION_INVALID: directives of specs are repeated as they are, or narrower."""

import pytest


@pytest.mark.parametrize(
    "definition",
    [
        "@key(fields: String) repeatable on OBJECT",
        "@key(fields: [String!]) repeatable on OBJECT",
        "@key(fields: String!, resolvable: Boolean = false) repeatable on OBJECT",
        "@key(fields: String!, extra: Int) repeatable on OBJECT",
        "@key(fields: String!) repeatable on OBJECT | UNION",
        "@key on OBJECT",
        "@external(reason: Int) on FIELD_DEFINITION",
    ],
)
def test_other_definition(compose, definition):
    error = compose(a=f"type Query {{ a: Int }}\ndirective {definition}").error("DIRECTIVE_DEFINITION_INVALID")
    assert error.locations[0].line == 2


@pytest.mark.parametrize(
    "definition",
    [
        "@key(fields: String!) on OBJECT",
        "@key(fields: [String!]!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE",
        "@key(fields: federation__FieldSet!) on OBJECT scalar federation__FieldSet",
        "@external on FIELD_DEFINITION",
    ],
)
def test_narrower_definition(compose, definition):
    assert compose(a=f"type Query {{ a: Int }} directive {definition}").codes == []


def test_federation_1_names_of_federation_2(compose):
    outcome = compose(federation=None, a="directive @override(to: Int) on FIELD_DEFINITION type Query { a: Int }")
    assert set(outcome.codes) == {"DIRECTIVE_DEFINITION_INVALID"}
