"""EXTERNAL_UNUSED: what is declared external is declared for some use."""


def test_unused(compose):
    error = compose(
        a="""
        type Query { a: A }
        type A @key(fields: "id") {
          id: ID
          name: String @external
        }
        """,
        b='type A @key(fields: "id") { id: ID name: String }',
    ).error("EXTERNAL_UNUSED")
    assert "A.name" in error.message
    assert error.locations[0].line == 5


def test_used_by_an_interface(compose):
    outcome = compose(
        a="""
        type Query { a: Named }
        interface Named { name: String }
        type A implements Named @key(fields: "id") { id: ID name: String @external }
        """,
        b='type A @key(fields: "id") { id: ID name: String }',
    )
    assert outcome.codes == []


def test_federation_1_drops_it(compose):
    outcome = compose(
        federation=None,
        a='type Query { a: A } extend type A @key(fields: "id") { id: ID @external name: String @external x: Int }',
        b='type A @key(fields: "id") { id: ID name: String }',
    )
    assert "name: String @join__field(graph: B)" in outcome.supergraph


def test_on_an_interface(compose):
    outcome = compose(a="type Query { a: Int } interface I { x: Int @external }")
    assert set(outcome.codes) == {"EXTERNAL_ON_INTERFACE", "EXTERNAL_UNUSED"}
