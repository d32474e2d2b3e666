"""LINK_IMPORT_NAME_MISMATCH: A composed directive is imported under different names in different subgraphs."""


def test_tag_under_two_names(compose):
    error = compose(
        shop="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])
            type Query { q: Int @tag(name: "x") }
        """,
        stock="""
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@tag", as: "@label"}])
            type Query { r: Int @label(name: "x") }
        """,
    ).error("LINK_IMPORT_NAME_MISMATCH")
    assert "@tag" in error.message
    assert "@label" in error.message
