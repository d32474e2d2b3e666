"""OVERRIDE_SOURCE_HAS_OVERRIDE: what an @override takes over is not itself taken over."""


def test_circle(compose):
    outcome = compose(
        shop='type Query { q: Int @shareable @override(from: "stock") }',
        stock='type Query { q: Int @shareable @override(from: "shop") }',
    )
    assert outcome.codes == ["OVERRIDE_SOURCE_HAS_OVERRIDE", "OVERRIDE_SOURCE_HAS_OVERRIDE"]
    assert [error.subgraphs for error in outcome.composition.errors] == [("shop",), ("stock",)]


def test_different_origins(compose):
    outcome = compose(
        shop='type Query { q: Int @override(from: "old") }',
        stock="type Query { r: Int }",
        old='type Query { q: Int r: Int @override(from: "stock") }',
    )
    assert outcome.supergraph
