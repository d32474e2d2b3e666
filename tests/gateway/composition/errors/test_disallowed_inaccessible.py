"""DISALLOWED_INACCESSIBLE: An element that must stay visible is @inaccessible."""


def test_argument_of_schema_directive(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@inaccessible"]) @link(url: "https://example.dev/audit/v1.0", import: ["@audit"]) @composeDirective(name: "@audit")
            directive @audit(level: Int @inaccessible) on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
    ).error("DISALLOWED_INACCESSIBLE")
    assert "@audit(level:)" in error.message
