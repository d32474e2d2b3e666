"""PROVIDES_DIRECTIVE_IN_FIELDS_ARG: fields of @provides bear no directives."""


def test_directive(compose):
    outcome = compose(
        a="""
        type Query { a: A @provides(fields: "name @include(if: true)") }
        type A @key(fields: "id") { id: ID name: String @external size(unit: Int): Int @external b: B @external }
        type B { x: Int }
        """
    )
    assert "@include" in outcome.error("PROVIDES_DIRECTIVE_IN_FIELDS_ARG").message
