"""TYPE_DEFINITION_INVALID: types of specs are repeated as they are."""

import pytest


@pytest.mark.parametrize(
    "definition",
    ["type federation__FieldSet { a: Int }", "enum link__Purpose { SECURITY }", "type link__Import { a: Int }"],
)
def test_other_definition(compose, definition):
    error = compose(a=f"type Query {{ a: Int }}\n{definition}").error("TYPE_DEFINITION_INVALID")
    assert error.locations[0].line == 2


def test_same_definition(compose):
    definitions = "scalar federation__FieldSet enum link__Purpose { SECURITY EXECUTION } scalar link__Import"
    supergraph = compose(a=f"type Query {{ a: Int }} {definitions}").supergraph
    assert "federation__FieldSet" not in supergraph
