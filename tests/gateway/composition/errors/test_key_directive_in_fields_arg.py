"""KEY_DIRECTIVE_IN_FIELDS_ARG: key fields bear no directives."""

import pytest


@pytest.mark.parametrize(
    "fields", ["id @include(if: true)", "nested @skip(if: false) { id }", "... @include(if: true) { id }"]
)
def test_directives(compose, fields):
    sdl = f'type A @key(fields: "{fields}") {{ id: ID nested: A }}'
    assert compose(a=f"type Query {{ a: A }} {sdl}").codes == ["KEY_DIRECTIVE_IN_FIELDS_ARG"]
