"""KEY_FIELDS_HAS_ARGS: key fields take no arguments."""

import pytest


@pytest.mark.parametrize("fields", ["id", "id(x: 1)", "nested { id }"])
def test_arguments(compose, fields):
    sdl = f'type A @key(fields: "{fields}") {{ id(x: Int): ID nested: A }}'
    assert compose(a=f"type Query {{ a: A }} {sdl}").codes == ["KEY_FIELDS_HAS_ARGS"]
