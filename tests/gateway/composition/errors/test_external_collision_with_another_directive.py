"""EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: a field that others resolve cannot promise what comes with it."""


def test_provides_on_an_external_field(compose):
    error = compose(
        a="""
        type Query { t: T }
        type T @key(fields: "id") { id: ID! o: O @external @provides(fields: "x") f: Int @requires(fields: "o { x }") }
        type O @key(fields: "id") { id: ID! x: Int @external }
        """,
        b="""
        type T @key(fields: "id") { id: ID! o: O }
        type O @key(fields: "id") { id: ID! x: Int @shareable }
        """,
    ).error("EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE")
    assert "T.o" in error.message
