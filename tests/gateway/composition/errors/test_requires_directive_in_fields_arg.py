"""REQUIRES_DIRECTIVE_IN_FIELDS_ARG: fields of @requires bear no directives."""


def test_directive(compose):
    outcome = compose(
        a="""
        type Query { a: A }
        type A @key(fields: "id") { id: ID name: String @external b: B @external out: Int @requires(fields: "name @include(if: true)") }
        type B { x: Int }
        """
    )
    assert "@include" in outcome.error("REQUIRES_DIRECTIVE_IN_FIELDS_ARG").message
