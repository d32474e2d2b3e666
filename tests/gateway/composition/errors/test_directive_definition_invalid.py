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
        "@external(reason: String = null) on FIELD_DEFINITION",
        "@inaccessible repeatable on FIELD_DEFINITION",
        "@requiresScopes(scopes: [String!]!) on FIELD_DEFINITION",
        "@listSize(assumedSize: Int!, requireOneSlicingArgument: Boolean) on FIELD_DEFINITION",
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
        '@key(fields: String! = "id") on OBJECT',
        "@key(fields: String!, resolvable: Boolean! = false) on OBJECT",
        "@key(fields: E!) on OBJECT enum E { A }",
        '@tag(name: String! = "x") repeatable on OBJECT',
        "@shareable on OBJECT",
        "@requiresScopes(scopes: [[[Int]!]!]!) on FIELD_DEFINITION",
    ],
)
def test_narrower_definition(compose, definition):
    assert compose(a=f"type Query {{ a: Int }} directive {definition}").codes == []


@pytest.mark.parametrize("name", ["deprecated", "specifiedBy", "skip", "include"])
def test_imported_under_the_name_of_a_directive_of_graphql(compose, name):
    link = f'@link(url: "https://specs.apollo.dev/federation/v2.9", import: [{{name: "@tag", as: "@{name}"}}])'
    outcome = compose(a=f"extend schema {link} type Query {{ a: Int }}")
    assert set(outcome.codes) == {"DIRECTIVE_DEFINITION_INVALID"}


@pytest.mark.parametrize("field_set", ["String", "_FieldSet", "FieldSet"])
def test_definitions_of_old_tools(compose, field_set):
    scalar = "" if field_set == "String" else f"scalar {field_set}"
    definition = f"directive @key(fields: {field_set}) on OBJECT {scalar}"
    sdl = f'{definition} type Query {{ a: A }} type A @key(fields: "id") {{ id: ID }}'
    assert compose(federation=None, a=sdl).codes == []


def test_federation_1_names_of_federation_2(compose):
    outcome = compose(federation=None, a="directive @override(to: Int) on FIELD_DEFINITION type Query { a: Int }")
    assert set(outcome.codes) == {"DIRECTIVE_DEFINITION_INVALID"}
