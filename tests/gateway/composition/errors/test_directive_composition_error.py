"""DIRECTIVE_COMPOSITION_ERROR: A directive cannot be composed as @composeDirective asks."""


def test_name_without_at_sign(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.0", import: ["@audit"]) @composeDirective(name: "audit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
    ).error("DIRECTIVE_COMPOSITION_ERROR")
    assert '"@"' in error.message


def test_directive_of_no_spec(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
    ).error("DIRECTIVE_COMPOSITION_ERROR")
    assert "@audit" in error.message
    assert "link" in error.message


def test_undefined_directive(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.0", import: ["@audit"]) @composeDirective(name: "@adit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
    ).error("DIRECTIVE_COMPOSITION_ERROR")
    assert "@adit" in error.message


def test_directive_of_federation(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @composeDirective(name: "@key")
            type Query { q: Int }
        """,
    ).error("DIRECTIVE_COMPOSITION_ERROR")
    assert "@key" in error.message


def test_different_major_versions(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.0", import: ["@audit"]) @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
        stock="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v2.0", import: ["@audit"]) @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { r: Int @audit }
        """,
    ).error("DIRECTIVE_COMPOSITION_ERROR")
    assert "v1.0" in error.message
    assert "v2.0" in error.message


def test_different_names(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.0", import: ["@audit"]) @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
        stock="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.0", import: [{name: "@audit", as: "@log"}]) @composeDirective(name: "@log")
            directive @log on FIELD_DEFINITION
            type Query { r: Int @log }
        """,
    ).error("DIRECTIVE_COMPOSITION_ERROR")
    assert "@audit" in error.message
    assert "@log" in error.message


def test_minor_versions_may_differ(compose):
    outcome = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.0", import: ["@audit"]) @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { q: Int @audit }
        """,
        stock="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@key", "@shareable"]) @link(url: "https://example.dev/audit/v1.2", import: ["@audit"]) @composeDirective(name: "@audit")
            directive @audit on FIELD_DEFINITION
            type Query { r: Int @audit }
        """,
    )
    assert outcome.supergraph
