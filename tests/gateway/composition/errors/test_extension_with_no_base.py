"""EXTENSION_WITH_NO_BASE: what is extended is defined."""

import pytest


@pytest.mark.parametrize(
    "extension", ["extend type A { x: Int }", "extend enum E { X }", 'extend scalar S @tag(name: "t")']
)
@pytest.mark.parametrize("federation", [(2, 9), None])
def test_no_definition(compose, extension, federation):
    outcome = compose(federation=federation, a=f"type Query {{ a: Int }}\n{extension}")
    assert outcome.error("EXTENSION_WITH_NO_BASE").locations[0].line == 2


def test_federation_1_extension_of_what_federation_supplies(compose):
    outcome = compose(federation=None, a="type Query { a: Int } extend type _Service { x: Int }")
    assert outcome.codes == ["EXTENSION_WITH_NO_BASE"]


def test_federation_1_extends_directive(compose):
    extended = 'type A @extends @key(fields: "id") { id: ID @external }'
    outcome = compose(federation=None, a=f"type Query {{ a: A }} {extended}")
    assert outcome.codes == ["EXTENSION_WITH_NO_BASE"]
    assert compose(federation=None, a=f"type Query {{ a: A }} {extended}", b=extended).codes == []


def test_defined_elsewhere(compose):
    outcome = compose(
        a='type Query { a: A } extend type A @key(fields: "id") { id: ID x: Int }',
        b='type A @key(fields: "id") { id: ID }',
    )
    assert outcome.codes == []


def test_root_types_need_none(compose):
    assert compose(a="extend type Query { a: Int } extend type Mutation { b: Int }").codes == []
