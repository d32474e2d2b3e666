"""KEY_INVALID_FIELDS_TYPE: the fields of a key are a string."""

import pytest


@pytest.mark.parametrize("fields", ['["id"]', "id", "1", "null"])
def test_not_a_string(compose, fields):
    outcome = compose(a=f"type Query {{ a: A }} type A @key(fields: {fields}) {{ id: ID }}")
    assert outcome.codes == ["KEY_INVALID_FIELDS_TYPE"]


@pytest.mark.parametrize("fields", ['["id"]', "id"])
def test_federation_1_takes_lists_and_names(compose, fields):
    outcome = compose(federation=None, a=f"type Query {{ a: A }} type A @key(fields: {fields}) {{ id: ID }}")
    assert 'key: "id"' in outcome.supergraph
