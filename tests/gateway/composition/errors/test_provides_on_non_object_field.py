"""PROVIDES_ON_NON_OBJECT_FIELD: only what has fields has fields to provide."""


def test_scalar(compose):
    error = compose(a='type Query { a: Int @provides(fields: "b") }').error("PROVIDES_ON_NON_OBJECT_FIELD")
    assert "Query.a" in error.message


def test_federation_1_ignores_it(compose):
    assert compose(federation=None, a='type Query { a: Int @provides(fields: "b") }').codes == []
