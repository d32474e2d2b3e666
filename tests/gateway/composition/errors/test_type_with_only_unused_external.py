"""TYPE_WITH_ONLY_UNUSED_EXTERNAL: a v1 type of nothing but unused external fields is left empty by the upgrade."""


def test_referenced(compose):
    outcome = compose(federation=None, a="type Query { a: A } type A { b: B } type B { x: Int @external }")
    assert "B has no fields" in outcome.error("TYPE_WITH_ONLY_UNUSED_EXTERNAL").message


def test_not_referenced(compose):
    outcome = compose(federation=None, a="type Query { a: A } type A { b: Int } type B { x: Int @external }")
    assert "type B" not in outcome.supergraph
